import Kernel
import Text

/// The marks by which the texts of a proposal are found again among thousands: small numbers that likely twins share.
///
/// Words by the smallest hashes of their stems (Broder, "On the resemblance and containment of documents", 1997);
/// passages by winnowing (Schleimer, Wilkerson, Aiken, "Winnowing", SIGMOD 2003): whatever two texts share over
/// `passage` words in a row, they share a print of.
package struct ProposalPrint: Sendable, Hashable {
    /// Of each stem of the title.
    package let title: [Int64]
    package let words: [Int64]
    package let passages: [Int64]

    /// How many of the smallest hashes of words are kept.
    package static let sketch = 48
    /// Words in a row that are hashed together, and so many of these in a row of which the smallest is kept.
    private static let row = 8
    private static let window = 12
    /// From how many words in a row a common passage is found.
    package static let passage = row + window - 1
    /// So that a text without a limit has no more prints than a long one.
    private static let most = 1000

    package init(title: String, texts: [String]) {
        self.title = Self.smallest(stems(of: title), Self.sketch)
        words = Self.smallest(texts.reduce(into: Set()) { $0.formUnion(stems(of: $1)) }, Self.sketch)
        passages = Array(
            texts.reduce(into: Set<Int64>()) { $0.formUnion(Self.winnowed(tokens(in: $1).map(\.word))) }.sorted()
                .prefix(Self.most))
    }

    private static func smallest(_ stems: Set<String>, _ count: Int) -> [Int64] {
        Array(stems.map { Int64(bitPattern: hash($0)) }.sorted().prefix(count))
    }

    private static func winnowed(_ words: [String]) -> Set<Int64> {
        guard words.count >= row else { return [] }
        let hashes = words.map(hash)
        let rows = (0...hashes.count - row).map { start in
            hashes[start..<start + row].reduce(UInt64(0)) { SeededRandom.mixed($0 &* 31 &+ $1) }
        }
        guard rows.count > window else { return Set(rows.min().map { [Int64(bitPattern: $0)] } ?? []) }
        return Set((0...rows.count - window).compactMap { rows[$0..<$0 + window].min().map { Int64(bitPattern: $0) } })
    }

    private static func hash(_ word: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return SeededRandom.mixed(hash)
    }
}
