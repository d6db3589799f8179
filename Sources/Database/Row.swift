import Kernel

/// One row of a result. Asking for a column that is not there, or of another type, is a fault of the program.
package struct Row: Sendable {
    package let values: [Value]
    let columns: Columns

    /// The names of a result's columns, shared by its rows.
    final class Columns: Sendable {
        let names: [String]
        let positions: [String: Int]

        init(_ names: [String]) {
            self.names = names
            positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
        }
    }

    package var names: [String] { columns.names }

    package func value(_ column: String) throws -> Value {
        guard let i = columns.positions[column] else { throw DatabaseFault.column(column, "is not in the result") }
        return values[i]
    }

    package func text(_ column: String) throws -> String {
        guard let text = try textOrNil(column) else { throw DatabaseFault.column(column, "is null") }
        return text
    }

    package func textOrNil(_ column: String) throws -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let text): text
        default: throw DatabaseFault.column(column, "is not text")
        }
    }

    package func int(_ column: String) throws -> Int {
        guard let int = try intOrNil(column) else { throw DatabaseFault.column(column, "is null") }
        return int
    }

    package func intOrNil(_ column: String) throws -> Int? {
        switch try value(column) {
        case .null: nil
        case .integer(let n): Int(n)
        default: throw DatabaseFault.column(column, "is not an integer")
        }
    }

    package func double(_ column: String) throws -> Double {
        switch try value(column) {
        case .real(let n): n
        case .integer(let n): Double(n)
        default: throw DatabaseFault.column(column, "is not a number")
        }
    }

    package func bool(_ column: String) throws -> Bool { try int(column) != 0 }
    package func boolOrNil(_ column: String) throws -> Bool? { try intOrNil(column).map { $0 != 0 } }
    package func instant(_ column: String) throws -> Instant { Instant(milliseconds: Int64(try int(column))) }

    package func instantOrNil(_ column: String) throws -> Instant? {
        try intOrNil(column).map { Instant(milliseconds: Int64($0)) }
    }

    package func dayOrNil(_ column: String) throws -> Day? { try textOrNil(column).flatMap { Day(iso: $0) } }

    /// A value of a closed set stored by its raw text.
    package func choice<T: RawRepresentable>(_ column: String, _: T.Type = T.self) throws -> T
    where T.RawValue == String {
        guard let value: T = try choiceOrNil(column) else { throw DatabaseFault.column(column, "is null") }
        return value
    }

    package func choiceOrNil<T: RawRepresentable>(_ column: String, _: T.Type = T.self) throws -> T?
    where T.RawValue == String {
        guard let raw = try textOrNil(column) else { return nil }
        guard let value = T(rawValue: raw) else { throw DatabaseFault.column(column, "holds an unknown word") }
        return value
    }
}
