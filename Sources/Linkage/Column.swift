import Foundation
import Text

/// Collects the values of one field.
struct ColumnBuilder {
    var codes: [Int32] = []
    var values: [String] = []
    /// Whether the texts between `|` are compared one by one.
    var hasAliases = false
    private var known: [String: Int32] = [:]

    mutating func append(_ value: String) {
        let text = value.utf8.count > ColumnBuilder.longest ? String(value.prefix(ColumnBuilder.longest)) : value
        let clean = trimmed(text)
        guard !clean.isEmpty else { return codes.append(-1) }
        if let code = known[clean] { return codes.append(code) }
        let code = Int32(values.count)
        known[clean] = code
        values.append(clean)
        codes.append(code)
    }

    /// The letters of a value that are compared; edit distances grow with the square.
    private static let longest = 500
}

/// One field of all records; everything derived is kept for each distinct value. A class, so that a pair costs no copy.
final class Column: Sendable {
    /// For each record the number of its value; -1 when missing.
    let codes: [Int32]
    let values: [String]
    /// For each value a number that is equal for equal folded texts, with and without spaces, and equal stem sets.
    let folded: [Int32]
    let compact: [Int32]
    let stemSet: [Int32]
    /// The folded text's bytes without spaces at either end.
    let bytes: [[UInt8]]
    /// The sorted numbers of a value's stems, and the stems themselves.
    let stems: [[Int32]]
    let vocabulary: [[UInt8]]
    /// For each value sorted numbers of the folded texts between its `|`, without spaces; empty when none are compared.
    let aliases: [[Int32]]
    /// The initials of a value's words, with and without stop words.
    let initials: [[UInt8]]
    let tellingInitials: [[UInt8]]
    let numbers: [Double]
    let days: [Double]
    /// The share of the records that hold something which hold this folded value.
    let shares: [Double]

    init(_ builder: ColumnBuilder) {
        codes = builder.codes
        values = builder.values
        var interned = Interner<String>()
        var compacted = Interner<String>()
        var words = Interner<String>()
        var sets = Interner<[Int32]>()
        var (folded, compact, stemSet, stemmed): ([Int32], [Int32], [Int32], [[Int32]]) = ([], [], [], [])
        var bytes: [[UInt8]] = []
        for value in values {
            let text = fold(value)
            folded.append(interned.number(of: text))
            compact.append(compacted.number(of: text.replacing(" ", with: "")))
            bytes.append(Array(text.utf8))
            var set = Text.stems(of: value).map { words.number(of: $0) }
            set.sort()
            stemmed.append(set)
            stemSet.append(sets.number(of: set))
        }
        if builder.hasAliases {
            aliases = values.map { value in
                Set(value.split(separator: "|").map { fold(String($0)).replacing(" ", with: "") })
                    .map { compacted.number(of: $0) }.sorted()
            }
        } else {
            aliases = []
        }
        (self.folded, self.compact, self.stemSet, self.bytes, stems) = (folded, compact, stemSet, bytes, stemmed)
        vocabulary = words.values.map { Array($0.utf8) }
        initials = bytes.map { text in text.split(separator: 32).compactMap(\.first) }
        tellingInitials = bytes.map { text in
            text.split(separator: 32).filter { !StopWords.contains(String(decoding: $0, as: UTF8.self)) }
                .compactMap(\.first)
        }
        numbers = values.map { Double($0) ?? .nan }
        days = values.map { dayNumber($0) }
        var counts = [Int](repeating: 0, count: interned.values.count)
        var held = 0
        for code in codes where code >= 0 {
            counts[Int(folded[Int(code)])] += 1
            held += 1
        }
        shares = folded.map { Double(counts[Int($0)]) / Double(max(1, held)) }
    }

    func code(_ row: Int) -> Int? {
        let code = codes[row]
        return code < 0 ? nil : Int(code)
    }
}

/// Numbers values in the order in which they come.
struct Interner<Value: Hashable> {
    private(set) var values: [Value] = []
    private var known: [Value: Int32] = [:]

    mutating func number(of value: Value) -> Int32 {
        if let number = known[value] { return number }
        let number = Int32(values.count)
        known[value] = number
        values.append(value)
        return number
    }
}

/// Days since the year 0 of an ISO date such as 2021-03-09; NaN when it is none.
func dayNumber(_ text: String) -> Double {
    let parts = text.prefix(10).split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
        (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year)
    else { return .nan }
    // Days from the civil calendar, with March as the first month so that the leap day is last.
    let shifted = month <= 2 ? year - 1 : year
    let monthDays = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return Double(365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + monthDays)
}
