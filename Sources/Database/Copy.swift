import Kernel
import Logging
import NIOPosix

/// How many rows a table has and what they say, whatever their order and engine.
package struct TableSum: Sendable, Hashable {
    package let table: String
    package let rows: Int
    /// Sum of the rows' FNV-1a hashes, as 16 hexadecimal digits.
    package let sum: String
}

/// Why a copy is not made, or not trusted.
package enum CopyRefusal: Refusal, Hashable {
    case targetNotEmpty(String)
    case unequal(String)

    package var kind: RefusalKind { .conflict }

    package var message: Phrase {
        switch self {
        case .targetNotEmpty(let table):
            Phrase(
                "Tujuan sudah berisi data (tabel \(table)). Pilih basis data kosong.",
                "The target already holds data (table \(table)). Choose an empty database.")
        case .unequal(let table):
            Phrase(
                "Tabel \(table) di tujuan tidak sama dengan asal. Salinan dibatalkan; tujuan tetap kosong.",
                "The table \(table) of the target differs from the origin. Nothing was copied; the target is still empty."
            )
        }
    }
}

extension Database {
    /// The tables of every slice, in the order in which they can be filled.
    package var tables: [String] { slices.flatMap(\.migrations).flatMap(\.tables) }

    /// Copies everything into an empty database of either engine, as one transaction, and proves it equal before the
    /// commit. The origin may be in use: what is copied is one consistent view.
    ///
    /// - Throws: `CopyRefusal`; in every case the target is left as it was.
    @discardableResult
    package func copy(to target: Database, progress: @escaping @Sendable (String, Int) -> Void = { _, _ in })
        async throws
        -> [TableSum]
    {
        let (from, to, tables) = (address, target.address, tables)
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        let copying = Task {
            try await pool.runIfActive {
                let watch = SlowStatements(milliseconds: 600_000, logger: Logger(label: "copy"))
                let source = try from.connect(writes: false, watch: watch)
                let target = try to.connect(writes: true, watch: watch)
                try source.beginRead()
                defer { source.rollback() }
                try target.beginWrite()
                do {
                    let sums = try tables.map { try copyTable($0, source, target, to.engine, progress) }
                    try target.commit()
                    return sums
                } catch {
                    target.rollback()
                    throw error
                }
            }
        }
        let result = await copying.result
        try? await pool.shutdownGracefully()
        try await target.noticeChanges()
        return try result.get()
    }
}

private func copyTable(
    _ table: String, _ source: any Connection, _ target: any Connection, _ engine: Engine,
    _ progress: (String, Int) -> Void
) throws -> TableSum {
    let writer = Writer(target, engine, at: .now())
    var part = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
    part.appendLiteral("SELECT * FROM \(table)")
    let all = SQL(stringInterpolation: part)
    guard try writer.first(all) == nil else { throw CopyRefusal.targetNotEmpty(table) }
    var batch: [[Value]] = []
    var columns: [String] = []
    var sum = RowSum()
    try source.stream(all) { row in
        columns = row.names
        sum.add(row.values)
        batch.append(row.values)
        if batch.count == 500 {
            try writer.insert(trusted: table, columns, batch)
            batch = []
            progress(table, sum.rows)
        }
    }
    try writer.insert(trusted: table, columns, batch)
    var copied = RowSum()
    try target.stream(all) { copied.add($0.values) }
    guard copied == sum else { throw CopyRefusal.unequal(table) }
    progress(table, sum.rows)
    return TableSum(table: table, rows: sum.rows, sum: sum.hex)
}

private struct RowSum: Equatable {
    var rows = 0
    var sum: UInt64 = 0

    var hex: String {
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    mutating func add(_ values: [Value]) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for value in values {
            switch value {
            case .null: mix(0)
            case .integer(let n):
                mix(1)
                for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: n >> Int64(shift))) }
            case .real(let n):
                mix(2)
                for shift in stride(from: 0, to: 64, by: 8) {
                    mix(UInt8(truncatingIfNeeded: n.bitPattern >> UInt64(shift)))
                }
            case .text(let text):
                mix(3)
                for byte in text.utf8 { mix(byte) }
            case .bytes(let bytes):
                mix(4)
                for byte in bytes { mix(byte) }
            }
        }
        rows += 1
        sum &+= hash
    }
}
