import ArgumentParser
import Directory
import Foundation
import Institutions
import Kernel
import Text

struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill a database with synthetic records, for measuring and for trying things out.",
        discussion: """
            The records are shaped like real ones and say nothing about anybody; their source is named "generated" and \
            they are numbered G000001 onwards. The same seed gives the same records; running it again changes nothing.
            """)

    @Option(help: "How many records.") var count: Int
    @Option(help: "A number; another one gives other records.") var seed: UInt64 = 1
    @Option(help: "Write the records to this CSV file, as `simpul import` reads it, instead of the database.")
    var csv: String?
    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        guard (1...10_000_000).contains(count) else { throw ValidationError("--count: 1 to 10000000") }
    }

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let register = try await Register.load(database)
            let generator = Generator(seed: seed, register: register)
            if let csv {
                try write(generator, to: csv)
            } else {
                let count = count
                let report = try await Importer(Innovations(database), register: register).generate(
                    count, generator, by: Actor(name: "generate"),
                    progress: { App.progress("\(terminal.number($0)) / \(terminal.number(count))") })
                App.progress("")
                note(report.json)
            }
            await database.close()
        }
    }

    private func write(_ generator: Generator, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw CSVRefusal.unreadable(path) }
        var out = Generator.header.joined(separator: ",") + "\n"
        for number in 1...count {
            out += generator.row(number).map(quoted).joined(separator: ",") + "\n"
            if out.utf8.count > 1 << 20 || number == count {
                try file.write(contentsOf: Data(out.utf8))
                out = ""
                App.progress("\(terminal.number(number)) / \(terminal.number(count))")
            }
        }
        try file.close()
        App.progress("")
    }

    private func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
