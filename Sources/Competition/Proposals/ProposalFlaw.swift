import Kernel
import Text

/// A sign that a section was filled rather than written: for a person to look at, never a verdict.
package struct ProposalFlaw: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable { case filler, mash, repeated }

    /// The section's code.
    package let section: String
    package let kind: Kind
    /// The words it shows in, a few of them.
    package let evidence: String

    package var reason: Phrase {
        switch kind {
        case .filler:
            Phrase("Tampak berisi teks pengisi (\(evidence)).", "It seems to be filler text (\(evidence)).")
        case .mash:
            Phrase("Berisi ketikan tanpa arti (\(evidence)).", "It holds keys struck at random (\(evidence)).")
        case .repeated:
            Phrase("Mengulang kata yang sama (\(evidence)).", "It repeats the same words (\(evidence)).")
        }
    }

    /// What is found in a section's text.
    package static func find(in text: String, section: String) -> [ProposalFlaw] {
        let found = tokens(in: text)
        let words = found.map(\.word)
        func flaw(_ kind: Kind, _ evidence: [String]) -> ProposalFlaw {
            ProposalFlaw(section: section, kind: kind, evidence: evidence.prefix(4).joined(separator: ", "))
        }
        var flaws: [ProposalFlaw] = []
        let latin = distinct(words.filter(Self.latin.contains))
        if latin.count >= 3 { flaws.append(flaw(.filler, latin)) }
        let mashed = distinct(found.filter { isMash($0, in: text) }.map(\.word))
        if mashed.count >= 3 || (!mashed.isEmpty && mashed.count * 5 >= Set(words).count) {
            flaws.append(flaw(.mash, mashed))
        }
        if let evidence = repetition(words) { flaws.append(flaw(.repeated, [evidence])) }
        return flaws
    }

    private static func distinct(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }

    // MARK: words struck at random

    /// An abbreviation in capitals has no vowels either: only what is written small is judged.
    private static func isMash(_ token: Token, in text: String) -> Bool {
        let written = text[token.range]
        guard token.word.count >= 4, token.word.utf8.allSatisfy({ (97...122).contains($0) }),
            written.count(where: \.isUppercase) * 2 < written.count, !plain.contains(token.word)
        else { return false }
        let letters = Array(token.word)
        var consonants = 0
        for (place, letter) in letters.enumerated() {
            consonants = vowels.contains(letter) ? 0 : consonants + 1
            if consonants >= 6 || (consonants == letters.count && letters.count >= 5 && place == letters.count - 1) {
                return true
            }
        }
        if letters.count >= 4, zip(letters, letters.dropFirst()).count(where: ==) >= max(3, letters.count - 2) {
            return true
        }
        return keys.contains { token.word.contains($0) }
    }

    private static let vowels: Set<Character> = ["a", "e", "i", "o", "u", "y"]
    private static let plain: Set<String> = ["https", "html", "mysql", "sqlserver"]
    /// Neighbours on the keyboard that no word holds; of the upper row five, since "property" has four.
    private static let keys: [String] = {
        func neighbours(_ row: String, _ count: Int) -> [String] {
            let letters = Array(row)
            return (0...letters.count - count).flatMap { start -> [String] in
                let run = letters[start..<start + count]
                return [String(run), String(run.reversed())]
            }
        }
        return neighbours("qwertyuiop", 5) + neighbours("asdfghjkl", 4) + neighbours("zxcvbnm", 4)
    }()

    // MARK: the same again and again

    private static func repetition(_ words: [String]) -> String? {
        guard words.count >= 20 else { return nil }
        var counts: [String: Int] = [:]
        for word in words where !StopWords.contains(word) { counts[word, default: 0] += 1 }
        if let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value * 3 > words.count {
            return most.key
        }
        var rows: [ArraySlice<String>: Int] = [:]
        for start in 0...words.count - 5 { rows[words[start..<start + 5], default: 0] += 1 }
        guard rows.count * 2 < words.count - 4 else { return nil }
        return rows.max { ($0.value, $1.key.joined()) < ($1.value, $0.key.joined()) }?.key.joined(separator: " ")
    }

    private static let latin: Set<String> = Set(
        """
        lorem ipsum dolor amet consectetur adipiscing elit eiusmod tempor incididunt labore dolore magna aliqua enim
        minim veniam quis nostrud exercitation ullamco laboris nisi aliquip commodo consequat duis aute irure
        reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat cupidatat proident
        deserunt mollit laborum vestibulum curabitur pellentesque vivamus phasellus maecenas tincidunt
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
