import Database
import Kernel

/// Who stands behind the names that are kept of acts: offices instead of numbers.
struct ActorNames: Sendable {
    private let offices: [String: String]

    /// The offices of these names, in one statement.
    static func read(_ names: [String?], from database: Database) async throws -> ActorNames {
        let accounts = Set(names.compactMap(\.self).compactMap(account)).sorted()
        let found = try await database.read { db in
            try db.rows("SELECT id, office FROM account WHERE id IN \(accounts)") {
                ("account:\(try $0.int("id"))", try $0.textOrNil("office"))
            }
        }
        return ActorNames(
            offices: Dictionary(found.compactMap { name, office in office.map { (name, $0) } }) { first, _ in first })
    }

    /// The office of a person; in words what acts by itself.
    func shown(_ name: String, _ language: Language) -> String {
        if let office = offices[name] { return office }
        if Self.account(name) != nil { return language.say("sekretariat", "the secretariat") }
        return language.say("jadwal Simpul", "Simpul's schedule")
    }

    private static func account(_ name: String) -> Int? {
        name.hasPrefix("account:") ? Int(name.dropFirst("account:".count)) : nil
    }
}
