import Foundation
import Kernel

/// A result of an edition that was frozen: what it rests on, what it came to, and the signature over both.
package struct FrozenResult: Sendable, Hashable {
    package let edition: String
    /// From 1; a later change is a further version.
    package let number: Int
    package let at: Instant
    /// Why it replaces the version before; nil for the first.
    package let reason: String?
    package let method: String
    package let seed: Int
    /// Canonical JSON of a `ResultInput` and of the `ResultContent` computed from it.
    package let inputs: String
    package let content: String
    /// SHA-256 of the sealed text.
    package let digest: String
    /// The number of the key, and the signature over the sealed text.
    package let key: String
    package let signature: String

    /// What is hashed and signed: everything about the version, with the SHA-256 of inputs and content.
    package static func sealed(
        edition: String, number: Int, at: Instant, reason: String?, method: String, seed: Int, inputs: String,
        content: String
    ) -> String {
        var members: [String: Canonical] = [
            "at": .whole(Int(at.milliseconds)), "content": .text(ResultInput.digest(content)),
            "edition": .text(edition), "inputs": .text(ResultInput.digest(inputs)), "method": .text(method),
            "number": .whole(number), "seed": .whole(seed),
        ]
        if let reason { members["reason"] = .text(reason) }
        return Canonical.object(members).json
    }

    package var sealed: String {
        Self.sealed(
            edition: edition, number: number, at: at, reason: reason, method: method, seed: seed, inputs: inputs,
            content: content)
    }

    /// The outcome as values; throws `DecodingError` where it was damaged.
    package func outcome() throws -> ResultContent {
        try JSONDecoder().decode(ResultContent.self, from: Data(content.utf8))
    }

    /// What changed in the outcome since an older version.
    package func changes(since older: FrozenResult) throws -> [CanonicalDifference] {
        try Canonical(json: content).differences(since: try Canonical(json: older.content))
    }
}

/// What came out when a frozen result was computed again from its own inputs.
package struct Recomputation: Sendable, Hashable {
    package enum Fault: Sendable, Hashable {
        /// It was computed in a way that this program does not know.
        case method(String)
        /// Its inputs cannot be read.
        case inputs
        /// The content is not what the inputs come to: what stands there (before), what should (after).
        case content([CanonicalDifference])
        /// The digest is not that of what is stored.
        case digest(stored: String, found: String)
        /// The key is not among those listed, or the signature is not its.
        case key(String)
        case signature(String)

        package var message: Phrase {
            switch self {
            case .method(let name):
                Phrase("Cara hitung \(name) tidak dikenal.", "The method \(name) is not known.")
            case .inputs:
                Phrase("Masukan yang dibekukan tidak terbaca.", "The frozen inputs cannot be read.")
            case .content(let differences):
                Phrase(
                    "Isi hasil tidak sama dengan hitungan ulang di \(differences.count) tempat.",
                    "The content differs from what the inputs come to in \(differences.count) places.")
            case .digest(let stored, let found):
                Phrase(
                    "Sidik yang tersimpan \(stored), yang dihitung \(found).",
                    "The stored digest is \(stored), the computed one \(found).")
            case .key(let id):
                Phrase("Kunci \(id) tidak ada di daftar kunci.", "The key \(id) is not listed.")
            case .signature(let id):
                Phrase(
                    "Tanda tangan tidak cocok dengan kunci \(id).", "The signature does not fit the key \(id).")
            }
        }
    }

    package let number: Int
    package let digest: String
    /// Everything that is wrong with the frozen result itself; empty when it holds.
    package let faults: [Fault]
    /// Where the database says something else now than the frozen inputs: frozen (before), now (after).
    package let drift: [CanonicalDifference]

    /// Computes a frozen result again and holds it against its digest, its key and what the database says now.
    package init(_ frozen: FrozenResult, keys: [SigningKey], now: Canonical?) {
        number = frozen.number
        digest = frozen.digest
        var faults: [Fault] = []
        let stored = try? Canonical(json: frozen.inputs)
        let input = try? JSONDecoder().decode(ResultInput.self, from: Data(frozen.inputs.utf8))
        if frozen.method != ResultContent.method {
            faults.append(.method(frozen.method))
        } else if let input, stored != nil {
            let again = try? Canonical(ResultContent(input))
            if let again, again.json != frozen.content {
                let found = (try? Canonical(json: frozen.content)) ?? .text(frozen.content)
                faults.append(.content(again.differences(since: found)))
            } else if again == nil {
                faults.append(.inputs)
            }
        } else {
            faults.append(.inputs)
        }
        let (sealed, found) = (frozen.sealed, ResultInput.digest(frozen.sealed))
        if found != frozen.digest { faults.append(.digest(stored: frozen.digest, found: found)) }
        if let key = keys.first(where: { $0.id == frozen.key }) {
            if !key.verifies(frozen.signature, of: sealed.utf8) { faults.append(.signature(key.id)) }
        } else {
            faults.append(.key(frozen.key))
        }
        self.faults = faults
        drift = now.flatMap { now in stored.map { now.differences(since: $0) } } ?? []
    }
}
