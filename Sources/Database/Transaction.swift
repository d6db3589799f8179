import Kernel

/// A consistent view of the database, for the length of one `read` or `write`.
package class Reader {
    let connection: any Connection
    package let engine: Engine
    /// How many statements ran so far; pages are tested to need the same number whatever the number of rows.
    package fileprivate(set) var statements = 0

    init(_ connection: any Connection, _ engine: Engine) {
        self.connection = connection
        self.engine = engine
    }

    package func rows(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try each(sql) { rows.append($0) }
        return rows
    }

    package func rows<T>(_ sql: SQL, _ make: (Row) throws -> T) throws -> [T] {
        var out: [T] = []
        try each(sql) { out.append(try make($0)) }
        return out
    }

    package func first(_ sql: SQL) throws -> Row? { try rows(sql).first }

    /// The number in the first column of the first row; 0 when there is none.
    package func count(_ sql: SQL) throws -> Int {
        guard case .integer(let n)? = try first(sql)?.values.first else { return 0 }
        return Int(n)
    }

    /// Hands out the rows of a long result one by one, so that memory stays flat. The body may not use the database.
    package func stream(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        statements += 1
        try connection.stream(sql, body)
    }

    package func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        statements += 1
        _ = try connection.run(sql, body)
    }
}

/// One transaction that may write. It either commits whole or leaves nothing.
package final class Writer: Reader {
    private var nextIDs: [String: Int] = [:]
    private var changes: [(kind: String, key: String)] = []
    package let at: Instant

    init(_ connection: any Connection, _ engine: Engine, at: Instant) {
        self.at = at
        super.init(connection, engine)
    }

    /// Runs a statement; returns the number of rows it changed.
    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        statements += 1
        return try connection.run(sql) { _ in }
    }

    /// Inserts rows, many to a statement.
    package func insert(_ table: StaticString, _ columns: [String], _ rows: [[Value]]) throws {
        try insert(trusted: "\(table)", columns, rows)
    }

    /// The same for a table named by the schema at run time.
    func insert(trusted table: String, _ columns: [String], _ rows: [[Value]]) throws {
        // Both engines take at least 30,000 values a statement; equal sizes let them be prepared once.
        let size = max(1, min(100, 30_000 / max(1, columns.count)))
        let head = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
        for start in stride(from: 0, to: rows.count, by: size) {
            let some = rows[start..<min(start + size, rows.count)]
            try execute(SQL(trusted: head, rows: some, engine))
        }
    }

    /// The next number of a table's `id`. Without gaps and the same on both engines, since there is one writer.
    package func nextID(_ table: StaticString) throws -> Int {
        let name = "\(table)"
        let id = try nextIDs[name] ?? count("SELECT COALESCE(MAX(id), 0) + 1 FROM \(name: table)")
        nextIDs[name] = id + 1
        return id
    }

    /// Tells the change feed that a public fact changed; written with the commit.
    package func changed(_ kind: StaticString, _ key: String) { changes.append(("\(kind)", key)) }

    /// Writes what `changed` collected; returns the number of the last change, nil when nothing changed.
    func flushChanges() throws -> Int? {
        guard !changes.isEmpty else { return nil }
        var seq = try Changes.latest(self)
        let rows: [[Value]] = changes.map {
            seq += 1
            return [.integer(Int64(seq)), .text($0.kind), .text($0.key), at.sqlValue]
        }
        try insert("change", ["seq", "kind", "key", "at"], rows)
        return seq
    }
}

/// The two engines behind the interface.
package enum Engine: String, Sendable, CaseIterable { case sqlite, postgres }
