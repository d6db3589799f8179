import Foundation

/// Words and their numbers while an index is built: bytes in one row, found through an open hash table.
struct Vocabulary {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []
    /// A word's number in the low half, the high half of its hash above it: most other words are told apart without
    /// looking at their bytes.
    private var slots: [UInt64]
    private static let empty = UInt64.max

    init() { slots = [UInt64](repeating: Vocabulary.empty, count: 1 << 12) }

    var count: Int { ends.count }

    /// The number of a word, and whether it is new.
    mutating func number(of word: UnsafeBufferPointer<UInt8>) -> (UInt32, isNew: Bool) {
        let hash = Vocabulary.hash(word)
        let number = UInt32(ends.count)
        // One run over the table without checks: this is where building an index spends its time.
        let (slot, known) = slots.withUnsafeBufferPointer { slots -> (Int, UInt32?) in
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != Vocabulary.empty {
                let found = UInt32(truncatingIfNeeded: slots[slot])
                if (slots[slot] ^ hash) >> 32 == 0, matches(Int(found), word) { return (slot, found) }
                slot = (slot + 1) & (slots.count - 1)
            }
            return (slot, nil)
        }
        if let known { return (known, false) }
        slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number)
        bytes.append(contentsOf: word)
        ends.append(UInt32(bytes.count))
        if ends.count * 2 > slots.count { grow() }
        return (number, true)
    }

    mutating func number(of word: String) -> (UInt32, isNew: Bool) {
        var word = word
        return word.withUTF8 { number(of: $0) }
    }

    func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number]) }

    private func matches(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == word.count else { return false }
        guard let letters = word.baseAddress else { return true }
        return bytes.withUnsafeBufferPointer { all in
            all.baseAddress.map { memcmp($0 + range.lowerBound, letters, word.count) == 0 } ?? false
        }
    }

    private mutating func grow() {
        slots = [UInt64](repeating: Vocabulary.empty, count: slots.count * 2)
        bytes.withUnsafeBufferPointer { all in
            for number in 0..<ends.count {
                let hash = Vocabulary.hash(UnsafeBufferPointer(rebasing: all[range(number)]))
                var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
                while slots[slot] != Vocabulary.empty { slot = (slot + 1) & (slots.count - 1) }
                slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number)
            }
        }
    }

    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ (hash >> 29)
    }
}
