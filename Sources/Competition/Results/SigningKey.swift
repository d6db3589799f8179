import CSodium
import Files
import Foundation

/// The public half of a key that signs results and awards: Ed25519 (RFC 8032), by libsodium.
package struct SigningKey: Sendable, Hashable, Codable {
    /// The first 16 hexadecimal digits of the SHA-256 of the public key.
    package let id: String
    /// 32 bytes in base64.
    package let `public`: String

    /// Nil unless the text is a public key in base64.
    package init?(public text: String) {
        guard let bytes = Data(base64Encoded: text), bytes.count == 32 else { return nil }
        id = String(Digest(of: bytes).hex.prefix(16))
        `public` = text
    }

    /// Whether a signature (64 bytes in base64) over these bytes was made with the private half.
    package func verifies(_ signature: String, of bytes: some Sequence<UInt8>) -> Bool {
        guard let signed = Data(base64Encoded: signature), signed.count == 64, let key = Data(base64Encoded: `public`),
            key.count == 32
        else { return false }
        let message = Array(bytes)
        return crypto_sign_ed25519_verify_detached(Array(signed), message, UInt64(message.count), Array(key)) == 0
    }

    /// Both halves; only ever in memory and in a file of the keys' folder.
    struct Pair: Sendable {
        let key: SigningKey
        /// 32 bytes from which both halves follow.
        let seed: [UInt8]

        /// A fresh one.
        static func fresh() -> Pair? {
            guard sodium_init() >= 0 else { return nil }
            var seed = [UInt8](repeating: 0, count: 32)
            randombytes_buf(&seed, seed.count)
            return Pair(seed: seed)
        }

        /// Nil unless the seed has 32 bytes.
        init?(seed: [UInt8]) {
            guard seed.count == 32 else { return nil }
            var (open, secret) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 64))
            guard crypto_sign_ed25519_seed_keypair(&open, &secret, seed) == 0,
                let key = SigningKey(public: Data(open).base64EncodedString())
            else { return nil }
            self.key = key
            self.seed = seed
        }

        /// The signature over these bytes, in base64.
        func sign(_ bytes: some Sequence<UInt8>) -> String {
            var (open, secret) = ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 64))
            crypto_sign_ed25519_seed_keypair(&open, &secret, seed)
            let message = Array(bytes)
            var signature = [UInt8](repeating: 0, count: 64)
            crypto_sign_ed25519_detached(&signature, nil, message, UInt64(message.count), secret)
            return Data(signature).base64EncodedString()
        }
    }
}
