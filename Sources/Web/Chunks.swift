import Hummingbird
import NIOCore

/// The place where a download puts its bytes. It gathers small pieces and waits while the client is slow.
package final class Chunks: @unchecked Sendable {
    // Only the task that runs the download touches these: unchecked, because Hummingbird's writer is not Sendable.
    private var writer: any ResponseBodyWriter
    private var pending = ByteBuffer()
    private let gzip: GzipStream?

    static let size = 32 * 1024

    init(_ writer: any ResponseBodyWriter, gzip: GzipStream?) {
        self.writer = writer
        self.gzip = gzip
    }

    /// Adds bytes; suspends when the client has not taken the earlier ones. Throws when the client has gone.
    package func write(_ bytes: some Collection<UInt8>) async throws {
        pending.writeBytes(bytes)
        if pending.readableBytes >= Chunks.size { try await send(last: false) }
    }

    /// Adds text.
    package func write(_ text: String) async throws {
        pending.writeString(text)
        if pending.readableBytes >= Chunks.size { try await send(last: false) }
    }

    /// Sends what was gathered at once, e.g. an event that must not wait for the next.
    package func flush() async throws { try await send(last: false) }

    func finish() async throws { try await send(last: true) }

    private func send(last: Bool) async throws {
        var ready = pending
        if let gzip {
            guard let packed = gzip.compress(pending, finish: last) else { throw ChunksError.outOfMemory }
            ready = packed
        }
        pending = ByteBuffer()
        if ready.readableBytes > 0 { try await writer.write(ready) }
    }

    private enum ChunksError: Error { case outOfMemory }
}
