import Directory
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/gabungan`: the merges that were made, proposing one, taking one back.
package struct MergePages: Sendable {
    private let merges: Merges
    private let pairs: Pairs
    private let register: @Sendable () -> Register

    package init(_ merges: Merges, _ pairs: Pairs, register: @escaping @Sendable () -> Register) {
        self.merges = merges
        self.pairs = pairs
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/gabungan", .reviewTwins) { request, _, _, frame in
            let query = try request.query()
            var model = try await list(query, frame)
            model.first = try query.integer("nomor", in: 1...Int(Int32.max)).map(String.init) ?? ""
            model.done = try query.one("selesai") == "1"
            return .personal(MergeView.list(model, frame))
        }
        desk.submit("/kerja/gabungan", .reviewTwins) { form, _, context, person, frame in
            try await propose(form, context, person, frame)
        }
        desk.page("/kerja/gabungan/{merge}", .reviewTwins) { _, context, _, frame in
            .personal(MergeView.page(try await page(try number(context), frame), frame))
        }
        desk.submit("/kerja/gabungan/{merge}", .reviewTwins) { form, _, context, person, frame in
            let id = try number(context)
            let reason = try form.text("alasan", limit: 20_000) ?? ""
            do {
                try await merges.undo(
                    id, reason: reason, by: person.actor(from: context.clientAddress), at: .now())
            } catch let refusal as MergeRefusal where refusal != .unknown {
                var model = try await page(id, frame)
                model.reason = reason
                model.problems = FormProblems(refusal)
                return .personal(MergeView.page(model, frame), status: refusal.kind.status)
            }
            return .seeOther(frame.to(.path("kerja", "gabungan", query: [("selesai", "1")])))
        }
    }

    /// The part of an innovation's page that leads those who review to a proposal.
    package static func panel(_ id: Int, _ frame: Frame) -> HTML {
        (frame.visitor as? Person)?.may(.reviewTwins) ?? false ? MergeView.panel(id, frame) : .empty
    }

    private func number(_ context: Context) throws -> Int { try context.number("merge") { _ in MergeRefusal.unknown } }

    private var institution: @Sendable (String) -> String {
        let register = register()
        return { register.institution($0)?.name ?? $0 }
    }

    private func list(_ query: Query, _ frame: Frame) async throws -> MergeListPage {
        let part = try query.choice("keadaan", of: Merges.Part.self)
        let trail = Trail(query)
        let page = try await merges.list(part, before: trail.last.flatMap { Int($0) })
        let total = part.map { page.counts[$0] ?? 0 } ?? (page.counts[.machine] ?? 0) + (page.counts[.person] ?? 0)
        let pager = trail.pager(
            .path("kerja", "gabungan"), part.map { [("keadaan", $0.rawValue)] } ?? [], shown: page.lines.count,
            total: total, next: page.next.map(String.init), frame)
        return MergeListPage(part: part, page: page, pager: pager, institution: institution)
    }

    private func page(_ id: Int, _ frame: Frame) async throws -> MergePage {
        let shown = try await merges.show(id)
        let register = register()
        return MergePage(
            merge: shown, institution: institution,
            value: { shown.record.shown($0, register, goals: [], frame.language) })
    }

    private func propose(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let typed = (first: try form.text("nomor", limit: 40) ?? "", second: try form.text("lain", limit: 40) ?? "")
        let reason = try form.text("alasan", limit: 20_000)
        func refused(_ problems: FormProblems, _ status: Int) async throws -> Answer {
            var model = try await list(.empty, frame)
            (model.first, model.second, model.reason) = (typed.first, typed.second, reason ?? "")
            model.problems = problems
            return .personal(MergeView.list(model, frame), status: status)
        }
        let problems = [("nomor", typed.first), ("lain", typed.second)].compactMap { name, text in
            Int(text).map { $0 > 0 && $0 <= Int(Int32.max) } ?? false
                ? nil
                : Problem(
                    name,
                    Phrase("Tulis nomornya dengan angka, misalnya 2041.", "Write its number in digits, e.g. 2041."))
        }
        guard problems.isEmpty, let a = Int(typed.first), let b = Int(typed.second) else {
            return try await refused(FormProblems(problems), 422)
        }
        do {
            let id = try await pairs.propose(
                a, b, reason: reason, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "kembar", String(id), query: [("selesai", String(id))])))
        } catch let refusal as PairRefusal {
            return try await refused(FormProblems(refusal), refusal.kind.status)
        }
    }
}
