import CSodium
import Files

/// The proof that who exchanges a code is who asked for it (PKCE, RFC 7636, method S256).
package struct ProofKey: Sendable, Hashable {
    /// 43 characters; never leaves this program before the exchange.
    package let verifier: String

    package init(verifier: String) { self.verifier = verifier }

    /// A new one of 32 random bytes.
    package static func make() -> ProofKey { ProofKey(verifier: RandomText.make()) }

    /// What the provider is shown first: the digest of the verifier.
    package var challenge: String { Base64URL.text(of: Digest(of: verifier.utf8).bytes) }
}

/// Texts that nobody can guess.
enum RandomText {
    /// 32 bytes of the system's randomness as 43 characters of base64url.
    static func make() -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        randombytes_buf(&bytes, bytes.count)
        return Base64URL.text(of: bytes)
    }
}
