import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/usulan`: what was sent to an edition, and its administrative check.
package struct SubmissionPages: Sendable {
    private let proposals: Proposals
    private let register: @Sendable () -> Register

    package init(_ proposals: Proposals, register: @escaping @Sendable () -> Register) {
        self.proposals = proposals
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/usulan", .manageEditions) { _, context, person, frame in
            let (stored, lines) = try await proposals.submitted(to: try context.part("edition"), for: person)
            let names = Dictionary(lines.map { ($0.institution, name($0.institution)) }) { first, _ in first }
            return .personal(SubmissionView.list(stored, lines, names: names, frame))
        }
        desk.page("/kerja/kompetisi/{edition}/usulan/{proposal}", .manageEditions) { _, context, person, frame in
            .personal(try await page(.none, "", context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/usulan/{proposal}", .manageEditions) {
            form, _, context, person, frame in
            // First: whether it is there, of this edition, and theirs to see.
            _ = try await proposals.submission(
                try number(context), in: try context.part("edition"), for: person, at: context.began)
            let reason = try form.text("alasan", limit: 2000) ?? ""
            let result = try form.choice("hasil", among: ["lulus", "gagal"])
            do {
                try await proposals.decide(
                    try number(context), passes: result == "lulus", reason: reason,
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", try context.part("edition"), "usulan")))
            } catch let refusal as ProposalRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    try await page(FormProblems(refusal), reason, context, person, frame), status: refusal.kind.status)
            }
        }
    }

    private func page(
        _ problems: FormProblems, _ reason: String, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await proposals.submission(
            try number(context), in: try context.part("edition"), for: person, at: context.began)
        return SubmissionView.page(
            sheet, institution: name(sheet.proposal.institution), reason: reason, problems, account: person.account,
            at: context.began, frame)
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("proposal") { ProposalRefusal.missing(Int($0) ?? 0) }
    }

    private func name(_ code: String) -> String { register().institution(code)?.name ?? code }
}
