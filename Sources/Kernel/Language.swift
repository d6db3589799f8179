/// The two languages the screen speaks. Indonesian is first.
package enum Language: String, Sendable, CaseIterable, Codable {
    case indonesian = "id"
    case english = "en"

    /// Picks the reading of a phrase in this language: `say("Cari", "Search")`.
    package func say(_ indonesian: String, _ english: String) -> String {
        self == .indonesian ? indonesian : english
    }

    /// The phrase in this language.
    package func say(_ phrase: Phrase) -> String { say(phrase.indonesian, phrase.english) }

    /// The path prefix of pages in this language: empty for Indonesian, `/en` for English.
    package var prefix: String { self == .indonesian ? "" : "/en" }
}

/// A text in both languages. Both are written at the place of use, so neither can be missing.
package struct Phrase: Sendable, Hashable, Codable {
    package let indonesian: String
    package let english: String

    package init(_ indonesian: String, _ english: String) {
        self.indonesian = indonesian
        self.english = english
    }
}
