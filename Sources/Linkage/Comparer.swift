import Foundation
import Text

/// A model's comparisons bound to the columns of a table: grades a pair into one number that holds all levels.
struct Comparer: Sendable {
    private let comparisons: [Bound]
    private let rarities: [Rarity]

    private struct Bound: Sendable {
        let needs: [Column]
        let levels: [[[Test]]?]
        let places: Int
    }

    private struct Test: Sendable {
        let measure: LinkageModel.Measure
        let column: Column
        let other: Column?
        let rarity: Int
        let low: Double
        let high: Double
    }

    init(_ model: LinkageModel, _ table: LinkageTable) {
        var rarities: [Rarity] = []
        var known: [String: Int] = [:]
        func rarity(_ condition: LinkageModel.Condition) -> Int {
            switch condition.measure {
            case .rareJaccard, .rareContained, .rareShared, .rareApart:
                if let place = known[condition.field] { return place }
                let group = model.rarity?.within.map(table.column)
                rarities.append(Rarity(table.column(condition.field), group: group, model.rarity))
                known[condition.field] = rarities.count - 1
                return rarities.count - 1
            default: return -1
            }
        }
        var places = 1
        comparisons = model.comparisons.map { comparison in
            let bound = Bound(
                needs: comparison.needs.map(table.column),
                levels: comparison.levels.map { level in
                    level.when?.map { all in
                        all.map { condition in
                            let bare = condition.atLeast == nil && condition.atMost == nil
                            return Test(
                                measure: condition.measure, column: table.column(condition.field),
                                other: condition.other.map(table.column), rarity: rarity(condition),
                                low: bare ? 1 : condition.atLeast ?? -.infinity, high: condition.atMost ?? .infinity)
                        }
                    }
                }, places: places)
            places *= comparison.levels.count + 1
            return bound
        }
        self.rarities = rarities
    }

    /// The levels of all comparisons as one number; see `levels(of:)`.
    func pattern(_ i: Int, _ j: Int) -> Int {
        var pattern = 0
        var overlaps = [Rarity.Overlap?](repeating: nil, count: rarities.count)
        for comparison in comparisons {
            pattern += comparison.places * (level(comparison, i, j, &overlaps) + 1)
        }
        return pattern
    }

    /// For each comparison the number of the level; -1 when a value is missing.
    func levels(of pattern: Int) -> [Int] {
        comparisons.map { pattern / $0.places % ($0.levels.count + 1) - 1 }
    }

    private func level(_ comparison: Bound, _ i: Int, _ j: Int, _ overlaps: inout [Rarity.Overlap?]) -> Int {
        for column in comparison.needs where column.codes[i] < 0 || column.codes[j] < 0 { return -1 }
        levels: for (place, level) in comparison.levels.enumerated() {
            guard let level else { return place }
            for all in level {
                var holds = true
                for test in all where holds {
                    let value = value(test, i, j, &overlaps)
                    holds = value >= test.low && value <= test.high
                }
                if holds { return place }
            }
        }
        return comparison.levels.count - 1
    }

    private func value(_ test: Test, _ i: Int, _ j: Int, _ overlaps: inout [Rarity.Overlap?]) -> Double {
        if test.rarity >= 0 {
            let overlap = overlaps[test.rarity] ?? rarities[test.rarity].overlap(i, j)
            overlaps[test.rarity] = overlap
            guard let overlap else { return .nan }
            switch test.measure {
            case .rareJaccard: return overlap.jaccard
            case .rareContained: return overlap.contained
            case .rareApart: return min(overlap.onlyA, overlap.onlyB)
            default: return overlap.shared
            }
        }
        guard let other = test.other else {
            return Comparer.value(test.measure, test.column, i, test.column, j, test.high)
        }
        if test.measure == .kilometres { return Comparer.distance(test.column, other, i, j) }
        let one = Comparer.value(test.measure, test.column, i, other, j, test.high)
        let two = Comparer.value(test.measure, test.column, j, other, i, test.high)
        if one.isNaN || two.isNaN { return one.isNaN ? two : one }
        return test.low > -.infinity ? max(one, two) : min(one, two)
    }

    private static func distance(_ latitude: Column, _ longitude: Column, _ i: Int, _ j: Int) -> Double {
        guard let a = latitude.code(i), let b = latitude.code(j), let c = longitude.code(i), let d = longitude.code(j)
        else { return .nan }
        return kilometres(
            (latitude.numbers[a], longitude.numbers[c]), (latitude.numbers[b], longitude.numbers[d]))
    }

    /// NaN, which meets no condition, when either value is missing or is no number.
    private static func value(
        _ measure: LinkageModel.Measure, _ a: Column, _ i: Int, _ b: Column, _ j: Int, _ high: Double
    ) -> Double {
        if measure == .missing { return a.codes[i] < 0 || b.codes[j] < 0 ? 1 : 0 }
        guard let x = a.code(i), let y = b.code(j) else { return .nan }
        let same = a === b
        switch measure {
        case .equal: return (same ? x == y : a.values[x] == b.values[y]) ? 1 : 0
        case .folded: return (same ? a.folded[x] == a.folded[y] : a.bytes[x] == b.bytes[y]) ? 1 : 0
        case .compact:
            if same { return a.compact[x] == a.compact[y] ? 1 : 0 }
            return a.bytes[x].lazy.filter { $0 != 32 }.elementsEqual(b.bytes[y].lazy.filter { $0 != 32 }) ? 1 : 0
        case .begins: return Comparer.begins(a.bytes[x], b.bytes[y]) ? 1 : 0
        case .alias:
            if same { return shares(a.aliases[x], a.aliases[y]) ? 1 : 0 }
            let other = Set(b.values[y].split(separator: "|").map { fold(String($0)).replacing(" ", with: "") })
            return a.values[x].split(separator: "|").contains {
                other.contains(fold(String($0)).replacing(" ", with: ""))
            }
                ? 1 : 0
        case .stems:
            if same { return a.stemSet[x] == a.stemSet[y] && !a.stems[x].isEmpty ? 1 : 0 }
            return words(a, x) == words(b, y) ? 1 : 0
        case .jaroWinkler: return jaroWinkler(a.bytes[x], b.bytes[y])
        case .jaccard:
            if same { return jaccard(a.stems[x], a.stems[y]) }
            let (one, two) = (words(a, x), words(b, y))
            let all = one.union(two).count
            return all == 0 ? 0 : Double(one.intersection(two).count) / Double(all)
        case .editDistance, .editShare:
            if same, a.folded[x] == a.folded[y] { return 0 }
            let longer = max(1, max(a.bytes[x].count, b.bytes[y].count))
            let scale = measure == .editShare ? Double(longer) : 1
            let limit = high.isFinite ? Int(high * scale) : longer
            return editDistance(a.bytes[x], b.bytes[y], limit: limit).map { Double($0) / scale } ?? .infinity
        case .acronym:
            return isAcronym(a.bytes[x], of: b.initials[y]) || isAcronym(a.bytes[x], of: b.tellingInitials[y]) ? 1 : 0
        case .days: return abs(a.days[x] - b.days[y])
        case .number: return abs(a.numbers[x] - b.numbers[y])
        case .missing, .rareJaccard, .rareContained, .rareShared, .rareApart, .kilometres: return .nan
        }
    }

    private static func begins(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let (short, long) = a.count < b.count ? (a, b) : (b, a)
        return !short.isEmpty && long.count > short.count && long[short.count] == 32 && long.starts(with: short)
    }

    private static func words(_ column: Column, _ value: Int) -> Set<[UInt8]> {
        Set(column.stems[value].map { column.vocabulary[Int($0)] })
    }
}
