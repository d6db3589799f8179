import Foundation
import Kernel
import Testing

@testable import Linkage

struct LearningTests {
    /// Pairs of twins whose four fields agree with known probabilities among a thousand records.
    private func population(seed: UInt64) -> [LinkageRecord] {
        var random = SeededRandom(seed)
        let m = [0.95, 0.9, 0.8, 0.7]
        func value(_ field: Int) -> String { String(Int.random(in: 0..<[200, 100, 20, 10][field], using: &random)) }
        return (0..<1000).flatMap { number -> [LinkageRecord] in
            let one = (0..<4).map(value)
            let two = (0..<4).map { field in
                if Double.random(in: 0..<1, using: &random) < m[field] { return one[field] }
                return "other" + value(field)
            }
            return [("a", one), ("b", two)].map { side, values in
                LinkageRecord(
                    id: "\(side)\(number)",
                    fields: Dictionary(uniqueKeysWithValues: values.enumerated().map { ("f\($0.offset)", $0.element) }))
            }
        }
    }

    private var untrained: LinkageModel {
        model(
            (0..<4).map { equality("f\($0)") },
            // Each rule leaves three comparisons: with two, m is not determined.
            blocking: [.init(keys: [.init("f0")]), .init(keys: [.init("f1")])])
    }

    @Test func `expectation-maximisation finds the known m and random pairs the known u`() throws {
        let table = try LinkageTable(population(seed: 3), model: untrained)
        let trained = Training(sample: 300_000, seed: 1).train(untrained, on: table)
        for (field, expected) in [0.95, 0.9, 0.8, 0.7].enumerated() {
            let learned = try #require(trained.comparisons[field].levels[0].m)
            #expect(abs(learned - expected) < 0.05, "f\(field): \(learned)")
        }
        for (field, values) in [200.0, 100, 20, 10].enumerated() {
            let learned = try #require(trained.comparisons[field].levels[0].u)
            #expect(abs(learned - 1 / values) < 0.4 / values, "f\(field): \(learned)")
        }
    }

    @Test func `the same seed gives the same model, byte by byte`() throws {
        let table = try LinkageTable(population(seed: 5), model: untrained)
        let one = try Training(sample: 50_000, seed: 9).train(untrained, on: table).json()
        #expect(try Training(sample: 50_000, seed: 9).train(untrained, on: table).json() == one)
    }

    @Test func `fixed probabilities are kept when training`() throws {
        var linkage = untrained
        linkage.comparisons[3] = equality("f3", m: 0.6, u: 0.25)
        linkage.comparisons[3].fixed = true
        let table = try LinkageTable(population(seed: 3), model: linkage)
        #expect(Training(sample: 50_000).train(linkage, on: table).comparisons[3] == linkage.comparisons[3])
    }

    @Test func `the waterfall adds up to the weight, and the weight gives the probability`() throws {
        let linkage = model([equality("x", m: 0.9, u: 0.1), equality("y", m: 0.8, u: 0.4)], prior: 0.2)
        let table = try LinkageTable(records([["x": "a", "y": "b"], ["x": "a", "y": "c"]]), model: linkage)
        let scorer = Scorer(linkage, table)
        let score = scorer.score(0, 1)
        #expect(abs(scorer.waterfall(0, 1).reduce(0) { $0 + $1.weight } - score.weight) < 1e-9)
        let odds = 0.25 * 9 * (0.2 / 0.6)
        #expect(abs(score.probability - odds / (1 + odds)) < 1e-9)
        #expect(score.decision == .review)
    }

    @Test func `agreement on a rare value weighs more than on a common one`() throws {
        var comparison = equality("x", m: 0.9, u: 0.5)
        comparison.frequencies = "x"
        comparison.levels[0].frequency = true
        let linkage = model([comparison])
        let table = try LinkageTable(
            records(["budi", "budi", "budi", "budi", "budi", "budi", "zulaikha", "zulaikha"].map { ["x": $0] }),
            model: linkage)
        let scorer = Scorer(linkage, table)
        #expect(abs(scorer.score(6, 7).weight - scorer.score(0, 1).weight - log2(3)) < 1e-9)
    }
}
