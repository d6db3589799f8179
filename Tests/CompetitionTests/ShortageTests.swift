import Competition
import Testing

@Suite struct ShortageTests {
    /// Twenty proposals, two reads each, four evaluators; those of one province or category may be barred to some.
    private func instance(
        most: Int, least: Int = 0, reads: Int = 2, bar: (Int, Int) -> Bool = { _, _ in false }
    ) -> AssignmentInstance {
        AssignmentInstance(
            proposals: (0..<20).map {
                .init(
                    "P\($0)", category: $0 < 12 ? "Kesehatan" : "Pendidikan", province: $0 % 2 == 0 ? "Aceh" : "Bali",
                    reads: reads)
            },
            evaluators: (0..<4).map { .init("E\($0)", least: least, most: most) },
            costs: (0..<20).map { p in (0..<4).map { e in bar(p, e) ? nil : (p * 13 + e * 7) % 50 } })
    }

    @Test func `too few places in all are named as capacity with the exact lack`() {
        #expect(reason(instance(most: 9)) == AssignmentShortage(.capacity, "all", missing: 4))
        #expect(reason(instance(most: 10)) == nil)
    }

    @Test func `a category that two evaluators alone may read is named with the exact lack`() {
        let found = reason(instance(most: 10) { p, e in p < 12 && e > 1 })
        #expect(found == AssignmentShortage(.category, "Kesehatan", missing: 4))
        #expect(found?.phrase.english.hasPrefix("Category Kesehatan lacks 4 reads") == true)
        #expect(found?.phrase.indonesian.hasPrefix("Kategori Kesehatan kekurangan 4 pembacaan") == true)
        #expect(reason(instance(most: 12) { p, e in p < 12 && e > 1 }) == nil)
    }

    @Test func `a province that two evaluators alone may read is named with the exact lack`() {
        let barred = instance(most: 19) { p, e in p % 2 == 0 && e > 1 }
        #expect(reason(barred) == nil)
        let tight = AssignmentInstance(
            proposals: barred.proposals,
            evaluators: (0..<4).map { .init("E\($0)", most: $0 < 2 ? 7 : 40) },
            costs: (0..<20).map { p in (0..<4).map { e in p % 2 == 0 && e > 1 ? nil : 1 } })
        #expect(reason(tight) == AssignmentShortage(.province, "Aceh", missing: 6))
    }

    @Test func `a proposal with more reads than evaluators is named`() {
        let one = AssignmentInstance(
            proposals: [.init("P", reads: 5), .init("Q", reads: 1)],
            evaluators: [.init("E", most: 9), .init("F", most: 9)], costs: [[1, 1], [1, 1]])
        #expect(reason(one) == AssignmentShortage(.proposal, "P", missing: 3))
        #expect(reason(one)?.phrase.english.contains("Proposal P lacks 3 reads") == true)
    }

    @Test func `lower limits above what there is to read are named, of all or of one`() {
        #expect(reason(instance(most: 20, least: 11)) == AssignmentShortage(.minimum, "all", missing: 4))
        let one = instance(most: 40) { p, e in e == 3 && p > 2 }
        let eager = AssignmentInstance(
            proposals: one.proposals,
            evaluators: (0..<4).map { .init("E\($0)", least: $0 == 3 ? 8 : 0, most: 40) },
            costs: (0..<20).map { p in (0..<4).map { e in one.cost(p, e) } })
        #expect(reason(eager) == AssignmentShortage(.minimum, "E3", missing: 5))
    }

    @Test func `proposals without a common name are named by the evaluators they crowd`() {
        // P0 to P9 of both provinces and one category may be read by E0 and E1 alone, as may two of the other category.
        let crowded = instance(most: 10) { p, e in (4..<16).contains(p) && e > 1 }
        #expect(reason(crowded) == AssignmentShortage(.evaluators, "E0, E1", missing: 4))
    }

    @Test func `the lack equals that of the worst set of evaluators, on 500 small instances`() {
        var impossible = 0
        for seed in UInt64(1)...500 {
            let instance = SmallInstance(seed: seed).instance
            let width = instance.evaluators.count
            // Hall: whatever set of evaluators is closed, reads that must fall inside it may exceed its places.
            let worst =
                (0..<(1 << width)).map { set -> Int in
                    let inside = (0..<width).filter { set >> $0 & 1 == 1 }
                    let places = inside.reduce(0) { $0 + instance.evaluators[$1].most }
                    return instance.proposals.indices.reduce(-places) { sum, p in
                        let outside = (0..<width).count { set >> $0 & 1 == 0 && instance.cost(p, $0) != nil }
                        return sum + max(0, instance.proposals[p].reads - outside)
                    }
                }.max() ?? 0
            let most = AssignmentShortage.all(in: instance).filter { $0.kind != .minimum }.map(\.missing).max() ?? 0
            #expect(most == worst, "seed \(seed)")
            if worst > 0 { impossible += 1 }
        }
        #expect(impossible > 100)
    }
}
