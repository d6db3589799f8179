import Foundation

/// Where a daemon listens.
enum SocketAddress: Sendable, Hashable {
    case tcp(String, UInt16)
    case unix(String)
}

/// One conversation over a blocking socket, with one deadline for all of it.
final class ScannerSocket {
    private let descriptor: Int32
    private let deadline: ContinuousClock.Instant

    /// Nil when nobody listens there.
    init?(_ address: SocketAddress, patience: Int) {
        deadline = .now + .seconds(patience)
        let connected =
            switch address {
            case .tcp(let host, let port): ScannerSocket.tcp(host, port)
            case .unix(let path): ScannerSocket.unix(path)
            }
        guard let connected else { return nil }
        descriptor = connected
    }

    deinit { close(descriptor) }

    /// False when the other side has closed or the time is over.
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            guard limit(SO_SNDTIMEO) else { return false }
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    /// What comes until a NUL or the end, at most 4096 bytes; empty when nothing came in time.
    func answer() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while bytes.count < 4096, !bytes.contains(0), limit(SO_RCVTIMEO) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Gives the next call what is left of the time; false when nothing is.
    private func limit(_ option: Int32) -> Bool {
        let left = deadline - .now
        guard left > .zero else { return false }
        ScannerSocket.patience(descriptor, option, microseconds: Int(left / .microseconds(1)))
        return true
    }

    private static func patience(_ descriptor: Int32, _ option: Int32, microseconds: Int) {
        var time = timeval(tv_sec: microseconds / 1_000_000, tv_usec: max(1, microseconds % 1_000_000))
        setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    private static func tcp(_ host: String, _ port: UInt16) -> Int32? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return nil }
        defer { freeaddrinfo(list) }
        var next = list
        while let info = next?.pointee {
            if let descriptor = connected(info.ai_family, info.ai_addr, info.ai_addrlen) { return descriptor }
            next = info.ai_next
        }
        return nil
    }

    private static func unix(_ path: String) -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connected(AF_UNIX, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// Linux bounds `connect` by the time to send: five seconds.
    private static func connected(_ family: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t) -> Int32? {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        patience(descriptor, SO_SNDTIMEO, microseconds: 5_000_000)
        guard connect(descriptor, address, length) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
