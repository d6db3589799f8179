import Documents
import Files
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// The letters that go with a proposal, filled in, and what became of earlier proposals for the same innovation.
package struct ProposalLetterPages: Sendable {
    private let proposals: Proposals
    private let register: @Sendable () -> Register

    package init(_ proposals: Proposals, register: @escaping @Sendable () -> Register) {
        self.proposals = proposals
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/usulan/{proposal}/surat/{letter}.docx", .write) { _, context, person, _ in
            let letter = try await letter(context, person)
            return file(try ProposalLetterText.letter(letter).docx(), letter, .docx)
        }
        desk.page("/kerja/usulan/{proposal}/surat/{letter}.pdf", .write) { _, context, person, _ in
            let letter = try await letter(context, person)
            return file(try ProposalLetterText.letter(letter).pdf(), letter, .pdf)
        }
        desk.page("/kerja/usulan/{proposal}/sebelumnya/{earlier}", .write) { _, context, person, frame in
            let since = try await proposals.since(
                try context.number("earlier") { ProposalRefusal.missing(Int($0) ?? 0) }, of: try number(context),
                for: person, at: context.began)
            return .personal(EarlierView.page(since, register(), frame))
        }
    }

    private func letter(_ context: Context, _ person: Person) async throws -> ProposalLetter {
        let name = try context.part("letter")
        guard let kind = ProposalLetter.Kind(rawValue: name) else { throw ProposalRefusal.unknownDocument(name) }
        return try await proposals.letter(kind, of: try number(context), for: person, at: context.began)
    }

    private func file(_ bytes: [UInt8], _ letter: ProposalLetter, _ type: FileType) -> Answer {
        let name = "surat-\(letter.kind.rawValue)-\(letter.proposal)"
        return .bytes(bytes, type: type.rawValue, sharing: .personal)
            .with("Content-Disposition", FileName.disposition(name, type: type.rawValue))
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("proposal") { ProposalRefusal.missing(Int($0) ?? 0) }
    }
}
