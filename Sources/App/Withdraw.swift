import ArgumentParser
import Directory
import Kernel

struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take a record out of the directory; its address answers 410 with the reason from then on.",
        discussion: "Nothing is deleted: the record, its sources and its history stay.")

    @Argument(help: "The innovation's number, as in its address.") var id: Int
    @Option(help: "Why; the public reads it.") var reason: String
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open()
            try await Innovations(database).withdraw(id, reason: reason, by: Actor(name: "operator"), at: .now())
            await database.close()
            note(terminal.say("Inovasi \(id) ditarik.", "Innovation \(id) is withdrawn."))
        }
    }
}
