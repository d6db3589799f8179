import CZlib
import NIOCore

/// One gzip stream; feed it chunks, then finish. Frees zlib's memory when it goes away.
final class GzipStream {
    // zlib keeps a pointer back to its stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let usable: Bool

    /// Level 1 (fast) to 9 (small).
    init(level: Int32) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        usable = simpul_gzip_init(stream, level) == Z_OK
    }

    deinit {
        if usable { deflateEnd(stream) }
        stream.deallocate()
    }

    /// The compressed bytes that are ready after this chunk; nil when zlib has no memory.
    func compress(_ chunk: ByteBuffer, finish: Bool) -> ByteBuffer? {
        guard usable else { return nil }
        var input = chunk
        var output = ByteBuffer()
        let ended = input.withUnsafeMutableReadableBytes { bytes -> Bool in
            stream.pointee.next_in = bytes.bindMemory(to: UInt8.self).baseAddress
            stream.pointee.avail_in = UInt32(bytes.count)
            while true {
                var result = Z_OK
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: max(4096, bytes.count / 4)) { space in
                    stream.pointee.next_out = space.bindMemory(to: UInt8.self).baseAddress
                    stream.pointee.avail_out = UInt32(space.count)
                    result = deflate(stream, finish ? Z_FINISH : Z_NO_FLUSH)
                    return space.count - Int(stream.pointee.avail_out)
                }
                if result == Z_STREAM_END { return true }
                if result != Z_OK && result != Z_BUF_ERROR { return false }
                if !finish, stream.pointee.avail_in == 0, stream.pointee.avail_out != 0 { return true }
            }
        }
        return ended ? output : nil
    }
}

/// The bytes as one gzip member; nil when that would not make them smaller.
func gzipped(_ bytes: ByteBuffer, level: Int32) -> ByteBuffer? {
    guard bytes.readableBytes >= 600, bytes.readableBytes < 1 << 30 else { return nil }
    guard let packed = GzipStream(level: level).compress(bytes, finish: true) else { return nil }
    return packed.readableBytes < bytes.readableBytes ? packed : nil
}

/// Whether a media type is text that gzip makes smaller. Events are not: each must leave at once.
func isCompressible(_ type: String) -> Bool {
    guard type != Answer.eventType else { return false }
    return type.hasPrefix("text/") || type.hasPrefix("image/svg") || type.hasPrefix("application/json")
        || type.hasPrefix("application/javascript") || type.contains("+json") || type.contains("+xml")
        || type.hasPrefix("application/xml") || type.hasPrefix("application/x-ndjson")
}
