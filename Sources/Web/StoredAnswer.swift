import Kernel
import NIOCore
import Synchronization

/// A finished answer of status 200 with its gzip twin and its header already composed, so that giving it again costs
/// one copy.
final class StoredAnswer: Sendable {
    /// One representation: as it is, or gzipped. Each has its own strong tag.
    struct Form: Sendable {
        let tag: String
        let fields: [Field]
        let body: ByteBuffer
        /// Status line and fields as bytes, without the fields of the single request and the empty line.
        let head: [UInt8]
        let notModifiedFields: [Field]
        let notModifiedHead: [UInt8]

        init(tag: String, fields: [Field], body: ByteBuffer, shared: [Field]) {
            self.tag = tag
            self.body = body
            self.fields = fields + shared
            notModifiedFields =
                fields.filter { !["Content-Type", "Content-Encoding", "Content-Length"].contains($0.name) } + shared
            head = composed("HTTP/1.1 200 OK\r\n", self.fields)
            notModifiedHead = composed("HTTP/1.1 304 Not Modified\r\n", notModifiedFields)
        }

        /// Whether a client that sent this `If-None-Match` already has this form.
        func matches(_ ifNoneMatch: String?) -> Bool {
            guard let ifNoneMatch else { return false }
            if ifNoneMatch == tag { return true }
            return ifNoneMatch.split(separator: ",").contains { entry in
                let entry = entry.drop { $0 == " " }.prefix { $0 != " " }
                return entry == "*" || entry == tag || entry == "W/" + tag
            }
        }
    }

    let plain: Form
    /// The gzip twin, made when it is first asked for: a page that is made anew is often asked for once.
    var packed: Form? {
        packing.withLock { packing in
            if case .possible(let make) = packing { packing = .done(make()) }
            guard case .done(let form) = packing else { return nil }
            return form
        }
    }
    private let packing: Mutex<Packing>
    private let packs: Bool
    /// The instant at which the page would change by itself.
    let until: Instant?
    /// The pattern of the route that made it, for the metrics.
    let route: String
    private let isJSON: Bool

    private enum Packing {
        case possible(@Sendable () -> Form?)
        case done(Form?)
    }

    /// `fields` are those of the answer itself, e.g. its type; the rest is added here.
    init(
        fields: [Field], type: String, body: ByteBuffer, cacheControl: String, until: Instant?, route: String,
        shared: [Field], level: Int32 = 6
    ) {
        let tag = String(contentHash(body), radix: 36)
        let packs = isCompressible(type) && body.readableBytes >= 600
        let vary = packs ? [Field("Vary", "Accept-Encoding")] : []
        @Sendable func form(_ tag: String, _ body: ByteBuffer, _ encoding: [Field]) -> Form {
            Form(
                tag: tag,
                fields: [Field("Content-Type", type)] + encoding + [
                    Field("Content-Length", String(body.readableBytes)), Field("ETag", tag),
                    Field("Cache-Control", cacheControl),
                ] + vary + fields,
                body: body, shared: shared)
        }
        plain = form("\"\(tag)\"", body, [])
        self.packs = packs
        packing = Mutex(
            packs
                ? .possible {
                    gzipped(body, level: level).map { form("\"\(tag)-gz\"", $0, [Field("Content-Encoding", "gzip")]) }
                } : .done(nil))
        isJSON = type.hasPrefix("application/json")
        self.until = until
        self.route = route
    }

    /// The form for a client that sent this `Accept-Encoding`.
    func form(_ acceptEncoding: String?) -> Form {
        guard packs, Acceptance.gzip(acceptEncoding) else { return plain }
        return packed ?? plain
    }

    /// Bytes of memory it takes, near enough to bound a cache.
    var cost: Int {
        // Text packs to a quarter or less, whether or not it already has been.
        // A buffer takes more than it holds: up to the next power of two.
        plain.body.storageCapacity + plain.body.readableBytes / 4 + plain.head.count * 4 + 1024
    }

    /// Whether a client that sent this `Accept` gets it without asking its route, which may refuse.
    func suits(_ accept: String?) -> Bool { !isJSON || Acceptance.weight(of: "application/json", in: accept) > 0 }

    func isValid(at instant: @autoclosure () -> Instant) -> Bool { until.map { instant() < $0 } ?? true }
}

/// The bytes of a status line and its fields, each line ended.
func composed(_ statusLine: String, _ fields: [Field]) -> [UInt8] {
    var out = Array(statusLine.utf8)
    for field in fields {
        out += field.name.utf8
        out += ": ".utf8
        out += field.value.utf8
        out += "\r\n".utf8
    }
    return out
}

/// A 64-bit hash of contents, eight bytes at a time; not against forgery, only to tell versions apart.
func contentHash(_ body: ByteBuffer) -> UInt64 {
    body.withUnsafeReadableBytes { bytes in
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
        var at = 0
        while at < bytes.count {
            var word: UInt64 = 0
            if at + 8 <= bytes.count {
                word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            } else {
                for place in at..<bytes.count { word = word << 8 | UInt64(bytes[place]) }
            }
            hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
            hash ^= hash >> 29
            at += 8
        }
        hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
        return hash ^ hash >> 32
    }
}
