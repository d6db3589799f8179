import Foundation

/// An IPv4 (4 bytes) or IPv6 (16 bytes) address in network order.
struct NetworkAddress: Sendable, Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Nil for other families.
    init?(_ address: UnsafePointer<sockaddr>) {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            self.bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
            }
        case AF_INET6:
            self.bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
            }
        default: return nil
        }
    }

    /// Whether anybody may reach it: IANA's special-purpose registries (RFC 6890 and successors), and for IPv6 only
    /// global unicast without the blocks that carry an IPv4 address inside.
    var isPublic: Bool {
        if bytes.count == 4 { return NetworkAddress.isPublic4(bytes) }
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255] {
            return NetworkAddress.isPublic4(Array(bytes.suffix(4)))
        }
        guard bytes.count == 16, bytes[0] & 0xE0 == 0x20 else { return false }
        let carriesIPv4 = bytes.starts(with: [0x20, 0x02]) || bytes.starts(with: [0x20, 0x01, 0, 0])
        let documentation = bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || bytes.starts(with: [0x3F, 0xFF])
        let special = bytes.starts(with: [0x20, 0x01, 0]) || bytes.starts(with: [0x20, 0x01, 0x01])
        return !carriesIPv4 && !documentation && !special
    }

    private static func isPublic4(_ b: [UInt8]) -> Bool {
        switch (b[0], b[1], b[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224...255, _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113): false
        default: true
        }
    }

    /// The addresses of this machine's interfaces.
    static func own() -> Set<NetworkAddress> {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return [] }
        defer { freeifaddrs(first) }
        var found: Set<NetworkAddress> = []
        var next = first
        while let entry = next {
            if let address = entry.pointee.ifa_addr.flatMap({ NetworkAddress(UnsafePointer($0)) }) {
                found.insert(address)
            }
            next = entry.pointee.ifa_next
        }
        return found
    }
}
