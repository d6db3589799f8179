import Database
import Directory
import Kernel
import Support
import Testing

@testable import Intake

/// What a decision is worth, and the queue in that order.
struct PairTests {
    @Test func `a decision is worth most where the model knows least and most hangs on it`() {
        #expect(Pair.value(probability: 0.5, publicRecords: 0, awards: 0) == 1)
        #expect(Pair.value(probability: 0, publicRecords: 2, awards: 3) == 0)
        #expect(Pair.value(probability: 1, publicRecords: 2, awards: 3) == 0)
        #expect(Pair.value(probability: 0.5, publicRecords: 2, awards: 0) == 3)
        #expect(Pair.value(probability: 0.5, publicRecords: 1, awards: 2) == 2.5)
        // A list of a hundred awards does not drown everything else.
        #expect(Pair.value(probability: 0.5, publicRecords: 0, awards: 100) == 2)
        let low = Pair.value(probability: 0.2, publicRecords: 1, awards: 1)
        let high = Pair.value(probability: 0.8, publicRecords: 1, awards: 1)
        #expect(abs(low - high) < 1e-12)
        #expect(low < Pair.value(probability: 0.5, publicRecords: 1, awards: 1))
    }

    @Test func `the bars of a waterfall hang one below the other and end where the sum does`() {
        let steps = [-8.0, 6, 4].map { Waterfall.Step(words: Phrase("", ""), weight: $0) }
        let bars = Waterfall(steps: steps, probability: 0.8).bars
        #expect(bars.even == 800)
        #expect(bars.spans.map { [$0.from, $0.to] } == [[0, 800], [0, 600], [600, 1000]])
    }

    @Test(arguments: Engine.tested) func `the queue stands in the order of worth, by source, in three statements`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            let before = desk.database.statements
            let page = try await desk.pairs.list(.open)
            #expect(desk.database.statements - before == 3)
            #expect(page.lines.map(\.id) == [1, 2, 3])
            #expect(page.lines.map(\.left.isWaiting) == [true, true, true])
            #expect(page.lines.map(\.source) == ["sinovik", "sinovik", "sinovik"])
            #expect(page.counts == [.open: 3])
            #expect(page.sources.map(\.name) == ["sinovik"])
            #expect(try await desk.pairs.list(.open, source: 1).lines.isEmpty)
            #expect(try await desk.pairs.list(.open, source: 2).lines.count == 3)
            let first = try await desk.pairs.neighbours(of: 2)
            #expect([first.previous, first.next] == [1, 3])
        }
    }

    @Test(arguments: Engine.tested) func `a long queue is paged without gaps`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.database.write(at: ReviewDesk.now) { db in
                for n in 0..<120 {
                    let row = SourceRow(
                        externalID: "B\(n)", reference: nil, content: "{}",
                        innovation: ReviewDesk.record("Inovasi \(n)"))
                    let id = try Innovations.take(
                        [(row, .wait)], from: 2, by: Actor(name: "import:sinovik"), reason: "Kiriman", db)[0].innovation
                    try Pairs.add(id, 4, probability: Double(n % 7) / 10, weight: 0, steps: [], db)
                }
            }
            var seen: [Int] = []
            var marker: Pairs.Marker?
            repeat {
                let page = try await desk.pairs.list(.open, after: marker)
                #expect(page.lines.count <= Pairs.pageSize)
                seen += page.lines.map(\.id)
                marker = page.next.flatMap { Pairs.Marker($0.text) }
            } while marker != nil
            #expect(seen.count == 123)
            #expect(Set(seen).count == 123)
        }
    }
}
