import Kernel

/// Brings a database up to date: each migration runs once, in its own transaction, on whichever node comes first.
struct Migrator {
    let migrations: [Migration]
    let engine: Engine

    func run(on connection: any Connection) throws {
        try transaction(connection) {
            try connection.script(
                Migration("", "CREATE TABLE IF NOT EXISTS migration (id {text} PRIMARY KEY, at BIGINT NOT NULL)")
                    .text(for: engine))
        }
        let known = Set(migrations.map(\.id))
        let unknown = try applied(connection).subtracting(known).sorted()
        guard unknown.isEmpty else { throw DatabaseRefusal.newer(unknown) }
        guard try !applied(connection).isSuperset(of: known) else { return }
        for migration in migrations {
            try transaction(connection) {
                // Asked again inside the transaction: another node may have been faster.
                guard try !applied(connection).contains(migration.id) else { return }
                try connection.script(migration.text(for: engine))
                _ = try connection.run("INSERT INTO migration (id, at) VALUES (\(migration.id), \(Instant.now()))") {
                    _ in
                }
            }
        }
    }

    private func applied(_ connection: any Connection) throws -> Set<String> {
        var ids: Set<String> = []
        _ = try connection.run("SELECT id FROM migration") { ids.insert(try $0.text("id")) }
        return ids
    }

    private func transaction(_ connection: any Connection, _ body: () throws -> Void) throws {
        try connection.beginWrite()
        do {
            try body()
            try connection.commit()
        } catch {
            connection.rollback()
            throw error
        }
    }
}
