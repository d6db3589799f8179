import NIOCore

/// The proxies whose `X-Forwarded-For` and `X-Request-Id` are believed: addresses or networks such as `10.0.0.0/8`.
package struct TrustedProxies: Sendable {
    private struct Network: Sendable {
        let bytes: [UInt8]
        let bits: Int
    }

    private let networks: [Network]

    package static let none = TrustedProxies(networks: [])

    private init(networks: [Network]) { self.networks = networks }

    /// Nil when one of them is not an address or a network.
    package init?(_ texts: [String]) {
        var networks: [Network] = []
        for text in texts {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard let first = parts.first, parts.count <= 2, let bytes = addressBytes(String(first)) else { return nil }
            guard let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8, (0...bytes.count * 8).contains(bits)
            else {
                return nil
            }
            networks.append(Network(bytes: bytes, bits: bits))
        }
        self.networks = networks
    }

    func contains(_ address: String) -> Bool {
        guard !networks.isEmpty, let bytes = addressBytes(address) else { return false }
        return networks.contains { network in
            guard network.bytes.count == bytes.count else { return false }
            let whole = network.bits / 8
            guard network.bytes[..<whole] == bytes[..<whole] else { return false }
            let rest = network.bits % 8
            return rest == 0 || (network.bytes[whole] ^ bytes[whole]) >> UInt8(8 - rest) == 0
        }
    }

    /// The last address of the chain that is not a trusted proxy; the peer itself when it is not one.
    func client(peer: String, forwarded: String?) -> String {
        guard let forwarded, contains(peer) else { return peer }
        var client = peer
        for hop in forwarded.split(separator: ",").reversed() {
            let hop = hop.filter { $0 != " " }
            guard addressBytes(hop) != nil else { return client }
            client = hop
            if !contains(hop) { return client }
        }
        return client
    }
}

/// The 4 or 16 bytes of an address; an IPv4 address written as IPv6 counts as IPv4.
private func addressBytes(_ text: String) -> [UInt8]? {
    guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
    switch address {
    case .v4(let v4): return withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
    case .v6(let v6):
        let bytes = withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
        return bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]) ? Array(bytes[12...]) : bytes
    default: return nil
    }
}
