import CSodium
import Foundation

/// SHA-256, by libsodium.
package struct Digest: Sendable, Hashable {
    package let bytes: [UInt8]

    /// 64 hexadecimal digits.
    package var hex: String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    package init(of bytes: some Sequence<UInt8>) {
        var hash = Hashing()
        hash.add(Array(bytes))
        self = hash.finish()
    }

    /// The digest of a file, read in pieces.
    package init(file path: String) throws {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var hash = Hashing()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.add(Array(piece)) }
        self = hash.finish()
    }

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    /// A digest of pieces that come one after another.
    package struct Hashing {
        private var state = crypto_hash_sha256_state()

        package init() { crypto_hash_sha256_init(&state) }

        package mutating func add(_ bytes: [UInt8]) {
            crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
        }

        package mutating func finish() -> Digest {
            var out = [UInt8](repeating: 0, count: 32)
            crypto_hash_sha256_final(&state, &out)
            return Digest(bytes: out)
        }
    }
}
