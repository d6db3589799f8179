import CCrypto
import Foundation

/// A key pair made for a test, which signs tokens as a provider does.
struct ProviderKey: @unchecked Sendable {
    // Only read after it was made.
    private let key: OpaquePointer
    let id: String
    let algorithm: String

    enum Kind { case rsa(bits: UInt32), p256 }

    init(_ kind: Kind, id: String) throws {
        self.id = id
        let context: OpaquePointer?
        switch kind {
        case .rsa: context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        case .p256: context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1 else { throw Failed() }
        switch kind {
        case .rsa(let bits):
            algorithm = "RS256"
            guard EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1 else { throw Failed() }
        case .p256:
            algorithm = "ES256"
            guard EVP_PKEY_CTX_set_group_name(context, "prime256v1") == 1 else { throw Failed() }
        }
        var made: OpaquePointer?
        guard EVP_PKEY_generate(context, &made) == 1, let made else { throw Failed() }
        key = made
    }

    struct Failed: Error {}

    /// The public half as an entry of a key set.
    var entry: [String: String] {
        var entry = ["kid": id, "use": "sig", "alg": algorithm]
        if algorithm == "RS256" {
            entry["kty"] = "RSA"
            entry["n"] = text(number("n"))
            entry["e"] = text(number("e"))
        } else {
            entry["kty"] = "EC"
            entry["crv"] = "P-256"
            entry["x"] = text(padded(number("qx")))
            entry["y"] = text(padded(number("qy")))
        }
        return entry
    }

    func sign(_ claims: [String: Any], header more: [String: Any] = [:]) throws -> String {
        let header = ["alg": algorithm, "kid": id].merging(more) { $1 }
        let message = try "\(part(header)).\(part(claims))"
        return message + "." + text(try signature(Array(message.utf8)))
    }

    private func signature(_ message: [UInt8]) throws -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { throw Failed() }
        var size = 1024
        var out = [UInt8](repeating: 0, count: size)
        guard EVP_DigestSign(context, &out, &size, message, message.count) == 1 else { throw Failed() }
        out = Array(out[..<size])
        guard algorithm == "ES256" else { return out }
        // 30 len 02 len r 02 len s, to r and s of 32 bytes each.
        let r = Array(out[4..<(4 + Int(out[3]))])
        let s = Array(out[(6 + r.count)...])
        return padded(r) + padded(s)
    }

    private func padded(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        return [UInt8](repeating: 0, count: 32 - digits.count) + digits
    }

    private func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return [] }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int((BN_num_bits(number) + 7) / 8))
        BN_bn2bin(number, &bytes)
        return bytes
    }
}

/// A JSON object as one part of a token.
func part(_ object: [String: Any]) throws -> String {
    text(Array(try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)))
}

/// base64url without padding.
func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
}
