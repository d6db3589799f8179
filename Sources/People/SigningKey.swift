import CCrypto
import Foundation

/// A public key with which a provider's signatures are checked: RSA of 2048 bits or more (RS256), or P-256 (ES256).
/// The kind of key decides the algorithm, never the token: so a public key cannot be passed off as a shared secret.
package struct SigningKey: Sendable, Hashable {
    package enum Algorithm: String, Sendable, Hashable {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    package let id: String?
    package let algorithm: Algorithm
    private let parts: Parts

    private enum Parts: Hashable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        case curve(x: [UInt8], y: [UInt8])
    }

    /// Nil unless it is a key for signatures of a kind and strength that is accepted (RFC 7517, 7518).
    init?(_ entry: KeySet.Entry) {
        guard entry.use == nil || entry.use == "sig" else { return nil }
        id = entry.kid
        switch entry.kty {
        case "RSA":
            guard let modulus = entry.n.flatMap(Base64URL.bytes), let exponent = entry.e.flatMap(Base64URL.bytes),
                modulus.drop(while: { $0 == 0 }).count >= 256, modulus.count <= 1024, (1...8).contains(exponent.count)
            else { return nil }
            algorithm = .rs256
            parts = .rsa(modulus: modulus, exponent: exponent)
        case "EC":
            guard entry.crv == "P-256", let x = entry.x.flatMap(Base64URL.bytes),
                let y = entry.y.flatMap(Base64URL.bytes), x.count == 32, y.count == 32
            else { return nil }
            algorithm = .es256
            parts = .curve(x: x, y: y)
        default: return nil
        }
        guard entry.alg == nil || entry.alg == algorithm.rawValue else { return nil }
    }

    /// Whether the signature over the message was made with the key's private half.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let signature = algorithm == .rs256 ? signature : SigningKey.encoded(signature) else { return false }
        return withKey { key in
            guard let context = EVP_MD_CTX_new() else { return false }
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
            return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    /// JWS writes an ECDSA signature as r and s of 32 bytes each; OpenSSL reads the ASN.1 sequence of the two numbers.
    private static func encoded(_ signature: [UInt8]) -> [UInt8]? {
        guard signature.count == 64 else { return nil }
        func number(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            var digits = Array(bytes.drop { $0 == 0 })
            if digits.first.map({ $0 >= 128 }) ?? true { digits.insert(0, at: 0) }
            return [2, UInt8(digits.count)] + digits
        }
        let body = number(signature[..<32]) + number(signature[32...])
        return [48, UInt8(body.count)] + body
    }

    private func withKey(_ body: (OpaquePointer) -> Bool) -> Bool {
        guard let builder = OSSL_PARAM_BLD_new() else { return false }
        defer { OSSL_PARAM_BLD_free(builder) }
        let name: String
        var numbers: [OpaquePointer] = []
        defer { numbers.forEach { BN_free($0) } }
        switch parts {
        case .rsa(let modulus, let exponent):
            name = "RSA"
            for (field, bytes) in [(lasting("n"), modulus), (lasting("e"), exponent)] {
                guard let number = BN_bin2bn(bytes, Int32(bytes.count), nil) else { return false }
                numbers.append(number)
                guard OSSL_PARAM_BLD_push_BN(builder, field, number) == 1 else { return false }
            }
        case .curve(let x, let y):
            name = "EC"
            let point = [4] + x + y
            return point.withUnsafeBytes { point in
                OSSL_PARAM_BLD_push_utf8_string(builder, lasting("group"), lasting("prime256v1"), 0) == 1
                    && OSSL_PARAM_BLD_push_octet_string(builder, lasting("pub"), point.baseAddress, point.count) == 1
                    && made(builder, name, body)
            }
        }
        return made(builder, name, body)
    }

    private func made(_ builder: OpaquePointer, _ name: String, _ body: (OpaquePointer) -> Bool) -> Bool {
        guard let parameters = OSSL_PARAM_BLD_to_param(builder) else { return false }
        defer { OSSL_PARAM_free(parameters) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, name, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, publicKey, parameters) == 1, let key
        else { return false }
        defer { EVP_PKEY_free(key) }
        return body(key)
    }
}

// The builder of parameters keeps the addresses of names, not their text. The names are those of core_names.h.
private func lasting(_ name: StaticString) -> UnsafePointer<CChar> { UnsafePointer(OpaquePointer(name.utf8Start)) }

// EVP_PKEY_PUBLIC_KEY, which Swift does not import: a macro of other macros.
private let publicKey: Int32 = 0x86

/// A provider's published keys (JWKS, RFC 7517).
package struct KeySet: Sendable, Hashable {
    package let keys: [SigningKey]

    struct Entry: Decodable {
        let kty: String?
        let kid, use, alg, n, e, crv, x, y: String?
    }

    private struct Document: Decodable { let keys: [Entry] }

    package static let empty = KeySet(keys: [])

    private init(keys: [SigningKey]) { self.keys = keys }

    /// Keys of other kinds are left out. Throws `OpenIDRefusal.provider` when it is no key set.
    package init(_ json: [UInt8]) throws(OpenIDRefusal) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(json)) else { throw .provider(.keys) }
        keys = document.keys.compactMap(SigningKey.init)
    }

    /// The keys that may have signed a token of this algorithm and key name.
    package func candidates(_ algorithm: SigningKey.Algorithm, id: String?) -> [SigningKey] {
        keys.filter { $0.algorithm == algorithm && (id == nil || $0.id == id) }
    }
}
