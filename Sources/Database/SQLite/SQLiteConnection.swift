import Foundation
import GRDB
import Kernel

/// One SQLite connection: write-ahead log, `synchronous=FULL`, foreign keys on.
final class SQLiteConnection: Connection {
    private let queue: DatabaseQueue
    private let watch: SlowStatements
    let usable = true

    init(path: String, writes: Bool, watch: SlowStatements) throws {
        self.watch = watch
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        // Our transactions span several calls.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            if writes { try db.execute(sql: "PRAGMA journal_mode = WAL") }
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(writes ? 32_000 : 4_000); PRAGMA journal_size_limit = 67108864;
                    PRAGMA wal_autocheckpoint = 8000;
                    """)
        }
        do {
            if writes {
                try FileManager.default.createDirectory(
                    at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: throw DatabaseRefusal.notADatabase(path)
            default: throw translate(error, "open \(path)")
            }
        } catch let error as CocoaError {
            throw DatabaseRefusal.unavailable("\(path): \(error.localizedDescription)")
        }
    }

    func run(_ sql: SQL, _ each: (Row) throws -> Void) throws -> Int {
        let text = sql.text { _ in "?" }
        let arguments = try sql.values.map(bind)
        return try watch.watch(text) {
            try queue.inDatabase { db in
                do {
                    let statement = try db.cachedStatement(sql: text)
                    statement.setUncheckedArguments(StatementArguments(arguments))
                    guard statement.columnCount > 0 else {
                        try statement.execute()
                        return db.changesCount
                    }
                    let columns = Row.Columns(statement.columnNames)
                    let cursor = try GRDB.Row.fetchCursor(statement)
                    while let row = try cursor.next() {
                        try each(Row(values: (0..<columns.names.count).map { value(row, $0) }, columns: columns))
                    }
                    return 0
                } catch let error as DatabaseError {
                    throw translate(error, text)
                }
            }
        }
    }

    func stream(_ sql: SQL, _ each: (Row) throws -> Void) throws { _ = try run(sql, each) }

    func script(_ text: String) throws {
        try queue.inDatabase { db in
            do { try db.execute(sql: text) } catch let error as DatabaseError { throw translate(error, text) }
        }
    }

    func beginRead() throws { try script("BEGIN DEFERRED") }
    func beginWrite() throws { try script("BEGIN IMMEDIATE") }
    func commit() throws { try script("COMMIT") }
    func rollback() { try? script("ROLLBACK") }

    private func bind(_ value: Value) throws -> DatabaseValue {
        switch value {
        case .null: return .null
        case .integer(let n): return n.databaseValue
        case .real(let n): return n.databaseValue
        case .text(let text):
            guard !text.holdsNUL else { throw DatabaseRefusal.nul }
            return text.databaseValue
        case .bytes(let bytes): return Data(bytes).databaseValue
        }
    }

    private func value(_ row: GRDB.Row, _ i: Int) -> Value {
        switch (row[i] as DatabaseValue).storage {
        case .null: .null
        case .int64(let n): .integer(n)
        case .double(let n): .real(n)
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        }
    }
}

private func translate(_ error: DatabaseError, _ statement: String) -> any Error {
    switch error.resultCode {
    case .SQLITE_FULL: return DatabaseRefusal.full
    case .SQLITE_BUSY, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_LOCKED:
        return DatabaseRefusal.unavailable(error.message ?? "SQLite \(error.resultCode.rawValue)")
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: return DatabaseRefusal.notADatabase(error.message ?? "SQLite")
    default: break
    }
    let kind: DatabaseFault.Kind =
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: .unique
        case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey
        case .SQLITE_CONSTRAINT_CHECK, .SQLITE_CONSTRAINT_NOTNULL: .check
        default: .other
        }
    return DatabaseFault(kind, statement: statement, message: error.message ?? "SQLite \(error.resultCode.rawValue)")
}
