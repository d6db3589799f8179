import Foundation
import Kernel

/// Whether evaluators can be compared: two who read the same proposal are linked, and severity can be told from quality
/// only within what links connect.
package struct AssignmentConnection: Sendable {
    /// The groups of evaluators that have reads, each ascending, the smallest group first; one group means connected.
    package let groups: [[Int]]

    /// Nobody or one group reading counts as connected.
    package var connected: Bool { groups.count <= 1 }

    package init(_ assignment: Assignment, evaluators: Int) {
        var parent = Array(0..<evaluators)
        func root(_ node: Int) -> Int {
            var node = node
            while parent[node] != node {
                parent[node] = parent[parent[node]]
                node = parent[node]
            }
            return node
        }
        var reading: Set<Int> = []
        for readers in assignment.readers {
            reading.formUnion(readers)
            for other in readers.dropFirst() { parent[root(other)] = root(readers[0]) }
        }
        groups = Dictionary(grouping: reading.sorted(), by: root).values
            .sorted { ($0.count, $0[0]) < ($1.count, $1[0]) }
    }

    /// Joins the groups by the cheapest moves and exchanges that keep every limit and the ceiling, as far as there are any.
    static func joined(
        _ assignment: Assignment, in instance: AssignmentInstance, objective: [Int32], under ceiling: Int
    ) -> Assignment {
        var current = assignment
        var connection = AssignmentConnection(current, evaluators: instance.evaluators.count)
        while !connection.connected {
            var better: (Assignment, AssignmentConnection)?
            for step in Step.all(from: connection.groups[0], current, instance, objective, ceiling) {
                let next = step.applied(to: current)
                let outcome = AssignmentConnection(next, evaluators: instance.evaluators.count)
                if outcome.groups.count < connection.groups.count {
                    better = (next, outcome)
                    break
                }
            }
            guard let better else { return current }
            (current, connection) = better
        }
        return current
    }

    /// A proposal changes one reader; in an exchange another proposal makes the opposite change.
    private struct Step {
        let proposal: Int
        let from: Int
        let to: Int
        let partner: Int?
        let cost: Int

        func applied(to assignment: Assignment) -> Assignment {
            var next = assignment
            next.readers[proposal] = (next.readers[proposal].filter { $0 != from } + [to]).sorted()
            if let partner { next.readers[partner] = (next.readers[partner].filter { $0 != to } + [from]).sorted() }
            return next
        }

        /// The cheapest five hundred that touch this group.
        static func all(
            from group: [Int], _ assignment: Assignment, _ instance: AssignmentInstance, _ objective: [Int32],
            _ ceiling: Int
        ) -> [Step] {
            let width = instance.evaluators.count
            let inside = Set(group)
            let loads = assignment.loads(in: instance)
            let sums = assignment.readers.indices.map { assignment.cost(of: $0, in: instance) }
            func change(_ proposal: Int, _ from: Int, _ to: Int) -> Int? {
                let base = proposal * width
                guard instance.costs[base + to] >= 0, !assignment.readers[proposal].contains(to),
                    sums[proposal] + Int(instance.costs[base + to] - instance.costs[base + from]) <= ceiling
                else { return nil }
                return Int(objective[base + to]) - Int(objective[base + from])
            }
            var outside: [(proposal: Int, evaluator: Int)] = []
            var own: [(proposal: Int, evaluator: Int)] = []
            for (proposal, readers) in assignment.readers.enumerated() {
                for reader in readers {
                    if inside.contains(reader) {
                        own.append((proposal, reader))
                    } else {
                        outside.append((proposal, reader))
                    }
                }
            }
            var steps: [Step] = []
            func shift(_ read: (proposal: Int, evaluator: Int), _ to: Int) {
                let (from, evaluators) = (read.evaluator, instance.evaluators)
                guard loads[from] > evaluators[from].least, loads[to] < evaluators[to].most,
                    let cost = change(read.proposal, from, to)
                else { return }
                steps.append(Step(proposal: read.proposal, from: from, to: to, partner: nil, cost: cost))
            }
            for read in own { for to in 0..<width where !inside.contains(to) { shift(read, to) } }
            for read in outside { for to in group { shift(read, to) } }
            // Exchanges are as many as pairs of reads; a sample spread over both sides bounds the work on large panels.
            for mine in sample(own) {
                for theirs in sample(outside) {
                    guard let there = change(mine.proposal, mine.evaluator, theirs.evaluator),
                        let back = change(theirs.proposal, theirs.evaluator, mine.evaluator)
                    else { continue }
                    steps.append(
                        Step(
                            proposal: mine.proposal, from: mine.evaluator, to: theirs.evaluator,
                            partner: theirs.proposal, cost: there + back))
                }
            }
            return Array(steps.sorted { $0.cost < $1.cost }.prefix(500))
        }

        private static func sample<Read>(_ reads: [Read]) -> [Read] {
            let pace = max(1, reads.count / 1_500)
            return stride(from: 0, to: reads.count, by: pace).map { reads[$0] }
        }
    }
}
