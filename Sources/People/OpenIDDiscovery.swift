import Foundation

/// What a provider says about itself: where to send people, where to exchange codes, where its keys are.
package struct OpenIDDiscovery: Sendable, Hashable {
    package let authorization: String
    package let token: String
    package let keys: String
    /// Whether the client's secret goes into the form because the provider takes it nowhere else.
    package let secretInForm: Bool

    private struct Document: Decodable {
        let issuer: String
        let authorizationEndpoint: String
        let tokenEndpoint: String
        let jwksUri: String
        let tokenEndpointAuthMethodsSupported: [String]?
    }

    /// Throws `OpenIDRefusal.provider(.discovery)` when it is not the provider's own, or would have secrets sent in the
    /// clear although the provider itself is reached by https.
    package init(_ json: [UInt8], settings: OpenIDSettings) throws(OpenIDRefusal) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let document = try? decoder.decode(Document.self, from: Data(json)), document.issuer == settings.issuer
        else { throw .provider(.discovery) }
        let scheme = settings.issuer.hasPrefix("https://") ? "https://" : "http"
        let addresses = [document.authorizationEndpoint, document.tokenEndpoint, document.jwksUri]
        guard addresses.allSatisfy({ $0.hasPrefix(scheme) && !$0.contains(where: { $0.isWhitespace || $0 == "#" }) })
        else { throw .provider(.discovery) }
        authorization = document.authorizationEndpoint
        token = document.tokenEndpoint
        keys = document.jwksUri
        let methods = document.tokenEndpointAuthMethodsSupported ?? ["client_secret_basic"]
        secretInForm = !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
    }
}
