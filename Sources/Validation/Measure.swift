import Foundation
import Kernel

/// A measured number, kept exactly as decimal digits.
package struct Measure: Sendable, Hashable {
    /// Digits with a point before the decimals, e.g. `1234.5`, `-3`.
    package let digits: String

    /// For drawing; the text stays the truth.
    package var value: Double { Double(digits) ?? 0 }

    /// Reads what offices type: `27,5`, `1.234,5`, `1234`, `27.5`, `−3`. A comma parts the decimals; dots part
    /// thousands where they stand in threes, else a single one is taken for a decimal point. Nil when it is no number
    /// or has more than 15 digits.
    package init?(typed: String) {
        var text = typed.filter { !$0.isWhitespace }
        let negative = text.hasPrefix("-") || text.hasPrefix("−")
        if negative { text.removeFirst() }
        let halves = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2, let first = halves.first else { return nil }
        var whole = first
        var decimals = halves.count == 2 ? halves[1] : ""
        guard halves.count == 1 || !decimals.isEmpty else { return nil }
        let groups = first.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if groups.count > 1 {
            let thousands =
                (1...3).contains(groups[0].count) && groups[0] != "0" && groups.dropFirst().allSatisfy { $0.count == 3 }
            if thousands {
                whole = groups.joined()
            } else {
                guard groups.count == 2, halves.count == 1 else { return nil }
                (whole, decimals) = (groups[0], groups[1])
                guard !decimals.isEmpty else { return nil }
            }
        }
        guard !whole.isEmpty, (whole + decimals).utf8.allSatisfy({ (48...57).contains($0) }),
            whole.count + decimals.count <= 15
        else { return nil }
        let short = String(whole.drop { $0 == "0" })
        let kept = decimals.isEmpty ? "" : "." + decimals
        let zero = (whole + decimals).allSatisfy { $0 == "0" }
        digits = (negative && !zero ? "-" : "") + (short.isEmpty ? "0" : short) + kept
    }

    init(canonical: String) { digits = canonical }

    /// With the language's separators: `1.234,5` or `1,234.5`.
    package func shown(_ language: Language) -> String {
        let parts = digits.split(separator: ".")
        let whole = parts.first.flatMap { Int($0) } ?? 0
        // A number between minus one and nought has no sign in its whole part.
        let sign = digits.hasPrefix("-") && whole == 0 ? "−" : ""
        let decimals = parts.count == 2 ? language.say(",", ".") + parts[1] : ""
        return sign + language.number(whole) + decimals
    }
}

extension Measure {
    /// Whole rupiah: `1500000`, `Rp 1.500.000`, `Rp1.500.000,00`. Nil for anything else or above 15 digits.
    package static func rupiah(typed: String) -> Int? {
        var text = typed.lowercased().filter { !$0.isWhitespace }
        if text.hasPrefix("rp") { text.removeFirst(text.hasPrefix("rp.") ? 3 : 2) }
        for ending in [",00", ",-"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
        let groups = text.split(separator: ".", omittingEmptySubsequences: false)
        guard
            groups.count == 1 || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 })
        else { return nil }
        let digits = groups.joined()
        guard (1...15).contains(digits.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(digits)
    }
}

extension Day {
    /// Reads `2026-11-21` as date fields send it, and `21-11-2026`, `21/11/2026`, `21.11.2026` as people type it.
    /// Years before 1900 are taken for slips.
    package init?(typed: String) {
        let text = typed.trimmingCharacters(in: .whitespaces)
        let parts = text.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else { return nil }
        var day = Day(iso: text)
        if parts[2].count == 4, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count),
            let (d, m, y) = Self.numbers(parts)
        {
            day = Day(y, m, d)
        }
        guard let day, day.year >= 1900 else { return nil }
        self = day
    }

    private static func numbers(_ parts: [Substring]) -> (Int, Int, Int)? {
        guard let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2]) else { return nil }
        return (a, b, c)
    }

    /// What to type instead.
    package static let wanted = Phrase(
        "Tulis tanggal seperti 21-11-2026 (hari, bulan, tahun empat angka).",
        "Write the date like 21-11-2026 (day, month, four-digit year).")
}
