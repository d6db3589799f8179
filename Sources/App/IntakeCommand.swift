import ArgumentParser
import Database
import Files
import Foundation
import Intake
import Kernel
import Logging

struct IntakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake", abstract: "Other institutions' data in: read, linked with what is known, and taken.",
        subcommands: [Take.self, List.self])

    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Take a file of a source: CSV, XLSX, JSON or JSON Lines.",
            discussion: """
                A source that is not known yet is declared. Its columns are mapped by --mapping: a JSON file \
                ({"columns":{"Judul Inovasi":"title"},"constants":{"award":"KIPP"}}, with "id":"@derived" where no column \
                identifies a row), or auto for the names that an import knows; without it by the mapping it has.

                Each row ends as created, updated, unchanged, merged, waiting for review, or rejected. Where something is \
                unusual it stops and asks; --yes, or the portal, lets it go on. Interrupted, it is finished by running it \
                again.
                """)

        @Option(help: "The name of the source, e.g. lan.") var source: String
        @Option(help: "The file to take.") var file: String
        @Option(help: "A mapping of columns as a JSON file, or auto.") var mapping: String?
        @Flag(help: "A new source sends its whole list each time, so that a row it lacks is gone.") var complete = false
        @Flag(help: "Go on in spite of doubts.") var yes = false
        @Flag(help: "Print the sums as JSON on standard output.") var json = false
        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            try await answering {
                let database = try await options.open()
                let ended = try await interruptible {
                    try await take(
                        database, try FileStore(folder: options.filesFolder, database: database, scanner: nil))
                }
                await database.close()
                progress("")
                guard let ended else {
                    note(
                        terminal.say(
                            "Dihentikan; jalankan lagi untuk menyelesaikannya.",
                            "Interrupted; run it again to finish it."))
                    throw ExitCode(130)
                }
                try tell(ended)
            }
        }

        private func take(_ database: Database, _ files: FileStore) async throws -> Run {
            let (runs, actor) = (Runs(database), Actor(name: "intake"))
            let source = try await declared(database, by: actor)
            let copy = files.temporaryFolder + "/" + UUID().uuidString
            do { try FileManager.default.copyItem(atPath: file, toPath: copy) } catch {
                throw ValidationError("--file: \(file) cannot be read")
            }
            let name = URL(fileURLWithPath: file).lastPathComponent
            let admitted = try await files.admit(copy, name: name, kind: .delivery)
            let digest = try await runs.receive(admitted, for: source, by: actor, at: .now())
            try await map(database, files, digest, source, by: actor)
            let id = try await begun(runs, digest, name, source, by: actor)
            let worker = RunWorker(database, files: files)
            var ended = try await worker.finish(id, progress: show)
            if ended.state == .asking, yes {
                for doubt in ended.doubts { note(terminal.say(doubt.message)) }
                try await runs.approve(id, by: actor, at: .now())
                ended = try await worker.finish(id, progress: show)
            }
            return ended
        }

        private func declared(_ database: Database, by actor: Actor) async throws -> Int {
            let sources = Sources(database)
            if let known = try await sources.named(source) { return known.id }
            return try await sources.declare(.init(name: source, isComplete: complete), by: actor, at: .now())
        }

        private func map(
            _ database: Database, _ files: FileStore, _ digest: String, _ source: Int, by actor: Actor
        ) async throws {
            guard let mapping else { return }
            let mappings = Mappings(database, files: files)
            let header = try await mappings.table(digest).header
            let chosen: Mapping
            if mapping == "auto" {
                chosen = .suggest(header)
            } else {
                guard let text = try? String(contentsOfFile: mapping, encoding: .utf8) else {
                    throw ValidationError("--mapping: \(mapping) cannot be read")
                }
                chosen = try Mapping(json: text)
            }
            try await mappings.save(chosen, for: source, header: header, by: actor, at: .now())
        }

        /// The delivery of this file that has not ended, or a new one.
        private func begun(
            _ runs: Runs, _ digest: String, _ name: String, _ source: Int, by actor: Actor
        ) async throws -> Int {
            if let live = try await runs.underWay(of: source), live.file == digest { return live.id }
            return try await runs.start(digest, name: name, for: source, by: actor, at: .now())
        }

        private func tell(_ run: Run) throws {
            for doubt in run.doubts where run.approvedBy == nil { note(terminal.say(doubt.message)) }
            if let reason = run.reason { note(terminal.say(reason)) }
            note(run.line)
            if json { say(run.json) }
            if run.state == .asking {
                note(
                    terminal.say(
                        "Kiriman menunggu keputusan: jalankan lagi dengan --yes untuk meneruskan.",
                        "The delivery waits for a decision: run it again with --yes to go on."))
            }
            if run.state != .done { throw ExitCode(1) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List deliveries, the newest first.")

        @Option(help: "Only those of this source.") var source: String?
        @Option(help: "How many.") var limit = 50
        @OptionGroup var options: DatabaseOptions

        func validate() throws {
            guard (1...10_000).contains(limit) else { throw ValidationError("--limit: 1 to 10000") }
        }

        func run() async throws {
            try await answering {
                let database = try await options.open(reference: false)
                var chosen: Int?
                if let source {
                    guard let found = try await Sources(database).named(source) else { throw SourceRefusal.unknown }
                    chosen = found.id
                }
                let runs = try await Runs(database).list(of: chosen, limit: limit)
                await database.close()
                for run in runs { say(run.line) }
            }
        }
    }
}

/// How far the work is, for who watches.
private let show: @Sendable (RunWorker.Progress) -> Void = { at in
    let total = at.total.map { " / " + terminal.number($0) } ?? ""
    progress("\(at.state.rawValue) \(terminal.number(at.done))\(total)")
}

/// Runs a body that Ctrl-C or SIGTERM cancels; nil when it was.
private func interruptible<T: Sendable>(_ body: @escaping () async throws -> T) async throws -> T? {
    let work = UncheckedBody(body: body)
    let task = Task { try await work.body() }
    let sources = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { task.cancel() }
        source.resume()
        return source
    }
    defer { for source in sources { source.cancel() } }
    do { return try await task.value } catch is CancellationError { return nil }
}

/// A body that is handed to one task and awaited.
private struct UncheckedBody<T>: @unchecked Sendable { let body: () async throws -> T }

extension Run {
    /// `12  kipp  done  kipp-2023.xlsx  created 3, updated 0, …`
    fileprivate var line: String {
        let counts =
            StagedOutcome.allCases.map { "\($0.rawValue) \(sums[$0])" } + (sums.open > 0 ? ["open \(sums.open)"] : [])
        return "\(id)\t\(sourceName)\t\(state.rawValue)\t\(name)\t\(counts.joined(separator: ", "))"
    }

    fileprivate var json: String {
        let counts = StagedOutcome.allCases.map { "\"\($0.rawValue)\":\(sums[$0])" }
        return "{\"run\":\(id),\"rows\":\(sums.rows),\(counts.joined(separator: ","))}"
    }
}
