import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/penilai`: who evaluates and who sits on the panel, chosen by the edition's organiser.
package struct EvaluatorPages: Sendable {
    private let evaluators: Evaluators

    package init(_ evaluators: Evaluators) { self.evaluators = evaluators }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/penilai", .manageEditions) { _, context, person, frame in
            .personal(try await list(.init(), .none, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/penilai", .manageEditions) { form, _, context, person, frame in
            let code = try context.part("edition")
            // First: whether the edition is there and theirs.
            let found = try await evaluators.list(code, for: person)
            let draft = try Self.draft(form, found.stored.edition)
            do {
                let id = try await evaluators.add(
                    draft, in: code, by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", code, "penilai", String(id))))
            } catch let refusal as any Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    try await list(draft, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
            }
        }
        desk.page("/kerja/kompetisi/{edition}/penilai/{evaluator}", .manageEditions) { _, context, person, frame in
            .personal(try await page(nil, .none, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/penilai/{evaluator}", .manageEditions) {
            form, _, context, person, frame in
            let sheet = try await evaluators.sheet(
                try number(context), in: try context.part("edition"), for: person)
            let draft = try Self.draft(form, sheet.stored.edition)
            return try await acted(draft, context, person, frame) {
                try await evaluators.change($0, in: $1, to: draft, by: $2, at: context.began)
            }
        }
        desk.submit("/kerja/kompetisi/{edition}/penilai/{evaluator}/hubungan", .manageEditions) {
            form, _, context, person, frame in
            _ = try await evaluators.sheet(try number(context), in: try context.part("edition"), for: person)
            let kind = try form.choice("jenis", of: ConflictSide.Tie.Kind.self) ?? .other
            let tie = TieDraft(
                kind, try form.choice("objek", of: TieDraft.Subject.self) ?? .institution,
                try form.text("apa", limit: 200) ?? "", words: try form.text("catatan", limit: 500))
            return try await acted(nil, context, person, frame) {
                try await evaluators.enter(tie, of: $0, in: $1, by: $2, at: context.began)
            }
        }
        desk.submit("/kerja/kompetisi/{edition}/penilai/{evaluator}/hapus-hubungan", .manageEditions) {
            form, _, context, person, frame in
            let tie = try form.integer("hubungan", in: 1...Int.max) ?? 0
            return try await acted(nil, context, person, frame) {
                try await evaluators.strike(tie: tie, of: $0, in: $1, by: $2, at: context.began)
            }
        }
        desk.submit("/kerja/kompetisi/{edition}/penilai/{evaluator}/berhentikan", .manageEditions) {
            form, _, context, person, frame in
            let reason = try form.text("alasan", limit: 1000) ?? ""
            let uncounted = try form.one("tanpa-nilai") != nil
            return try await acted(nil, context, person, frame) {
                try await evaluators.remove(
                    $0, in: $1, reason: reason, uncounted: uncounted, by: $2, at: context.began)
            }
        }
        desk.submit("/kerja/kompetisi/{edition}/penilai/{evaluator}/aktifkan", .manageEditions) {
            _, _, context, person, frame in
            try await acted(nil, context, person, frame) {
                try await evaluators.reinstate($0, in: $1, by: $2, at: context.began)
            }
        }
    }

    /// Does something to one of them and shows their page, with the refusal above it where there is one.
    private func acted(
        _ draft: EvaluatorDraft?, _ context: Context, _ person: Person, _ frame: Frame,
        _ body: (_ id: Int, _ code: String, Actor) async throws -> Void
    ) async throws -> Answer {
        let (id, code) = (try number(context), try context.part("edition"))
        do {
            try await body(id, code, person.actor(from: context.clientAddress))
            return .seeOther(frame.to(.path("kerja", "kompetisi", code, "penilai", String(id))))
        } catch let refusal as any Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return .personal(
                try await page(draft, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
        }
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("evaluator") { EvaluatorRefusal.missing(Int($0) ?? 0) }
    }

    private func list(
        _ draft: EvaluatorDraft, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        EvaluatorView.list(
            try await evaluators.list(try context.part("edition"), for: person), draft, problems, frame)
    }

    private func page(
        _ draft: EvaluatorDraft?, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await evaluators.sheet(
            try number(context), in: try context.part("edition"), for: person)
        return EvaluatorSheetView.page(sheet, draft ?? EvaluatorDraft(sheet.evaluator), problems, frame)
    }

    private static func draft(_ form: Query, _ edition: Edition) throws -> EvaluatorDraft {
        let ranks = 1...EvaluatorView.ranks(edition)
        return EvaluatorDraft(
            email: try form.text("email", limit: 254) ?? "", name: try form.text("name", limit: 200) ?? "",
            seat: try form.choice("kursi", of: Evaluator.Seat.self) ?? .evaluator,
            expertise: try ranks.compactMap { try form.text("keahlian-\($0)", limit: 60) },
            languages: try form.text("bahasa", limit: 100) ?? "", region: try form.text("wilayah", limit: 20) ?? "",
            least: try form.text("paling-sedikit", limit: 10) ?? "",
            most: try form.text("paling-banyak", limit: 10) ?? "")
    }
}
