import Directory
import Kernel

/// What an agency says of one of its records when its term ends: it still holds and the innovation goes on, it needs
/// changing, or the innovation stopped.
package struct Renewal: Sendable, Hashable {
    package enum Choice: String, Sendable, Hashable, CaseIterable {
        case continuing, developing, change, stopped

        package var name: Phrase {
            switch self {
            case .continuing: Phrase("Masih benar", "Still true")
            case .developing: Phrase("Masih benar, dikembangkan", "Still true, developed further")
            case .change: Phrase("Perlu diubah", "Needs changing")
            case .stopped: Phrase("Berhenti", "Stopped")
            }
        }

        /// The choice that says of a record that it still holds and changes nothing else in it.
        package init(keeping continuity: Innovation.Continuity?) {
            self = continuity == .developing ? .developing : .continuing
        }
    }

    /// Why an innovation stopped. Named so that nobody is blamed.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        case assignment, budget, staff, regulation, solved, merged, other

        package var name: Phrase {
            switch self {
            case .assignment: Phrase("Penugasan berubah", "The assignment changed")
            case .budget: Phrase("Anggaran belum tersedia", "No budget yet")
            case .staff: Phrase("Petugas pindah", "The officers moved")
            case .regulation: Phrase("Aturan berubah", "The rules changed")
            case .solved: Phrase("Masalahnya sudah selesai", "The problem is solved")
            case .merged: Phrase("Dilebur ke layanan lain", "Merged into another service")
            case .other: Phrase("Alasan lain", "Another reason")
            }
        }
    }

    package static let noteLimit = 500

    package let choice: Choice
    package let reason: Reason?
    /// What the agency adds in its own words, at most `noteLimit` characters.
    package let note: String?

    package init(_ choice: Choice, reason: Reason? = nil, note: String? = nil) {
        self.choice = choice
        self.reason = reason
        self.note = note
    }

    /// What is missing from it, with the names of a form's fields that end in the record's number.
    package func problems(of id: Int) -> [Problem] {
        if let note, note.unicodeScalars.count > Self.noteLimit {
            let over = note.unicodeScalars.count - Self.noteLimit
            return [Problem("t\(id)", Phrase("Kurangi \(over) karakter.", "Shorten it by \(over) characters."))]
        }
        guard choice == .stopped else { return [] }
        guard let reason else {
            return [Problem("a\(id)", Phrase("Pilih alasan berhenti.", "Choose why it stopped."))]
        }
        guard reason != .other || note?.isEmpty == false else {
            return [Problem("t\(id)", Phrase("Tulis alasannya.", "Write the reason."))]
        }
        return []
    }

    package var continuity: Innovation.Continuity? {
        switch choice {
        case .continuing: .continuing
        case .developing: .developing
        case .stopped: .stopped
        case .change: nil
        }
    }

    /// The reason as the record and its page say it.
    package var reasonText: String? {
        guard choice == .stopped, let reason else { return nil }
        guard let note, !note.isEmpty else { return reason.name.indonesian }
        return reason == .other ? note : "\(reason.name.indonesian). \(note)"
    }

    /// The record after it was said on a day; nil when that is for a draft to change.
    package func applied(to record: Innovation, on day: Day) -> Innovation? {
        guard let continuity else { return nil }
        var record = record
        if record.continuity != continuity || continuity == .stopped { record.continuityReason = reasonText }
        record.continuity = continuity
        record.continuityOn = day
        return record
    }
}

/// Why a renewal is not taken. Nothing of the form is saved then.
package enum RenewalRefusal: Refusal, Hashable {
    case incomplete([Problem])
    case nothingChosen

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .incomplete:
            Phrase(
                "Belum ada yang disimpan. Lengkapi yang ditandai, lalu simpan lagi.",
                "Nothing is saved yet. Complete what is marked, then save again.")
        case .nothingChosen:
            Phrase("Pilih keadaan paling sedikit satu inovasi.", "Choose for at least one innovation.")
        }
    }

    package var problems: [Problem] {
        if case .incomplete(let problems) = self { problems } else { [] }
    }
}
