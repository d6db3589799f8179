import Hummingbird
import Kernel
import NIOCore

/// What a handler gives back: a page, JSON, a redirect, a download.
package struct Answer: Sendable {
    /// Whether the answer may be kept and given to others.
    package enum Sharing: Sendable, Equatable {
        /// For this person now; never stored by anyone.
        case personal
        /// The same for everybody until the data change, or until the instant at which it would change by itself.
        case everyone(until: Instant?)
    }

    enum Body: Sendable {
        case bytes(ByteBuffer)
        case source(@Sendable (Chunks) async throws -> Void)
    }

    package var status: Int
    package var type: String?
    package var fields: [Field]
    package var sharing: Sharing
    var body: Body

    init(status: Int, type: String?, fields: [Field] = [], sharing: Sharing = .personal, body: Body) {
        self.status = status
        self.type = type
        self.fields = fields
        self.sharing = sharing
        self.body = body
    }

    /// A page that is the same for everybody; it enters the page cache.
    package static func page(_ html: HTML, until: Instant? = nil) -> Answer {
        Answer(
            status: 200, type: htmlType, sharing: .everyone(until: until), body: .bytes(ByteBuffer(string: html.text)))
    }

    /// A page for one person, or a form that did not pass (422).
    package static func personal(_ html: HTML, status: Int = 200) -> Answer {
        Answer(status: status, type: htmlType, body: .bytes(ByteBuffer(string: html.text)))
    }

    /// Finished bytes of any type, e.g. JSON, XML or an image.
    package static func bytes(_ bytes: [UInt8], type: String, sharing: Sharing, status: Int = 200) -> Answer {
        Answer(status: status, type: type, sharing: sharing, body: .bytes(ByteBuffer(bytes: bytes)))
    }

    /// Finished text of any type.
    package static func text(_ text: String, type: String, sharing: Sharing, status: Int = 200) -> Answer {
        Answer(status: status, type: type, sharing: sharing, body: .bytes(ByteBuffer(string: text)))
    }

    /// JSON that is the same for everybody unless said otherwise.
    package static func json(_ bytes: [UInt8], sharing: Sharing = .everyone(until: nil)) -> Answer {
        .bytes(bytes, type: "application/json", sharing: sharing)
    }

    /// 303: after a form, look there.
    package static func seeOther(_ address: Address) -> Answer {
        Answer(status: 303, type: nil, fields: [Field("Location", address.text)], body: .bytes(ByteBuffer()))
    }

    /// 308: it lives there now, for good.
    package static func moved(_ address: Address) -> Answer {
        Answer(status: 308, type: nil, fields: [Field("Location", address.text)], body: .bytes(ByteBuffer()))
    }

    /// 204.
    package static let nothing = Answer(status: 204, type: nil, body: .bytes(ByteBuffer()))

    /// A file made while it is sent. `write` gets a place to put chunks and waits there while the client is slow, so
    /// memory stays flat. An error after the first chunk breaks the connection off: the client sees that it is incomplete.
    package static func download(
        name: String, type: String, _ write: @escaping @Sendable (Chunks) async throws -> Void
    ) -> Answer {
        Answer(
            status: 200, type: type,
            fields: [Field("Content-Disposition", "attachment; filename=\"\(plainName(name))\"")], body: .source(write))
    }

    /// The same without a file name: shown or read where it is, e.g. a feed.
    package static func stream(type: String, _ write: @escaping @Sendable (Chunks) async throws -> Void) -> Answer {
        Answer(status: 200, type: type, body: .source(write))
    }

    /// Events as they happen, for `EventSource`: nobody keeps or packs them. That a client goes away is how they end.
    package static func events(_ write: @escaping @Sendable (Chunks) async throws -> Void) -> Answer {
        Answer(status: 200, type: eventType, fields: [Field("X-Accel-Buffering", "no")], body: .source(write))
    }

    /// The answer with one more header field.
    package func with(_ name: String, _ value: String) -> Answer {
        var copy = self
        copy.fields.append(Field(name, value))
        return copy
    }

    static let eventType = "text/event-stream"
    static let htmlType = "text/html; charset=utf-8"

    // A file name in a header: letters, digits, dot, dash, underscore.
    private static func plainName(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-" })
    }
}
