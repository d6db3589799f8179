/// The best rows so far: a heap with the worst on top.
struct Top {
    struct Entry {
        /// The score's bits or the key: higher is better.
        let place: Int64
        /// Settles equals: higher is better.
        let tie: Int64
        let part: Int32
        let document: Int32

        static func < (a: Entry, b: Entry) -> Bool { a.place != b.place ? a.place < b.place : a.tie < b.tie }
    }

    let capacity: Int
    /// Only what comes after this is wanted.
    let after: (place: Int64, tie: Int64)?
    private(set) var heap: [Entry] = []
    /// Rows offered that come after `after`.
    private(set) var eligible = 0
    /// Below this nothing can enter.
    private(set) var bar = Int64.min

    init(capacity: Int, after: (place: Int64, tie: Int64)?) {
        self.capacity = capacity
        self.after = after
        heap.reserveCapacity(capacity + 1)
        if capacity == 0 { bar = .max }
    }

    mutating func offer(_ place: Int64, _ tie: Int64, _ part: Int, _ document: Int) {
        if let after {
            guard place < after.place || (place == after.place && tie < after.tie) else { return }
            eligible += 1
        }
        guard place >= bar, capacity > 0 else { return }
        let entry = Entry(place: place, tie: tie, part: Int32(part), document: Int32(document))
        if heap.count < capacity {
            heap.append(entry)
            rise()
        } else if heap[0] < entry {
            heap[0] = entry
            sink()
        }
        if heap.count == capacity { bar = heap[0].place }
    }

    private mutating func rise() {
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    var best: [Entry] { heap.sorted { $1 < $0 } }
}
