import Database
import Kernel
import Messages
import People

/// Whom a step of a draft is told, in which words.
struct Notices: Sendable {
    let publicURL: String

    /// The office's reviewers; where it has none, its leaders and the Hub.
    func submitted(_ draft: Draft, _ db: Writer) throws {
        var holders = try Offices.reviewers(of: draft, at: db.at, db)
        if holders.isEmpty {
            holders = try Offices.holders(of: .validateInstead, draft, unit: nil, at: db.at, db)
                .filter { !draft.writers.contains($0.account) }
        }
        try tell(
            holders, "draft:\(draft.id):submitted:\(draft.round)",
            Phrase("Menunggu validasi Anda: \(draft.title)", "Waiting for your validation: \(draft.title)"),
            draft.round == 1
                ? Phrase(
                    "Inovasi ini diajukan untuk divalidasi. Periksa isi dan buktinya:",
                    "This innovation was submitted for validation. Look at it and its evidence:")
                : Phrase(
                    "Inovasi ini diajukan lagi sesudah diperbaiki (putaran \(draft.round)). Yang berubah ditandai:",
                    "This innovation was submitted again after corrections (round \(draft.round)). Changes are marked:"),
            "/kerja/periksa/\(draft.id)", db)
    }

    func returned(_ draft: Draft, comments: Int, _ db: Writer) throws {
        try tell(
            try unit(of: draft, db), "draft:\(draft.id):returned:\(draft.round)",
            Phrase("Perlu diperbaiki: \(draft.title)", "Needs correcting: \(draft.title)"),
            Phrase(
                "Validator mengembalikan inovasi ini dengan \(comments) catatan. Perbaiki lalu ajukan lagi:",
                "The validator returned this innovation with \(comments) comments. Correct it and submit again:"),
            "/kerja/inovasi/\(draft.id)/periksa", db)
    }

    func validated(_ draft: Draft, innovation: Int, until: Instant, office: String, _ db: Writer) throws {
        let day = Instant(milliseconds: until.milliseconds - 1).day()
        try tell(
            try unit(of: draft, db), "draft:\(draft.id):validated",
            Phrase("Sudah terbit: \(draft.title)", "Published: \(draft.title)"),
            Phrase(
                "Divalidasi oleh \(office), berlaku sampai \(day.long(.indonesian)). Halamannya:",
                "Validated by \(office), valid until \(day.long(.english)). Its page:"),
            "/inovasi/\(innovation)", db)
    }

    /// The unit's people and the agency's admins: those who may write it now. No unit has the number 0.
    private func unit(of draft: Draft, _ db: Writer) throws -> [Recipient] {
        try Offices.holders(of: .write, draft, unit: draft.unit ?? 0, at: db.at, db)
    }

    private func tell(
        _ recipients: [Recipient], _ fact: String, _ subject: Phrase, _ body: Phrase, _ path: String, _ db: Writer
    ) throws {
        let body = Phrase(
            "\(body.indonesian)\n\n\(publicURL)\(path)\n", "\(body.english)\n\n\(publicURL)/en\(path)\n")
        try Messages.add(recipients.map { $0.told(fact, subject, body) }, db)
    }
}
