import Database
import Kernel

/// What a row of a delivery points to: the innovation it resembles, the question that is open about it.
struct RowTrace: Sendable {
    let twin: (id: Int, title: String)?
    /// The question whether both are the same, and whether it is still open.
    let pair: (id: Int, isOpen: Bool)?
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
            ).map { (id: try $0.int("id"), title: try $0.text("title")) }
            let pair = try db.first(
                """
                SELECT id, state FROM pair WHERE innovation = \(row.innovation) AND run = \(row.run) ORDER BY id
                """
            ).map { (id: try $0.int("id"), isOpen: try !$0.choice("state", Pair.State.self).isDecided) }
            return RowTrace(twin: twin, pair: pair)
        }
    }
}
