import Files
import Foundation
import Kernel

/// Who rates finalists, as far as it can be told without knowing anybody: a hash of a random cookie, and one of the
/// coarse network, both with a key of the edition that is destroyed a week after the rating closed.
package struct Voter: Sendable, Hashable {
    /// New voters that one network may bring, and the times in which they are counted.
    package static let perHour = 30
    package static let perDay = 100
    /// The cookie that a browser keeps, and for how many seconds.
    package static let cookie = "simpul_suara"
    package static let cookieAge = 180 * 86_400

    /// Tells a browser's votes from others'.
    package let mark: String
    /// Tells a network's voters from others'.
    package let network: String

    /// Nil when the cookie is none of ours: 43 characters of base64.
    package init?(cookie: String?, address: String, key: String) {
        guard let cookie, Self.isOurs(cookie) else { return nil }
        mark = Self.hash("voter", cookie, key)
        network = Self.hash("network", Self.prefix(of: address), key)
    }

    package static func isOurs(_ cookie: String) -> Bool {
        cookie.utf8.count == 43
            && cookie.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            }
    }

    // The inner digest keeps the parts from running into one another.
    private static func hash(_ what: String, _ text: String, _ key: String) -> String {
        let inner = Digest(of: "\(what)\0\(text)".utf8).hex
        return String(Digest(of: "\(key)\0\(inner)".utf8).hex.prefix(32))
    }

    /// The first 24 bits of an IPv4 address, the first 48 of an IPv6 one: households and offices, not devices.
    static func prefix(of address: String) -> String {
        var v6 = in6_addr()
        if inet_pton(AF_INET6, address, &v6) == 1 {
            let bytes = withUnsafeBytes(of: v6) { Array($0) }
            guard bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]) else {
                return bytes.prefix(6).map { String($0, radix: 16) }.joined(separator: ":")
            }
            return bytes[12..<15].map(String.init).joined(separator: ".")
        }
        return address.split(separator: ".").prefix(3).joined(separator: ".")
    }
}

/// Why a vote is not taken.
package enum RatingRefusal: Refusal, Hashable {
    case closed
    case noCookie
    case notValue
    case tooMany

    package var kind: RefusalKind {
        switch self {
        case .closed: .conflict
        case .noCookie, .notValue: .invalid
        case .tooMany: .unavailable
        }
    }

    package var message: Phrase {
        switch self {
        case .closed:
            Phrase(
                "Penilaian warga sedang tidak dibuka. Jadwalnya ada di halaman edisi.",
                "The citizens' rating is not open now. Its dates are on the edition's page.")
        case .noCookie:
            Phrase(
                "Peramban Anda tidak menyimpan kuki, sehingga suara tidak dapat dibedakan. Izinkan kuki untuk situs ini, buka lagi halamannya, lalu nilai.",
                "Your browser keeps no cookie, so votes cannot be told apart. Allow cookies for this site, open the page again, then rate."
            )
        case .notValue: Phrase("Pilih nilai 1 sampai 5.", "Choose a value from 1 to 5.")
        case .tooMany:
            Phrase(
                "Dari jaringan Anda sudah banyak suara baru masuk. Coba lagi beberapa jam lagi.",
                "Many new votes came from your network already. Try again in a few hours.")
        }
    }

    package var problems: [Problem] { [Problem("nilai", message)] }
}
