import ArgumentParser
import Database

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check every invariant of the stored data; exit code 1 and the offending rows when one is broken.",
        discussion: "It only reads and may run while the portal serves.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let violations = try await database.check()
            let count = database.slices.flatMap(\.invariants).count
            await database.close()
            for violation in violations {
                say("✗ \(violation.invariant)")
                for row in violation.rows { say("    \(row)") }
            }
            note(
                terminal.say(
                    "\(count) aturan diperiksa, \(violations.count) dilanggar.",
                    "\(count) invariants checked, \(violations.count) broken."))
            if !violations.isEmpty { throw ExitCode(1) }
        }
    }
}
