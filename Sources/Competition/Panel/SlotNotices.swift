import Database
import Kernel
import Messages
import People

/// Who is told when a presentation is scheduled or moved.
enum SlotNotices {
    /// The panelists who sit in it; the agency's people only once everybody may know that theirs is a finalist.
    static func tell(_ slot: Slot, _ stored: Editions.Stored, _ publicURL: String, _ db: Writer) throws {
        let time = slot.time(in: stored.edition.zone)
        let fact = "slot:\(slot.id):\(slot.starts.milliseconds):\(slot.room):\(db.at.milliseconds)"
        let subject = Phrase("Jadwal presentasi: \(slot.title)", "Presentation scheduled: \(slot.title)")
        func body(_ path: String) -> Phrase {
            Phrase(
                "\(time.indonesian), \(slot.room).\n\n\(publicURL)\(path)\n",
                "\(time.english), \(slot.room).\n\n\(publicURL)/en\(path)\n")
        }
        let accounts = try db.rows(
            "SELECT account FROM evaluator WHERE id IN \(slot.panelists) AND declared_at IS NOT NULL ORDER BY id"
        ) { try $0.int("account") }
        let panel = try accounts.compactMap { try Recipients.account($0, db) }
        try Messages.add(panel.map { message($0, fact, subject, body("/kerja/panel/\(slot.id)")) }, db)
        guard try Finalists.isAnnounced(slot.proposal, in: slot.edition, at: db.at, db) else { return }
        let unit = try db.first("SELECT unit FROM proposal WHERE id = \(slot.proposal)").flatMap {
            try $0.intOrNil("unit")
        }
        let agency = try ProposalRecipients.of(slot.institution, unit: unit, db)
        try Messages.add(
            agency.map { message($0, fact, subject, body("/kerja/usulan/\(slot.proposal)/presentasi")) }, db)
    }

    private static func message(_ to: Recipient, _ fact: String, _ subject: Phrase, _ body: Phrase) -> Message {
        Message(fact: fact, account: to.account, address: to.email, language: to.language, subject: subject, body: body)
    }
}
