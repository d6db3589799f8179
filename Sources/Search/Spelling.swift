import Text

extension Snapshot {
    /// The known word an unknown one was likely meant to be: one edit away, two from seven letters on.
    func correction(of word: String) -> String? {
        let letters = Array(word.utf8)
        guard letters.count >= 4, letters.count <= 40, letters.contains(where: { $0 > 57 }) else { return nil }
        return near(letters, limit: letters.count >= 7 ? 2 : 1, atLeast: 1)
    }

    /// A word so much more frequent than a rare known one that the rare one is likely a slip of the pen.
    func likelier(than word: String) -> String? {
        let letters = Array(word.utf8)
        guard letters.count >= 6, letters.count <= 40, letters.contains(where: { $0 > 57 }) else { return nil }
        let count = documents(word: word)
        guard count <= 1, self.count >= 100 else { return nil }
        guard let better = near(letters, limit: 1, atLeast: 20), better != word else { return nil }
        return Stemmer.indonesian.stem(better) == Stemmer.indonesian.stem(word) ? nil : better
    }

    /// The words a beginning may grow into, most frequent first.
    func completions(of beginning: String, limit: Int) -> [String] {
        guard let last = tokens(in: beginning).last, limit > 0 else { return [] }
        let key = Array(last.word.utf8)
        var counts: [String: Int] = [:]
        for part in parts {
            let words = part.segment.words
            let order = part.segment.wordOrder
            var place = words.firstIndex(notBelow: key) { Int(order[$0]) }
            while place < words.count, words[Int(order[place])].starts(with: key) {
                let word = Int(order[place])
                let count = part.count(word: word)
                if count > 0 { counts[words.string(word), default: 0] += count }
                place += 1
            }
        }
        let best = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return best.lazy.map(\.key).filter { !StopWords.contains($0) }.prefix(limit).map { $0 }
    }

    private func near(_ letters: [UInt8], limit: Int, atLeast: Int) -> String? {
        let wanted = Snapshot.letterSet(letters)
        var counts: [String: (distance: Int, count: Int)] = [:]
        for part in parts {
            let words = part.segment.words
            for word in 0..<words.count {
                let bytes = words[word]
                guard abs(bytes.count - letters.count) <= limit,
                    (Snapshot.letterSet(bytes) ^ wanted).nonzeroBitCount <= 2 * limit,
                    let distance = editDistance(letters, Array(bytes), limit: limit), distance > 0
                else { continue }
                // The first letter is seldom wrong.
                let penalty = bytes.first == letters.first ? 0 : 1
                guard distance + penalty <= limit || limit == 1 else { continue }
                let count = part.count(word: word)
                guard count > 0 else { continue }
                counts[words.string(word), default: (distance + penalty, 0)].count += count
            }
        }
        let able = counts.filter { $0.value.count >= atLeast && !StopWords.contains($0.key) }
        return able.min { a, b in
            (a.value.distance, -a.value.count, a.key) < (b.value.distance, -b.value.count, b.key)
        }?.key
    }

    private static func letterSet(_ letters: some Sequence<UInt8>) -> UInt32 {
        letters.reduce(0) { $0 | 1 << UInt32($1 & 31) }
    }
}
