import ArgumentParser
import Directory
import Foundation
import Institutions
import Kernel

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take a CSV file into the directory.",
        discussion: """
            The first line names the columns, in any order; id and title must be there. Known columns: \
            \(ImportColumn.allCases.map(\.rawValue).joined(separator: ", ")), and their Indonesian names. Comma, semicolon \
            or tab; UTF-8 or Windows-1252.

            Each row is created, updated, unchanged or rejected; rejected rows are listed with what to do. Running the \
            same file again changes nothing; an interrupted import is finished by running it again.
            """)

    @Argument(help: "The CSV file.") var file: String
    @Option(help: "The name of the source, e.g. lan. Rows are known by this name and their id.") var source: String
    @Flag(help: "Print the counts as JSON on standard output.") var json = false
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let importer = Importer(Innovations(database), register: try await Register.load(database))
            let start = ContinuousClock.now
            let report = try await importer.take(
                file: file, source: source, by: Actor(name: "import:\(source)"),
                progress: {
                    App.progress(
                        terminal.say(
                            "\(terminal.number($0.rows)) baris, \($0.bytes * 100 / max(1, $0.size)) persen",
                            "\(terminal.number($0.rows)) rows, \($0.bytes * 100 / max(1, $0.size)) percent"))
                })
            await database.close()
            App.progress("")
            for row in report.rejected { note(row.text) }
            if !report.unusedColumns.isEmpty {
                note(
                    terminal.say(
                        "Kolom yang hanya disimpan apa adanya: ", "Columns that are only kept as they are: ")
                        + report.unusedColumns.prefix(20).joined(separator: ", "))
            }
            note(report.text(seconds: (ContinuousClock.now - start) / .seconds(1)))
            if json { say(report.json) }
        }
    }
}

extension RejectedRow {
    /// The line, its columns and what to do, in the operator's language.
    fileprivate var text: String {
        let parts = problems.map { ($0.field.isEmpty ? "" : "\($0.field): ") + terminal.say($0.message) }
        return terminal.say("Baris", "Line") + " \(line) (\(shown)): " + parts.joined(separator: " ")
    }
}

extension ImportReport {
    fileprivate func text(seconds: Double) -> String {
        let n = terminal.number
        return terminal.say(
            "\(n(read)) baris dibaca: \(n(created)) baru, \(n(updated)) diperbarui, \(n(unchanged)) tetap, \(n(rejected.count)) ditolak; \(n(Int(Double(read) / max(seconds, 0.001)))) baris per detik.",
            "\(n(read)) rows read: \(n(created)) created, \(n(updated)) updated, \(n(unchanged)) unchanged, \(n(rejected.count)) rejected; \(n(Int(Double(read) / max(seconds, 0.001)))) rows a second."
        )
    }
}
