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

    /// The same entry under another number.
    func numbered(_ id: Int) -> AuditEntry {
        AuditEntry(
            id: id, at: at, account: account, actor: actor, address: address, act: act, kind: kind, key: key,
            detail: detail)
    }

    /// What it was about, by name.
    package var facts: [(name: String, value: String)] {
        detail.split(separator: "\n").map { line in
            let name = line.prefix { $0 != "=" }
            return (String(name), String(line.dropFirst(name.count + 1)))
        }
    }
}

/// Which entries somebody asks for.
package struct AuditFilter: Sendable, Hashable {
    package var account: Int?
    package var act: String?
    package var kind: String?
    package var key: String?
    /// First and last day, in western Indonesian time.
    package var from: Day?
    package var until: Day?

    package init(
        account: Int? = nil, act: String? = nil, kind: String? = nil, key: String? = nil, from: Day? = nil,
        until: Day? = nil
    ) {
        self.account = account
        self.act = act
        self.kind = kind
        self.key = key
        self.from = from
        self.until = until
    }
}
