import CCurl
import Foundation

/// What leaves this machine: HTTP requests and mail, by libcurl.
///
/// A transfer blocks its thread, so each kind has a few threads of its own and never one of Swift's pool. TLS is always
/// verified. What is sent, and why, is the business of the slice that asks.
package enum Outbound {
    /// Sends a request and waits for its whole answer, whatever its status. Throws `OutboundFault`.
    package static func send(_ request: OutboundRequest) async throws -> OutboundReply {
        let stopped = StopSign()
        return try await withTaskCancellationHandler {
            try await run(on: requests) { try HTTPTransfer(request, stopped: stopped).run() }
        } onCancel: {
            stopped.raise()
        }
    }

    /// Runs a body that blocks on one of a queue's threads.
    static func run<T: Sendable>(
        on queue: OperationQueue, _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { done in
            queue.addOperation { done.resume(with: Result { try body() }) }
        }
    }

    /// libcurl's own start, once a process and before the first handle.
    static let started = simpul_curl_start() == CURLE_OK

    private static let requests = threads(4, "outbound-http")
    static let mail = threads(2, "outbound-mail")

    private static func threads(_ count: Int, _ name: String) -> OperationQueue {
        let queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = count
        return queue
    }
}
