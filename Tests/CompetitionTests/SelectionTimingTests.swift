import Kernel
import Testing

@testable import Competition

@Suite(.serialized) struct SelectionTimingTests {
    @Test func `3,000 proposals of nine categories under five kinds of constraint are chosen from without giving up`() {
        var random = SeededNumbers(seed: 7)
        let candidates = (1...3000).map { number in
            SelectionTests.candidate(
                number, String(UnicodeScalar(UInt8(97 + Int.random(in: 0..<9, using: &random)))),
                institution: "P\(Int.random(in: 0..<350, using: &random))",
                region: String(Int.random(in: 11...94, using: &random)),
                group: Int.random(in: 0..<10, using: &random) == 0 ? "y" : "x")
        }
        var rules = (0..<9).map { SelectionTests.balance(.category, String(UnicodeScalar(UInt8(97 + $0))), least: 12) }
        rules += [
            SelectionTests.balance(.institution, "*", most: 2),
            SelectionTests.balance(.group, "y", least: 30, most: 40),
            SelectionTests.balance(.regions, "91,92,93,94", least: 25),
        ]
        let selection = Selection(SelectionTests.edition(finalists: 273, rules), .finalists, candidates)
        let started = ContinuousClock.now
        let suggestion = selection.suggest(Array(1...3000))
        #expect(suggestion.chosen?.count == 273)
        #expect(selection.problems(chosen: Set(suggestion.chosen ?? [])) == [])
        #expect(ContinuousClock.now - started < .seconds(20))
    }
}
