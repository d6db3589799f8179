import Files
import Kernel

/// One entry of the audit trail.
package struct AuditEntry: Sendable, Hashable {
    package let id: Int
    package let at: Instant
    package let account: Int?
    package let actor: String
    package let address: String?
    package let act: String
    package let kind: String
    package let key: String
    /// Lines of `name=value`.
    package let detail: String

    /// SHA-256 over the hash before and every part of this entry, each with its length, so that nothing can move from
    /// one part to another unseen. 64 hexadecimal digits.
    package func hash(after last: String?) -> String {
        let parts = [
            last ?? "simpul", String(id), String(at.milliseconds), account.map(String.init) ?? "-", actor,
            address ?? "-", act, kind, key, detail,
        ]
        return Digest(of: parts.flatMap { Array("\($0.utf8.count):\($0)\n".utf8) }).hex
    }
}
