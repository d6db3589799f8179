import CSodium
import Files
import Foundation

/// What only its holder knows: 32 random bytes, given once; what is stored is only their SHA-256.
package enum Token {
    /// 43 characters of base64 for addresses and cookies (RFC 4648, section 5).
    package static func fresh() -> String {
        Data(random(32)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    /// What is stored of a token, as 64 hexadecimal digits.
    package static func digest(_ token: String) -> String { Digest(of: token.utf8).hex }

    /// What every form of a session carries; it tells nothing about the session's token.
    package static func form(_ session: String) -> String { Digest(of: "form\0\(session)".utf8).hex }

    static func random(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }
}
