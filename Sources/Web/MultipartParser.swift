import NIOCore

#if canImport(Glibc)
import Glibc
#endif

/// Reads multipart/form-data (RFC 7578) from bytes as they come. It holds what it has not passed on: at most the chunk
/// that was just added, the beginning of a boundary, or one part's head.
struct MultipartParser {
    enum Event: Equatable {
        case part(PartHead)
        /// Some of the contents of the part that began last.
        case contents(ByteBuffer)
        case partEnd
        /// The closing boundary; what follows it means nothing.
        case end
    }

    private enum Stage {
        case opening, afterBoundary, head, contents, ended
    }

    private let delimiter: [UInt8]
    private let headLimit: Int
    private var stage = Stage.opening
    private var held: ByteBuffer

    /// `boundary` as the request's content type names it; `headLimit` is the bytes of one part's header fields.
    init(boundary: String, headLimit: Int) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.headLimit = headLimit
        // The first boundary has no line end before it; with one, it is like all others.
        held = ByteBuffer(string: "\r\n")
    }

    /// Bytes that wait for more.
    var heldBytes: Int { held.readableBytes }

    mutating func add(_ bytes: ByteBuffer) {
        guard held.readableBytes > 0 else {
            held = bytes
            return
        }
        held.discardReadBytes()
        held.writeImmutableBuffer(bytes)
    }

    /// The next event; nil when more bytes are needed. Throws `UploadRefusal.broken`.
    mutating func next() throws -> Event? {
        switch stage {
        case .opening: return try open()
        case .afterBoundary: return try decide()
        case .head: return try head()
        case .contents: return contents()
        case .ended: return nil
        }
    }

    private mutating func open() throws -> Event? {
        let known = min(held.readableBytes, delimiter.count)
        guard held.readableBytesView.prefix(known).elementsEqual(delimiter.prefix(known)) else {
            throw UploadRefusal.broken
        }
        guard known == delimiter.count else { return nil }
        held.moveReaderIndex(forwardBy: known)
        stage = .afterBoundary
        return try decide()
    }

    // After a boundary stands a line end, or the two dashes that close the whole.
    private mutating func decide() throws -> Event? {
        guard let mark = held.readBytes(length: 2) else { return nil }
        if mark == Array("--".utf8) {
            stage = .ended
            return .end
        }
        guard mark == Array("\r\n".utf8) else { throw UploadRefusal.broken }
        stage = .head
        return try head()
    }

    private mutating func head() throws -> Event? {
        guard let length = held.position(of: Array("\r\n\r\n".utf8)) else {
            guard held.readableBytes <= headLimit else { throw UploadRefusal.broken }
            return nil
        }
        guard length <= headLimit, let bytes = held.readBytes(length: length), let head = PartHead(bytes) else {
            throw UploadRefusal.broken
        }
        held.moveReaderIndex(forwardBy: 4)
        stage = .contents
        return .part(head)
    }

    private mutating func contents() -> Event? {
        guard let length = held.position(of: delimiter) else {
            // All but what may be the beginning of a boundary.
            let certain = held.readableBytes - (delimiter.count - 1)
            guard certain > 0, let bytes = held.readSlice(length: certain) else { return nil }
            return .contents(bytes)
        }
        if length > 0, let bytes = held.readSlice(length: length) { return .contents(bytes) }
        held.moveReaderIndex(forwardBy: delimiter.count)
        stage = .afterBoundary
        return .partEnd
    }
}

extension ByteBuffer {
    /// Where a run of bytes first stands, counted from the first readable byte.
    fileprivate func position(of pattern: [UInt8]) -> Int? {
        guard let first = pattern.first else { return nil }
        return withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var at = 0
            while at + pattern.count <= bytes.count {
                guard let hit = memchr(base + at, Int32(first), bytes.count - pattern.count - at + 1) else {
                    return nil
                }
                at = UnsafeRawPointer(hit) - base
                let found = UnsafeRawBufferPointer(start: base + at, count: pattern.count)
                if found.elementsEqual(pattern) { return at }
                at += 1
            }
            return nil
        }
    }
}
