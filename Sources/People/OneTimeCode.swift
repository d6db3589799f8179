import CCrypto
import Foundation
import Kernel

/// Codes that change every 30 seconds (RFC 6238: HMAC-SHA-1, 6 digits), as authenticator apps make them.
package enum OneTimeCode {
    /// Seconds a code lasts.
    package static let period: Int64 = 30
    /// How many steps a clock may be off, each way.
    package static let drift: Int64 = 1

    /// 20 random bytes, as RFC 4226 recommends.
    package static func secret() -> [UInt8] { Token.random(20) }

    package static func step(at: Instant) -> Int64 { at.milliseconds / 1000 / period }

    /// The code of a step, with leading zeros.
    package static func code(_ secret: [UInt8], step: Int64, digits: Int = 6) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
        let mac = hmac(secret, counter)
        guard mac.count == 20 else { return "" }
        let offset = Int(mac[19] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code was given, near now and later than the last one used; nil when there is none.
    package static func accepts(_ given: String, _ secret: [UInt8], after last: Int64, at: Instant) -> Int64? {
        let digits = given.filter { !$0.isWhitespace }
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let now = step(at: at)
        return (now - drift...now + drift).first { $0 > last && code(secret, step: $0) == digits }
    }

    /// The secret as people type it into an app (RFC 4648, section 6).
    package static func base32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (out, buffer, bits) = ("", 0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(alphabet[buffer >> bits & 31])
            }
        }
        if bits > 0 { out.append(alphabet[buffer << (5 - bits) & 31]) }
        return out
    }

    /// What an app reads from a link or a picture (Google Authenticator's key URI format).
    package static func uri(_ secret: [UInt8], email: String, issuer: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
        return "otpauth://totp/\(encoded(issuer)):\(encoded(email))?secret=\(base32(secret))&issuer=\(encoded(issuer))"
    }

    /// Ten codes for the day the telephone is lost, as `abcde-fghij`: 50 bits each.
    package static func recoveryCodes() -> [String] {
        (0..<10).map { _ in
            let text = base32(Token.random(7)).prefix(10).lowercased()
            return "\(text.prefix(5))-\(text.suffix(5))"
        }
    }

    /// What is stored of a recovery code; nil for what cannot be one.
    package static func recoveryDigest(_ given: String, account: Int) -> String? {
        let text = given.lowercased().filter { $0.isLetter || $0.isNumber }
        guard text.utf8.count == 10 else { return nil }
        return Token.digest("recovery\0\(account)\0\(text)")
    }

    private static func hmac(_ key: [UInt8], _ data: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 20)
        var length = 0
        guard
            EVP_Q_mac(nil, "HMAC", nil, "SHA1", nil, key, key.count, data, data.count, &out, out.count, &length) != nil
        else { return [] }
        return Array(out.prefix(length))
    }
}
