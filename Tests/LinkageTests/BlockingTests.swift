import Kernel
import Testing

@testable import Linkage

struct BlockingTests {
    private func pairs(_ rules: [LinkageModel.Rule], _ rows: [[String: String]], across: String? = nil) throws
        -> [[Int]]
    {
        var linkage = model([equality("x", m: 0.9, u: 0.1)], blocking: rules)
        linkage.across = across
        let table = try LinkageTable(records(rows), model: linkage, known: ["x", "y", "source"])
        var found: [[Int]] = []
        Blocking(linkage, table).pairs { found.append([$0, $1]) }
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test func `a rule brings together what agrees on all its keys, and nothing with a missing key`() throws {
        let rows = [
            ["x": "A", "y": "1"], ["x": "a", "y": "1"], ["x": "a", "y": "2"], ["y": "1"], ["x": "", "y": "1"],
        ]
        #expect(try pairs([.init(keys: [.init("x"), .init("y")])], rows) == [[0, 1]])
        #expect(try pairs([.init(keys: [.init("x")])], rows) == [[0, 1], [0, 2], [1, 2]])
    }

    @Test func `a pair that several rules or several words bring comes once`() throws {
        let rows = [["x": "kartu anak sehat", "y": "1"], ["x": "kartu anak", "y": "1"], ["x": "lain", "y": "2"]]
        let rules: [LinkageModel.Rule] = [.init(keys: [.init("y")]), .init(keys: [.init("x", words: true)])]
        #expect(try pairs(rules, rows) == [[0, 1]])
        #expect(try pairs(rules.reversed(), rows) == [[0, 1]])
    }

    @Test func `beginnings are keys, and blocks over the limit are passed over`() throws {
        let rows = ["budi", "budiman", "bunga", "andi"].map { ["x": $0] }
        #expect(try pairs([.init(keys: [.init("x", first: 4)])], rows) == [[0, 1]])
        #expect(try pairs([.init(keys: [.init("x", first: 2)], largest: 2)], rows) == [])
    }

    @Test func `records of one source are not compared when linking across sources`() throws {
        let rows = [["x": "a", "source": "1"], ["x": "a", "source": "1"], ["x": "a", "source": "2"]]
        #expect(try pairs([.init(keys: [.init("x")])], rows, across: "source") == [[0, 2], [1, 2]])
    }

    @Test func `the pairs of some rows are those of all rows in which one of them stands, once and with equal scores`()
        throws
    {
        var random = SeededRandom(7)
        let rows = (0..<120).map { _ in
            [
                "x": ["kartu", "anak", "sehat", "bola"].filter { _ in Bool.random(using: &random) }
                    .joined(separator: " "), "y": String(Int.random(in: 0..<20, using: &random)),
            ]
        }
        let linkage = model(
            [equality("x", m: 0.9, u: 0.1)],
            blocking: [.init(keys: [.init("y")]), .init(keys: [.init("x", words: true)], largest: 70)])
        let table = try LinkageTable(records(rows), model: linkage)
        let scorer = Scorer(linkage, table)
        for wanted: Set<Int> in [[], [3], [0, 119], Set(40..<80), Set(0..<120), [-1, 500]] {
            var expected: [[Int]: LinkageScore] = [:]
            scorer.pairs { i, j, score in
                if wanted.contains(i) || wanted.contains(j) { expected[[i, j]] = score }
            }
            var found: [[Int]: LinkageScore] = [:]
            scorer.pairs(of: wanted) { i, j, score in
                #expect(found.updateValue(score, forKey: [i, j]) == nil)
            }
            #expect(found == expected)
            #expect(found.isEmpty == wanted.isDisjoint(with: 0..<120))
        }
    }
}
