import Foundation
import Synchronization

/// A few threads of its own for work that blocks (disk, libmagic, a scanner's socket), which must never hold up Swift's
/// cooperative pool. Work beyond the threads waits its turn.
final class Lane: Sendable {
    private let queues: [DispatchQueue]
    private let next = Mutex(0)

    init(_ label: String, threads: Int) {
        queues = (0..<threads).map { DispatchQueue(label: "files.\(label).\($0)") }
    }

    func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        let queue = next.withLock { number in
            number = (number + 1) % queues.count
            return queues[number]
        }
        return try await withCheckedThrowingContinuation { done in
            queue.async { done.resume(with: Result { try body() }) }
        }
    }
}
