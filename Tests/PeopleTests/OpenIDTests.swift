import CSodium
import Foundation
import Kernel
import Outbound
import Synchronization
import Testing

@testable import People

/// Keys are dear to make, so the tests share a few.
private enum Keys {
    static let rsa = Result { try ProviderKey(.rsa(bits: 2048), id: "rsa-1") }
    static let other = Result { try ProviderKey(.rsa(bits: 2048), id: "rsa-1") }
    static let next = Result { try ProviderKey(.rsa(bits: 2048), id: "rsa-2") }
    static let weak = Result { try ProviderKey(.rsa(bits: 1024), id: "weak") }
    static let curve = Result { try ProviderKey(.p256, id: "ec-1") }
}

private let issuer = "https://sso.example"
private let now = Instant(milliseconds: 1_800_000_000_000)

private func claims(_ change: [String: Any?] = [:]) -> [String: Any] {
    let plain: [String: Any?] = [
        "iss": issuer, "sub": "u-1", "aud": "simpul", "exp": 1_800_000_300, "iat": 1_800_000_000, "nonce": "n-1",
        "email": "Siti@Contoh.go.id", "email_verified": true,
    ]
    return plain.merging(change) { $1 }.compactMapValues { $0 }
}

private func keySet(_ keys: ProviderKey...) throws -> KeySet {
    try KeySet(Array(JSONSerialization.data(withJSONObject: ["keys": keys.map(\.entry)])))
}

private func read(_ token: String, _ keys: KeySet) throws -> IDToken {
    try IDToken(token, keys: keys, issuer: issuer, client: "simpul", nonce: "n-1", at: now)
}

@Suite struct OpenIDTests {
    @Test func `a token signed with RS256 or ES256 is read`() throws {
        for key in [try Keys.rsa.get(), try Keys.curve.get()] {
            let token = try read(try key.sign(claims()), try keySet(key))
            #expect(token.issuer == issuer)
            #expect(token.subject == "u-1")
            #expect(token.provenEmail(trusting: false) == "siti@contoh.go.id")
            #expect(!token.secondFactor)
        }
    }

    @Test func `a hundred tokens of the curve are read, whatever zeroes their numbers begin with`() throws {
        let key = try Keys.curve.get()
        let keys = try keySet(key)
        for number in 0..<100 {
            #expect(try read(try key.sign(claims(["sub": "u-\(number)"])), keys).subject == "u-\(number)")
        }
    }

    @Test func `a token signed by another key of the same name is refused`() throws {
        let token = try Keys.other.get().sign(claims())
        #expect(throws: OpenIDRefusal.token(.signature)) { try read(token, try keySet(try Keys.rsa.get())) }
    }

    @Test func `one changed byte of the claims breaks the signature`() throws {
        let key = try Keys.curve.get()
        var parts = try key.sign(claims()).split(separator: ".").map(String.init)
        parts[1] = try part(claims(["sub": "u-2"]))
        #expect(throws: OpenIDRefusal.token(.signature)) { try read(parts.joined(separator: "."), try keySet(key)) }
    }

    @Test func `no algorithm but the two is taken, not even with a signature that fits`() throws {
        let key = try Keys.rsa.get()
        let keys = try keySet(key)
        let none = try "\(part(["alg": "none"])).\(part(claims()))."
        #expect(throws: OpenIDRefusal.token(.algorithm)) { try read(none, keys) }
        // HMAC keyed with what everybody knows: the public key.
        let message = try "\(part(["alg": "HS256", "kid": key.id])).\(part(claims()))"
        let shared = Array(key.entry["n", default: ""].utf8)
        var state = crypto_auth_hmacsha256_state()
        crypto_auth_hmacsha256_init(&state, shared, shared.count)
        crypto_auth_hmacsha256_update(&state, Array(message.utf8), UInt64(message.utf8.count))
        var tag = [UInt8](repeating: 0, count: 32)
        crypto_auth_hmacsha256_final(&state, &tag)
        #expect(throws: OpenIDRefusal.token(.algorithm)) { try read("\(message).\(text(tag))", keys) }
        // A key for one algorithm is no candidate for the other.
        let crossed = try key.sign(claims(), header: ["alg": "ES256"])
        #expect(throws: OpenIDRefusal.unknownKey) { try read(crossed, keys) }
        let critical = try key.sign(claims(), header: ["crit": ["b64"]])
        #expect(throws: OpenIDRefusal.token(.algorithm)) { try read(critical, keys) }
    }

    @Test func `a key that is too short does not count as published`() throws {
        let key = try Keys.weak.get()
        #expect(try keySet(key).keys.isEmpty)
        #expect(throws: OpenIDRefusal.unknownKey) { try read(try key.sign(claims()), try keySet(key)) }
    }

    private static let wrong: [(OpenIDRefusal.Flaw, [String: (any Sendable)?])] = [
        (.issuer, ["iss": "https://sso.example/"]),
        (.audience, ["aud": "other"]),
        (.audience, ["aud": [String]()]),
        (.audience, ["aud": ["simpul", "other"]]),
        (.audience, ["aud": ["simpul", "other"], "azp": "other"]),
        (.audience, ["azp": "other"]),
        (.expired, ["exp": 1_799_999_940]),
        (.early, ["iat": 1_800_000_061]),
        (.early, ["nbf": 1_800_000_061]),
        (.nonce, ["nonce": "n-2"]),
        (.nonce, ["nonce": nil]),
        (.form, ["sub": ""]),
        (.form, ["sub": nil]),
        (.form, ["exp": nil]),
        (.form, ["exp": "1800000300"]),
    ]

    @Test(arguments: wrong.indices)
    func `a wrong claim is refused by its name`(at place: Int) throws {
        let key = try Keys.curve.get()
        let (flaw, change) = Self.wrong[place]
        let token = try key.sign(claims(change.mapValues { $0.map { $0 as Any } }))
        #expect(throws: OpenIDRefusal.token(flaw)) { try read(token, try keySet(key)) }
    }

    @Test func `clocks may be a minute apart`() throws {
        let key = try Keys.curve.get()
        let late = try key.sign(claims(["exp": 1_799_999_941, "iat": 1_799_999_000]))
        let early = try key.sign(claims(["iat": 1_800_000_059]))
        for token in [late, early] { #expect(try read(token, try keySet(key)).subject == "u-1") }
    }

    @Test func `several audiences are taken when the token was made for us`() throws {
        let key = try Keys.curve.get()
        let token = try key.sign(claims(["aud": ["other", "simpul"], "azp": "simpul"]))
        #expect(try read(token, try keySet(key)).subject == "u-1")
    }

    private static let addresses: [(String?, String?, (any Sendable)?)] = [
        ("siti@contoh.go.id", "siti@contoh.go.id", true), ("siti@contoh.go.id", "siti@contoh.go.id", "true"),
        (nil, nil, false), (nil, nil, "false"), (nil, nil, "ya"), (nil, "siti@contoh.go.id", nil),
    ]

    @Test(arguments: addresses.indices)
    func `an address counts when it was checked, or where the operator vouches and the provider is silent`(
        at place: Int
    ) throws {
        let key = try Keys.curve.get()
        let (strictly, trusting, value) = Self.addresses[place]
        let token = try read(
            try key.sign(claims(["email_verified": value.map { $0 as Any }])), try keySet(key))
        #expect(token.provenEmail(trusting: false) == strictly)
        #expect(token.provenEmail(trusting: true) == trusting)
    }

    private static let factors: [(Bool, [String: any Sendable])] = [
        (true, ["amr": ["mfa"]]), (true, ["amr": ["pwd", "otp"]]), (true, ["acr": "urn:example:mfa"]),
        (false, ["amr": ["pwd"]]), (false, ["amr": ["otp"]]), (false, ["acr": "1"]), (false, ["amr": "mfa"]),
    ]

    @Test(arguments: factors.indices)
    func `a second factor counts when the provider says so`(at place: Int) throws {
        let key = try Keys.curve.get()
        let (wanted, change) = Self.factors[place]
        let token = try key.sign(claims(change.mapValues { $0 as Any? }))
        #expect(try read(token, try keySet(key)).secondFactor == wanted)
    }

    private static let garbage = [
        "", ".", "..", "a.b.c", "e30.e30.", "e30.e30.e30", "e30.e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.e30.=",
        "eyJhbGciOiJSUzI1NiJ9.e30.AA==",
    ]

    @Test(arguments: garbage)
    func `what is no token is refused`(text: String) throws {
        let keys = try keySet(try Keys.rsa.get())
        let refusal = try #require(throws: OpenIDRefusal.self) { try read(text, keys) }
        #expect(refusal == .token(.form))
    }

    @Test func `the proof key is the one of RFC 7636, appendix B`() {
        let proof = ProofKey(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(proof.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(ProofKey.make().verifier.utf8.count == 43)
    }
}

/// What a provider answers, and how often it was asked for what.
private final class Provider: Sendable {
    let state = Mutex<(keys: [ProviderKey], asked: [String])>(([], []))

    init(_ keys: ProviderKey...) { state.withLock { $0.keys = keys } }

    func answer(_ request: OutboundRequest) throws -> (status: Int, body: [UInt8]) {
        let path = String(request.address.dropFirst(issuer.count))
        let document: [String: Any] = state.withLock { state in
            state.asked.append(path)
            return switch path {
            case "/.well-known/openid-configuration":
                [
                    "issuer": issuer, "authorization_endpoint": "\(issuer)/authorize",
                    "token_endpoint": "\(issuer)/token", "jwks_uri": "\(issuer)/keys",
                ]
            case "/keys": ["keys": state.keys.map(\.entry)]
            default: [:]
            }
        }
        return (200, Array(try JSONSerialization.data(withJSONObject: document)))
    }

    var asked: [String] { state.withLock { $0.asked } }
}

@Suite struct OpenIDProviderTests {
    private func provider(_ far: Provider) throws -> OpenIDProvider {
        let settings = try #require(OpenIDSettings(issuer: issuer, client: "simpul", secret: "rahasia"))
        return OpenIDProvider(settings, publicURL: "https://simpul.example") { try far.answer($0) }
    }

    @Test func `keys are fetched once, anew for a key that turned up since, and at most once a minute`() async throws {
        let (first, next) = (try Keys.rsa.get(), try Keys.next.get())
        let far = Provider(first)
        let near = try provider(far)
        let asked = ["/.well-known/openid-configuration", "/keys"]
        for _ in 0..<3 { _ = try await near.verified(try first.sign(claims()), nonce: "n-1", at: now) }
        #expect(far.asked == asked)
        far.state.withLock { $0.keys = [next] }
        let token = try next.sign(claims())
        await #expect(throws: OpenIDRefusal.unknownKey) { try await near.verified(token, nonce: "n-1", at: now) }
        #expect(far.asked == asked)
        let later = Instant(milliseconds: now.milliseconds + 60_000)
        #expect(try await near.verified(token, nonce: "n-1", at: later).subject == "u-1")
        #expect(far.asked == asked + ["/keys"])
        // The withdrawn key no longer counts.
        await #expect(throws: OpenIDRefusal.unknownKey) {
            try await near.verified(try first.sign(claims()), nonce: "n-1", at: later)
        }
    }

    @Test func `people are sent to the provider with state, nonce and proof`() async throws {
        let near = try provider(Provider(try Keys.rsa.get()))
        let flow = SignInFlow(
            state: "s-1", nonce: "n-1", proof: ProofKey(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            target: "/kerja")
        #expect(
            try await near.authorization(flow, language: .indonesian, at: now)
                == "https://sso.example/authorize?response_type=code&client_id=simpul"
                + "&redirect_uri=https%3A%2F%2Fsimpul.example%2Fmasuk%2Fsso%2Fkembali&scope=openid%20email%20profile"
                + "&state=s-1&nonce=n-1&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&code_challenge_method=S256&ui_locales=id")
    }

    @Test func `a description of another provider is refused, and one that would send secrets in the clear`() throws {
        let settings = try #require(OpenIDSettings(issuer: issuer, client: "simpul", secret: nil))
        func read(_ change: [String: String]) throws -> OpenIDDiscovery {
            let plain = [
                "issuer": issuer, "authorization_endpoint": "\(issuer)/a", "token_endpoint": "\(issuer)/t",
                "jwks_uri": "\(issuer)/k",
            ]
            let document = plain.merging(change) { $1 }
            return try OpenIDDiscovery(
                Array(JSONSerialization.data(withJSONObject: document)), settings: settings)
        }
        #expect(try read([:]).token == "\(issuer)/t")
        for change in [
            ["issuer": "https://evil.example"], ["token_endpoint": "http://sso.example/t"],
            ["jwks_uri": "file:///etc/passwd"],
        ] {
            #expect(throws: OpenIDRefusal.provider(.discovery)) { try read(change) }
        }
    }
}
