import CLibPQ
import Foundation
import Kernel

/// One PostgreSQL connection through libpq, with prepared statements.
final class PostgreSQLConnection: Connection {
    private let connection: OpaquePointer
    private let watch: SlowStatements
    private var prepared: [String: String] = [:]
    private(set) var usable = true

    /// A write takes this lock first, so that writers are one at a time over all nodes and the numbers in the change
    /// feed rise in the order of commits.
    private static let writerLock = 7_305_810_422

    init(url: String, watch: SlowStatements) throws {
        self.watch = watch
        guard let connection = PQconnectdb(url) else { throw DatabaseRefusal.unavailable("libpq") }
        guard PQstatus(connection) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(connection))
            PQfinish(connection)
            throw DatabaseRefusal.unavailable(message.split(separator: "\n").first.map(String.init) ?? "PostgreSQL")
        }
        self.connection = connection
        do {
            try script("SET client_min_messages = warning; SET TIME ZONE 'UTC'; SET client_encoding = 'UTF8'")
        } catch {
            PQfinish(connection)
            usable = false
            throw error
        }
    }

    deinit { if usable { PQfinish(connection) } }

    func run(_ sql: SQL, _ each: (Row) throws -> Void) throws -> Int {
        let text = sql.text { "$\($0)" }
        return try watch.watch(text) {
            let name = try prepare(text)
            let result = try withParameters(sql.values) {
                PQexecPrepared(connection, name, Int32(sql.values.count), $0, nil, nil, 0)
            }
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK else {
                throw failure(result, text)
            }
            let shape = Shape(result)
            for row in 0..<PQntuples(result) { try each(try shape.row(result, row)) }
            return Int(String(cString: PQcmdTuples(result))) ?? 0
        }
    }

    func stream(_ sql: SQL, _ each: (Row) throws -> Void) throws {
        let text = sql.text { "$\($0)" }
        let name = try prepare(text)
        let sent = try withParameters(sql.values) {
            PQsendQueryPrepared(connection, name, Int32(sql.values.count), $0, nil, nil, 0)
        }
        guard sent == 1, PQsetSingleRowMode(connection) == 1 else { throw failure(nil, text) }
        // Whatever happens, the rest of the result is read away: the connection is of no use before.
        defer { while let rest = PQgetResult(connection) { PQclear(rest) } }
        var shape: Shape?
        while let result = PQgetResult(connection) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE:
                let known = shape ?? Shape(result)
                shape = known
                try each(try known.row(result, 0))
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
            default: throw failure(result, text)
            }
        }
    }

    func script(_ text: String) throws {
        guard usable else { throw DatabaseRefusal.unavailable("PostgreSQL") }
        let result = PQexec(connection, text)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK else {
            throw failure(result, text)
        }
    }

    func beginRead() throws { try script("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY") }
    func beginWrite() throws { try script("BEGIN; SELECT pg_advisory_xact_lock(\(Self.writerLock))") }
    func commit() throws { try script("COMMIT") }
    func rollback() { try? script("ROLLBACK") }

    private func prepare(_ text: String) throws -> String {
        guard usable else { throw DatabaseRefusal.unavailable("PostgreSQL") }
        if let name = prepared[text] { return name }
        if prepared.count >= 256 {
            try script("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        let result = PQprepare(connection, name, text, 0, nil)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(result, text) }
        prepared[text] = name
        return name
    }

    /// The values as C strings, in one buffer: each text, then its NUL.
    private func withParameters<T>(_ values: [Value], _ body: ([UnsafePointer<CChar>?]) -> T) throws -> T {
        var buffer: [CChar] = []
        var offsets: [Int?] = []
        for text in try values.map(parameter) {
            guard let text else {
                offsets.append(nil)
                continue
            }
            offsets.append(buffer.count)
            buffer.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
            buffer.append(0)
        }
        return buffer.withUnsafeBufferPointer { buffer in
            body(offsets.map { offset in offset.flatMap { buffer.baseAddress?.advanced(by: $0) } })
        }
    }

    private func parameter(_ value: Value) throws -> String? {
        switch value {
        case .null: return nil
        case .integer(let n): return String(n)
        case .real(let n): return "\(n)"
        case .text(let text):
            guard !text.holdsNUL else { throw DatabaseRefusal.nul }
            return text
        case .bytes(let bytes):
            let digits = Array("0123456789abcdef".utf8)
            var hex: [UInt8] = Array("\\x".utf8)
            for byte in bytes { hex += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
            return String(decoding: hex, as: UTF8.self)
        }
    }

    private func failure(_ result: OpaquePointer?, _ statement: String) -> any Error {
        let message = String(cString: PQerrorMessage(connection)).split(separator: "\n").first.map(String.init)
        let state = PQresultErrorField(result, 67).map { String(cString: $0) } ?? ""
        // 57P: the server goes down; 08: the line is gone; 53: it has no room.
        if PQstatus(connection) != CONNECTION_OK || state.hasPrefix("57P") || state.hasPrefix("08") {
            PQfinish(connection)
            usable = false
            return DatabaseRefusal.unavailable(message ?? "PostgreSQL")
        }
        if state.hasPrefix("53") { return DatabaseRefusal.full }
        let kind: DatabaseFault.Kind =
            switch state {
            case "23505": .unique
            case "23503": .foreignKey
            case "23514", "23502": .check
            default: .other
            }
        return DatabaseFault(kind, statement: statement, message: "\(state) \(message ?? "")")
    }
}

/// The columns of a result and how to read them.
private struct Shape {
    let columns: Row.Columns
    let types: [Oid]

    init(_ result: OpaquePointer?) {
        columns = Row.Columns((0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) })
        types = (0..<PQnfields(result)).map { PQftype(result, $0) }
    }

    func row(_ result: OpaquePointer?, _ row: Int32) throws -> Row {
        Row(values: try types.indices.map { try value(result, row, Int32($0), types[$0]) }, columns: columns)
    }

    /// Reads by the column's type: int8 20, int2 21, int4 23, float8 701, numeric 1700, bool 16, bytea 17; else text.
    private func value(_ result: OpaquePointer?, _ row: Int32, _ column: Int32, _ type: Oid) throws -> Value {
        guard PQgetisnull(result, row, column) == 0, let pointer = PQgetvalue(result, row, column) else { return .null }
        let text = String(cString: pointer)
        switch type {
        case 20, 21, 23:
            guard let n = Int64(text) else { throw DatabaseFault.column("\(column)", "is not an integer: \(text)") }
            return .integer(n)
        case 1700: return Int64(text).map(Value.integer) ?? .real(Double(text) ?? .nan)
        case 701: return .real(Double(text) ?? .nan)
        case 16: return .integer(text == "t" ? 1 : 0)
        case 17:
            let nibbles = text.utf8.dropFirst(2).map { $0 < 58 ? $0 - 48 : $0 - 87 }
            return .bytes(stride(from: 0, to: nibbles.count - 1, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] })
        default: return .text(text)
        }
    }
}
