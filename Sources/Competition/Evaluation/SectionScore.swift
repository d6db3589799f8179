import Foundation
import Kernel

/// What an evaluator says of one section: a score, 0 to 100, and why.
package struct SectionScore: Sendable, Hashable {
    package let section: String
    package var value: Int?
    package var words: String?
    /// The words as the proposer may read them; nil until they are released.
    package var cleared: String?
    /// The version of the reading at which it last changed.
    package var version: Int

    static func valueField(_ section: String) -> String { "nilai." + section }
    static func wordsField(_ section: String) -> String { "catatan." + section }
    static func bandField(_ section: String) -> String { "tingkat." + section }

    /// The longest comment, in characters.
    static let longestWords = 10_000
    /// Below this score a comment is needed: who did badly is told why.
    static let needsWords = 50

    /// One section as it was typed, beside what its form began with.
    package struct Typed: Sendable, Hashable {
        package var value = ""
        /// The rubric's level that was chosen: `80-100`; empty when none was.
        package var band = ""
        package var words = ""
        /// What the form showed before, by `ProposalFormView.origin`; nil where it did not say.
        package var valueBegan: String?
        package var wordsBegan: String?

        package init(value: String = "", band: String = "", words: String = "") {
            (self.value, self.band, self.words) = (value, band, words)
        }

        /// Whether it is as its form began.
        var isUntouched: Bool {
            valueBegan == ProposalFormView.origin(value)
                && wordsBegan == ProposalFormView.origin(words.replacing("\r\n", with: "\n"))
        }
    }

    /// A section as it would be stored: what was typed over what is there, and the problems of what is not taken.
    static func taken(_ typed: Typed, _ section: String, over before: SectionScore?) -> (SectionScore, [Problem]) {
        var score = before ?? SectionScore(section: section, value: nil, words: nil, cleared: nil, version: 0)
        var problems: [Problem] = []
        let (number, band) = (trimmed(typed.value), range(typed.band))
        if number.isEmpty {
            score.value = band.map(middle)
        } else if let value = Int(number), (0...100).contains(value), number.utf8.allSatisfy({ (48...57).contains($0) })
        {
            // Who changes the level alone, without a script that would move the number, means the level.
            let isOld = typed.valueBegan == ProposalFormView.origin(number) && before?.value == value
            score.value = isOld ? band.flatMap { $0.contains(value) ? nil : middle($0) } ?? value : value
        } else {
            problems.append(
                Problem(
                    valueField(section),
                    Phrase("Tulis angka bulat 0 sampai 100.", "Write a whole number from 0 to 100.")))
        }
        let words = trimmed(typed.words.replacing("\r\n", with: "\n"))
        if words.count <= longestWords {
            score.words = words.isEmpty ? nil : words
        } else {
            problems.append(
                Problem(
                    wordsField(section),
                    Phrase(
                        "Paling banyak 10.000 karakter; ringkas alasannya.", "10,000 characters at most: shorten it.")))
        }
        return (score, problems)
    }

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    private static func middle(_ band: ClosedRange<Int>) -> Int { (band.lowerBound + band.upperBound) / 2 }

    /// `80-100` as a range; nil for anything else.
    static func range(_ band: String) -> ClosedRange<Int>? {
        let ends = band.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let low = ends[0], let high = ends[1], 0 <= low, low <= high, high <= 100 else {
            return nil
        }
        return low...high
    }

    /// What a finished reading still lacks: a score in every section that counts, and words where it is low.
    static func lacks(_ scores: [SectionScore], _ sections: [EditionSection]) -> [Problem] {
        sections.compactMap { section in
            let score = scores.first { $0.section == section.code }
            guard let value = score?.value else {
                return Problem(
                    valueField(section.code),
                    Phrase(
                        "Beri nilai 0 sampai 100, atau pilih tingkatnya.",
                        "Give a score from 0 to 100, or choose a level."))
            }
            if value < needsWords, (score?.words ?? "").isEmpty {
                return Problem(
                    wordsField(section.code),
                    Phrase(
                        "Tulis alasan untuk nilai di bawah \(needsWords).",
                        "Give the reason for a score below \(needsWords)."))
            }
            return nil
        }
    }
}

extension Edition {
    /// The rubric's levels for a section, the best first: its own, or those that hold for all.
    func anchors(_ section: String) -> [EditionAnchor] {
        let own = rubric.filter { $0.section == section }
        return (own.isEmpty ? rubric.filter { $0.section == nil } : own)
            .sorted { ($0.scores.lowerBound, $0.scores.upperBound) > ($1.scores.lowerBound, $1.scores.upperBound) }
    }
}

extension Editions.Stored {
    /// Throws unless its evaluation is open for an act that began at a moment. A stage without dates is no wall: then the
    /// organiser decides by giving readings.
    func requireEvaluating(at began: Instant) throws(ReadingRefusal) {
        guard state == .open else { throw .closed }
        guard let stage = edition.stage(.evaluation) else { return }
        if let opens = stage.opens, began < opens { throw .early(opens, edition.zone) }
        if let closes = stage.closes, began >= closes { throw .late(closes, edition.zone) }
    }
}
