import Foundation
import Testing

@testable import Linkage

struct BadInputTests {
    private let linkage = model([equality("x", m: 0.9, u: 0.1)], blocking: [.init(keys: [.init("x")])])

    @Test func `ids that are used twice or missing are refused`() {
        let twice = [LinkageRecord(id: "a", fields: ["x": "1"]), LinkageRecord(id: "a", fields: ["x": "2"])]
        #expect(throws: LinkageRefusal.duplicateID("a")) { try LinkageTable(twice, model: linkage) }
        let none = [LinkageRecord(id: "a", fields: ["x": "1"]), LinkageRecord(id: "", fields: ["x": "2"])]
        #expect(throws: LinkageRefusal.emptyID(row: 2)) { try LinkageTable(none, model: linkage) }
    }

    @Test func `a column that the model needs and no record has is refused`() {
        #expect(throws: LinkageRefusal.missingColumn("x")) {
            try LinkageTable(records([["y": "1"], ["y": "2"]]), model: linkage)
        }
        #expect(throws: LinkageRefusal.tooFewRecords) { try LinkageTable(records([["x": "1"]]), model: linkage) }
    }

    @Test func `a model that cannot work is refused with the place`() throws {
        #expect(throws: LinkageRefusal.self) { try LinkageModel(json: Data("{}".utf8)) }
        #expect(throws: LinkageRefusal.self) { try LinkageModel(json: Data("<html>".utf8)) }
        var broken = linkage
        broken.comparisons[0].levels.removeLast()
        let json = try broken.json()
        #expect(throws: LinkageRefusal.noLevels(comparison: "x")) { try LinkageModel(json: json) }
        broken = linkage
        broken.prior = 1
        let certain = try broken.json()
        #expect(throws: LinkageRefusal.badProbability("prior")) { try LinkageModel(json: certain) }
    }

    @Test func `a model survives being written and read`() throws {
        #expect(try LinkageModel(json: linkage.json()) == linkage)
    }

    @Test func `titles of one letter, of emoji, of five thousand letters and empty ones are compared without harm`()
        throws
    {
        let titles = [
            "Z", "🎉🎉", String(repeating: "panjang ", count: 625), "", "   ", "z", "🎉", "\u{0}\u{301}", "((((", "e-",
        ]
        let measures = LinkageModel.Measure.allCases.map { measure in
            LinkageModel.Comparison(
                name: measure.rawValue, needs: [],
                levels: [
                    level("yes", [[condition(measure, "x", other: "y", atLeast: 0.5)]], m: 0.9, u: 0.1),
                    level("no", nil, m: 0.1, u: 0.9),
                ])
        }
        for comparison in measures {
            let linkage = model([comparison], blocking: [.init(keys: [.init("x", words: true)])])
            let table = try LinkageTable(records(titles.map { ["x": $0, "y": $0] }), model: linkage)
            let scorer = Scorer(linkage, table)
            for i in titles.indices {
                for j in titles.indices where i < j { #expect(scorer.score(i, j) == scorer.score(j, i)) }
            }
            var compared = 0
            scorer.pairs { _, _, _ in compared += 1 }
            #expect(compared == 1)
        }
    }
}
