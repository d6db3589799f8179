import Database
import Kernel

/// What a row of a delivery points to: the innovation it resembles, the question that is open about it.
struct RowTrace: Sendable {
    let twin: (id: Int, title: String)?
    let pair: Int?
}

extension StagedRows {
    func trace(of row: StagedRow) async throws -> RowTrace {
        try await database.read { db in
            // A row may resemble an earlier row of the same delivery, which by now is an innovation.
            let twin = try db.first(
                """
                SELECT i.id, i.title FROM innovation i WHERE i.id = \(row.twin)
                    OR i.id = (SELECT innovation FROM staged WHERE run = \(row.run) AND line = \(row.twinLine))
                """
            ) .map { (id: try $0.int("id"), title: try $0.text("title")) }
            let pair = try db.first(
                """
                SELECT id FROM pair WHERE run = \(row.run) AND line = \(row.line)
                    AND state IN ('open', 'proposed') ORDER BY id
                """
            ).map { try $0.int("id") }
            return RowTrace(twin: twin, pair: pair)
        }
    }
}
