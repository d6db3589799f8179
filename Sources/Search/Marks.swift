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
        let stemOf = all.map { Stemmer.indonesian.stem($0.word) }
        let telling = all.indices.filter { !StopWords.contains(all[$0].word) }
        var marked = [Bool](repeating: false, count: all.count)
        for place in telling where stems.contains(stemOf[place]) { marked[place] = true }
        for (one, two) in zip(all.indices, all.indices.dropFirst())
        where stems.contains(Stemmer.indonesian.stem(all[one].word + all[two].word)) {
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
