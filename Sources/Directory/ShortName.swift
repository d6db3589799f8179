import Foundation
import Kernel

/// The short name that a title itself explains, and what it stands for, as both are spelled there.
///
/// Titles put one of the two in brackets, or the explanation after a colon or a dash: "Unit Pelayanan Informasi dan
/// Keluhan (UPIK)", "BARIS DITEBAS (Barista Disabilitas Terobos Stigma Keterbatasan)", "SIPEKAT: Sistem Pengelolaan
/// Kenaikan Pangkat". Only a name whose letters are found in order in the words is taken for theirs; other brackets
/// explain something else.
package struct ShortName: Sendable, Hashable {
    package let short: String
    package let expansion: String

    package init(_ short: String, _ expansion: String) {
        self.short = short
        self.expansion = expansion
    }

    /// Nil when the title explains no short name.
    package static func read(fromTitle title: String) -> ShortName? {
        for (outer, inner) in pairs(in: String(title.prefix(1000))) {
            let outerLetters = letters(outer).count
            let innerLetters = letters(inner).count
            if innerLetters < outerLetters {
                if let expansion = words(outer, spelling: inner) { return ShortName(inner, expansion) }
            } else if spells(outer, inner) {
                return ShortName(outer, inner)
            }
        }
        return nil
    }

    /// What stands before and inside a bracket, or on both sides of a colon or a dash between spaces.
    private static func pairs(in title: String) -> [(String, String)] {
        var pairs: [(String, String)] = []
        if let open = title.firstIndex(of: "(") {
            let rest = title[title.index(after: open)...]
            pairs.append((clean(title[..<open]), clean(rest.prefix { $0 != ")" })))
        }
        for sign in [": ", " : ", " - ", " – ", " — "] {
            guard let range = title.range(of: sign), !title[..<range.lowerBound].contains("(") else { continue }
            pairs.append((clean(title[..<range.lowerBound]), clean(title[range.upperBound...])))
        }
        return pairs.filter { !$0.0.isEmpty && !$0.1.isEmpty }
    }

    private static func clean(_ text: Substring) -> String {
        text.trimmingCharacters(
            in: CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "\"“”‘’'.,;:")))
    }

    /// The end of a text, from a word that begins with the name's first letter, that the name spells.
    private static func words(_ text: String, spelling name: String) -> String? {
        let words = text.split(separator: " ")
        guard let first = letters(name).first else { return nil }
        for start in words.indices where letters(String(words[start])).first == first {
            let end = words[start...].joined(separator: " ")
            if words.count - start >= 2, spells(name, end) { return end }
        }
        return nil
    }

    /// Whether the letters of a name stand in this order in a longer text that begins with the same letter.
    private static func spells(_ name: String, _ text: String) -> Bool {
        let name = letters(name)
        let text = letters(text)
        guard name.count >= 2, text.count >= name.count + 3, name.first == text.first else { return false }
        var next = name.startIndex
        for letter in text where next < name.endIndex && letter == name[next] { next += 1 }
        return next == name.endIndex
    }

    private static func letters(_ text: String) -> [Character] { text.lowercased().filter(\.isLetter) }
}
