import Synchronization

/// Working memory for one query at a time: as large as a chunk, never as large as the corpus.
final class Scratch: @unchecked Sendable {
    /// Zero between uses.
    let scores = Scratch.zeros(Float.self)
    /// The concepts each document met; zero between uses.
    let bits = Scratch.zeros(UInt32.self)
    let met = Scratch.zeros(UInt16.self)
    let passing = Scratch.zeros(UInt16.self)
    let missing = Scratch.zeros(UInt8.self)
    let blocker = Scratch.zeros(UInt8.self)
    /// How many terms of a sequence were met and the least impact among them; zero between uses.
    let steps = Scratch.zeros(UInt8.self)
    let least = Scratch.zeros(UInt8.self)

    private static func zeros<T: ExpressibleByIntegerLiteral>(_ type: T.Type) -> UnsafeMutablePointer<T> {
        // One more, so that a document may be written before it is known to be new.
        let memory = UnsafeMutablePointer<T>.allocate(capacity: Segment.chunk + 1)
        memory.initialize(repeating: 0, count: Segment.chunk + 1)
        return memory
    }

    deinit {
        scores.deallocate()
        bits.deallocate()
        met.deallocate()
        passing.deallocate()
        missing.deallocate()
        blocker.deallocate()
        steps.deallocate()
        least.deallocate()
    }

    /// Scratches not in use.
    final class Pool: Sendable {
        private let free = Mutex<[Scratch]>([])

        func use<R>(_ body: (Scratch) -> R) -> R {
            let scratch = free.withLock { $0.popLast() } ?? Scratch()
            defer { free.withLock { if $0.count < 16 { $0.append(scratch) } } }
            return body(scratch)
        }
    }
}
