import Foundation
import Institutions
import Kernel
import Text

/// Takes a CSV file into the directory, 500 rows a transaction: a row is never half written, and an interrupted import is
/// finished by running it again.
package struct Importer: Sendable {
    private let innovations: Innovations
    private let resolver: Resolver

    package init(_ innovations: Innovations, register: Register) {
        self.innovations = innovations
        resolver = register.resolver
    }

    /// How far an import is.
    package struct Progress: Sendable {
        package let rows: Int
        /// Bytes read and in all.
        package let bytes: Int
        package let size: Int
    }

    /// Imports a file.
    ///
    /// - Parameters:
    ///   - source: the name under which the source is known, e.g. `lan`.
    ///   - progress: called after each batch.
    /// - Throws: `CSVRefusal` or `ImportRefusal` before anything is written, when the file is not what it should be; what
    ///   the database refuses while writing, after which running the import again finishes it.
    package func take(
        file: String, source: String, by actor: Actor, at: @Sendable () -> Instant = { .now() },
        progress: (Progress) -> Void = { _ in }
    ) async throws -> ImportReport {
        guard !source.trimmingCharacters(in: .whitespaces).isEmpty, source.utf8.count <= 100 else {
            throw ImportRefusal.sourceName
        }
        var csv = try CSVReader(file: file)
        // Read through once: what breaks the file as a whole is said before anything is written.
        var rehearsal = csv
        while try rehearsal.next() != nil {}
        guard let header = try csv.next() else { throw CSVRefusal.empty }
        return try await take(
            from: source, header: header.fields, by: actor, reason: "Impor dari \(source)", at: at,
            next: { try csv.next() },
            progress: { progress(Progress(rows: $0, bytes: csv.read, size: csv.size)) })
    }

    /// Takes synthetic rows numbered 1 to `count`, as if a file had them; the source is named `generated`.
    package func generate(
        _ count: Int, _ generator: Generator, by actor: Actor, at: @Sendable () -> Instant = { .now() },
        progress: (Int) -> Void = { _ in }
    ) async throws -> ImportReport {
        var number = 0
        return try await take(
            from: "generated", header: Generator.header, by: actor, reason: "Data buatan untuk pengukuran", at: at,
            next: {
                number += 1
                return number > count ? nil : CSVRecord(line: number + 1, fields: generator.row(number))
            }, progress: progress)
    }

    private func take(
        from source: String, header: [String], by actor: Actor, reason: String, at: @Sendable () -> Instant,
        next: () throws -> CSVRecord?, progress: (Int) -> Void
    ) async throws -> ImportReport {
        var reader = try RowReader(header: header, resolver: resolver)
        var report = ImportReport(unusedColumns: reader.unusedColumns)
        // One batch is read while the one before is written.
        var writing: Task<[RowOutcome], any Error>?
        var done = false
        while !done {
            var batch: [SourceRow] = []
            while batch.count < 500 {
                guard let record = try next() else {
                    done = true
                    break
                }
                report.read += 1
                switch try reader.read(record) {
                case .success(let row): batch.append(row)
                case .failure(let reason):
                    let shown = record.fields.prefix(2).joined(separator: ", ").prefix(80)
                    report.rejected.append(
                        RejectedRow(line: record.line, shown: String(shown), problems: reason.problems))
                }
            }
            if let outcomes = try await writing?.value { report.count(outcomes) }
            try Task.checkCancellation()
            progress(report.read)
            let rows = batch
            let moment = at()
            writing = Task {
                guard !rows.isEmpty else { return [] }
                return try await innovations.take(rows, from: source, by: actor, reason: reason, at: moment)
            }
        }
        if let outcomes = try await writing?.value { report.count(outcomes) }
        return report
    }
}

extension ImportReport {
    fileprivate mutating func count(_ outcomes: [RowOutcome]) {
        for outcome in outcomes {
            switch outcome {
            case .created: created += 1
            case .updated: updated += 1
            case .unchanged: unchanged += 1
            // An import by itself neither joins records nor lets them wait.
            case .merged, .waiting: break
            }
        }
    }
}
