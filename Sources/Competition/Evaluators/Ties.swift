import Database
import Kernel

/// The stored ties of evaluators and panelists.
enum Ties {
    /// Adds a tie; one that is there already is not doubled. Throws `EvaluatorRefusal.invalid` for what does not exist.
    static func add(_ draft: TieDraft, to seats: [Evaluator], by account: Int, _ db: Writer) throws {
        let subject = try subject(draft, in: seats[0].edition, db)
        let words = draft.words?.isEmpty == false ? draft.words : nil
        for seat in seats {
            let known = try db.count(
                """
                SELECT COUNT(*) FROM tie WHERE evaluator = \(seat.id) AND kind = \(draft.kind)
                    AND COALESCE(institution, '') = \(subject.institution ?? "") AND COALESCE(unit, 0) = \(subject.unit ?? 0)
                    AND COALESCE(innovation, 0) = \(subject.innovation ?? 0)
                    AND COALESCE(proposal, 0) = \(subject.proposal ?? 0)
                """)
            guard known == 0 else { continue }
            try db.insert(
                "tie",
                [
                    "id", "evaluator", "kind", "institution", "unit", "innovation", "proposal", "words", "at",
                    "by_account",
                ],
                [
                    [
                        try db.nextID("tie").sqlValue, seat.id.sqlValue, draft.kind.sqlValue,
                        subject.institution.sqlValue, subject.unit.sqlValue, subject.innovation.sqlValue,
                        subject.proposal.sqlValue, words.sqlValue, db.at.sqlValue, account.sqlValue,
                    ]
                ])
        }
    }

    private struct Subject {
        var institution: String?
        var unit: Int?
        var innovation: Int?
        var proposal: Int?
    }

    private static func subject(_ draft: TieDraft, in edition: Int, _ db: Reader) throws -> Subject {
        var found = Subject()
        let number = Int(draft.value).flatMap { $0 > 0 ? $0 : nil }
        func exists(_ count: SQL) throws -> Bool { try db.count(count) == 1 }
        switch draft.subject {
        case .institution:
            found.institution = try db.first(
                "SELECT code FROM institution WHERE code = \(draft.value) OR name = \(draft.value) ORDER BY code"
            )?.text("code")
            guard found.institution != nil else {
                throw unknown(
                    Phrase(
                        "Instansi ini tidak ada dalam daftar. Tulis kode atau nama lengkapnya.",
                        "This institution is not in the register. Write its code or full name."))
            }
        case .unit:
            guard let number, try exists("SELECT COUNT(*) FROM unit WHERE id = \(number)") else {
                throw unknown(Phrase("Unit nomor ini tidak ada.", "There is no unit with this number."))
            }
            found.unit = number
        case .innovation:
            guard let number, try exists("SELECT COUNT(*) FROM innovation WHERE id = \(number) AND state = 'published'")
            else {
                throw unknown(Phrase("Inovasi nomor ini tidak ada.", "There is no innovation with this number."))
            }
            found.innovation = number
        case .proposal:
            guard let number,
                try exists(
                    "SELECT COUNT(*) FROM proposal WHERE id = \(number) AND edition = \(edition) AND state = 'passed'")
            else {
                throw unknown(
                    Phrase(
                        "Usulan nomor ini tidak ada pada edisi ini.",
                        "There is no proposal with this number in this edition."))
            }
            found.proposal = number
        }
        return found
    }

    private static func unknown(_ message: Phrase) -> EvaluatorRefusal { .invalid([Problem("apa", message)]) }
}
