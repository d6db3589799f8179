import Database
import Foundation
import Kernel
import People

/// The keys that sign: public halves in the database, where past ones stay for ever; private halves as files of a folder
/// that no backup holds.
package struct SigningKeys: Sendable {
    /// A key as it is published.
    package struct Listed: Sendable, Hashable {
        package let key: SigningKey
        package let madeAt: Instant
        /// Since when it signs nothing any more; what it signed stays valid.
        package let retiredAt: Instant?
    }

    let database: Database
    /// The folder of the private halves; nil where none is set, and nothing can be signed.
    let folder: String?

    package init(_ database: Database, folder: String?) {
        self.database = database
        self.folder = folder
    }

    /// Makes the first key where there is none and a folder is set: before anything is signed, so that its public date
    /// tells nobody when a result was frozen.
    package func begin(at: Instant) async throws {
        guard folder != nil, try await all().isEmpty else { return }
        try await database.write(at: at) { db in
            if try Self.all(db).isEmpty { _ = try fresh(db) }
        }
    }

    /// All keys that ever signed, the newest first.
    package func all() async throws -> [Listed] { try await database.read { try Self.all($0) } }

    static func all(_ db: Reader) throws -> [Listed] {
        try db.rows("SELECT id, public, made_at, retired_at FROM signing_key ORDER BY made_at DESC, id") { row in
            guard let key = SigningKey(public: try row.text("public")) else { throw SigningRefusal.damaged }
            return Listed(
                key: key, madeAt: try row.instant("made_at"), retiredAt: try row.instantOrNil("retired_at"))
        }
    }

    /// The key that signs now, made on first use; in the transaction of what it signs.
    ///
    /// Throws `SigningRefusal.noPrivateKey` where its private half is not in the folder, `.noFolder`.
    func current(_ db: Writer) throws -> SigningKey.Pair {
        guard let listed = try Self.all(db).first(where: { $0.retiredAt == nil }) else { return try fresh(db) }
        guard let folder else { throw SigningRefusal.noFolder }
        guard let text = try? String(contentsOfFile: file(of: listed.key.id, in: folder), encoding: .utf8),
            let seed = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)),
            let pair = SigningKey.Pair(seed: Array(seed)), pair.key == listed.key
        else { throw SigningRefusal.noPrivateKey(listed.key.id, folder: folder) }
        return pair
    }

    /// Retires the key that signs and makes another one; returns the new one. What the old one signed stays valid.
    @discardableResult
    package func rotate(by actor: Actor, at: Instant) async throws -> SigningKey {
        try await database.write(at: at) { db in
            let old = try Self.all(db).first { $0.retiredAt == nil }
            try db.execute("UPDATE signing_key SET retired_at = \(at) WHERE retired_at IS NULL")
            let pair = try fresh(db)
            try Audit.note("rotate", "signing-key", pair.key.id, [("retired", old?.key.id ?? "-")], by: actor, db)
            return pair.key
        }
    }

    private func fresh(_ db: Writer) throws -> SigningKey.Pair {
        guard let folder else { throw SigningRefusal.noFolder }
        guard let pair = SigningKey.Pair.fresh() else { throw SigningRefusal.damaged }
        try keep(pair, in: folder)
        try db.insert(
            "signing_key", ["id", "public", "made_at"],
            [[pair.key.id.sqlValue, pair.key.public.sqlValue, db.at.sqlValue]])
        db.changed("signing_key", pair.key.id)
        return pair
    }

    /// Written whole before the database names it: a key that is named is never lost by a fall in between.
    private func keep(_ pair: SigningKey.Pair, in folder: String) throws {
        let manager = FileManager.default
        let path = file(of: pair.key.id, in: folder)
        do {
            try manager.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw SigningRefusal.unwritable(folder) }
        let text = Data((Data(pair.seed).base64EncodedString() + "\n").utf8)
        guard manager.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw SigningRefusal.unwritable(folder) }
        defer { try? handle.close() }
        do {
            try handle.write(contentsOf: text)
            try handle.synchronize()
        } catch { throw SigningRefusal.unwritable(folder) }
    }

    private func file(of id: String, in folder: String) -> String { "\(folder)/\(id).key" }
}
