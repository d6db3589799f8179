import Foundation
import Text

/// A query's text made ready: concepts, one bit each, and the alternatives by which a document can meet them.
struct Plan {
    enum Test: Hashable {
        case stem(String)
        /// These stems one after another, stop words between them aside.
        case sequence([String])
        /// Exactly these folded words one after another.
        case phrase([String])
    }

    struct Alternative {
        let test: Test
        /// The concepts it meets.
        let bits: UInt32
        /// What an impact of 1 is worth.
        var weight: Float
    }

    var alternatives: [Alternative] = []
    var concepts = 0
    /// Concepts a document must meet.
    var required: UInt32 = 0
    var unknown: [String] = []
    var suggestion: String?
    var marks = Marks()

    var isEmpty: Bool { alternatives.isEmpty && concepts == 0 }

    /// How a score is weighted when so many concepts are met.
    func coordination(_ share: Float) -> [Float] {
        (0...max(1, concepts)).map { 1 - share + share * Float($0) / Float(max(1, concepts)) }
    }
}

/// Reads a query's text into a plan against one snapshot.
struct Planner {
    let snapshot: Snapshot
    let schema: Schema
    private var plan = Plan()
    private var known: [String: UInt32] = [:]

    init(_ snapshot: Snapshot, _ schema: Schema) {
        self.snapshot = snapshot
        self.schema = schema
    }

    /// A word of the query outside quotes.
    private struct Word {
        let text: String
        let stem: String
        let bit: UInt32
        let glued: Bool
        /// Whether the word before it was written right before it, no stop word between.
        let follows: Bool
    }

    static func plan(_ query: Query, _ snapshot: Snapshot, _ schema: Schema) -> Plan {
        var planner = Planner(snapshot, schema)
        return planner.read(query.text, widening: query.widening)
    }

    private mutating func read(_ whole: String, widening: Bool) -> Plan {
        let text = String(decoding: whole.utf8.prefix(Query.longest), as: UTF8.self)
        let (free, phrases) = Planner.quotes(in: text)
        for phrase in phrases { addPhrase(phrase) }
        let words = words(of: free)
        for word in words { addWord(word) }
        if widening { widen(words, text) }
        weigh()
        return plan
    }

    private mutating func widen(_ words: [Word], _ text: String) {
        var corrections: [String: String] = [:]
        addSynonyms(words)
        addJoined(words)
        for word in words where word.bit != 0 {
            // Also for a known word: "kerjasama" and "kerja sama" are both common.
            if let split = split(word.text) { add(.sequence(split), word.bit, 1) }
        }
        for word in words where !isMet(word.bit) && word.bit != 0 {
            if let better = snapshot.correction(of: word.text) {
                corrections[word.text] = better
                plan.unknown.append(word.text)
                add(.stem(Stemmer.indonesian.stem(better)), word.bit, 0.7)
            } else {
                plan.unknown.append(word.text)
            }
        }
        for word in words where corrections[word.text] == nil && isMet(word.bit) {
            if let better = snapshot.likelier(than: word.text) { corrections[word.text] = better }
        }
        plan.suggestion = Planner.replace(corrections, in: text)
    }

    /// Whether some alternative of a concept occurs in the corpus.
    private func isMet(_ bit: UInt32) -> Bool { plan.alternatives.contains { $0.bits & bit != 0 } }

    private mutating func concept() -> UInt32 {
        plan.concepts += 1
        return 1 << UInt32(plan.concepts - 1)
    }

    private mutating func words(of pieces: [String]) -> [Word] {
        var all = pieces.flatMap { tokens(in: $0) }
        let telling = all.filter { !StopWords.contains($0.word) }
        let long = telling.filter { $0.word.utf8.count > 1 }
        var words: [Word] = []
        var previous = false
        if all.count > 400 { all.removeLast(all.count - 400) }
        for token in all {
            guard !StopWords.contains(token.word) else {
                previous = false
                continue
            }
            let stem = Stemmer.indonesian.stem(token.word)
            // A letter alone ("e planning") means something only together with its neighbour.
            let alone = token.word.utf8.count == 1 && !long.isEmpty
            var bit: UInt32 = 0
            if !alone {
                if let seen = known[stem] {
                    bit = seen
                } else {
                    guard plan.concepts < Query.mostWords else { break }
                    bit = concept()
                    known[stem] = bit
                }
            }
            words.append(Word(text: token.word, stem: stem, bit: bit, glued: token.glued, follows: previous))
            previous = true
        }
        return words
    }

    private mutating func addPhrase(_ text: String) {
        let words = tokens(in: text).prefix(Query.mostWords).map(\.word)
        guard words.contains(where: { !StopWords.contains($0) }), plan.concepts < 8 else { return }
        let bit = concept()
        plan.required |= bit
        plan.alternatives.append(Plan.Alternative(test: .phrase(Array(words)), bits: bit, weight: 1))
        plan.marks.phrases.append(Array(words))
    }

    private mutating func addWord(_ word: Word) {
        if word.bit != 0 { add(.stem(word.stem), word.bit, 1) }
    }

    private mutating func addSynonyms(_ words: [Word]) {
        let synonyms = schema.synonyms
        guard synonyms.longest > 0 else { return }
        for first in words.indices {
            for length in 1...synonyms.longest where first + length <= words.count {
                let window = words[first..<first + length]
                guard let entries = synonyms.entries[window.map(\.stem).joined(separator: " ")] else { continue }
                let bits = window.reduce(0) { $0 | $1.bit }
                guard bits != 0 else { continue }
                for entry in entries {
                    add(entry.stems.count == 1 ? .stem(entry.stems[0]) : .sequence(entry.stems), bits, entry.weight)
                }
            }
        }
    }

    private mutating func addJoined(_ words: [Word]) {
        for (one, two) in zip(words, words.dropFirst()) where two.follows {
            let joined = one.text + two.text
            guard joined.utf8.count <= Token.longest, one.bit | two.bit != 0 else { continue }
            add(.stem(Stemmer.indonesian.stem(joined)), one.bit | two.bit, 1)
        }
    }

    /// Adds an alternative whose every word occurs in the corpus.
    private mutating func add(_ test: Plan.Test, _ bits: UInt32, _ weight: Float) {
        guard !plan.alternatives.contains(where: { $0.test == test && $0.bits == bits }) else { return }
        switch test {
        case .stem(let stem):
            guard snapshot.documents(stem: stem) > 0 else { return }
            plan.marks.stems.insert(stem)
        case .sequence(let stems):
            guard stems.allSatisfy({ snapshot.documents(stem: $0) > 0 }) else { return }
            plan.marks.sequences.append(stems)
        case .phrase: break
        }
        plan.alternatives.append(Plan.Alternative(test: test, bits: bits, weight: weight))
    }

    /// Two known words that an unknown one is made of.
    private func split(_ word: String) -> [String]? {
        let letters = Array(word.utf8)
        guard letters.count >= 6, letters.count <= 40, letters.allSatisfy({ $0 < 128 }) else { return nil }
        var best: (count: Int, parts: [String])?
        for place in 3...(letters.count - 3) {
            let parts = [letters[..<place], letters[place...]].map { String(decoding: $0, as: UTF8.self) }
            guard !parts.contains(where: StopWords.contains) else { continue }
            let count = parts.map { snapshot.documents(word: $0) }.min() ?? 0
            if count > best?.count ?? 0 { best = (count, parts.map(Stemmer.indonesian.stem)) }
        }
        return best?.parts
    }

    /// Gives every alternative its weight: rarity of what it tests, shared by the equivalents of one concept.
    private mutating func weigh() {
        let total = Float(snapshot.count)
        func rarity(_ documents: Int) -> Float {
            log(1 + (total - Float(documents) + 0.5) / (Float(documents) + 0.5))
        }
        let counts = plan.alternatives.map { alternative in
            switch alternative.test {
            case .stem(let stem): snapshot.documents(stem: stem)
            case .sequence(let stems): stems.map { snapshot.documents(stem: $0) }.min() ?? 0
            case .phrase(let words): words.map { snapshot.documents(word: $0) }.min() ?? 0
            }
        }
        var commonest: [UInt32: Int] = [:]
        for (alternative, count) in zip(plan.alternatives, counts) where alternative.weight >= 0.9 {
            commonest[alternative.bits] = max(commonest[alternative.bits] ?? 0, count)
        }
        for (index, count) in counts.enumerated() {
            let shared = max(count, commonest[plan.alternatives[index].bits] ?? 0)
            plan.alternatives[index].weight *= rarity(shared) / 255
        }
    }

    /// The text outside and inside pairs of quotation marks; a mark without its pair is just text.
    static func quotes(in text: String) -> (free: [String], phrases: [String]) {
        var free: [String] = []
        var phrases: [String] = []
        var current = ""
        var open = false
        for character in text {
            if "\"“”„«»".contains(character) {
                if open { phrases.append(current) } else { free.append(current) }
                open.toggle()
                current = ""
            } else {
                current.append(character)
            }
        }
        free.append(current)
        return (free, phrases)
    }

    /// The query with some of its folded words replaced, its other words as they were written.
    private static func replace(_ words: [String: String], in text: String) -> String? {
        guard !words.isEmpty else { return nil }
        var out = ""
        var place = text.startIndex
        for token in tokens(in: text) {
            guard let better = words[token.word] else { continue }
            out += text[place..<token.range.lowerBound] + better
            place = token.range.upperBound
        }
        return out + text[place...]
    }
}
