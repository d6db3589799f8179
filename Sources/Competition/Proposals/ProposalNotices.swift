import Database
import Kernel
import Messages
import People

/// Whom a step of a proposal is told, in which words. Each message is written in the transaction of its fact.
struct ProposalNotices: Sendable {
    let publicURL: String

    /// The unit reads what it has to correct.
    func returned(_ proposal: Proposal, remark: String, by account: Int, _ db: Writer) throws {
        try tell(
            try proposers(proposal, db).filter { $0.account != account },
            "proposal:\(proposal.id):returned:\(proposal.version)",
            Phrase("Usulan dikembalikan: \(proposal.title)", "Proposal returned: \(proposal.title)"),
            Phrase(
                "Admin instansi mengembalikan usulan ini untuk diperbaiki:\n\n\(remark)",
                "The agency admin returned this proposal to be corrected:\n\n\(remark)"), own(proposal), db)
    }

    func decided(_ proposal: Proposal, passes: Bool, reason: String, _ edition: Edition, _ db: Writer) throws {
        let result = (passes ? Proposal.State.passed : .failed).name
        var body = Phrase(
            "Hasil pemeriksaan administrasi \(edition.name.indonesian): \(result.indonesian.lowercased()).",
            "The result of the administrative check, \(edition.name.english): \(result.english.lowercased()).")
        if !reason.isEmpty {
            body = Phrase("\(body.indonesian)\n\n\(reason)", "\(body.english)\n\n\(reason)")
        }
        if !passes {
            let until = edition.appealsClose.map { $0.moment(in: edition.zone) }
            body = Phrase(
                "\(body.indonesian)\n\nAdmin instansi dapat mengajukan banding satu kali\(until.map { " sampai \($0.indonesian)" } ?? "").",
                "\(body.english)\n\nThe agency admin may appeal once\(until.map { " until \($0.english)" } ?? "").")
        }
        try tell(
            try proposers(proposal, db), "proposal:\(proposal.id):decided",
            Phrase("\(result.indonesian): \(proposal.title)", "\(result.english): \(proposal.title)"), body,
            own(proposal), db)
    }

    func cureAsked(_ proposal: Proposal, asked: String, until: Phrase, _ db: Writer) throws {
        try tell(
            try proposers(proposal, db), "proposal:\(proposal.id):cure",
            Phrase("Perlu dilengkapi: \(proposal.title)", "To be completed: \(proposal.title)"),
            Phrase(
                "Sekretariat meminta kelengkapan berikut, paling lambat \(until.indonesian):\n\n\(asked)",
                "The secretariat asks for the following, until \(until.english) at the latest:\n\n\(asked)"),
            own(proposal), db)
    }

    func cured(_ proposal: Proposal, answer: String, _ edition: Edition, _ db: Writer) throws {
        try tell(
            try organisers(edition, db), "proposal:\(proposal.id):cured",
            Phrase("Sudah dilengkapi: \(proposal.title)", "Completed: \(proposal.title)"),
            Phrase(
                "Instansi menyerahkan kelengkapan yang diminta:\n\n\(answer)",
                "The agency handed in what was asked for:\n\n\(answer)"), theirs(proposal), db)
    }

    func appealed(_ proposal: Proposal, words: String, _ edition: Edition, _ db: Writer) throws {
        try tell(
            try organisers(edition, db), "proposal:\(proposal.id):appeal",
            Phrase("Banding: \(proposal.title)", "Appeal: \(proposal.title)"),
            Phrase(
                "Instansi mengajukan banding atas hasil pemeriksaan administrasi:\n\n\(words)",
                "The agency appeals against the result of the administrative check:\n\n\(words)"), theirs(proposal),
            db)
    }

    func appealDecided(
        _ proposal: Proposal, _ outcome: ProposalAppeal.Outcome, answer: String, _ db: Writer
    ) throws {
        try tell(
            try proposers(proposal, db), "proposal:\(proposal.id):appeal-decided",
            Phrase("\(outcome.name.indonesian): \(proposal.title)", "\(outcome.name.english): \(proposal.title)"),
            Phrase(
                "Jawaban Sekretariat atas banding Anda:\n\n\(answer)",
                "The secretariat's answer to your appeal:\n\n\(answer)"), own(proposal), db)
    }

    // MARK: who and where

    private func proposers(_ proposal: Proposal, _ db: Writer) throws -> [Recipient] {
        try ProposalRecipients.of(proposal.institution, unit: proposal.unit, db)
    }

    private func organisers(_ edition: Edition, _ db: Writer) throws -> [Recipient] {
        try Recipients.of(.manageEditions, at: edition.organiser, on: db.at, db)
    }

    private func own(_ proposal: Proposal) -> String { "/kerja/usulan/\(proposal.id)" }

    private func theirs(_ proposal: Proposal) -> String {
        "/kerja/kompetisi/\(proposal.editionCode)/usulan/\(proposal.id)"
    }

    private func tell(
        _ recipients: [Recipient], _ fact: String, _ subject: Phrase, _ body: Phrase, _ path: String, _ db: Writer
    ) throws {
        let body = Phrase(
            "\(body.indonesian)\n\n\(publicURL)\(path)\n", "\(body.english)\n\n\(publicURL)/en\(path)\n")
        try Messages.add(
            recipients.map {
                Message(
                    fact: fact, account: $0.account, address: $0.email, language: $0.language, subject: subject,
                    body: body)
            }, db)
    }
}
