import Foundation
import Kernel

/// The fairness floor: the lowest ceiling on what one proposal's reads may cost together, and the cheapest assignment
/// under it.
///
/// With sums over two reads or more this is NP-hard (Garg et al., Assigning Papers to Referees, 2010), so: pairs that
/// cannot be part of any choice under the ceiling are struck out, which gives a lower bound; then minimum-cost flows in
/// which the dearest reads of proposals above the ceiling are forbidden, one by one, give an assignment; and on small
/// instances a bounded branch and bound settles what is between. Each result says whether it is proven.
struct AssignmentFloor {
    struct Found {
        let flow: AssignmentFlow
        let cost: Int
        /// Whether nothing cheaper exists under the same ceiling; or, without a result, that there is none.
        let proven: Bool
    }

    let instance: AssignmentInstance
    /// What the flows minimise; equal to the instance's costs but for the random draw.
    let objective: [Int32]
    /// Flows solved at most in one branch and bound; 0 on instances of more than 50,000 pairs.
    let budget: Int

    private var width: Int { instance.evaluators.count }

    init(_ instance: AssignmentInstance, objective: [Int32]? = nil) {
        self.instance = instance
        self.objective = objective ?? instance.costs
        budget = instance.costs.count <= 50_000 ? min(4_000, 4_000_000 / max(1, instance.costs.count)) : 0
    }

    /// The lowest ceiling found, whether a lower one is ruled out, for an instance whose plain optimum is known.
    func ceiling(of plain: Assignment) -> (value: Int, proven: Bool) {
        var high = plain.worst(in: instance)
        var low = instance.proposals.indices.map { cheapest($0, instance.costs) }.max() ?? 0
        // First the relaxation alone: below its threshold there is certainly nothing.
        var top = high
        while low < top {
            let middle = (low + top) / 2
            if relaxed(middle) == nil { low = middle + 1 } else { top = middle }
        }
        var proven = true
        // The lower bound itself is nearly always reached, so it is tried first.
        var middle = low
        while low < high {
            if let found = anything(under: middle) {
                high = min(middle, found.assignment.worst(in: instance))
            } else {
                proven = proven && lastExhausted(under: middle)
                low = middle + 1
            }
            middle = (low + high) / 2
        }
        return (high, proven)
    }

    /// The cheapest assignment under a ceiling, by the objective; nil when none was found.
    func cheapest(under ceiling: Int) -> Found? {
        guard let root = relaxed(ceiling) else { return nil }
        let bound = root.cost
        let dive = descend(root, ceiling)
        if let dive, dive.cost == bound { return Found(flow: dive, cost: bound, proven: true) }
        var search = Search(floor: self, ceiling: ceiling, best: dive, left: budget, first: false)
        search.explore(root)
        guard let best = search.best else { return nil }
        return Found(flow: best, cost: best.cost, proven: search.left > 0)
    }

    /// The sum of a proposal's cheapest reads.
    private func cheapest(_ proposal: Int, _ costs: [Int32]) -> Int {
        let row = costs[proposal * width..<(proposal + 1) * width].filter { $0 >= 0 }.sorted()
        return row.prefix(instance.proposals[proposal].reads).reduce(0) { $0 + Int($1) }
    }

    /// The optimum over the pairs that can be part of some choice under the ceiling; nil when even that is impossible.
    private func relaxed(_ ceiling: Int) -> AssignmentFlow? {
        var costs = objective
        for proposal in instance.proposals.indices {
            for evaluator in struck(proposal, ceiling, instance.costs) {
                costs[proposal * width + evaluator] = AssignmentInstance.conflict
            }
            let open = costs[proposal * width..<(proposal + 1) * width].count { $0 >= 0 }
            guard open >= instance.proposals[proposal].reads else { return nil }
        }
        var flow = AssignmentFlow(instance, costs: costs)
        return flow.solve() == .solved ? flow : nil
    }

    /// Evaluators whose read, with the cheapest others, would exceed the ceiling.
    private func struck(_ proposal: Int, _ ceiling: Int, _ costs: [Int32]) -> [Int] {
        let reads = instance.proposals[proposal].reads
        guard reads > 0 else { return [] }
        let base = proposal * width
        var best: [Int] = []
        for evaluator in 0..<width where costs[base + evaluator] >= 0 {
            let cost = Int(instance.costs[base + evaluator])
            guard best.count < reads || cost < best[best.count - 1] else { continue }
            best.insert(cost, at: best.firstIndex { $0 > cost } ?? best.count)
            if best.count > reads { best.removeLast() }
        }
        guard best.count == reads else { return (0..<width).filter { costs[base + $0] >= 0 } }
        let others = best.dropLast().reduce(0, +)
        // A read among the cheapest has the others beside it, and they are not dearer than the last: the sum is the same.
        return (0..<width).filter { evaluator in
            let own = Int(instance.costs[base + evaluator])
            return costs[base + evaluator] >= 0 && others + max(own, best[reads - 1]) > ceiling
        }
    }

    private func anything(under ceiling: Int) -> AssignmentFlow? {
        guard let root = relaxed(ceiling) else { return nil }
        if let dive = descend(root, ceiling) { return dive }
        var search = Search(floor: self, ceiling: ceiling, best: nil, left: budget, first: true)
        search.explore(root)
        return search.best
    }

    private func lastExhausted(under ceiling: Int) -> Bool {
        guard let root = relaxed(ceiling) else { return true }
        var search = Search(floor: self, ceiling: ceiling, best: nil, left: budget, first: true)
        search.explore(root)
        return search.left > 0
    }

    /// Forbids the dearest read of each proposal above the ceiling until none is; nil when that ends in a shortage.
    private func descend(_ root: AssignmentFlow, _ ceiling: Int) -> AssignmentFlow? {
        var flow = root
        while true {
            let above = instance.proposals.indices.filter { sum($0, flow) > ceiling }
            if above.isEmpty { return flow }
            for proposal in above {
                guard let dearest = dear(proposal, flow).first, forbid(proposal, dearest, ceiling, &flow) else {
                    return nil
                }
            }
            guard flow.solve() == .solved else { return nil }
        }
    }

    private func sum(_ proposal: Int, _ flow: AssignmentFlow) -> Int {
        flow.readers[proposal].reduce(0) { $0 + Int(instance.costs[proposal * width + Int($1)]) }
    }

    private func dear(_ proposal: Int, _ flow: AssignmentFlow) -> [Int] {
        flow.readers[proposal].map(Int.init).sorted {
            instance.costs[proposal * width + $0] > instance.costs[proposal * width + $1]
        }
    }

    private func forbid(_ proposal: Int, _ evaluator: Int, _ ceiling: Int, _ flow: inout AssignmentFlow) -> Bool {
        guard flow.forbid(proposal, evaluator) else { return false }
        for other in struck(proposal, ceiling, flow.costs) {
            guard flow.forbid(proposal, other) else { return false }
        }
        return true
    }

    /// Depth first: a proposal above the ceiling must lose one of its reads, so each loss is a branch.
    private struct Search {
        let floor: AssignmentFloor
        let ceiling: Int
        var best: AssignmentFlow?
        var left: Int
        /// Whether any assignment will do.
        let first: Bool

        mutating func explore(_ flow: AssignmentFlow) {
            guard left > 0, !(first && best != nil) else { return }
            left -= 1
            if let best, flow.cost >= best.cost { return }
            let above = floor.instance.proposals.indices.max { excess($0, flow) < excess($1, flow) }
            guard let above, excess(above, flow) > 0 else {
                best = flow
                return
            }
            for evaluator in floor.dear(above, flow) {
                var child = flow
                guard floor.forbid(above, evaluator, ceiling, &child), child.solve() == .solved else { continue }
                explore(child)
            }
        }

        private func excess(_ proposal: Int, _ flow: AssignmentFlow) -> Int { floor.sum(proposal, flow) - ceiling }
    }
}
