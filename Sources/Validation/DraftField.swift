import Directory
import Foundation
import Kernel
import Text

extension Innovation.Field {
    /// The fields that people write in the form; the others come from the draft's institution or stay as they were.
    package static let written: [Innovation.Field] = [
        .title, .shortName, .expansion, .unit, .yearOfIdea, .yearOfTrial, .yearOfStart, .stage, .form, .digital,
        .category, .affair, .sdgs, .summary, .background, .purpose, .novelty, .impact, .adaptability, .resources,
        .sustainability, .continuity, .continuityReason, .continuityOn,
    ]

    /// The curated text it holds; nil for other fields.
    package var section: Innovation.Section? { Innovation.Section(rawValue: rawValue) }

    /// The longest value in characters.
    package var longest: Int { section != nil || self == .continuityReason ? 20_000 : 500 }
}

extension Innovation {
    /// Sets a field of the form from what was typed; empty text clears it. Returns what is wrong with it, the record
    /// being left as it was.
    package mutating func set(_ field: Field, to typed: String) -> Problem? {
        func wrong(_ indonesian: String, _ english: String) -> Problem {
            Problem(field.rawValue, Phrase(indonesian, english))
        }
        guard Field.written.contains(field) else {
            return wrong("Isian ini tidak dapat diubah di sini.", "This field cannot be changed here.")
        }
        guard !typed.utf8.contains(0) else {
            return wrong(
                "Isian memuat tanda yang tidak terbaca. Ketik ulang.", "It holds an unreadable sign. Type it again.")
        }
        let text = field.section != nil || field == .continuityReason ? Self.lines(typed) : Self.line(typed)
        guard text.count <= field.longest else {
            let (limit, length) = (field.longest, text.count)
            return wrong(
                "Paling banyak \(Language.indonesian.number(limit)) huruf; ini \(Language.indonesian.number(length)).",
                "At most \(Language.english.number(limit)) characters; this has \(Language.english.number(length)).")
        }
        let value = text.isEmpty ? nil : text
        if let section = field.section {
            texts[section] = value
            return nil
        }
        switch field {
        case .title: title = text
        case .shortName: shortName = value
        case .expansion: expansion = value
        case .unit: unit = value
        case .category: category = value
        case .affair: affair = value
        case .continuityReason: continuityReason = value
        case .yearOfIdea, .yearOfTrial, .yearOfStart: return setYear(field, value, wrong)
        case .stage: return choose(value, wrong) { stage = $0 }
        case .form: return choose(value, wrong) { form = $0 }
        case .continuity: return choose(value, wrong) { continuity = $0 }
        case .digital:
            guard let value else { digital = nil; break }
            guard let yes = Bool(value) else { return wrong("Pilih ya atau tidak.", "Choose yes or no.") }
            digital = yes
        case .sdgs:
            let parts = text.split { $0 == "," || $0 == ";" || $0.isWhitespace }
            let numbers = parts.compactMap { Int($0) }.filter { (1...17).contains($0) }
            guard numbers.count == parts.count else {
                return wrong("Pilih SDG nomor 1 sampai 17.", "Choose SDGs 1 to 17.")
            }
            sdgs = Set(numbers).sorted()
        case .continuityOn:
            guard let value else { continuityOn = nil; break }
            guard let day = Day(typed: value) else { return Problem(field.rawValue, Day.wanted) }
            continuityOn = day
        default: break
        }
        return nil
    }

    private mutating func setYear(
        _ field: Field, _ value: String?, _ wrong: (String, String) -> Problem
    ) -> Problem? {
        var year: Int?
        if let value {
            guard value.utf8.count == 4, let number = Int(value), (1900...2999).contains(number) else {
                return wrong(
                    "Tulis tahun dengan empat angka, misalnya 2024.", "Write the year in four digits, e.g. 2024.")
            }
            year = number
        }
        switch field {
        case .yearOfIdea: yearOfIdea = year
        case .yearOfTrial: yearOfTrial = year
        default: yearOfStart = year
        }
        return nil
    }

    private func choose<T: RawRepresentable<String>>(
        _ value: String?, _ wrong: (String, String) -> Problem, _ set: (T?) -> Void
    ) -> Problem? {
        guard let value else {
            set(nil)
            return nil
        }
        guard let choice = T(rawValue: value) else { return wrong("Pilih salah satu.", "Choose one.") }
        set(choice)
        return nil
    }

    /// One line without spaces around it.
    static func line(_ typed: String) -> String {
        typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Text with its lines, their ends made equal, without space around the whole.
    static func lines(_ typed: String) -> String {
        typed.replacing("\r\n", with: "\n").replacing("\r", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
