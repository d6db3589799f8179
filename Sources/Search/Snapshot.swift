/// The index at one moment: its segments, and which of their documents have since been replaced or deleted.
struct Snapshot: Sendable {
    var parts: [Part] = []
    /// The number of the last change applied.
    var change: Int64 = 0

    /// One segment with its mask.
    struct Part: Sendable {
        let segment: Segment
        /// A bit per document, set while it lives; nil when all do.
        var alive: [UInt64]?
        var dead = 0
        /// How many dead documents hold a stem or a word, to be taken from the segment's counts.
        var deadStems: [UInt32: UInt32] = [:]
        var deadWords: [UInt32: UInt32] = [:]

        var living: Int { segment.count - dead }

        func isAlive(_ document: Int) -> Bool {
            alive.map { $0[document >> 6] & (1 << UInt64(document & 63)) != 0 } ?? true
        }

        /// Masks a document and takes its words out of the counts.
        mutating func mask(_ document: Int) {
            guard isAlive(document) else { return }
            var bits = alive ?? [UInt64](repeating: .max, count: (segment.count + 63) / 64)
            alive = nil
            bits[document >> 6] &= ~(1 << UInt64(document & 63))
            alive = bits
            dead += 1
            var text = segment.text(of: document)
            var words: Set<UInt32> = []
            while let item = text.next() {
                if case .word(let word) = item { words.insert(UInt32(word)) }
            }
            var stems: Set<UInt32> = []
            for word in words {
                deadWords[word, default: 0] += 1
                let stem = segment.wordStems[Int(word)]
                if stem != Segment.noStem { stems.insert(stem) }
            }
            for stem in stems { deadStems[stem, default: 0] += 1 }
        }

        func count(stem: Int) -> Int { Int(segment.stemCounts[stem]) - Int(deadStems[UInt32(stem)] ?? 0) }

        func count(word: Int) -> Int { Int(segment.wordCounts[word]) - Int(deadWords[UInt32(word)] ?? 0) }
    }

    var count: Int { parts.reduce(0) { $0 + $1.living } }

    /// Living documents that hold a stem.
    func documents(stem: String) -> Int {
        parts.reduce(0) { sum, part in sum + (part.segment.stem(stem.utf8).map { part.count(stem: $0) } ?? 0) }
    }

    /// Living documents that hold a folded word.
    func documents(word: String) -> Int {
        parts.reduce(0) { sum, part in sum + (part.segment.word(word.utf8).map { part.count(word: $0) } ?? 0) }
    }

    func contains(_ id: Int64) -> Bool {
        parts.contains { part in part.segment.document(id).map(part.isAlive) ?? false }
    }

    /// Masks the living document with this id, if there is one.
    mutating func remove(_ id: Int64) {
        for index in parts.indices {
            if let document = parts[index].segment.document(id) { parts[index].mask(document) }
        }
    }
}
