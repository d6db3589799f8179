import Files

/// The proof that who exchanges a code is who asked for it (PKCE, RFC 7636, method S256).
package struct ProofKey: Sendable, Hashable {
    /// 43 characters; never leaves this program before the exchange.
    package let verifier: String

    package init(verifier: String) { self.verifier = verifier }

    /// A new one of 32 random bytes.
    package static func make() -> ProofKey { ProofKey(verifier: Token.fresh()) }

    /// What the provider is shown first: the digest of the verifier.
    package var challenge: String { Base64URL.text(of: Digest(of: verifier.utf8).bytes) }
}
