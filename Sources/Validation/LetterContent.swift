import Foundation
import Kernel

/// What a letter says: its fields as typed, and for minutes the acts they record as they were when it was prepared.
package struct LetterContent: Sendable, Hashable, Codable {
    /// One act of validation that minutes list.
    package struct Act: Sendable, Hashable, Codable {
        package let innovation: Int
        package let title: String
        /// `validated`, `renewed` or `stopped`.
        package let act: String
        package let on: Day
        /// The office that did it.
        package let office: String
        /// The last day on which it holds.
        package let lastDay: Day

        package init(innovation: Int, title: String, act: String, on: Day, office: String, lastDay: Day) {
            self.innovation = innovation
            self.title = title
            self.act = act
            self.on = on
            self.office = office
            self.lastDay = lastDay
        }
    }

    /// The institution's name on the day it was prepared.
    package var institution: String
    private var fields: [String: String] = [:]
    package var acts: [Act] = []

    /// Characters of one field.
    package static let longest = 200
    /// Acts that one letter lists.
    package static let mostActs = 500

    package init(institution: String) { self.institution = institution }

    /// A field's text; nil when it stays open.
    package subscript(field: LetterField) -> String? {
        get { fields[field.rawValue] }
        set {
            let line = newValue?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
            fields[field.rawValue] = line.isEmpty ? nil : line
        }
    }

    package func day(_ field: LetterField) -> Day? { self[field].flatMap { Day(typed: $0) } }

    /// What must be corrected before a letter of this kind is prepared: what is open stays open, what is written must
    /// be readable; minutes need their period.
    package func problems(for kind: LetterKind) -> [Problem] {
        var found: [Problem] = []
        func wrong(_ field: LetterField, _ phrase: Phrase) { found.append(Problem(field.rawValue, phrase)) }
        for field in kind.fields {
            guard let text = self[field] else { continue }
            if text.count > Self.longest {
                wrong(
                    field,
                    Phrase("Paling banyak \(Self.longest) huruf.", "\(Self.longest) characters at most."))
            } else if field.isDate, day(field) == nil {
                wrong(field, Day.wanted)
            } else if field == .role, LetterRole(rawValue: text) == nil {
                wrong(field, Phrase("Pilih salah satu.", "Choose one."))
            } else if field == .email, text.split(separator: "@", omittingEmptySubsequences: false).count != 2 {
                wrong(field, Phrase("Tulis surel lengkap, misalnya nama@instansi.go.id.", "Write a whole address."))
            }
        }
        guard kind == .minutes else { return found }
        for field in [LetterField.from, .until] where self[field] == nil {
            wrong(field, Phrase("Pilih tanggalnya.", "Choose the date."))
        }
        if let from = day(.from), let until = day(.until), until < from {
            wrong(.until, Phrase("Pilih tanggal sesudah tanggal awal.", "Choose a date after the first one."))
        }
        return found
    }

    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    package init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }
}

/// A letter that was prepared, and whether its signed copy is there.
package struct PreparedLetter: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        case prepared
        case signed(Instant)
    }

    package let id: Int
    package let kind: LetterKind
    package let institution: String
    package let subject: String
    package let content: LetterContent
    package let madeAt: Instant
    package let state: State
    /// The digest of the signed file.
    package let signed: String?
}

/// Why a letter is not prepared, shown or taken.
package enum LetterRefusal: Refusal, Hashable {
    case missing
    case notYours
    case incomplete([Problem])
    /// Nothing was validated in the period.
    case nothingValidated
    case tooManyActs(Int)
    case unknownInstitution

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .notYours: .forbidden
        case .incomplete, .nothingValidated, .tooManyActs, .unknownInstitution: .invalid
        }
    }

    package var problems: [Problem] {
        switch self {
        case .incomplete(let problems): problems
        case .nothingValidated, .tooManyActs: [Problem(LetterField.until.rawValue, message)]
        case .unknownInstitution: [Problem("instansi", message)]
        default: []
        }
    }

    package var message: Phrase {
        switch self {
        case .missing: Phrase("Surat ini tidak ada atau bukan untuk Anda.", "There is no such letter, or not for you.")
        case .notYours:
            Phrase(
                "Surat instansi ini disiapkan dan diunggah oleh admin, validator, atau Sekretariat.",
                "Letters of this institution are prepared and uploaded by its admins, its validators or the secretariat."
            )
        case .incomplete: Phrase("Perbaiki isian yang ditandai.", "Correct the fields marked.")
        case .nothingValidated:
            Phrase(
                "Tidak ada yang divalidasi dalam masa ini. Pilih masa lain.",
                "Nothing was validated in this period. Choose another.")
        case .tooManyActs(let count):
            Phrase(
                "Ada \(count) validasi dalam masa ini; satu berita acara memuat paling banyak \(LetterContent.mostActs). Pilih masa yang lebih pendek.",
                "There are \(count) validations in this period; minutes hold at most \(LetterContent.mostActs). Choose a shorter one."
            )
        case .unknownInstitution:
            Phrase(
                "Instansi itu tidak ditemukan. Tulis kode atau nama resminya.",
                "There is no such institution. Write its code or official name.")
        }
    }
}
