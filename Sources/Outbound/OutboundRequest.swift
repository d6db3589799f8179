/// A request to another machine, with everything that bounds it.
package struct OutboundRequest: Sendable {
    package enum Method: Sendable { case get, post }

    package struct Header: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package struct Pace: Sendable, Hashable {
        package let bytes: Int
        package let seconds: Double

        package init(bytes: Int, seconds: Double) {
            self.bytes = bytes
            self.seconds = seconds
        }
    }

    package var method: Method
    /// Absolute, http or https.
    package var address: String
    package var headers: [Header]
    package var body: [UInt8]
    /// Seconds until the connection stands, TLS included.
    package var connectTimeout = 5.0
    /// Seconds for the whole of it, redirects included.
    package var timeout = 15.0
    /// Slower than so many bytes a second for so many seconds is a `timeout`; nil leaves it to `timeout` alone.
    package var slowest: Pace?
    /// The most bytes of a body; a longer one is `OutboundFault.tooLarge`.
    package var mostBytes = 1 << 20
    /// Redirects followed, 0 to 20. Each hop stays with http and https, never falls from https to http, and is held
    /// against `publicOnly` anew.
    package var redirects = 0
    /// True refuses addresses of this machine and of private networks, at the moment of connecting: for addresses that
    /// a stranger chose. Proxies of the environment are then not used, since they would resolve the name themselves.
    package var publicOnly = false
    /// A PEM file of authorities to trust instead of the system's.
    package var authorities: String?

    package init(_ method: Method, _ address: String, headers: [Header] = [], body: [UInt8] = []) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
    }

    package static func get(_ address: String, headers: [Header] = []) -> OutboundRequest {
        OutboundRequest(.get, address, headers: headers)
    }

    /// A POST of a form's fields, percent-encoded as `application/x-www-form-urlencoded`.
    package static func form(
        _ address: String, _ fields: [(String, String)], headers: [Header] = []
    ) -> OutboundRequest {
        let text = fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        let type = Header("Content-Type", "application/x-www-form-urlencoded")
        return OutboundRequest(.post, address, headers: [type] + headers, body: Array(text.utf8))
    }

    /// Percent-encodes all but RFC 3986's unreserved characters.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: out.append(byte)
            default: out += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// What came back.
package struct OutboundReply: Sendable {
    package let status: Int
    /// The fields of the last answer, in order.
    package let headers: [OutboundRequest.Header]
    package let body: [UInt8]

    /// The first value of a field, whatever the case of its name.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer. Texts are libcurl's, for the log; they hold no password and no body.
package enum OutboundFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request itself cannot be sent: its address, or a header with a line end.
    case malformed(String)
    /// The name does not resolve, or nothing answers there.
    case unreachable(String)
    case timeout(String)
    /// TLS failed: no trust, a wrong name, an old protocol.
    case untrusted(String)
    /// The address belongs to this machine or a private network.
    case ownNetwork
    case tooLarge(Int)
    case tooManyRedirects
    /// The asking task was cancelled.
    case stopped
    case other(String)

    package var description: String {
        switch self {
        case .malformed(let why): "not a request that can be sent: \(why)"
        case .unreachable(let why): "not reached: \(why)"
        case .timeout(let why): "took too long: \(why)"
        case .untrusted(let why): "not trusted: \(why)"
        case .ownNetwork: "an address of this machine or of a private network"
        case .tooLarge(let bytes): "an answer of more than \(bytes) bytes"
        case .tooManyRedirects: "too many redirects"
        case .stopped: "stopped"
        case .other(let why): why
        }
    }
}
