/// Filters one segment's matches and counts its facets.
struct Counting {
    /// A filtered facet: which sets of values pass.
    struct Filter {
        let facet: Int
        let allowed: [Bool]
    }

    let segment: Segment
    let filters: [Filter]
    /// Facets to count.
    let facets: [Int]
    var total = 0
    private var counts: [Int: [UInt32]] = [:]

    init(_ segment: Segment, filters wanted: [Int: Set<String>], facets: [Int]) {
        self.segment = segment
        self.facets = facets
        filters = wanted.sorted { $0.key < $1.key }.map { facet, values in
            let column = segment.facets[facet]
            let accepted = column.values.map(values.contains)
            return Filter(
                facet: facet,
                allowed: (0..<column.sets).map { column.members(of: $0).contains { accepted[Int($0)] } })
        }
        for facet in facets { counts[facet] = [UInt32](repeating: 0, count: 2 * segment.facets[facet].sets) }
    }

    /// The documents that pass every filter. Those that only one filter keeps out are counted for its facet.
    mutating func sift(
        _ docs: UnsafePointer<UInt16>, _ count: Int, _ base: Int, _ scratch: Scratch
    ) -> (docs: UnsafePointer<UInt16>, count: Int) {
        guard !filters.isEmpty else { return (docs, count) }
        let (missing, blocker) = (scratch.missing, scratch.blocker)
        for index in 0..<count { missing[index] = 0 }
        for (number, filter) in filters.enumerated() {
            let column = segment.facets[filter.facet]
            filter.allowed.withUnsafeBufferPointer { allowed in
                for index in 0..<count where !allowed[column.set(of: base + Int(docs[index]))] {
                    missing[index] &+= 1
                    blocker[index] = UInt8(number)
                }
            }
        }
        for (number, filter) in filters.enumerated() where facets.contains(filter.facet) {
            let column = segment.facets[filter.facet]
            counts[filter.facet]?.withUnsafeMutableBufferPointer { counts in
                for index in 0..<count where missing[index] == 1 && blocker[index] == UInt8(number) {
                    counts[column.set(of: base + Int(docs[index]))] += 1
                }
            }
        }
        let passing = scratch.passing
        var kept = 0
        for index in 0..<count {
            passing[kept] = docs[index]
            kept &+= missing[index] == 0 ? 1 : 0
        }
        return (UnsafePointer(passing), kept)
    }

    /// Counts the values of these documents in every facet wanted.
    mutating func count(_ docs: UnsafePointer<UInt16>, _ count: Int, _ base: Int) {
        for facet in facets {
            let column = segment.facets[facet]
            let sets = column.sets
            counts[facet]?.withUnsafeMutableBufferPointer { counts in
                guard let counts = counts.baseAddress else { return }
                switch column.width {
                case 1: tally(column.data.assumingMemoryBound(to: UInt8.self) + base, docs, count, counts, sets)
                case 2: tally(column.data.assumingMemoryBound(to: UInt16.self) + base, docs, count, counts, sets)
                default: tally(column.data.assumingMemoryBound(to: UInt32.self) + base, docs, count, counts, sets)
                }
            }
        }
    }

    /// Adds this segment's counts by value to `sums`.
    func spread(_ facet: Int, into sums: inout [String: Int]) {
        guard let counts = counts[facet] else { return }
        let column = segment.facets[facet]
        var values = [Int](repeating: 0, count: column.values.count)
        for set in 0..<column.sets {
            let count = Int(counts[set]) + Int(counts[set + column.sets])
            if count > 0 { for value in column.members(of: set) { values[Int(value)] += count } }
        }
        for (value, count) in values.enumerated() where count > 0 { sums[column.values[value], default: 0] += count }
    }
}

@inline(__always)
private func tally<T: FixedWidthInteger & UnsignedInteger>(
    _ column: UnsafePointer<T>, _ docs: UnsafePointer<UInt16>, _ count: Int, _ counts: UnsafeMutablePointer<UInt32>,
    _ sets: Int
) {
    // Two rows of counters, so that neighbours of one value need not wait for each other.
    let other = counts + sets
    var index = 0
    while index + 1 < count {
        counts[Int(column[Int(docs[index])])] &+= 1
        other[Int(column[Int(docs[index + 1])])] &+= 1
        index += 2
    }
    if index < count { counts[Int(column[Int(docs[index])])] &+= 1 }
}
