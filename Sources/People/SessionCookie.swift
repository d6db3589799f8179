/// The cookie that carries a session: for this host only, out of reach of scripts and of forms on other sites.
package struct SessionCookie: Sendable, Hashable {
    /// With `__Host-` where the site is reached by https: then no neighbouring host can set it (RFC 6265bis, 4.1.3).
    package let name: String
    private let secure: Bool

    package init(publicURL: String) {
        secure = publicURL.lowercased().hasPrefix("https://")
        name = secure ? "__Host-simpul_session" : "simpul_session"
    }

    /// What `Set-Cookie` says to begin. The browser forgets it when it closes; the server decides how long it is good.
    package func begin(_ token: String) -> String { "\(name)=\(token); \(attributes)" }

    /// What `Set-Cookie` says to end.
    package var end: String { "\(name)=; Max-Age=0; \(attributes)" }

    /// What `Set-Cookie` says for a browser to be known again for a year; it signs nobody in.
    package func device(_ token: String) -> String {
        "\(SessionCookie.device)=\(token); Max-Age=31536000; \(attributes)"
    }

    /// The name of the cookie by which a browser is known again.
    package static let device = "simpul_device"

    /// What `Set-Cookie` says to tie a sign-in at a provider to the browser that began it, for ten minutes.
    package func flow(_ state: String) -> String { "\(SessionCookie.flow)=\(state); Max-Age=600; \(attributes)" }

    /// What `Set-Cookie` says when the browser is back.
    package var flowEnd: String { "\(SessionCookie.flow)=; Max-Age=0; \(attributes)" }

    /// The name of the cookie of a sign-in under way.
    package static let flow = "simpul_flow"

    private var attributes: String { "Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "") }
}
