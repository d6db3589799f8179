import Foundation
import Kernel

/// Who is to be read how often, who may read how much, and what each pair costs. Positions count from zero.
package struct AssignmentInstance: Sendable {
    package struct Proposal: Sendable, Hashable {
        package let name: String
        package let category: String
        package let province: String
        /// How many different evaluators must read it.
        package let reads: Int

        package init(_ name: String, category: String = "", province: String = "", reads: Int) {
            (self.name, self.category, self.province, self.reads) = (name, category, province, reads)
        }
    }

    package struct Evaluator: Sendable, Hashable {
        package let name: String
        package let province: String
        package let categories: [String]
        /// The fewest and the most reads this evaluator may be given.
        package let least: Int
        package let most: Int

        package init(_ name: String, province: String = "", categories: [String] = [], least: Int = 0, most: Int) {
            (self.name, self.province, self.categories) = (name, province, categories)
            (self.least, self.most) = (least, most)
        }
    }

    package let proposals: [Proposal]
    package let evaluators: [Evaluator]
    /// One row of evaluators for each proposal: 0 best to 1000, `conflict` where the pair is never allowed.
    package let costs: [Int32]

    package static let conflict: Int32 = -1

    /// `costs` holds one row for each proposal; nil is a conflict. A row of the wrong length counts as all conflicts.
    package init(proposals: [Proposal], evaluators: [Evaluator], costs: [[Int?]]) {
        let width = evaluators.count
        self.init(
            proposals: proposals, evaluators: evaluators,
            flat: proposals.indices.flatMap { row in
                row < costs.count && costs[row].count == width
                    ? costs[row].map { $0.map(Int32.init) ?? Self.conflict }
                    : Array(repeating: Self.conflict, count: width)
            })
    }

    init(proposals: [Proposal], evaluators: [Evaluator], flat: [Int32]) {
        (self.proposals, self.evaluators, costs) = (proposals, evaluators, flat)
    }

    /// The cost of a pair; nil where it is a conflict.
    package func cost(_ proposal: Int, _ evaluator: Int) -> Int? {
        let cost = costs[proposal * evaluators.count + evaluator]
        return cost < 0 ? nil : Int(cost)
    }

    /// The reads that all proposals need together.
    package var reads: Int { proposals.reduce(0) { $0 + $1.reads } }
}

/// Which evaluators read each proposal, by position in the instance, ascending.
package struct Assignment: Sendable, Hashable {
    package var readers: [[Int]]

    package init(readers: [[Int]]) { self.readers = readers.map { $0.sorted() } }

    /// The sum of the costs of all reads; pairs in conflict count nothing (see `violations`).
    package func cost(in instance: AssignmentInstance) -> Int {
        readers.indices.reduce(0) { $0 + cost(of: $1, in: instance) }
    }

    /// The sum of the costs of one proposal's reads.
    package func cost(of proposal: Int, in instance: AssignmentInstance) -> Int {
        readers[proposal].reduce(0) { $0 + (instance.cost(proposal, $1) ?? 0) }
    }

    /// What the worst-served proposal pays: the greatest sum over one proposal's reads; 0 without proposals.
    package func worst(in instance: AssignmentInstance) -> Int {
        readers.indices.map { cost(of: $0, in: instance) }.max() ?? 0
    }

    /// The reads each evaluator is given.
    package func loads(in instance: AssignmentInstance) -> [Int] {
        var loads = Array(repeating: 0, count: instance.evaluators.count)
        for row in readers { for evaluator in row { loads[evaluator] += 1 } }
        return loads
    }
}
