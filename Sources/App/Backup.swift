import ArgumentParser
import Database
import Files
import Foundation
import Kernel

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a consistent copy of the database and the files into a new folder, while serving.",
        discussion: "The database becomes one SQLite file whatever the engine. A manifest names each file's SHA-256.")

    @Option(help: "The folder to make; it must not exist.") var to: String
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open()
            try await BackupFolder.write(database, files: options.data + "/files", to: to, at: .now())
            await database.close()
            note(terminal.say("Cadangan ditulis ke \(to).", "The backup is in \(to)."))
        }
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill an empty database and the files from a backup.",
        discussion:
            "A damaged backup, one of a newer Simpul, or a database that already holds data is refused; nothing is changed then."
    )

    @Argument(help: "The folder that `simpul backup` wrote.") var folder: String
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open(reference: false)
            try await BackupFolder.restore(folder, into: database, files: options.data + "/files")
            await database.close()
            note(terminal.say("Cadangan dipulihkan.", "The backup is restored."))
        }
    }
}
