import Text

/// What a query's words look like in a text, so that a page can mark them.
package struct Marks: Sendable, Hashable {
    var stems: Set<String> = []
    /// Stems that count only one after another.
    var sequences: [[String]] = []
    /// Folded words that count only one after another.
    var phrases: [[String]] = []

    package var isEmpty: Bool { stems.isEmpty && sequences.isEmpty && phrases.isEmpty }

    /// The places in a text that the query found it by: ascending, not overlapping.
    package func ranges(in text: String) -> [Range<String.Index>] {
        guard !isEmpty else { return [] }
        let all = tokens(in: text)
        let tails = Tails(stems.union(sequences.joined()))
        let stemOf = all.map { tails.mayEnd(in: $0.word) ? Stemmer.indonesian.stem($0.word) : nil }
        let telling = all.indices.filter { !StopWords.contains(all[$0].word) }
        var marked = [Bool](repeating: false, count: all.count)
        for place in telling where stemOf[place].map(stems.contains) ?? false { marked[place] = true }
        for (one, two) in zip(all.indices, all.indices.dropFirst())
        where tails.mayEnd(in: all[one].word, all[two].word)
            && stems.contains(Stemmer.indonesian.stem(all[one].word + all[two].word))
        {
            marked[one] = true
            marked[two] = true
        }
        for sequence in sequences {
            for start in telling.indices where start + sequence.count <= telling.count {
                let places = telling[start..<start + sequence.count]
                if zip(places, sequence).allSatisfy({ stemOf[$0] == $1 }) { places.forEach { marked[$0] = true } }
            }
        }
        for phrase in phrases {
            for start in all.indices where start + phrase.count <= all.count {
                let places = start..<start + phrase.count
                if zip(places, phrase).allSatisfy({ all[$0].word == $1 }) { places.forEach { marked[$0] = true } }
            }
        }
        return all.indices.filter { marked[$0] }.map { all[$0].range }
    }
}

/// Tells quickly of most words that none of some stems is theirs. Taking off affixes changes no letter of a root but its
/// first ("menyapu", "sapu"), so a word without the rest of a stem cannot have it.
private struct Tails {
    private let tails: [[UInt8]]

    init(_ stems: Set<String>) { tails = stems.map { Array($0.utf8.dropFirst()) } }

    func mayEnd(in words: String...) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Token.longest * words.count) { room in
            var length = 0
            for word in words {
                for byte in word.utf8 where length < room.count {
                    room[length] = byte
                    length += 1
                }
            }
            return tails.contains { tail in holds(UnsafeBufferPointer(rebasing: room[..<length]), tail) }
        }
    }

    private func holds(_ word: UnsafeBufferPointer<UInt8>, _ tail: [UInt8]) -> Bool {
        guard let first = tail.first else { return true }
        guard tail.count <= word.count else { return false }
        for start in 0...(word.count - tail.count) where word[start] == first {
            if tail.indices.allSatisfy({ word[start + $0] == tail[$0] }) { return true }
        }
        return false
    }
}
