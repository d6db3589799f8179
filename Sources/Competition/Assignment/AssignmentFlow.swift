import Foundation
import Kernel

/// Minimum-cost flow from proposals to evaluators, solved on the small side.
///
/// Successive shortest paths (Ahuja, Magnanti, Orlin, Network Flows, ch. 9): each proposal first takes its cheapest
/// evaluators at some prices whatever the limits (`AssignmentOpening`), which is optimal for those prices; then units travel from evaluators above their
/// limits to evaluators below, along cheapest chains of switches, found by Dijkstra's method on reduced costs in the graph
/// whose nodes are the evaluators and one sink, and whose arc e→f is the cheapest proposal that can move from e to f. The
/// invariant that no reduced cost is negative makes every stop an optimum; `AssignmentProof` checks that apart from this.
struct AssignmentFlow {
    enum Outcome: Equatable {
        case solved
        /// Reads that cannot be placed within the limits, and the evaluators the surplus can reach.
        case short(missing: Int, reached: [Bool])
    }

    let width: Int
    let height: Int
    private(set) var costs: [Int32]
    private let least: [Int]
    private let most: [Int]
    private(set) var readers: [[Int32]]
    private var members: [[Int32]]
    private var held: [Bool]
    /// The cheapest switch from one evaluator to another, and the proposal that makes it.
    private var switchCost: [Int32]
    private var switcher: [Int32]
    private var price: [Int]
    /// What each evaluator passes to the sink, always within its limits; the excess is what it holds beyond that.
    private var passed: [Int]
    private var excess: [Int]

    private static let none = Int32.max

    /// Proposals with fewer allowed evaluators than reads take what there is: the caller rules them out beforehand.
    init(costs: [Int32], reads: [Int], least: [Int], most: [Int]) {
        (self.costs, self.least, self.most) = (costs, least, most)
        (width, height) = (least.count, reads.count)
        members = Array(repeating: [], count: width)
        held = Array(repeating: false, count: costs.count)
        switchCost = Array(repeating: Self.none, count: width * width)
        switcher = Array(repeating: -1, count: width * width)
        let opening = AssignmentOpening(costs: costs, reads: reads, least: least, most: most)
        price = opening.places.map { -$0 } + [0]
        readers = opening.readers
        for (proposal, row) in readers.enumerated() {
            for evaluator in row {
                members[Int(evaluator)].append(Int32(proposal))
                held[proposal * width + Int(evaluator)] = true
            }
        }
        passed = opening.passed
        excess = (0..<width).map { [members, passed] in members[$0].count - passed[$0] }
        excess.append(passed.reduce(0, +) - members.reduce(0) { $0 + $1.count })
        for proposal in 0..<height { for reader in readers[proposal] { offer(Int32(proposal), from: Int(reader)) } }
    }

    /// The sum of the costs of the reads as they stand.
    var cost: Int {
        var sum = 0
        for proposal in 0..<height {
            for reader in readers[proposal] { sum += Int(costs[proposal * width + Int(reader)]) }
        }
        return sum
    }

    var assignment: Assignment { Assignment(readers: readers.map { $0.map(Int.init) }) }

    /// What each evaluator's place is worth: above zero only where the upper limit binds, below only at the lower.
    var places: [Int] { (0..<width).map { price[width] - price[$0] } }

    /// Moves units until nobody is beyond a limit, or says what cannot be moved.
    mutating func solve() -> Outcome {
        while excess.contains(where: { $0 > 0 }) {
            let search = shortest()
            guard let target = search.target else {
                return .short(
                    missing: excess.reduce(0) { $0 + max(0, $1) }, reached: search.distance.map { $0 != Int.max })
            }
            let reach = search.distance[target]
            for node in 0...width { price[node] += min(search.distance[node], reach) }
            augment(search.parent, to: target)
        }
        return .solved
    }

    /// Never lets the proposal be read by the evaluator; false when the proposal then has too few evaluators left.
    mutating func forbid(_ proposal: Int, _ evaluator: Int) -> Bool {
        let base = proposal * width
        guard held[base + evaluator] else {
            costs[base + evaluator] = AssignmentInstance.conflict
            drop(Int32(proposal), to: evaluator)
            return true
        }
        var best: (evaluator: Int, reduced: Int)?
        for other in 0..<width where costs[base + other] >= 0 && !held[base + other] {
            let reduced = Int(costs[base + other]) - price[other]
            if reduced < best?.reduced ?? Int.max { best = (other, reduced) }
        }
        guard let best else { return false }
        move(Int32(proposal), from: evaluator, to: best.evaluator)
        costs[base + evaluator] = AssignmentInstance.conflict
        drop(Int32(proposal), to: evaluator)
        excess[evaluator] -= 1
        excess[best.evaluator] += 1
        return true
    }

    private func shortest() -> (distance: [Int], parent: [Int], target: Int?) {
        let sink = width
        var distance = Array(repeating: Int.max, count: width + 1)
        var parent = Array(repeating: -1, count: width + 1)
        var done = Array(repeating: false, count: width + 1)
        for node in 0...width where excess[node] > 0 { distance[node] = 0 }
        while true {
            var node = -1, near = Int.max
            for other in 0...width where !done[other] && distance[other] < near {
                (node, near) = (other, distance[other])
            }
            guard node >= 0 else { return (distance, parent, nil) }
            if excess[node] < 0 { return (distance, parent, node) }
            done[node] = true
            let start = near + price[node]
            if node == sink {
                for other in 0..<width where !done[other] && passed[other] > least[other] {
                    let length = start - price[other]
                    if length < distance[other] { (distance[other], parent[other]) = (length, sink) }
                }
                continue
            }
            if !done[sink], passed[node] < most[node], start - price[sink] < distance[sink] {
                (distance[sink], parent[sink]) = (start - price[sink], node)
            }
            switchCost.withUnsafeBufferPointer { arcs in
                let base = node * width
                for other in 0..<width where arcs[base + other] != Self.none {
                    let length = start + Int(arcs[base + other]) - price[other]
                    if length < distance[other], !done[other] { (distance[other], parent[other]) = (length, node) }
                }
            }
        }
    }

    private mutating func augment(_ parent: [Int], to target: Int) {
        var steps: [(from: Int, to: Int, proposal: Int32)] = []
        var node = target
        while parent[node] >= 0 {
            let from = parent[node]
            steps.append((from, node, from < width && node < width ? switcher[from * width + node] : -1))
            node = from
        }
        excess[node] -= 1
        excess[target] += 1
        for step in steps {
            if step.to == width {
                passed[step.from] += 1
            } else if step.from == width {
                passed[step.to] -= 1
            } else {
                move(step.proposal, from: step.from, to: step.to)
            }
        }
    }

    private mutating func move(_ proposal: Int32, from: Int, to: Int) {
        let row = Int(proposal) * width
        held[row + from] = false
        held[row + to] = true
        if let place = readers[Int(proposal)].firstIndex(of: Int32(from)) { readers[Int(proposal)][place] = Int32(to) }
        if let place = members[from].firstIndex(of: proposal) {
            members[from].swapAt(place, members[from].count - 1)
            members[from].removeLast()
        }
        members[to].append(proposal)
        renew(from, (0..<width).filter { switcher[from * width + $0] == proposal })
        drop(proposal, to: to)
        for other in readers[Int(proposal)] where Int(other) != to { offer(proposal, from: Int(other), to: from) }
        offer(proposal, from: to)
    }

    /// Finds again the switches to an evaluator that this proposal used to make.
    private mutating func drop(_ proposal: Int32, to: Int) {
        for other in readers[Int(proposal)] where switcher[Int(other) * width + to] == proposal {
            renew(Int(other), [to])
        }
    }

    private mutating func renew(_ from: Int, _ targets: [Int]) {
        guard !targets.isEmpty else { return }
        for to in targets { (switchCost[from * width + to], switcher[from * width + to]) = (Self.none, -1) }
        for proposal in members[from] { for to in targets { offer(proposal, from: from, to: to) } }
    }

    private mutating func offer(_ proposal: Int32, from: Int, to: Int) {
        let row = Int(proposal) * width
        guard to != from, costs[row + to] >= 0, !held[row + to] else { return }
        let cost = costs[row + to] - costs[row + from]
        if cost < switchCost[from * width + to] {
            (switchCost[from * width + to], switcher[from * width + to]) = (cost, proposal)
        }
    }

    private mutating func offer(_ proposal: Int32, from: Int) {
        let row = Int(proposal) * width, base = from * width
        let own = costs[row + from]
        for to in 0..<width where costs[row + to] >= 0 && costs[row + to] - own < switchCost[base + to] {
            guard !held[row + to] else { continue }
            (switchCost[base + to], switcher[base + to]) = (costs[row + to] - own, proposal)
        }
    }
}

extension AssignmentFlow {
    /// The flow of a whole instance.
    init(_ instance: AssignmentInstance, costs: [Int32]? = nil) {
        self.init(
            costs: costs ?? instance.costs, reads: instance.proposals.map(\.reads),
            least: instance.evaluators.map(\.least), most: instance.evaluators.map(\.most))
    }
}
