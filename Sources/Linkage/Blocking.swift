import Kernel

/// The pairs that a model's blocking rules bring together, by sorting hashed keys; each pair comes once.
struct Blocking: Sendable {
    private let rules: [Keys]
    private let source: Column?

    private struct Keys: Sendable {
        /// The keys of record r are `keys[starts[r]..<starts[r + 1]]`.
        var starts: [Int32] = [0]
        var keys: [UInt64] = []
        var passedOver: Set<UInt64> = []
        var largest: Int

        func share(_ i: Int, _ j: Int) -> Bool {
            for a in starts[i]..<starts[i + 1] {
                for b in starts[j]..<starts[j + 1] where keys[Int(a)] == keys[Int(b)] {
                    if !passedOver.contains(keys[Int(a)]) { return true }
                }
            }
            return false
        }
    }

    private struct Entry {
        let key: UInt64
        let row: Int32
    }

    init(_ model: LinkageModel, _ table: LinkageTable) {
        source = model.across.map(table.column)
        rules = model.blocking.map { rule in
            var keys = Keys(largest: rule.largest ?? .max)
            let columns = rule.keys.map { ($0, table.column($0.field)) }
            for row in 0..<table.count {
                keys.keys.append(contentsOf: Blocking.keys(columns, row))
                keys.starts.append(Int32(keys.keys.count))
            }
            if rule.largest != nil {
                var sizes: [UInt64: Int] = [:]
                for key in keys.keys { sizes[key, default: 0] += 1 }
                keys.passedOver = Set(sizes.lazy.filter { $0.value > keys.largest }.map(\.key))
            }
            return keys
        }
    }

    var ruleCount: Int { rules.count }

    /// Every pair of one rule (`i < j`), also those that other rules bring; with `of` those that hold one of its rows.
    func pairs(ofRule rule: Int, of wanted: Set<Int>? = nil, _ body: (Int, Int) throws -> Void) rethrows {
        let keys = rules[rule]
        let wantedKeys = wanted.map { rows in
            Set(
                rows.lazy.filter { $0 >= 0 && $0 < keys.starts.count - 1 }.flatMap { row in
                    keys.keys[Int(keys.starts[row])..<Int(keys.starts[row + 1])]
                })
        }
        var entries: [Entry] = []
        if wanted == nil { entries.reserveCapacity(keys.keys.count) }
        for row in 0..<(keys.starts.count - 1) {
            for place in keys.starts[row]..<keys.starts[row + 1] {
                let key = keys.keys[Int(place)]
                if let wantedKeys, !wantedKeys.contains(key) { continue }
                if !keys.passedOver.contains(key) { entries.append(Entry(key: key, row: Int32(row))) }
            }
        }
        entries.sort { ($0.key, $0.row) < ($1.key, $1.row) }
        let several = keys.keys.count > keys.starts.count - 1
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].key == entries[start].key { end += 1 }
            for a in start..<end {
                let i = Int(entries[a].row)
                let isWanted = wanted?.contains(i) ?? true
                for b in (a + 1)..<max(end, a + 1) {
                    let j = Int(entries[b].row)
                    if !isWanted, let wanted, !wanted.contains(j) { continue }
                    if let source, source.codes[i] == source.codes[j] { continue }
                    // Two records can share several keys of one rule; the least of them counts.
                    if several, least(keys, i, j) != entries[start].key { continue }
                    try body(i, j)
                }
            }
            start = end
        }
    }

    /// Every pair that any rule brings, once; with `of` those that hold one of its rows.
    func pairs(of wanted: Set<Int>? = nil, _ body: (Int, Int) throws -> Void) rethrows {
        for rule in rules.indices {
            try pairs(ofRule: rule, of: wanted) { i, j in
                for earlier in 0..<rule where rules[earlier].share(i, j) { return }
                try body(i, j)
            }
        }
    }

    /// Whether some rule brings this pair.
    func brings(_ i: Int, _ j: Int) -> Bool {
        if let source, source.codes[i] == source.codes[j] { return false }
        return rules.contains { $0.share(i, j) }
    }

    private func least(_ keys: Keys, _ i: Int, _ j: Int) -> UInt64? {
        var least: UInt64?
        for a in keys.starts[i]..<keys.starts[i + 1] {
            for b in keys.starts[j]..<keys.starts[j + 1] where keys.keys[Int(a)] == keys.keys[Int(b)] {
                let key = keys.keys[Int(a)]
                if !keys.passedOver.contains(key) { least = min(least ?? key, key) }
            }
        }
        return least
    }

    private static func keys(_ columns: [(LinkageModel.Key, Column)], _ row: Int) -> [UInt64] {
        var keys: [UInt64] = [0x5169_6D70_756C]
        for (key, column) in columns {
            guard let code = column.code(row) else { return [] }
            if key.words == true {
                let stems = column.stems[code].prefix(32)
                keys = keys.flatMap { one in
                    stems.map { SeededRandom.mixed(one ^ SeededRandom.mixed(UInt64(UInt32(bitPattern: $0)) &+ 1)) }
                }
            } else {
                var hash: UInt64 = 0xCBF2_9CE4_8422_2325
                let bytes = column.bytes[code]
                guard !bytes.isEmpty else { return [] }
                for byte in bytes.prefix(key.first ?? bytes.count) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
                keys = keys.map { SeededRandom.mixed($0 ^ SeededRandom.mixed(hash)) }
            }
        }
        return keys
    }
}
