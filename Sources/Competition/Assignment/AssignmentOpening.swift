import Foundation

/// Where the flow begins: prices of the evaluators' places, and the cheapest readers of each proposal at them.
///
/// Any prices will do for correctness. Where zero leaves many reads beyond the limits, a few steps of a subgradient ascent
/// of the Lagrangian bound (Held, Wolfe, Crowder 1974) find prices that leave fewer, and the flow has less to move.
struct AssignmentOpening {
    private(set) var places: [Int]
    private(set) var readers: [[Int32]]
    /// What each evaluator may pass on at these prices: the upper limit where the price is above zero, the lower below.
    private(set) var passed: [Int]

    private static let rounds = 16

    init(costs: [Int32], reads: [Int], least: [Int], most: [Int]) {
        let width = least.count
        places = Array(repeating: 0, count: width)
        readers = Self.readers(costs, reads, places)
        passed = Self.passed(places, readers, least, most).passed
        var (current, latest) = (places.map(Double.init), Self.passed(places, readers, least, most))
        var fewest = latest.beyond
        guard fewest > 4 * width else { return }
        let mean = max(1, Double(reads.reduce(0, +)) / Double(width))
        var step = Double(costs.max() ?? 0) / 4
        for _ in 0..<Self.rounds {
            for place in 0..<width {
                let surplus = Double(latest.loads[place] - latest.passed[place]) / mean
                let next = current[place] + step * min(1, max(-1, surplus))
                // A price stops at zero before it changes sides, for there no limit binds.
                current[place] = next * current[place] < 0 ? 0 : next
            }
            step *= 0.8
            let tried = current.map { Int($0.rounded()) }
            let chosen = Self.readers(costs, reads, tried)
            latest = Self.passed(tried, chosen, least, most)
            if latest.beyond < fewest {
                (places, readers, passed, fewest) = (tried, chosen, latest.passed, latest.beyond)
            }
        }
    }

    private static func passed(
        _ places: [Int], _ readers: [[Int32]], _ least: [Int], _ most: [Int]
    ) -> (passed: [Int], loads: [Int], beyond: Int) {
        var loads = Array(repeating: 0, count: places.count)
        for row in readers { for reader in row { loads[Int(reader)] += 1 } }
        let passed = places.indices.map { place in
            places[place] > 0
                ? most[place] : places[place] < 0 ? least[place] : min(max(loads[place], least[place]), most[place])
        }
        return (passed, loads, places.indices.reduce(0) { $0 + abs(loads[$1] - passed[$1]) })
    }

    /// Each proposal's cheapest evaluators; among equals each proposal begins its search elsewhere, to spread them.
    private static func readers(_ costs: [Int32], _ reads: [Int], _ places: [Int]) -> [[Int32]] {
        let width = places.count
        let prices = places.map(Int32.init)
        var best: [(cost: Int32, place: Int32)] = []
        return costs.withUnsafeBufferPointer { costs in
            prices.withUnsafeBufferPointer { prices in
                reads.enumerated().map { proposal, count in
                    best.removeAll(keepingCapacity: true)
                    guard count > 0, width > 0 else { return [] }
                    let base = proposal * width
                    var place = proposal * count % width
                    var worst = Int32.max
                    for _ in 0..<width {
                        let own = costs[base + place]
                        let cost = own &+ prices[place]
                        if own >= 0, best.count < count || cost < worst {
                            var at = best.count
                            best.append((cost, Int32(place)))
                            while at > 0, best[at - 1].cost > cost {
                                best.swapAt(at, at - 1)
                                at -= 1
                            }
                            if best.count > count { best.removeLast() }
                            worst = best[best.count - 1].cost
                        }
                        place = place + 1 == width ? 0 : place + 1
                    }
                    return best.map(\.place)
                }
            }
        }
    }
}
