import Database
import Foundation
import Kernel

/// The rows of deliveries as they are kept.
package struct StagedRows: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// One page of a delivery's rows in their order.
    package struct Page: Sendable, Hashable {
        package let rows: [StagedRow]
        /// The line after which the next page begins; nil at the end.
        package let next: Int?
    }

    /// - Parameters:
    ///   - outcome: only rows that ended so; all when nil.
    ///   - after: the line that ended the page before, 0 for the first page.
    package func page(
        of run: Int, outcome: StagedOutcome? = nil, after: Int = 0, limit: Int = 50
    ) async throws -> Page {
        try await database.read { db in
            let which: SQL = outcome.map { "outcome = \($0)" } ?? "1 = 1"
            let rows = try Self.read("run = \(run) AND line > \(after) AND \(which)", limit: limit + 1, db)
            let shown = Array(rows.prefix(limit))
            return Page(rows: shown, next: rows.count > limit ? shown.last?.line : nil)
        }
    }

    /// Throws `RunRefusal.unknownRow`.
    package func row(_ line: Int, of run: Int) async throws -> StagedRow {
        try await database.read { db in
            guard let row = try Self.read("run = \(run) AND line = \(line)", limit: 1, db).first else {
                throw RunRefusal.unknownRow
            }
            return row
        }
    }

    static func read(_ condition: SQL, limit: Int, _ db: Reader) throws -> [StagedRow] {
        try db.rows(
            """
            SELECT run, line, external_id, content, record, reference, problems, decision, twin, twin_line, probability,
                weight, steps, outcome, innovation
            FROM staged WHERE \(condition) ORDER BY run, line LIMIT \(limit)
            """
        ) { row in
            func number(_ column: String) throws -> Double? {
                try row.value(column) == .null ? nil : try row.double(column)
            }
            let problems: [KeptProblem] = intakeValue(try row.textOrNil("problems")) ?? []
            return StagedRow(
                run: try row.int("run"), line: try row.int("line"), externalID: try row.textOrNil("external_id"),
                content: try row.text("content"), record: try row.textOrNil("record"),
                reference: try row.textOrNil("reference"), problems: problems.map(\.problem),
                decision: try row.choiceOrNil("decision"), twin: try row.intOrNil("twin"),
                twinLine: try row.intOrNil("twin_line"), probability: try number("probability"),
                weight: try number("weight"), steps: LinkStep.read(try row.textOrNil("steps")),
                outcome: try row.choiceOrNil("outcome"), innovation: try row.intOrNil("innovation"))
        }
    }
}

/// A problem as it is kept.
struct KeptProblem: Codable {
    let field: String
    let id: String
    let en: String

    init(_ problem: Problem) {
        field = problem.field
        id = problem.message.indonesian
        en = problem.message.english
    }

    var problem: Problem { Problem(field, Phrase(id, en)) }
}
