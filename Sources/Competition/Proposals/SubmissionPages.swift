import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/usulan`: what was sent to an edition, its administrative check, what the check asks for,
/// and appeals.
package struct SubmissionPages: Sendable {
    private let proposals: Proposals
    private let register: @Sendable () -> Register

    /// Rows of the list on one page.
    private static let rows = 100

    package init(_ proposals: Proposals, register: @escaping @Sendable () -> Register) {
        self.proposals = proposals
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/usulan", .manageEditions) { request, context, person, frame in
            .personal(try await list(try request.query(), context, person, frame))
        }
        desk.page("/kerja/kompetisi/{edition}/usulan/{proposal}", .manageEditions) { _, context, person, frame in
            .personal(try await page(.init(), .none, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/usulan/{proposal}", .manageEditions) {
            form, _, context, person, frame in
            // First: whether it is there, of this edition, and theirs to see.
            _ = try await sheet(context, person)
            return try await check(form, context, person, frame)
        }
        desk.submit("/kerja/kompetisi/{edition}/usulan/{proposal}/banding", .manageEditions) {
            form, _, context, person, frame in
            _ = try await sheet(context, person)
            let answer = try form.text("jawaban", limit: Proposals.longestWords) ?? ""
            let isUpheld = try form.choice("hasil", among: ["terima", "tolak"]) == "terima"
            return try await done(.init(answer: answer), context, person, frame) {
                try await proposals.answerAppeal(
                    try number(context), isUpheld ? .upheld : .rejected, answer: answer,
                    by: person.actor(from: context.clientAddress), at: context.began)
            }
        }
        desk.page("/kerja/kompetisi/{edition}/usulan/{proposal}/sanding/{other}", .manageEditions) {
            _, context, person, frame in
            let other = try context.number("other") { ProposalRefusal.missing(Int($0) ?? 0) }
            let pairing = try await proposals.pairing(
                try number(context), other, in: try context.part("edition"), for: person, at: context.began)
            return .personal(ProposalSignView.pairing(pairing, names: name, frame))
        }
    }

    private func check(
        _ form: Query, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> Answer {
        let ticked = try form.choices("dasar", among: AdministrativeReason.allCases.map(\.rawValue))
        let typed = SubmissionView.Typed(
            reasons: ticked.compactMap(AdministrativeReason.init),
            reason: try form.text("alasan", limit: Proposals.longestWords) ?? "")
        let reason = AdministrativeReason.text(typed.reasons, typed.reason)
        let (id, actor) = (try number(context), person.actor(from: context.clientAddress))
        let result = try form.choice("hasil", among: ["lulus", "gagal", "lengkapi"])
        return try await done(typed, context, person, frame) {
            if result == "lengkapi" {
                try await proposals.askCure(id, for: reason, by: actor, at: context.began)
            } else {
                try await proposals.decide(
                    id, passes: result == "lulus", reason: reason, by: actor, at: context.began)
            }
        }
    }

    /// Acts, then goes on to the next of the queue; or shows the page again with what was typed.
    private func done(
        _ typed: SubmissionView.Typed, _ context: Context, _ person: Person, _ frame: Frame,
        _ body: () async throws -> Void
    ) async throws -> Answer {
        let edition = try context.part("edition")
        do {
            try await body()
        } catch let refusal as ProposalRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return .personal(
                try await page(typed, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
        }
        let (_, queue) = try await proposals.queue(
            around: try number(context), in: edition, for: person, at: context.began)
        guard let next = queue.next else {
            return .seeOther(frame.to(.path("kerja", "kompetisi", edition, "usulan")))
        }
        return .seeOther(frame.to(.path("kerja", "kompetisi", edition, "usulan", String(next))))
    }

    private func list(_ query: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> HTML {
        let (stored, lines) = try await proposals.submitted(
            to: try context.part("edition"), for: person, at: context.began)
        let isDueOnly = try query.choice("giliran", among: ["1"]) != nil
        let from = try query.integer("dari", in: 0...1_000_000) ?? 0
        let chosen = isDueOnly ? lines.filter { $0.check?.isDue ?? false } : lines
        let shown = Array(chosen.dropFirst(from).prefix(Self.rows))
        let place = EditionMenuView.Place.submissions.path(stored.code).adding(isDueOnly ? [("giliran", "1")] : [])
        func page(_ start: Int) -> Address { frame.to(start == 0 ? place : place.adding([("dari", String(start))])) }
        let pager = Pager(
            from: from + 1, to: from + shown.count, total: chosen.count,
            previous: from > 0 ? page(max(0, from - Self.rows)) : nil,
            next: from + shown.count < chosen.count ? page(from + shown.count) : nil)
        return SubmissionView.list(
            .init(
                stored: stored, lines: shown, total: lines.count, isDueOnly: isDueOnly,
                due: lines.count { $0.check?.isDue ?? false },
                names: Dictionary(shown.map { ($0.institution, name($0.institution)) }) { first, _ in first },
                pager: pager), frame)
    }

    private func sheet(_ context: Context, _ person: Person) async throws -> Proposals.Sheet {
        try await proposals.submission(
            try number(context), in: try context.part("edition"), for: person, at: context.began)
    }

    private func page(
        _ typed: SubmissionView.Typed, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await sheet(context, person)
        let (stored, queue) = try await proposals.queue(
            around: sheet.proposal.id, in: sheet.proposal.editionCode, for: person, at: context.began)
        return SubmissionView.page(
            .init(
                stored: stored, sheet: sheet, queue: queue, institution: name(sheet.proposal.institution),
                typed: typed, problems: problems, account: person.account, now: context.began), frame)
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("proposal") { ProposalRefusal.missing(Int($0) ?? 0) }
    }

    private func name(_ code: String) -> String { register().institution(code)?.name ?? code }
}
