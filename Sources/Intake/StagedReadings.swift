import Database
import Directory
import Files
import Foundation
import Institutions
import Kernel

/// The first step of a delivery: its file's rows are read through the mapping and kept as they came, each with the
/// record it makes or why it makes none.
struct StagedReadings: Sendable {
    let database: Database
    let files: FileStore
    static let batch = 500

    /// Goes on behind the last row that is kept. Throws `RunLost`, `MappingRefusal`, and what the file is refused for.
    func work(_ claim: RunClaim, _ step: RunStep) async throws {
        guard let file = claim.file else { throw FileRefusal.missing }
        let table = try await Mappings(database, files: files).table(file)
        let mapping = try await mapping(claim, header: table.header)
        let resolver = try await Register.load(database).resolver
        let head = ReadingHead(try Delivery(table, mapping, resolver))
        let last = try await database.read {
            try $0.count("SELECT COALESCE(MAX(line), 0) FROM staged WHERE run = \(claim.run)")
        }
        var count = 0
        while true {
            try Task.checkCancellation()
            // All rows are read again, since one is also judged by those before it.
            let rows = try await apart { try head.read(Self.batch) }
            guard !rows.isEmpty else { break }
            count += rows.count
            let new = rows.filter { $0.row.line > last }
            guard !new.isEmpty else { continue }
            let done = count
            try await step.write { db, until in
                try RunClaims.progress(claim, done: done, until: until, db)
                try Self.insert(new, run: claim.run, db)
            }
            step.report(.reading, done, nil)
        }
        let total = count
        try await step.write { db, _ in try RunClaims.move(claim, to: .linking, total: total, db) }
    }

    /// The version by which it was begun, or the newest, once the columns are those that it was made for.
    private func mapping(_ claim: RunClaim, header: [String]) async throws -> Mapping {
        if let version = claim.mapping {
            let found = try await database.read { try Mappings.read(claim.source.id, newest: version, $0).first }
            guard let found else { throw MappingRefusal.none }
            return found.mapping
        }
        guard let newest = try await Mappings(database, files: files).newest(of: claim.source.id) else {
            throw MappingRefusal.none
        }
        if let change = newest.mapping.change(in: header) { throw MappingRefusal.changed(change) }
        try await database.write { try RunClaims.map(claim, by: newest.version, $0) }
        return newest.mapping
    }

    private static func insert(_ rows: [Delivery.Read], run: Int, _ db: Writer) throws {
        try db.insert(
            "staged",
            ["run", "line", "external_id", "content", "record", "reference", "problems", "outcome"],
            rows.map { read in
                switch read.result {
                case .success(let row):
                    [
                        run.sqlValue, read.row.line.sqlValue, row.externalID.sqlValue, read.content.sqlValue,
                        row.innovation.json().sqlValue, row.reference.sqlValue, .null, .null,
                    ]
                case .failure(let reason):
                    [
                        run.sqlValue, read.row.line.sqlValue, read.externalID.sqlValue, read.content.sqlValue, .null,
                        .null, intakeJSON(reason.problems.map(KeptProblem.init)).sqlValue,
                        StagedOutcome.rejected.sqlValue,
                    ]
                }
            })
    }
}

/// A delivery that is being read, by one thread after another.
private final class ReadingHead: @unchecked Sendable {
    private var delivery: Delivery

    init(_ delivery: Delivery) { self.delivery = delivery }

    func read(_ most: Int) throws -> [Delivery.Read] {
        var rows: [Delivery.Read] = []
        while rows.count < most, let row = try delivery.next() { rows.append(row) }
        return rows
    }
}
