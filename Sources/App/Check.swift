import ArgumentParser
import Database
import Files
import Kernel

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check every invariant of the stored data; exit code 1 and the offending rows when one is broken.",
        discussion: """
            It only reads and may run while the portal serves. With --files it also reads every stored file and compares \
            its SHA-256 with its row; with --remove-orphans it removes files that no row names and that are older than a \
            day.
            """)

    @Flag(help: "Also compare every stored file with its row, by content.") var files = false
    @Flag(help: "With --files: remove files without a row that are older than a day.") var removeOrphans = false
    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        if removeOrphans, !files { throw ValidationError("--remove-orphans needs --files") }
    }

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let violations = try await database.check()
            let count = database.slices.flatMap(\.invariants).count
            for violation in violations {
                say("✗ \(violation.invariant)")
                for row in violation.rows { say("    \(row)") }
            }
            note(
                terminal.say(
                    "\(count) aturan diperiksa, \(violations.count) dilanggar.",
                    "\(count) invariants checked, \(violations.count) broken."))
            let lost = files ? try await checkFiles(database) : 0
            await database.close()
            if !violations.isEmpty || lost > 0 { throw ExitCode(1) }
        }
    }

    /// Names each finding; returns how many rows have lost their file.
    private func checkFiles(_ database: Database) async throws -> Int {
        let now = Instant.now()
        let store = try FileStore(folder: options.data + "/files", database: database, scanner: nil, at: now)
        var (lost, orphans, removed): (Int, [String], Int) = (0, [], 0)
        let total = try await store.check(at: now) { files, share in
            progress(terminal.say("\(files) berkas, \(Int(share * 100)) %", "\(files) files, \(Int(share * 100)) %"))
        } found: { finding in
            progress("")
            say(line(finding))
            if finding.isLoss { lost += 1 }
            if case .orphan(let digest, _, old: true) = finding { orphans.append(digest) }
        }
        progress("")
        if removeOrphans {
            for digest in orphans where try await store.removeOrphan(digest, at: now) { removed += 1 }
        }
        note(
            terminal.say(
                "\(total) berkas diperiksa, \(lost) hilang atau rusak, \(orphans.count) tanpa catatan, \(removed) dihapus.",
                "\(total) files checked, \(lost) missing or damaged, \(orphans.count) without a row, \(removed) removed."
            ))
        return lost
    }

    private func line(_ finding: FileFinding) -> String {
        switch finding {
        case .missing(let digest): "✗ \(digest) \(terminal.say("tidak ada di folder", "is not in the folder"))"
        case .damaged(let digest):
            "✗ \(digest) \(terminal.say("rusak: isinya bukan lagi isi yang dicatat", "is damaged: its content is no longer what was recorded"))"
        case .orphan(let digest, let size, let old):
            "? \(digest) "
                + terminal.say("tanpa catatan, \(size) byte", "without a row, \(size) bytes")
                + (old ? "" : terminal.say(", kurang dari sehari", ", less than a day old"))
        case .foreign(let name): "? \(name) \(terminal.say("bukan berkas Simpul", "is no file of Simpul"))"
        }
    }
}
