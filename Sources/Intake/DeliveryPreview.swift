import Directory
import Files
import Foundation
import Institutions
import Kernel
import Text

/// What a mapping makes of a file: the dry run. Nothing is written.
package struct DeliveryPreview: Sendable {
    /// One row as it came and as it is read.
    package struct Row: Sendable {
        package let line: Int
        /// Cells in the order of `header`.
        package let cells: [String]
        /// Nil when the row would be rejected, for `problems`.
        package let innovation: Innovation?
        package let externalID: String?
        package let problems: [Problem]
    }

    /// One kind of problem over the whole file.
    package struct Count: Sendable, Hashable {
        package let problem: Problem
        package let rows: Int
        /// The first line that has it.
        package let line: Int
    }

    package let form: TableForm
    package let header: [String]
    /// The first rows.
    package let shown: [Row]
    /// Rows in all, and those that would be rejected.
    package let rows: Int
    package let rejected: Int
    /// The problems by how many rows have them, at most 50.
    package let problems: [Count]
    /// Rows that name an institution which the register does not know.
    package let unknownInstitutions: Int
    /// How the file's columns differ from those the mapping was made for.
    package let change: Mapping.Change?

    init(_ table: TableReader, _ mapping: Mapping, _ resolver: Resolver, shown limit: Int) throws {
        var delivery = try Delivery(table, mapping, resolver)
        var (shown, rows, rejected, unknown): ([Row], Int, Int, Int) = ([], 0, 0, 0)
        var counts: [Problem: (rows: Int, line: Int)] = [:]
        while let read = try delivery.next() {
            rows += 1
            switch read.result {
            case .success(let row):
                if read.hasUnknownInstitution { unknown += 1 }
                if shown.count < limit {
                    shown.append(
                        Row(
                            line: read.row.line, cells: read.row.cells, innovation: row.innovation,
                            externalID: row.externalID, problems: []))
                }
            case .failure(let reason):
                rejected += 1
                for problem in reason.problems where counts[problem] != nil || counts.count < 10_000 {
                    counts[problem, default: (0, read.row.line)].rows += 1
                }
                if shown.count < limit {
                    shown.append(
                        Row(
                            line: read.row.line, cells: read.row.cells, innovation: nil, externalID: read.externalID,
                            problems: reason.problems))
                }
            }
        }
        form = table.form
        header = table.header
        self.shown = shown
        self.rows = rows
        self.rejected = rejected
        let sorted = counts.map { Count(problem: $0.key, rows: $0.value.rows, line: $0.value.line) }
            .sorted { ($0.rows, $1.line) > ($1.rows, $0.line) }
        problems = Array(sorted.prefix(50))
        unknownInstitutions = unknown
        change = mapping.change(in: table.header)
    }
}
