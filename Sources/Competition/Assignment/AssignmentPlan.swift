import Foundation
import Kernel

/// An assignment made by the rules, with what each rule cost and the evidence for it.
package struct AssignmentPlan: Sendable {
    package enum Objective: String, Sendable, CaseIterable {
        /// The least total cost and nothing else.
        case cost
        /// The worst-served proposal first, then cost; connected; a random share against collusion.
        case floor
    }

    /// One rule in the order applied: what stood after it.
    package struct Step: Sendable, Hashable {
        package enum Rule: String, Sendable { case cost, floor, connected, random }
        package let rule: Rule
        package let cost: Int
        /// What this rule added to the total cost; may be below zero where a later rule undoes part of an earlier one.
        package let price: Int
        package let worst: Int
        package let connected: Bool
    }

    package let assignment: Assignment
    package let cost: Int
    package let worst: Int
    package let loads: ClosedRange<Int>
    package let connected: Bool
    /// The plain optimum's certificate: its bound equals the first step's cost.
    package let proof: AssignmentProof
    package let steps: [Step]
    /// Whether a better-off worst proposal is ruled out, and a cheaper assignment at that floor; true for plain cost.
    package let floorProven: Bool
    package let costProven: Bool
    /// Pairs that the random draw had set aside and that the floor, the limits or connectedness needed all the same.
    package let drawnYetUsed: Int

    /// Makes an assignment; throws what binds where there is none. `randomShare` of all pairs, 0 to 0.5, are set aside by
    /// the seed, so that nobody can be certain to get a proposal.
    package static func make(
        _ instance: AssignmentInstance, objective: Objective = .floor, seed: UInt64 = 1, randomShare: Double = 0.1
    ) throws(AssignmentImpossible) -> AssignmentPlan {
        guard let flow = optimum(instance) else {
            throw AssignmentImpossible(shortages: AssignmentShortage.all(in: instance))
        }
        let plain = flow.assignment
        let proof = AssignmentProof(places: flow.places, instance: instance)
        var maker = Maker(instance: instance)
        maker.add(.cost, plain)
        guard objective == .floor else { return maker.plan(plain, proof, true, true, 0) }

        let floor = AssignmentFloor(instance)
        let ceiling = floor.ceiling(of: plain)
        guard let fair = floor.cheapest(under: ceiling.value) else {
            // The plain optimum itself holds the ceiling it was given.
            return maker.plan(plain, proof, false, false, 0)
        }
        maker.add(.floor, fair.flow.assignment)
        let joined = AssignmentConnection.joined(
            fair.flow.assignment, in: instance, objective: instance.costs, under: ceiling.value)
        maker.add(.connected, joined)

        let draw = AssignmentDraw(seed: seed, share: randomShare)
        let drawn = draw.costs(of: instance)
        guard randomShare > 0, let random = AssignmentFloor(instance, objective: drawn).cheapest(under: ceiling.value)
        else { return maker.plan(joined, proof, ceiling.proven, fair.proven, 0) }
        var last = AssignmentConnection.joined(
            random.flow.assignment, in: instance, objective: drawn, under: ceiling.value)
        let width = instance.evaluators.count
        if AssignmentConnection(joined, evaluators: width).connected,
            !AssignmentConnection(last, evaluators: width).connected
        {
            // Connectedness comes before the draw.
            last = joined
        }
        maker.add(.random, last)
        return maker.plan(last, proof, ceiling.proven, fair.proven, draw.used(in: last))
    }

    /// The solved flow of the plain objective; nil when there is none.
    private static func optimum(_ instance: AssignmentInstance) -> AssignmentFlow? {
        let width = instance.evaluators.count
        for (place, proposal) in instance.proposals.enumerated() {
            guard instance.costs[place * width..<(place + 1) * width].count(where: { $0 >= 0 }) >= proposal.reads else {
                return nil
            }
        }
        var flow = AssignmentFlow(instance)
        return flow.solve() == .solved ? flow : nil
    }

    private struct Maker {
        let instance: AssignmentInstance
        var steps: [Step] = []

        init(instance: AssignmentInstance) { self.instance = instance }

        mutating func add(_ rule: Step.Rule, _ assignment: Assignment) {
            let cost = assignment.cost(in: instance)
            steps.append(
                Step(
                    rule: rule, cost: cost, price: cost - (steps.last?.cost ?? cost),
                    worst: assignment.worst(in: instance),
                    connected: AssignmentConnection(assignment, evaluators: instance.evaluators.count).connected))
        }

        func plan(
            _ assignment: Assignment, _ proof: AssignmentProof, _ floor: Bool, _ cost: Bool, _ used: Int
        ) -> AssignmentPlan {
            let loads = assignment.loads(in: instance)
            return AssignmentPlan(
                assignment: assignment, cost: assignment.cost(in: instance), worst: assignment.worst(in: instance),
                loads: (loads.min() ?? 0)...(loads.max() ?? 0),
                connected: AssignmentConnection(assignment, evaluators: instance.evaluators.count).connected,
                proof: proof, steps: steps, floorProven: floor, costProven: cost, drawnYetUsed: used)
        }
    }
}

/// No assignment keeps all the rules; the first shortage is the one to name.
package struct AssignmentImpossible: Refusal, Sendable {
    package let shortages: [AssignmentShortage]
    package var reason: AssignmentShortage? { shortages.first }
    package var kind: RefusalKind { .conflict }

    package var message: Phrase {
        reason?.phrase
            ?? Phrase("Tidak ada penugasan yang memenuhi semua aturan.", "No assignment keeps all the rules.")
    }
}

/// The seeded draw that sets pairs aside, each by itself with the same probability: whatever a pair is ready to do, it
/// comes about with a probability of at most one minus the share (cf. Jecmen et al., Mitigating Manipulation in Peer
/// Review via Randomized Reviewer Assignments, 2020), save where the rules before it leave no other choice.
struct AssignmentDraw {
    let seed: UInt64
    let share: Double

    /// What a pair set aside costs besides: more than any chain of switches within one proposal could save.
    static let surcharge: Int32 = 100_000

    func sets(aside proposal: Int, _ evaluator: Int) -> Bool {
        // Mixed twice, so that neighbouring seeds share no draws.
        var start = SeededNumbers(seed: seed)
        var numbers = SeededNumbers(seed: start.next() ^ (UInt64(proposal) << 24 | UInt64(evaluator)))
        return numbers.unit() < share
    }

    func costs(of instance: AssignmentInstance) -> [Int32] {
        let width = instance.evaluators.count
        var costs = instance.costs
        for place in costs.indices where costs[place] >= 0 && sets(aside: place / width, place % width) {
            costs[place] += Self.surcharge
        }
        return costs
    }

    func used(in assignment: Assignment) -> Int {
        assignment.readers.enumerated().reduce(0) { count, row in
            count + row.element.count { sets(aside: row.offset, $0) }
        }
    }
}
