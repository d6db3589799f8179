import ArgumentParser
import Database
import Kernel

struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy everything from one database into another, empty one, of either engine.",
        discussion:
            "The copy is compared row by row before it is committed; if anything differs, the target stays empty.")

    @Option(help: "The database to read; it may be in use.") var from: String
    @Option(help: "The empty database to fill.") var to: String

    func run() async throws {
        try await answering {
            let source = try await Database(try DatabaseAddress(from), slices: slices, readers: 1)
            let target = try await Database(try DatabaseAddress(to), slices: slices, readers: 1)
            let sums = try await source.copy(to: target) { table, rows in
                App.progress("\(table) \(terminal.number(rows))")
            }
            App.progress("")
            for sum in sums { say("\(sum.table)\t\(sum.rows)\t\(sum.sum)") }
            await source.close()
            await target.close()
        }
    }
}
