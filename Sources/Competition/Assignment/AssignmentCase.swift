import Kernel

/// What an edition still has to assign, by the numbers of its proposals and evaluators: the solver's instance as it is
/// kept with a plan, without names. Reads given already are kept; what is left of each need and each limit is here.
package struct AssignmentCase: Sendable, Hashable, Codable {
    package struct Proposal: Sendable, Hashable, Codable {
        package let id: Int
        /// A category's code; empty without one.
        package let category: String
        /// A province by name; empty for national institutions.
        package let province: String
        /// How many reads it lacks.
        package let reads: Int
    }

    package struct Evaluator: Sendable, Hashable, Codable {
        package let id: Int
        /// What is left of the limits.
        package let least: Int
        package let most: Int
    }

    package let proposals: [Proposal]
    package let evaluators: [Evaluator]
    /// A row of evaluators for each category: 0 best to 1000, -1 for somebody who reads none of it.
    package let costs: [String: [Int]]
    /// Pairs that may not be: in conflict, abstained from, or given already; by position, a row for each proposal.
    package let never: [[Int]]
    /// Who reads it already, by position, a row for each proposal.
    package let kept: [[Int]]

    /// The reads that are lacking in all.
    package var reads: Int { proposals.reduce(0) { $0 + $1.reads } }

    /// The solver's instance. Names are for messages alone.
    ///
    /// - Parameters:
    ///   - titles, names: of proposals and evaluators by number.
    ///   - categories: names by code.
    package func instance(
        titles: [Int: String] = [:], names: [Int: String] = [:], categories: [String: String] = [:]
    ) -> AssignmentInstance {
        var flat: [Int32] = []
        flat.reserveCapacity(proposals.count * evaluators.count)
        for (place, proposal) in proposals.enumerated() {
            var row = (costs[proposal.category] ?? []).map(Int32.init)
            for evaluator in never[place] { row[evaluator] = AssignmentInstance.conflict }
            flat += row
        }
        return AssignmentInstance(
            proposals: proposals.map {
                .init(
                    titles[$0.id].map { "“\($0)”" } ?? String($0.id), category: categories[$0.category] ?? $0.category,
                    province: $0.province, reads: $0.reads)
            },
            evaluators: evaluators.map { .init(names[$0.id] ?? String($0.id), least: $0.least, most: $0.most) },
            flat: flat)
    }

    /// Whether all who read, by what is kept and by an assignment of the rest, can be compared with one another.
    package func connects(_ assignment: Assignment) -> Bool {
        let all = Assignment(readers: zip(kept, assignment.readers).map { $0 + $1 })
        return AssignmentConnection(all, evaluators: evaluators.count).connected
    }

    /// An assignment by numbers, as pairs; in the order of the proposals.
    package func pairs(_ assignment: Assignment) -> [Conflict.Pair] {
        zip(proposals, assignment.readers).flatMap { proposal, readers in
            readers.map { Conflict.Pair(proposal.id, evaluators[$0].id) }
        }
    }
}
