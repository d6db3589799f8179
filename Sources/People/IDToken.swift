import Foundation
import Kernel

/// What a provider says about who signed in, once its signature and its claims were checked
/// (OpenID Connect Core 1.0, 3.1.3.7).
package struct IDToken: Sendable, Hashable {
    package let issuer: String
    /// The provider's name for the person; never used again for another.
    package let subject: String
    /// In lower case; nil when the provider gave none.
    package let email: String?
    /// Whether the provider says that it checked the address; nil when it says nothing about that.
    package let emailVerified: Bool?
    /// Whether the provider asked for a second factor (`amr`, RFC 8176; `acr`).
    package let secondFactor: Bool

    /// The address by which an invitation may be found: one that the provider checked or, where it says nothing about
    /// that and the operator vouches that it only gives out its own addresses, any.
    package func provenEmail(trusting: Bool) -> String? { emailVerified ?? trusting ? email : nil }

    /// How far two clocks may be apart, in seconds.
    package static let leeway = 60.0

    /// Reads and checks a token. Throws `OpenIDRefusal`; `.unknownKey` when the keys should be fetched anew.
    package init(
        _ text: String, keys: KeySet, issuer: String, client: String, nonce: String, at now: Instant
    ) throws(OpenIDRefusal) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 16_384, parts.count == 3, let head = Base64URL.bytes(of: parts[0]),
            let body = Base64URL.bytes(of: parts[1]), let signature = Base64URL.bytes(of: parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: Data(head))
        else { throw .token(.form) }
        // `none` and every algorithm with a shared secret end here.
        guard let algorithm = SigningKey.Algorithm(rawValue: header.alg), header.crit == nil else {
            throw .token(.algorithm)
        }
        let candidates = keys.candidates(algorithm, id: header.kid)
        guard !candidates.isEmpty else { throw .unknownKey }
        let message = Array("\(parts[0]).\(parts[1])".utf8)
        guard candidates.contains(where: { $0.verifies(signature, of: message) }) else { throw .token(.signature) }
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(body)) else { throw .token(.form) }
        try claims.check(issuer: issuer, client: client, nonce: nonce, at: now)
        self.issuer = issuer
        subject = claims.sub
        email = claims.email?.lowercased()
        emailVerified = claims.emailVerified
        secondFactor = claims.secondFactor
    }

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    private struct Claims: Decodable {
        let iss: String
        let sub: String
        let audience: [String]
        let azp: String?
        let exp: Double
        let iat: Double
        let nbf: Double?
        let nonce: String?
        let email: String?
        let emailVerified: Bool?
        let amr: [String]
        let acr: String?

        enum CodingKeys: String, CodingKey {
            case iss, sub, aud, azp, exp, iat, nbf, nonce, email, amr, acr
            case emailVerified = "email_verified"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            iss = try fields.decode(String.self, forKey: .iss)
            sub = try fields.decode(String.self, forKey: .sub)
            // One audience may stand alone, without a list around it.
            audience =
                if let one = try? fields.decode(String.self, forKey: .aud) { [one] } else {
                    try fields.decode([String].self, forKey: .aud)
                }
            azp = try fields.decodeIfPresent(String.self, forKey: .azp)
            exp = try fields.decode(Double.self, forKey: .exp)
            iat = try fields.decode(Double.self, forKey: .iat)
            nbf = try fields.decodeIfPresent(Double.self, forKey: .nbf)
            nonce = try fields.decodeIfPresent(String.self, forKey: .nonce)
            email = try fields.decodeIfPresent(String.self, forKey: .email)
            // Some providers write the word.
            emailVerified =
                if !fields.contains(.emailVerified) { nil } else {
                    (try? fields.decode(Bool.self, forKey: .emailVerified))
                        ?? ((try? fields.decode(String.self, forKey: .emailVerified)) == "true")
                }
            amr = (try? fields.decodeIfPresent([String].self, forKey: .amr)) ?? []
            acr = try? fields.decodeIfPresent(String.self, forKey: .acr)
        }

        func check(issuer: String, client: String, nonce: String, at now: Instant) throws(OpenIDRefusal) {
            let now = Double(now.milliseconds) / 1000
            guard iss == issuer else { throw .token(.issuer) }
            guard audience.contains(client), azp == nil || azp == client, audience.count == 1 || azp != nil else {
                throw .token(.audience)
            }
            guard exp > now - IDToken.leeway else { throw .token(.expired) }
            guard iat < now + IDToken.leeway, (nbf ?? iat) < now + IDToken.leeway else { throw .token(.early) }
            guard self.nonce == nonce, !nonce.isEmpty else { throw .token(.nonce) }
            guard !sub.isEmpty, sub.utf8.count <= 255 else { throw .token(.form) }
        }

        var secondFactor: Bool {
            let strong: Set = ["mfa", "otp", "hwk", "swk", "sms"]
            return amr.contains("mfa") || (amr.count > 1 && amr.contains(where: strong.contains))
                || acr?.lowercased().split(whereSeparator: { !$0.isLetter }).contains("mfa") == true
        }
    }
}
