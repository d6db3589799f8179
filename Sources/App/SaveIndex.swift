import ArgumentParser
import Directory
import Kernel

struct SaveIndex: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Bring the saved search index up to date, so that the next start is quick.",
        discussion: "A running portal does this by itself; after a large import it spares the next start the work.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let catalogue = try await Catalogue(database, file: options.indexFile)
            try catalogue.save()
            await database.close()
            let count = terminal.number(catalogue.count)
            note(terminal.say("\(count) inovasi dapat dicari.", "\(count) innovations can be found."))
        }
    }
}
