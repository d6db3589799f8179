/// The provider at which people of agencies may sign in, and who we are to it.
package struct OpenIDSettings: Sendable, Hashable {
    /// The provider's address as it names itself, e.g. `https://sso.go.id`.
    package let issuer: String
    package let client: String
    /// Nil for a public client, which proves itself by its proof key alone.
    package let secret: String?
    /// Whether e-mails count as checked where the provider does not say: only right for a house that gives out addresses
    /// of its own and lets nobody choose one.
    package let trustsEmail: Bool
    /// The provider's name for the button; its host when nothing is given.
    package let name: String

    /// Nil unless the issuer is an http or https address without query and fragment, and a client is named.
    package init?(issuer: String, client: String, secret: String?, trustsEmail: Bool = false, name: String? = nil) {
        guard issuer.hasPrefix("https://") || issuer.hasPrefix("http://"), !issuer.contains(where: "?# ".contains),
            !client.isEmpty
        else { return nil }
        self.issuer = issuer
        self.client = client
        self.secret = secret.flatMap { $0.isEmpty ? nil : $0 }
        self.trustsEmail = trustsEmail
        let host = issuer.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init)
        self.name = name ?? host ?? issuer
    }

    /// Where the provider describes itself (OpenID Connect Discovery 1.0, 4).
    var discovery: String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }
}
