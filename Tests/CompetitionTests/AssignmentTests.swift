import Competition
import Testing

@Suite struct AssignmentTests {
    @Test func `the least cost equals that of trying everything, on 600 small instances`() throws {
        var solved = 0
        for seed in UInt64(1)...600 {
            let small = SmallInstance(seed: seed)
            let least = small.all.map { $0.cost(in: small.instance) }.min()
            do {
                let plan = try AssignmentPlan.make(small.instance, objective: .cost)
                #expect(plan.cost == least, "seed \(seed)")
                #expect(plan.proof.bound == plan.cost, "seed \(seed)")
                #expect(violations(of: plan.assignment, in: small.instance) == [], "seed \(seed)")
                solved += 1
            } catch {
                #expect(least == nil, "seed \(seed)")
                #expect((error.reason?.missing ?? 0) > 0, "seed \(seed)")
            }
        }
        #expect((100...500).contains(solved))
    }

    @Test func `the floor equals that of trying everything, and the cost at the floor too where it says proven`() throws
    {
        var proven = 0
        for seed in UInt64(1)...400 {
            let small = SmallInstance(seed: seed)
            let all = small.all
            guard let floor = all.map({ $0.worst(in: small.instance) }).min() else { continue }
            let plan = try AssignmentPlan.make(small.instance, objective: .floor, seed: seed)
            #expect(plan.worst <= floor, "seed \(seed)")
            #expect(plan.floorProven, "seed \(seed)")
            #expect(violations(of: plan.assignment, in: small.instance) == [], "seed \(seed)")
            let least = all.filter { $0.worst(in: small.instance) == floor }.map { $0.cost(in: small.instance) }.min()
            let step = plan.steps.first { $0.rule == .floor }
            #expect(step?.worst == floor, "seed \(seed)")
            if plan.costProven {
                #expect(step?.cost == least, "seed \(seed)")
                proven += 1
            }
        }
        #expect(proven > 100)
    }

    @Test func `evaluators end connected whenever some assignment at the floor is, on most small instances`() throws {
        var possible = 0, reached = 0
        for seed in UInt64(1)...400 {
            let small = SmallInstance(seed: seed)
            let all = small.all
            guard let floor = all.map({ $0.worst(in: small.instance) }).min() else { continue }
            let width = small.instance.evaluators.count
            guard
                all.contains(where: {
                    $0.worst(in: small.instance) == floor && AssignmentConnection($0, evaluators: width).connected
                })
            else { continue }
            possible += 1
            if try AssignmentPlan.make(small.instance, objective: .floor).connected { reached += 1 }
        }
        #expect(possible > 100)
        #expect(Double(reached) >= 0.9 * Double(possible))
    }

    @Test func `two separate panels are joined by one exchange at equal loads, and its price is printed`() throws {
        let far = 500
        let instance = AssignmentInstance(
            proposals: (0..<4).map { .init("P\($0)", reads: 2) },
            evaluators: (0..<4).map { .init("E\($0)", least: 2, most: 2) },
            costs: [[1, 1, far, 900], [1, 1, 900, far], [far, 900, 1, 1], [900, far, 1, 1]])
        let plan = try AssignmentPlan.make(instance, objective: .floor, randomShare: 0)
        #expect(plan.steps.map(\.rule) == [.cost, .floor, .connected])
        #expect(plan.steps.map(\.cost) == [8, 8, 8])
        #expect(plan.connected == false)

        let slack = AssignmentInstance(
            proposals: instance.proposals + [.init("P4", reads: 2)],
            evaluators: (0..<4).map { .init("E\($0)", most: 4) },
            costs: [[1, 1, 3, 900], [1, 1, 900, 4], [3, 900, 1, 1], [900, 3, 1, 1], [600, 600, 900, 900]])
        let joined = try AssignmentPlan.make(slack, objective: .floor, randomShare: 0)
        #expect(joined.steps.map(\.cost) == [1208, 1208, 1210])
        #expect(joined.connected)
    }

    @Test func `a seed repeats its assignment, another seed draws another, and plain cost knows no seed`() throws {
        let numbers = (0..<40).map { p in (0..<8).map { e -> Int? in (p * 37 + e * 101) % 211 } }
        let instance = AssignmentInstance(
            proposals: (0..<40).map { .init("P\($0)", reads: 2) },
            evaluators: (0..<8).map { .init("E\($0)", least: 8, most: 12) }, costs: numbers)
        let first = try AssignmentPlan.make(instance, seed: 7)
        #expect(try AssignmentPlan.make(instance, seed: 7).assignment == first.assignment)
        #expect(try AssignmentPlan.make(instance, seed: 8).assignment != first.assignment)
        #expect(
            try AssignmentPlan.make(instance, objective: .cost, seed: 7).assignment
                == AssignmentPlan.make(instance, objective: .cost, seed: 8).assignment)
        let least = try AssignmentPlan.make(instance, objective: .cost).cost
        #expect(first.steps[0].cost == least)
        #expect(first.cost >= least)
    }

    @Test func `nobody gets a pair for sure: the draw keeps the cheapest pair apart in about its share of seeds`()
        throws
    {
        let costs = (0..<12).map { p in (0..<6).map { e -> Int? in p == 0 && e == 0 ? 0 : 100 + (p * 7 + e * 3) % 13 } }
        let instance = AssignmentInstance(
            proposals: (0..<12).map { .init("P\($0)", reads: 2) },
            evaluators: (0..<6).map { .init("E\($0)", most: 8) }, costs: costs)
        var apart = 0
        for seed in UInt64(1)...200 {
            let plan = try AssignmentPlan.make(instance, seed: seed, randomShare: 0.25)
            if !plan.assignment.readers[0].contains(0) { apart += 1 }
        }
        #expect((25...75).contains(apart))
    }

    @Test func `one evaluator, none, and nothing to read`() throws {
        let one = AssignmentInstance(
            proposals: [.init("P", reads: 1), .init("Q", reads: 1)], evaluators: [.init("E", most: 2)],
            costs: [[3], [4]])
        let plan = try AssignmentPlan.make(one)
        #expect(plan.assignment.readers == [[0], [0]])
        #expect(plan.cost == 7)
        #expect(plan.connected)

        let none = AssignmentInstance(proposals: [.init("P", reads: 2)], evaluators: [], costs: [[]])
        #expect(reason(none) == AssignmentShortage(.proposal, "P", missing: 2))

        let nothing = AssignmentInstance(proposals: [], evaluators: [.init("E", most: 2)], costs: [])
        #expect(try AssignmentPlan.make(nothing).cost == 0)
        #expect(try AssignmentPlan.make(AssignmentInstance(proposals: [], evaluators: [], costs: [])).loads == 0...0)
    }

    @Test func `with equal costs everyone keeps to the limits`() throws {
        let instance = AssignmentInstance(
            proposals: (0..<50).map { .init("P\($0)", reads: 3) },
            evaluators: (0..<10).map { .init("E\($0)", least: 15, most: 15) },
            costs: Array(repeating: Array(repeating: 5, count: 10), count: 50))
        let plan = try AssignmentPlan.make(instance)
        #expect(plan.cost == 750)
        #expect(plan.loads == 15...15)
        #expect(plan.worst == 15)
        #expect(plan.connected)
    }

    @Test func `manual changes are checked by the same rules`() {
        let instance = AssignmentInstance(
            proposals: [.init("P", reads: 2), .init("Q", reads: 1)],
            evaluators: [.init("E", least: 1, most: 1), .init("F", least: 1, most: 2), .init("G", least: 1, most: 1)],
            costs: [[1, nil, 1], [1, 1, 1]])
        #expect(violations(of: Assignment(readers: [[0, 2], [1]]), in: instance) == [])
        #expect(
            violations(of: Assignment(readers: [[0, 1], [0]]), in: instance) == [
                .conflict(proposal: 0, evaluator: 1), .above(evaluator: 0, found: 2, most: 1),
                .below(evaluator: 2, found: 0, least: 1),
            ])
        #expect(
            violations(of: Assignment(readers: [[2, 2], [1, 9]]), in: instance) == [
                .repeated(proposal: 0, evaluator: 2), .unknown(proposal: 1, evaluator: 9),
                .reads(proposal: 1, found: 2, needed: 1), .below(evaluator: 0, found: 0, least: 1),
                .above(evaluator: 2, found: 2, most: 1),
            ])
        #expect(violations(of: Assignment(readers: [[0, 2]]), in: instance) == [.rows(found: 1, needed: 2)])
    }
}
