import Foundation

/// Folds a text for comparison: lower case, no diacritics, every run of anything but letters and digits one space.
///
/// `"Pemerintah  Kota—MAKASSAR (Sulsel)"` becomes `"pemerintah kota makassar sulsel"`.
package func fold(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var gap = false
    for scalar in text.unicodeScalars {
        switch Folded(scalar) {
        case .nothing: continue
        case .gap: gap = true
        case .letters(let letters):
            if gap, !out.isEmpty { out.append(32) }
            gap = false
            letters.append(to: &out)
        }
    }
    return String(decoding: out, as: UTF8.self)
}

/// The text without the spaces and line breaks around it.
package func trimmed(_ text: String) -> String {
    // Foundation goes through UTF-16 even when there is nothing to take away, which is nearly always.
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    if (33..<127).contains(first), (33..<127).contains(last) { return text }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
}

/// What one Unicode scalar becomes when folded.
enum Folded {
    /// Lower-case letters or digits without marks.
    case letters(Letters)
    /// Invisible: a combining mark, a direction mark, a zero-width character.
    case nothing
    /// Anything that ends a word.
    case gap

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 97...122, 48...57: self = .letters(Letters(scalar.value))
        case 65...90: self = .letters(Letters(scalar.value | 32))
        case 0..<128: self = .gap
        case 128..<UInt32(Folded.table.count): self = Folded.table[Int(scalar.value)]
        case 0xFF01...0xFF5E:
            self = Unicode.Scalar(scalar.value - 0xFEE0).map { Folded($0) } ?? .gap
        default: self = Folded.slowly(scalar)
        }
    }

    /// Up to twelve UTF-8 bytes.
    struct Letters {
        private var low: UInt64 = 0
        private var high: UInt32 = 0
        private(set) var count = 0

        init(_ ascii: UInt32) {
            low = UInt64(ascii)
            count = 1
        }

        init?(_ bytes: some Collection<UInt8>) {
            guard bytes.count <= 12 else { return nil }
            for byte in bytes {
                if count < 8 {
                    low |= UInt64(byte) << UInt64(8 * count)
                } else {
                    high |= UInt32(byte) << UInt32(8 * (count - 8))
                }
                count += 1
            }
        }

        subscript(index: Int) -> UInt8 {
            index < 8
                ? UInt8(truncatingIfNeeded: low >> UInt64(8 * index))
                : UInt8(truncatingIfNeeded: high >> UInt32(8 * (index - 8)))
        }

        func append(to out: inout [UInt8]) {
            for index in 0..<count { out.append(self[index]) }
        }
    }

    // The scripts of Latin, Greek and Cyrillic letters are asked for often enough to be looked up.
    private static let table: [Folded] = (0..<0x0530).map { Unicode.Scalar($0).map(slowly) ?? .gap }

    private static func slowly(_ scalar: Unicode.Scalar) -> Folded {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return .nothing
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber:
            let plain = String(Character(scalar))
                .folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil).lowercased()
            return Letters(plain.utf8).map { .letters($0) } ?? .gap
        default: return .gap
        }
    }
}
