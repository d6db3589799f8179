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

    @Test func `labelled matches raise what agreement among them is worth, labelled others lower it`() throws {
        let table = try LinkageTable(population(seed: 3), model: untrained)
        let plain = Training(sample: 50_000).train(untrained, on: table)
        // Pairs of twins that differ in f3, then as many that agree on it and are called different.
        var (matches, others): ([(Int, Int)], [(Int, Int)]) = ([], [])
        let column = table.column("f3").codes
        for twin in 0..<1000 {
            if column[2 * twin] != column[2 * twin + 1] { matches.append((2 * twin, 2 * twin + 1)) }
            if column[2 * twin] == column[2 * twin + 1] { others.append((2 * twin, 2 * twin + 1)) }
        }
        let taught = Training(sample: 50_000).train(untrained, on: table, matches: matches, others: others)
        let before = try #require(plain.comparisons[3].levels[0].m)
        let after = try #require(taught.comparisons[3].levels[0].m)
        #expect(before > 0.6)
        #expect(after < 0.05)
        // With every pair counted, those called different make the agreement commoner among others.
        var small = untrained
        small.priorFixed = true
        let rows = try LinkageTable(population(seed: 3).prefix(60), model: untrained)
        let few = others.filter { $0.1 < 60 }
        let without = Training().train(small, on: rows).comparisons[3].levels[0].u ?? 0
        let with = Training().train(small, on: rows, others: few).comparisons[3].levels[0].u ?? 0
        #expect(!few.isEmpty)
        #expect(with > without)
    }

    @Test func `a change of model says how many pairs would be decided otherwise, the widest first`() throws {
        let old = model(
            [equality("x", m: 0.9, u: 0.1), equality("y", m: 0.9, u: 0.1)], blocking: [.init(keys: [.init("z")])],
            prior: 0.2)
        var new = old
        new.comparisons[0].levels[0].m = 0.1
        new.comparisons[0].levels[1].m = 0.9
        let rows = [["x": "a", "y": "b"], ["x": "a", "y": "b"], ["x": "c", "y": "b"], ["x": "d", "y": "e"]]
        let table = try LinkageTable(records(rows.map { $0.merging(["z": "1"]) { a, _ in a } }), model: old)
        let change = ModelChange(from: Scorer(old, table), to: Scorer(new, table), listing: 2)
        var counted = 0
        Scorer(old, table).pairs { i, j, score in
            counted += score.decision == Scorer(new, table).score(i, j).decision ? 0 : 1
        }
        #expect(change.changed == counted)
        #expect(change.counts.values.flatMap(\.values).reduce(0, +) == 6)
        #expect(change.pairs.count == min(2, counted))
        let widths = change.pairs.map { abs($0.new.probability - $0.old.probability) }
        #expect(widths == widths.sorted(by: >))
        #expect(ModelChange(from: Scorer(old, table), to: Scorer(old, table)).changed == 0)
    }

    @Test func `a level that wants a person is never linked by itself, however likely`() throws {
        var comparison = equality("x", m: 0.999, u: 0.000001)
        comparison.levels[0].person = true
        let linkage = model([comparison], prior: 0.5)
        let table = try LinkageTable(records([["x": "a"], ["x": "a"], ["x": "b"]]), model: linkage)
        let score = Scorer(linkage, table).score(0, 1)
        #expect(score.probability > 0.99)
        #expect(score.decision == .review)
        #expect(Scorer(linkage, table).score(0, 2).decision == .none)
        let labels = [LinkageEvaluation.Pair(0, 1): LinkageEvaluation.Label.match]
        let result = LinkageEvaluation(Scorer(linkage, table), table, labels: labels)
        #expect(result.automatic(linkage).hits == 0)
    }
}
