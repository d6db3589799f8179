import Kernel

/// The best set by a given order that keeps every published constraint.
///
/// Best means: as many as there are places; then with the first in the order if any such set has it, then with the
/// second, and so on (the lexicographic order). Found exactly by depth-first branch and bound that takes the better
/// ranked first, so that the first complete set it meets is the best. A branch is left when some constraint cannot be met
/// with what is still to come, and states that failed once are not searched again.
struct SelectionSearch {
    enum Outcome: Equatable {
        /// Places in the order.
        case best([Int])
        /// No set of any size keeps them.
        case none
        /// Too many combinations to be sure of the best.
        case gaveUp
    }

    /// Steps after which it gives up and says so, rather than answer something that might not be the best.
    static let mostSteps = 300_000

    private let bounds: [Selection.Bound]
    /// The bounds that hold for each place of the order.
    private let members: [[Int]]
    /// How many from each place of the order on each bound holds for.
    private let coming: [[Int]]
    /// Bounds of which a candidate has one at most: the categories, the groups, the kinds, the institutions.
    private let families: [[Int]]
    /// For each bound with a least, the institutions that may not give all they have to it.
    private let capped: [(bound: Int, cap: Int, coming: [Int])]
    private var steps = 0
    private var failed: Set<[Int32]> = []

    /// - Parameter order: the candidates, best first.
    init(_ order: [Selection.Candidate], _ bounds: [Selection.Bound]) {
        // A bound that can never bind costs only time.
        let bounds = bounds.filter { bound in bound.least > 0 || order.count(where: bound.holds) > bound.most }
        self.bounds = bounds
        members = order.map { candidate in bounds.indices.filter { bounds[$0].holds(candidate) } }
        coming = Self.suffixes(members, bounds.count)
        families = Self.families(bounds)
        var capped: [(bound: Int, cap: Int, coming: [Int])] = []
        for bound in bounds.indices where bounds[bound].least > 0 {
            for cap in bounds.indices where bounds[cap].institution != nil {
                let both = members.map { $0.contains(bound) && $0.contains(cap) ? [0] : [] }
                guard both.contains([0]) else { continue }
                capped.append((bound, cap, Self.suffixes(both, 1).map { $0[0] }))
            }
        }
        self.capped = capped
    }

    private static func suffixes(_ members: [[Int]], _ count: Int) -> [[Int]] {
        var out = [[Int]](repeating: [Int](repeating: 0, count: count), count: members.count + 1)
        for place in members.indices.reversed() {
            out[place] = out[place + 1]
            for bound in members[place] { out[place][bound] += 1 }
        }
        return out
    }

    private static func families(_ bounds: [Selection.Bound]) -> [[Int]] {
        var families: [String: [Int]] = [:]
        for (place, bound) in bounds.enumerated() {
            let kind = bound.balance.kind
            let twin = bounds[..<place].contains {
                $0.balance.kind == kind && $0.balance.value == bound.balance.value
                    && $0.institution == bound.institution
            }
            // Lists of regions may overlap, and so do two rows about the same thing.
            families[kind == .regions || twin ? "\(place)" : kind.rawValue, default: []].append(place)
        }
        return families.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The best set of at most `places`.
    mutating func run(places: Int) -> Outcome {
        for size in stride(from: min(places, members.count), through: 0, by: -1) {
            failed = []
            switch search(size) {
            case .best(let taken): return .best(taken)
            case .gaveUp: return .gaveUp
            case .none: continue
            }
        }
        return .none
    }

    private mutating func search(_ size: Int) -> Outcome {
        var taken: [Int] = []
        var counts = [Int](repeating: 0, count: bounds.count)
        var place = 0
        while true {
            steps += 1
            guard steps <= Self.mostSteps else { return .gaveUp }
            let open = size - taken.count
            let isDead =
                !mayHold(place, open, counts) || (!failed.isEmpty && failed.contains(key(place, open, counts)))
            if !isDead {
                guard open > 0 else { return .best(taken) }
                if members[place].allSatisfy({ counts[$0] < bounds[$0].most }) {
                    taken.append(place)
                    for bound in members[place] { counts[bound] += 1 }
                }
                place += 1
                continue
            }
            // With the last one taken everything was tried: it goes on without it.
            guard let last = taken.popLast() else { return .none }
            failed.insert(key(last + 1, size - taken.count - 1, counts))
            for bound in members[last] { counts[bound] -= 1 }
            place = last + 1
        }
    }

    /// Whether what is still to come may fill the open places and every least; what says no is certain.
    private func mayHold(_ place: Int, _ open: Int, _ counts: [Int]) -> Bool {
        let rest = coming[place]
        for family in families {
            var (missing, useless) = (0, 0)
            for bound in family {
                missing += max(0, bounds[bound].least - counts[bound])
                if bounds[bound].most < Int.max {
                    useless += max(0, rest[bound] - (bounds[bound].most - counts[bound]))
                }
            }
            guard missing <= open, members.count - place - useless >= open else { return false }
        }
        guard members.count - place >= open else { return false }
        var reach = rest
        for pair in capped {
            reach[pair.bound] -= max(0, pair.coming[place] - (bounds[pair.cap].most - counts[pair.cap]))
        }
        return bounds.indices.allSatisfy { counts[$0] + reach[$0] >= bounds[$0].least }
    }

    /// What decides everything from a place on: the open places, what each least lacks, what each most still admits.
    private func key(_ place: Int, _ open: Int, _ counts: [Int]) -> [Int32] {
        var key = [Int32(place), Int32(open)]
        key.reserveCapacity(2 + 2 * bounds.count)
        for (bound, count) in counts.enumerated() {
            key.append(Int32(max(0, bounds[bound].least - count)))
            let rest = coming[place][bound]
            key.append(Int32(bounds[bound].most == Int.max ? rest : min(bounds[bound].most - count, rest)))
        }
        return key
    }
}
