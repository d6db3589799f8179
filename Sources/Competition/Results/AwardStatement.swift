import Files
import Foundation
import Kernel

/// What an award says, as it is signed: who was given what, when, by which decree, on which result.
package struct AwardStatement: Codable, Sendable, Hashable {
    /// The name of this form of statement.
    package static let format = "simpul-award/1"

    /// A thing with its code and its name.
    package struct Named: Codable, Sendable, Hashable {
        package let code: String
        package let name: String
    }

    package struct Subject: Codable, Sendable, Hashable {
        /// The number of the innovation in the directory.
        package let id: Int
        package let title: String
    }

    package struct Decree: Codable, Sendable, Hashable {
        package let number: String
        /// A day, e.g. `2027-08-30`.
        package let on: String
    }

    package struct Basis: Codable, Sendable, Hashable {
        package let version: Int
        package let digest: String
    }

    package let format: String
    package let serial: String
    package let edition: Named
    package let innovation: Subject
    package let institution: Named
    package let tier: Named
    package let decree: Decree
    package let result: Basis
    /// The id of the key that signs it.
    package let key: String
    /// The moment of issue, e.g. `2027-09-01T03:00:00Z`.
    package let issued: String

    /// The text that is signed: the same bytes for the same facts.
    package func text() throws -> String { try Canonical(self).json }

    /// Reads a signed text; throws `DecodingError`.
    package init(text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }

    init(
        serial: String, edition: Named, innovation: Subject, institution: Named, tier: Named, decree: Decree,
        result: Basis, key: String, issued: String
    ) {
        (format, self.serial, self.edition, self.innovation) = (Self.format, serial, edition, innovation)
        (self.institution, self.tier, self.decree, self.result) = (institution, tier, decree, result)
        (self.key, self.issued) = (key, issued)
    }

    /// The serial number of an edition's award: code, number, and four characters that catch a slip of the pen, e.g.
    /// `KIPP-2027-0007-9XQ2`.
    package static func serial(edition: String, number: Int) -> String {
        let digits = String(number)
        let body =
            edition.uppercased() + "-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        // Crockford's digits: none that can be taken for another.
        let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        return body + "-" + Digest(of: body.utf8).bytes.prefix(4).map { String(signs[Int($0 & 31)]) }.joined()
    }

    /// Whether the check characters of a serial number fit the rest.
    package static func isWellFormed(_ serial: String) -> Bool {
        let parts = serial.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, let number = Int(parts[parts.count - 2]), number > 0 else { return false }
        return Self.serial(edition: parts.dropLast(2).joined(separator: "-"), number: number) == serial
    }
}

/// A signed statement as a file: the exact text, the signature over its bytes, and the key that made it.
package struct AwardFile: Codable, Sendable, Hashable {
    package let algorithm: String
    package let key: SigningKey
    /// 64 bytes in base64.
    package let signature: String
    /// The signed text; its UTF-8 bytes are what the signature is of.
    package let statement: String

    package init(key: SigningKey, signature: String, statement: String) {
        (algorithm, self.key, self.signature, self.statement) = ("Ed25519", key, signature, statement)
    }

    /// Reads a file; nil for anything that is no signed statement.
    package init?(_ bytes: Data) {
        guard let read = try? JSONDecoder().decode(Self.self, from: bytes), read.algorithm == "Ed25519" else {
            return nil
        }
        self = read
    }

    /// The file's text.
    package func json() throws -> String { try Canonical(self).json + "\n" }

    /// What can be said of a file without asking anybody.
    package enum Verdict: Sendable, Hashable {
        /// Signed by a listed key, and not a byte differs.
        case signed(AwardStatement)
        /// The signature fits the key in the file itself, but no list of keys was at hand: anybody could have made it.
        case unconfirmed(AwardStatement)
        /// It names a key that is not listed.
        case unknownKey(String)
        /// Text or signature is not what was signed.
        case changed
        /// What is signed is no statement of an award.
        case noStatement
    }

    /// - Parameter keys: the listed keys; nil where none are at hand.
    package func verdict(keys: [SigningKey]?) -> Verdict {
        var key = key
        if let keys {
            guard let listed = keys.first(where: { $0.id == key.id }) else { return .unknownKey(key.id) }
            key = listed
        } else if SigningKey(public: key.public) != key {
            return .changed
        }
        guard key.verifies(signature, of: statement.utf8) else { return .changed }
        guard let said = try? AwardStatement(text: statement), said.format == AwardStatement.format,
            said.key == key.id, AwardStatement.isWellFormed(said.serial)
        else { return .noStatement }
        return keys == nil ? .unconfirmed(said) : .signed(said)
    }
}

/// The published list of keys, as a file.
package struct AwardKeys: Codable, Sendable {
    package struct Entry: Codable, Sendable, Hashable {
        package let id: String
        package let `public`: String
        package let from: String
        /// Since when it signs nothing any more; missing for the one that signs now.
        package let until: String?
    }

    package let algorithm: String
    package let keys: [Entry]

    package init(_ listed: [SigningKeys.Listed]) {
        algorithm = "Ed25519"
        keys = listed.map {
            Entry(
                id: $0.key.id, public: $0.key.public, from: $0.madeAt.rfc3339, until: $0.retiredAt?.rfc3339)
        }
    }

    /// Reads a file; nil for anything that is no list of keys.
    package init?(_ bytes: Data) {
        guard let read = try? JSONDecoder().decode(Self.self, from: bytes) else { return nil }
        self = read
    }

    /// The keys themselves; what is none is left out.
    package var signing: [SigningKey] { keys.compactMap { SigningKey(public: $0.public) } }

    package func json() throws -> String { try Canonical(self).json + "\n" }
}
