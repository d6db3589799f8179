import Foundation
import Text

/// One category of the directory, with the spellings that sources use for it.
package struct Category: Sendable, Hashable, Codable {
    /// Stable and part of addresses, e.g. `kesehatan`.
    package let code: String
    package let indonesian: String
    package let english: String
    package let spellings: [String]

    package init(code: String, indonesian: String, english: String, spellings: [String]) {
        self.code = code
        self.indonesian = indonesian
        self.english = english
        self.spellings = spellings
    }
}

/// What a source's category column says.
package enum CategoryReading: Sendable, Hashable {
    case none
    /// A category's code.
    case category(String)
    /// A category not in the list, kept as given with a capital first letter.
    case unlisted(String)
    /// The form of the innovation, not what it is about.
    case form(Innovation.Form)
    /// "Digital" says how, not what.
    case digital
    /// A remark to keep, e.g. `Jenis menurut LAN: Metode`.
    case note(String)
}

/// The listed categories, by every spelling.
package struct Categories: Sendable {
    private let codes: [String: String]

    package init(_ list: [Category]) {
        var codes: [String: String] = [:]
        for category in list {
            for spelling in [category.code, category.indonesian, category.english] + category.spellings {
                let key = fold(spelling)
                if codes[key] == nil { codes[key] = category.code }
            }
        }
        self.codes = codes
    }

    /// Reads one cell of a category column.
    package func category(for raw: String) -> CategoryReading {
        let text = trimmed(raw)
        let key = fold(text)
        if key.isEmpty { return .none }
        if key.hasPrefix("jenis lan") {
            let kind = text.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)
            return .note(kind.isEmpty ? text : "Jenis menurut LAN: \(kind)")
        }
        switch key {
        case "inovasi masyarakat", "masyarakat", "krenova": return .form(.citizen)
        case "inovasi pelayanan publik": return .form(.service)
        case "inovasi tata kelola", "inovasi tata kelola pemerintahan daerah": return .form(.governance)
        case "inovasi lainnya", "bentuk lainnya": return .form(.other)
        case "digital", "inovasi digital": return .digital
        default: break
        }
        if let code = codes[key] { return .category(code) }
        return .unlisted(text.prefix(1).uppercased() + text.dropFirst())
    }
}
