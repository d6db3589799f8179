import Foundation
import Kernel

/// What a slice stores: its migrations, append-only, and the invariants that must always hold.
package struct Schema: Sendable {
    package let migrations: [Migration]
    package let invariants: [Invariant]

    package init(migrations: [Migration], invariants: [Invariant]) {
        self.migrations = migrations
        self.invariants = invariants
    }
}

/// One step of a schema, run once, in plain SQL that both engines share. What they do not share is named:
/// `{key}` an integer primary key, `{text}` text compared by code point, `{bytes}` bytes, `{rowless}` closes a table
/// that is stored in the order of its key.
package struct Migration: Sendable {
    package let id: String
    let text: String

    package init(_ id: String, _ text: String) {
        self.id = id
        self.text = text
    }

    package func text(for engine: Engine) -> String {
        let words: [(String, String, String)] = [
            ("{key}", "INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY"),
            ("{text}", "TEXT", "TEXT COLLATE \"C\""),
            ("{bytes}", "BLOB", "BYTEA"),
            ("{rowless}", "WITHOUT ROWID", ""),
        ]
        return words.reduce(text) { $0.replacing($1.0, with: engine == .sqlite ? $1.1 : $1.2) }
    }

    /// The tables it creates, in order.
    var tables: [String] {
        text.components(separatedBy: "CREATE TABLE ").dropFirst().compactMap {
            $0.split(whereSeparator: { !$0.isLetter && $0 != "_" }).first.map(String.init)
        }
    }
}

/// A rule about the stored whole: what breaks it, as text; an empty answer is the good one.
package struct Invariant: Sendable {
    package let name: String
    let broken: @Sendable (Reader) throws -> [String]

    /// A query that must return no rows.
    package init(_ name: String, _ sql: SQL) {
        self.init(name) { db in
            try db.rows("SELECT * FROM (\(sql)) AS broken LIMIT 20") { row in
                zip(row.names, row.values).map { "\($0)=\($1.shown)" }.joined(separator: " ")
            }
        }
    }

    /// A rule that SQL alone cannot say; the body names some of the rows that break it.
    package init(_ name: String, _ broken: @escaping @Sendable (Reader) throws -> [String]) {
        self.name = name
        self.broken = broken
    }
}

extension Value {
    fileprivate var shown: String {
        switch self {
        case .null: "-"
        case .integer(let n): String(n)
        case .real(let n): String(n)
        case .text(let text): text
        case .bytes(let bytes): "\(bytes.count) bytes"
        }
    }
}
