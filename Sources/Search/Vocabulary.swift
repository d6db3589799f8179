/// Words and their numbers while an index is built: bytes in one row, found through an open hash table.
struct Vocabulary {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []
    private var slots: [UInt32]

    init() { slots = [UInt32](repeating: .max, count: 1 << 12) }

    var count: Int { ends.count }

    /// The number of a word, and whether it is new.
    mutating func number(of word: UnsafeBufferPointer<UInt8>) -> (UInt32, isNew: Bool) {
        var slot = Int(truncatingIfNeeded: Vocabulary.hash(word)) & (slots.count - 1)
        while true {
            let found = slots[slot]
            if found == .max { break }
            if matches(Int(found), word) { return (found, false) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(ends.count)
        slots[slot] = number
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
        return bytes.withUnsafeBufferPointer { all in
            for offset in 0..<word.count where all[range.lowerBound + offset] != word[offset] { return false }
            return true
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        bytes.withUnsafeBufferPointer { all in
            for number in 0..<ends.count {
                var slot = Int(truncatingIfNeeded: Vocabulary.hash(UnsafeBufferPointer(rebasing: all[range(number)])))
                slot &= slots.count - 1
                while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
                slots[slot] = UInt32(number)
            }
        }
    }

    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ (hash >> 29)
    }
}
