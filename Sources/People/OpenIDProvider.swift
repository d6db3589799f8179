import Foundation
import Kernel
import Outbound

/// Our side of signing in at a provider: authorization code with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9700).
///
/// What the provider says about itself is kept for an hour, its keys until a token names one that is not among them;
/// then they are fetched anew, at most once a minute, so that forged tokens cannot make us flood the provider.
package actor OpenIDProvider {
    /// Sends a request and gives the status and at most a megabyte of the answer.
    package typealias Fetch = @Sendable (OutboundRequest) async throws -> (status: Int, body: [UInt8])

    package nonisolated let settings: OpenIDSettings
    /// Where the provider sends people back to.
    private let redirect: String
    private let fetch: Fetch
    private var discovery: (value: OpenIDDiscovery, at: Instant)?
    private var keys: (value: KeySet, at: Instant)?

    private static let discoveryLife: Int64 = 3_600_000
    /// Milliseconds between two fetches of the keys.
    static let floor: Int64 = 60_000

    package init(_ settings: OpenIDSettings, publicURL: String, fetch: @escaping Fetch = OpenIDProvider.overNetwork) {
        self.settings = settings
        redirect = publicURL + "/masuk/sso/kembali"
        self.fetch = fetch
    }

    /// By libcurl, with its limits of time and size; redirects are not followed.
    package static let overNetwork: Fetch = { request in
        let reply = try await Outbound.send(request)
        return (reply.status, reply.body)
    }

    /// Where to send someone who wants to sign in. Throws `OpenIDRefusal.provider`.
    package func authorization(_ flow: SignInFlow, language: Language, at now: Instant) async throws -> String {
        let discovery = try await described(at: now)
        let fields = [
            ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", redirect),
            ("scope", "openid email profile"), ("state", flow.state), ("nonce", flow.nonce),
            ("code_challenge", flow.proof.challenge), ("code_challenge_method", "S256"),
            ("ui_locales", language.rawValue),
        ]
        let query = fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return discovery.authorization + (discovery.authorization.contains("?") ? "&" : "?") + query
    }

    /// Exchanges a code for the word on who signed in, checked. Throws `OpenIDRefusal`.
    package func identify(_ code: String, _ flow: SignInFlow, at now: Instant) async throws -> IDToken {
        let discovery = try await described(at: now)
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
            ("code_verifier", flow.proof.verifier),
        ]
        var headers = [OutboundRequest.Header("Accept", "application/json")]
        if let secret = settings.secret, !discovery.secretInForm {
            let pair = "\(encoded(settings.client)):\(encoded(secret))"
            headers.append(.init("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
        } else {
            form.append(("client_id", settings.client))
            if let secret = settings.secret { form.append(("client_secret", secret)) }
        }
        let answer = try await ask(.form(discovery.token, form, headers: headers), .exchange)
        guard let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(answer)) else {
            throw OpenIDRefusal.provider(.exchange)
        }
        return try await verified(tokens.id_token, nonce: flow.nonce, at: now)
    }

    /// Checks a token with the provider's keys, fetching them anew when it names one we do not have.
    package func verified(_ token: String, nonce: String, at now: Instant) async throws -> IDToken {
        let known = try await published(at: now)
        do {
            return try IDToken(
                token, keys: known, issuer: settings.issuer, client: settings.client, nonce: nonce, at: now)
        } catch OpenIDRefusal.unknownKey {
            guard let fetched = keys, now.milliseconds - fetched.at.milliseconds >= Self.floor else {
                throw OpenIDRefusal.unknownKey
            }
            keys = nil
            return try IDToken(
                token, keys: try await published(at: now), issuer: settings.issuer, client: settings.client,
                nonce: nonce, at: now)
        }
    }

    private struct Tokens: Decodable { let id_token: String }

    private func described(at now: Instant) async throws -> OpenIDDiscovery {
        if let discovery, now.milliseconds - discovery.at.milliseconds < Self.discoveryLife { return discovery.value }
        let answer = try await ask(.get(settings.discovery), .discovery)
        let value = try OpenIDDiscovery(answer, settings: settings)
        discovery = (value, now)
        return value
    }

    private func published(at now: Instant) async throws -> KeySet {
        if let keys { return keys.value }
        let discovery = try await described(at: now)
        let answer = try await ask(.get(discovery.keys), .keys)
        let value = try KeySet(answer)
        keys = (value, now)
        return value
    }

    private func ask(_ request: OutboundRequest, _ part: OpenIDRefusal.Part) async throws -> [UInt8] {
        // Whatever hinders the connection, the person can only sign in another way or later.
        guard let answer = try? await fetch(request), answer.status == 200 else { throw OpenIDRefusal.provider(part) }
        return answer.body
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
private func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
}
private let unreserved = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
