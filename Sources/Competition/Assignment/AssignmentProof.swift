import Foundation
import Kernel

/// Evidence that no assignment is cheaper, checkable without knowing how it was found.
///
/// For any price of each evaluator's place, the proposals' cheapest reads at those prices, less what the places can be
/// worth within their limits, is a lower bound of every assignment's cost (Lagrangian duality). When the bound equals the
/// cost reached, the cost is the least possible.
package struct AssignmentProof: Sendable, Hashable {
    /// A price for each evaluator's place, in cost units; below zero where a minimum binds.
    package let places: [Int]
    /// No assignment within the limits costs less than this.
    package let bound: Int

    package init(places: [Int], instance: AssignmentInstance) {
        self.init(places: places, instance: instance, costs: instance.costs)
    }

    init(places: [Int], instance: AssignmentInstance, costs: [Int32]) {
        self.places = places
        var sum = 0
        let width = instance.evaluators.count
        for (row, proposal) in instance.proposals.enumerated() where proposal.reads > 0 {
            var best: [Int] = []
            for evaluator in 0..<width {
                let cost = costs[row * width + evaluator]
                guard cost >= 0 else { continue }
                let priced = Int(cost) + places[evaluator]
                guard best.count < proposal.reads || priced < best[best.count - 1] else { continue }
                var at = best.count
                best.append(priced)
                while at > 0, best[at - 1] > priced {
                    best.swapAt(at, at - 1)
                    at -= 1
                }
                if best.count > proposal.reads { best.removeLast() }
            }
            sum += best.reduce(0, +)
        }
        for (place, evaluator) in instance.evaluators.enumerated() {
            sum -= max(places[place] * evaluator.least, places[place] * evaluator.most)
        }
        bound = sum
    }
}
