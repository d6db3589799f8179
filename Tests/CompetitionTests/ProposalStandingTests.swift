import Foundation
import Kernel
import Testing

@testable import Competition

@Suite struct ProposalStandingTests {
    private static var edition: Edition {
        var edition = Edition()
        (edition.reads, edition.passing, edition.finalists, edition.band, edition.gap) = (2, 70, 2, 3, 25)
        edition.sections = [
            EditionSection(
                code: "a", group: nil, name: Phrase("a", "a"), words: nil, weight: 25, fills: nil, source: nil),
            EditionSection(
                code: "b", group: nil, name: Phrase("b", "b"), words: nil, weight: 75, fills: nil, source: nil),
            EditionSection(
                code: "c", group: nil, name: Phrase("c", "c"), words: nil, weight: nil, fills: nil, source: nil),
        ]
        return edition
    }

    private func read(_ proposal: Int, _ evaluator: Int, _ score: Int) -> Standing.Read {
        .init(proposal: proposal, evaluator: evaluator, sections: ["a": score, "b": score])
    }

    private func bytes(_ standing: Standing) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(standing)
    }

    private static let scores = [
        (1, 1, 90), (1, 2, 84), (2, 2, 70), (2, 3, 78), (3, 3, 66), (3, 1, 69), (4, 1, 40), (4, 3, 71), (5, 2, 71),
    ]

    private func standing(_ edition: Edition = Self.edition) -> Standing {
        Standing.make(
            Self.scores.map { read($0.0, $0.1, $0.2) }, proposals: Array(1...6), evaluators: [1, 2, 3], in: edition,
            seed: 7)
    }

    @Test func `the same reads in any order make the same bytes, and another seed only other chances`() throws {
        let reads = Self.scores.map { read($0.0, $0.1, $0.2) }
        let first = try bytes(standing())
        let turned = Standing.make(
            reads.reversed() + [read(9, 1, 5), read(1, 9, 5)], proposals: [6, 5, 4, 3, 2, 1, 1], evaluators: [3, 2, 1],
            in: Self.edition, seed: 7)
        #expect(try bytes(turned) == first)
        let other = Standing.make(reads, proposals: Array(1...6), evaluators: [1, 2, 3], in: Self.edition, seed: 8)
        #expect(other.lines.map(\.calibrated) == turned.lines.map(\.calibrated))
        #expect(other.lines.map(\.passing) != turned.lines.map(\.passing))
    }

    @Test func `sections count by their weights, all the same where none is known`() {
        #expect(Self.edition.total(["a": 100, "b": 0]) == 25)
        #expect(Self.edition.total(["a": 100, "b": 0, "c": 60]) == 25)
        #expect(Self.edition.total(["c": 60, "unknown": 80]) == 70)
        #expect(Self.edition.total([:]) == 0)
        #expect(Self.edition.scored(nil).map(\.code) == ["a", "b"])
    }

    @Test func `raw means, gaps and sections are those of the reads, the best first and the unread last`() throws {
        let lines = standing().lines
        #expect(lines.first?.proposal == 1)
        #expect(lines.last?.proposal == 6)
        let best = try #require(lines.first)
        #expect(best.raw == 87)
        #expect(best.gap == 6)
        #expect(best.sections == ["a": 87, "b": 87])
        #expect(lines.last?.calibrated == nil)
        #expect(lines.last?.doubt == "noReads")
        #expect(lines.allSatisfy { $0.doubt == nil || ($0.passing == nil && $0.top == nil) })
    }

    @Test func `one read is too few to say, and says so`() throws {
        let line = try #require(standing().lines.first { $0.proposal == 5 })
        #expect(line.doubt == "oneRead")
        #expect(line.raw == 71)
        #expect(line.gap == nil)
        #expect(line.passing == nil)
    }

    @Test func `equal scores rank nobody and claim no certainty`() {
        let reads = (1...4).flatMap { [read($0, 1, 80), read($0, 2, 80)] }
        let standing = Standing.make(
            reads, proposals: Array(1...4), evaluators: [1, 2], in: Self.edition, seed: 7)
        #expect(standing.lines.map(\.proposal) == [1, 2, 3, 4])
        #expect(standing.lines.map(\.raw) == [80, 80, 80, 80])
        #expect(standing.lines.map(\.calibrated) == [80, 80, 80, 80])
        #expect(standing.lines.allSatisfy { $0.deviation == nil && $0.passing == nil && $0.top == nil })
        #expect(Set(standing.lines.map(\.doubt)) == ["allEqual"])
        #expect(standing.judges.map(\.isConstant) == [true, true])
    }

    @Test func `an evaluator who gives everything 100 is named, and what is taken out is theirs`() throws {
        let truth = [85, 78, 71, 64, 57, 50]
        let reads = truth.enumerated().flatMap {
            [read($0 + 1, 1, $1), read($0 + 1, 2, $1 + 1), read($0 + 1, 3, 100)]
        }
        let standing = Standing.make(
            reads, proposals: Array(1...6), evaluators: [1, 2, 3], in: Self.edition, seed: 7)
        #expect(standing.judges.map(\.isConstant) == [false, false, true])
        #expect(standing.judges[2].severity > 15)
        #expect(standing.judges[0].severity < 0)
        #expect(standing.lines.map(\.proposal) == [1, 2, 3, 4, 5, 6])
        #expect(standing.lines.map(\.gap) == [15, 22, 29, 36, 43, 50])
    }

    @Test func `what lies near a cut, differs or lacks reads is read again, once`() throws {
        let rereads = standing().rereads(Self.edition)
        let causes = Dictionary(uniqueKeysWithValues: rereads.map { ($0.proposal, $0.causes) })
        #expect(causes[1] == nil)
        #expect(causes[5]?.first == .few(reads: 1, least: 2))
        #expect(causes[6] == [.few(reads: 0, least: 2)])
        #expect(causes[4]?.contains(.gap(31)) == true)
        let near = try #require(causes[3])
        #expect(
            near.contains {
                if case .nearPassing(let distance) = $0 { distance <= 3 } else { false }
            })
        // A third read, and there is nothing more to ask for.
        let more = Self.scores + [(4, 2, 55), (3, 2, 68)]
        let again = Standing.make(
            more.map { read($0.0, $0.1, $0.2) }, proposals: Array(1...6), evaluators: [1, 2, 3], in: Self.edition,
            seed: 7)
        let left = again.rereads(Self.edition).map(\.proposal)
        #expect(!left.contains(4))
        #expect(!left.contains(3))
    }

    @Test func `without a grade or places there are no such chances, and nothing lies near them`() {
        var edition = Self.edition
        (edition.passing, edition.finalists, edition.gap) = (nil, nil, nil)
        let standing = standing(edition)
        #expect(standing.lines.allSatisfy { $0.passing == nil && $0.top == nil })
        #expect(standing.rereads(edition).map(\.proposal) == [5, 6])
    }

    @Test func `numbers are written as the language writes them`() {
        #expect(Language.indonesian.number(1234.56) == "1.234,6")
        #expect(Language.english.number(-0.04) == "0.0")
        #expect(Language.english.number(-2.5) == "−2.5")
        #expect(Language.indonesian.number(7.25, places: 2) == "7,25")
        #expect(Language.indonesian.number(7.0, places: 0) == "7")
        #expect(Language.indonesian.chance(0.001) == "kurang dari 1%")
        #expect(Language.english.chance(0.434) == "43%")
    }
}
