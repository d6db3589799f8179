import Text

/// A run of words that two proposals have in common, as each of them writes it.
package struct ProposalPassage: Sendable, Hashable {
    /// The codes of the sections in which it stands.
    package let section: String
    package let theirSection: String
    package let mine: String
    package let theirs: String
    package let words: Int

    /// The runs of at least `least` words that two sets of sections share, the longest first; a word of the first
    /// belongs to one run at most.
    package static func shared(
        _ mine: [String: String], _ theirs: [String: String], least: Int = ProposalPrint.passage
    ) -> [ProposalPassage] {
        var found: [ProposalPassage] = []
        let others = theirs.sorted { $0.key < $1.key }.map { ($0.key, $0.value, tokens(in: $0.value)) }
        for (section, text) in mine.sorted(by: { $0.key < $1.key }) {
            let words = tokens(in: text)
            var taken = [Bool](repeating: false, count: words.count)
            for (theirSection, theirText, theirWords) in others {
                for run in runs(words.map(\.word), theirWords.map(\.word), least) {
                    guard !taken[run.mine..<run.mine + run.length].contains(true) else { continue }
                    for place in run.mine..<run.mine + run.length { taken[place] = true }
                    found.append(
                        ProposalPassage(
                            section: section, theirSection: theirSection,
                            mine: quoted(text, words, run.mine, run.length),
                            theirs: quoted(theirText, theirWords, run.theirs, run.length), words: run.length))
                }
            }
        }
        return found.sorted { ($1.words, $0.section, $0.mine) < ($0.words, $1.section, $1.mine) }
    }

    private static func quoted(_ text: String, _ words: [Token], _ start: Int, _ length: Int) -> String {
        String(text[words[start].range.lowerBound..<words[start + length - 1].range.upperBound])
    }

    /// The longest common runs from left to right: where `anchor` words agree, the run is followed to its end.
    private static func runs(
        _ a: [String], _ b: [String], _ least: Int
    ) -> [(mine: Int, theirs: Int, length: Int)] {
        let anchor = min(8, least)
        guard a.count >= least, b.count >= least else { return [] }
        var places: [ArraySlice<String>: [Int]] = [:]
        for start in 0...b.count - anchor { places[b[start..<start + anchor], default: []].append(start) }
        var found: [(mine: Int, theirs: Int, length: Int)] = []
        var place = 0
        while place + least <= a.count {
            var best = (theirs: 0, length: 0)
            // A word that fills a text has as many places as the text is long: a few of them tell enough.
            for start in places[a[place..<place + anchor]]?.prefix(16) ?? [] {
                var length = anchor
                while place + length < a.count, start + length < b.count, a[place + length] == b[start + length] {
                    length += 1
                }
                if length > best.length { best = (start, length) }
            }
            if best.length >= least {
                found.append((place, best.theirs, best.length))
                place += best.length
            } else {
                place += 1
            }
        }
        return found
    }
}
