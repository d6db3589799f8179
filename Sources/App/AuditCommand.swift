import ArgumentParser
import Database
import Kernel
import People

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Prove that the audit trail is what was written.",
        subcommands: [Verify.self, Heads.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Find the first entry that was changed, removed or reordered; exit code 1 and its number when there is one.",
            discussion: """
                The chain alone cannot show that the whole trail was written anew or that its end was cut off: give the \
                head of a day as it was published or as a backup has it.
                """)

        @Option(help: "A published head: DAY:HASH, e.g. 2026-11-21:3f5a…") var anchor: String?
        @OptionGroup var options: DatabaseOptions

        private var head: (day: Day, hash: String)? {
            guard let parts = anchor?.split(separator: ":"), parts.count == 2, let day = Day(iso: parts[0]),
                parts[1].utf8.count == 64
            else { return nil }
            return (day, String(parts[1]))
        }

        func validate() throws {
            if anchor != nil, head == nil { throw ValidationError("--anchor: DAY:HASH, e.g. 2026-11-21:3f5a…") }
        }

        func run() async throws {
            try await answering {
                let database = try await options.open(reference: false)
                let broken =
                    if let head { try await Audit.verify(database, anchor: head.day, head.hash) } else {
                        try await Audit.verify(database)
                    }
                let count = try await database.read { db in try Audit.count(db) }
                await database.close()
                if let broken {
                    say("✗ " + terminal.say(broken.message))
                    throw ExitCode(1)
                }
                note(terminal.say("\(count) catatan, rantainya utuh.", "\(count) entries; the chain holds."))
            }
        }
    }

    struct Heads: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the last entry of each day: day, number, entries of the day, hash, with tabs between.")

        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            try await answering {
                let database = try await options.open(reference: false)
                let heads = try await Audit.heads(database)
                await database.close()
                for head in heads { say("\(head.day.iso)\t\(head.entry)\t\(head.count)\t\(head.hash)") }
            }
        }
    }
}
