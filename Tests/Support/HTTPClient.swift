import Foundation

/// A plain HTTP/1.1 client over a socket, for tests: it sends exactly what it is told and shows exactly what came back.
/// One connection, kept alive until the server closes it; then the next request opens another. Each client waits on a
/// thread of its own: a blocking read on Swift's pool would keep the server's handlers from running.
package final class HTTPClient: @unchecked Sendable {
    /// An answer as it came over the wire.
    package struct Response: Sendable {
        package let status: Int
        /// Names in lower case, in the order they came.
        package let fields: [(name: String, value: String)]
        /// As sent, after undoing chunks; still packed when it was sent packed.
        package let body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }

        package subscript(name: String) -> String? { fields.first { $0.name == name.lowercased() }?.value }
    }

    package enum Failure: Error, Equatable {
        case cannotConnect(Int32)
        /// The server closed before the answer was complete; what came is given.
        case closed(String)
        case timedOut
        case malformed(String)
    }

    package let port: Int
    private let timeout: Int
    // Everything below is touched on this queue only.
    private let queue = DispatchQueue(label: "http-client")
    private var socket: Int32 = -1
    private var unread: [UInt8] = []

    /// To 127.0.0.1; `timeout` in seconds for each read.
    package init(port: Int, timeout: Int = 20) {
        self.port = port
        self.timeout = timeout
    }

    deinit { disconnect() }

    package func get(_ target: String, headers: [String: String] = [:]) async throws -> Response {
        try await request("GET", target, headers: headers)
    }

    package func head(_ target: String, headers: [String: String] = [:]) async throws -> Response {
        try await request("HEAD", target, headers: headers)
    }

    /// Posts fields as a urlencoded form.
    package func post(_ target: String, form: [(String, String)], headers: [String: String] = [:]) async throws
        -> Response
    {
        let unreserved = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "" }
        let body = form.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        var headers = headers
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return try await request("POST", target, headers: headers, body: Array(body.utf8))
    }

    package func request(
        _ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Response {
        var text = "\(method) \(target) HTTP/1.1\r\n"
        if headers["Host"] == nil { text += "Host: localhost\r\n" }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.count)\r\n" }
        let bytes = Array((text + "\r\n").utf8) + (body ?? [])
        return try await perform { [self] in
            let reused = socket >= 0
            do {
                try transmit(bytes)
                return try answer(isHead: method == "HEAD")
            } catch Failure.closed("") where reused {
                // The server may close a kept-alive connection at any time between requests.
                disconnect()
                try transmit(bytes)
                return try answer(isHead: method == "HEAD")
            }
        }
    }

    /// Sends bytes as they are, opening a connection when there is none.
    package func send(_ bytes: [UInt8]) async throws { try await perform { [self] in try transmit(bytes) } }

    package func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Reads one answer; interim answers (1xx) are passed over.
    package func receive(isHead: Bool = false) async throws -> Response {
        try await perform { [self] in try answer(isHead: isHead) }
    }

    /// Everything until the server closes or the timeout passes.
    package func readToEnd() async throws -> [UInt8] { try await perform { [self] in remainder() } }

    /// Whether the server closes the connection within the timeout without sending more.
    package func isClosedByServer() async throws -> Bool {
        try await perform { [self] in
            do { return try !fill() } catch { return error as? Failure != .timedOut }
        }
    }

    package func close() async throws { try await perform { [self] in disconnect() } }

    private func perform<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }

    private func transmit(_ bytes: [UInt8]) throws {
        if socket < 0 { try connect() }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { throw Failure.closed("") }
            sent += count
        }
    }

    private func answer(isHead: Bool) throws -> Response {
        let head = try String(decoding: read(until: Array("\r\n\r\n".utf8)), as: UTF8.self)
        var lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }[...]
        guard let first = lines.popFirst(), first.hasPrefix("HTTP/1."),
            let status = first.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw Failure.malformed(head) }
        let fields = lines.map { line -> (name: String, value: String) in
            let name = line.prefix { $0 != ":" }
            return (name.lowercased(), line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces))
        }
        if (100..<200).contains(status) { return try answer(isHead: isHead) }
        func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        var body: [UInt8] = []
        if isHead || status == 204 || status == 304 {
            body = []
        } else if field("transfer-encoding") == "chunked" {
            while true {
                let line = try String(decoding: read(until: Array("\r\n".utf8)).dropLast(2), as: UTF8.self)
                guard let size = Int(line, radix: 16) else { throw Failure.malformed(line) }
                body += try read(count: size)
                _ = try read(count: 2)
                if size == 0 { break }
            }
        } else if let length = field("content-length").flatMap({ Int($0) }) {
            body = try read(count: length)
        } else {
            body = remainder()
        }
        if field("connection")?.lowercased() == "close" { disconnect() }
        return Response(status: status, fields: fields, body: body)
    }

    private func remainder() -> [UInt8] {
        while (try? fill()) == true {}
        defer { unread = [] }
        return unread
    }

    private func disconnect() {
        if socket >= 0 { Glibc.close(socket) }
        socket = -1
        unread = []
    }

    private func connect() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 {
            let code = errno
            disconnect()
            throw Failure.cannotConnect(code)
        }
    }

    private func read(until mark: [UInt8]) throws -> [UInt8] {
        var from = 0
        while true {
            if unread.count >= mark.count {
                for place in from...(unread.count - mark.count)
                where unread[place..<(place + mark.count)].elementsEqual(mark) {
                    defer { unread.removeFirst(place + mark.count) }
                    return Array(unread[..<(place + mark.count)])
                }
                from = unread.count - mark.count + 1
            }
            guard try fill() else { throw closed() }
        }
    }

    private func read(count: Int) throws -> [UInt8] {
        while unread.count < count { guard try fill() else { throw closed() } }
        defer { unread.removeFirst(count) }
        return Array(unread[..<count])
    }

    private func closed() -> Failure { .closed(String(decoding: unread, as: UTF8.self)) }

    /// Adds what has come; false at the end.
    private func fill() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = buffer.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        if count < 0, errno == EAGAIN || errno == EWOULDBLOCK { throw Failure.timedOut }
        guard count > 0 else { return false }
        unread += buffer[..<count]
        return true
    }
}
