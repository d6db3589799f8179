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
        // Most titles hold none of the signs that part the two.
        guard title.utf8.contains(where: { $0 == 40 || $0 == 45 || $0 == 58 || $0 > 127 }) else { return nil }
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
            guard let range = place(of: sign, in: title), !title[..<range.lowerBound].contains("(") else { continue }
            pairs.append((clean(title[..<range.lowerBound]), clean(title[range.upperBound...])))
        }
        return pairs.filter { !$0.0.isEmpty && !$0.1.isEmpty }
    }

    private static func clean(_ text: Substring) -> String {
        if let first = text.utf8.first, let last = text.utf8.last, isPlain(first), isPlain(last) { return String(text) }
        return text.trimmingCharacters(in: wrapping)
    }

    private static let wrapping = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "\"“”‘’'.,;:"))

    /// An ASCII letter or digit.
    private static func isPlain(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte | 32) }

    /// The end of a text, from a word that begins with the name's first letter, that the name spells.
    static func words(_ text: String, spelling name: String) -> String? {
        let words = text.split(separator: " ")
        guard let first = letters(name).first else { return nil }
        for start in words.indices where letters(String(words[start])).first == first {
            let end = words[start...].joined(separator: " ")
            if words.count - start >= 2, spells(name, end) { return end }
        }
        return nil
    }

    /// Whether the letters of a name stand in this order in a longer text that begins with the same letter.
    static func spells(_ name: String, _ text: String) -> Bool {
        let name = letters(name)
        let text = letters(text)
        guard name.count >= 2, text.count >= name.count + 3, name.first == text.first else { return false }
        var next = name.startIndex
        for letter in text where next < name.endIndex && letter == name[next] { next += 1 }
        return next == name.endIndex
    }

    static func letters(_ text: String) -> [UInt32] {
        if text.utf8.allSatisfy({ $0 < 128 }) {
            return text.utf8.lazy.map { $0 | 32 }.filter { (97...122).contains($0) }.map(UInt32.init)
        }
        return text.lowercased().unicodeScalars.lazy.filter(\.properties.isAlphabetic).map(\.value)
    }
}

/// Where the bytes of one text first stand in another; nil when they do not, or when nothing is looked for.
func place(of part: String, in text: String) -> Range<String.Index>? {
    guard !part.isEmpty else { return nil }
    var (part, whole) = (part, text)
    let offset = whole.withUTF8 { whole -> Int? in
        part.withUTF8 { part in
            guard let letters = part.baseAddress, let bytes = whole.baseAddress, part.count <= whole.count else {
                return nil
            }
            return (0...(whole.count - part.count)).first { start in
                bytes[start] == letters[0] && memcmp(bytes + start, letters, part.count) == 0
            }
        }
    }
    guard let offset else { return nil }
    let start = text.utf8.index(text.utf8.startIndex, offsetBy: offset)
    return start..<text.utf8.index(start, offsetBy: part.utf8.count)
}
