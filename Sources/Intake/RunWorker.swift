import Database
import Files
import Foundation
import Kernel
import Logging
import ServiceLifecycle

/// Works on deliveries until the process is asked to stop; several may run, on several nodes.
///
/// A worker holds a delivery by a lease that it prolongs while it works. One that was killed leaves it as the last
/// transaction left it, and the next goes on there.
package struct RunWorker: Service {
    package struct Settings: Sendable {
        /// Seconds for which a worker keeps a delivery without a sign of life.
        package var lease = 30.0
        /// Seconds between two looks for work.
        package var pause = 2.0
        /// How addresses are fetched.
        package var fetching = Fetching()

        package init() {}
    }

    /// How far a delivery is: rows done and in all, where that is known.
    package struct Progress: Sendable, Hashable {
        package let state: RunState
        package let done: Int
        package let total: Int?
    }

    private let database: Database
    private let files: FileStore
    private let settings: Settings
    private let logger: Logger

    package init(
        _ database: Database, files: FileStore, settings: Settings = Settings(),
        logger: Logger = Logger(label: "intake")
    ) {
        self.database = database
        self.files = files
        self.settings = settings
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { while try await workOnce() {} } catch {
                    logger.warning("deliveries could not be worked on", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(settings.pause))
            }
        }
    }

    /// Begins what is due and works on one delivery; false when there was none.
    @discardableResult
    package func workOnce() async throws -> Bool {
        guard !Task.isCancelled, try await database.read({ try RunClaims.isAnyDue(at: .now(), $0) }) else {
            return false
        }
        let until = lease
        let claim = try await database.write { db in
            _ = try RunClaims.beginDue(db)
            return try RunClaims.claim(nil, until: until, db)
        }
        guard let claim else { return false }
        try await work(claim) { _ in }
        return true
    }

    /// Works on one delivery until it ends, asks, or the task is cancelled; waits while another worker holds it. A
    /// person asked for it, so that it begins anew to count attempts.
    ///
    /// - Throws: `CancellationError`, and `RunRefusal.unknown`.
    package func finish(_ run: Int, progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> Run {
        while true {
            try Task.checkCancellation()
            let found = try await database.read { try Runs.run(run, $0) }
            if found.state.isEnded || found.state == .asking { return found }
            let until = lease
            guard let claim = try await database.write({ try RunClaims.claim(run, until: until, again: true, $0) })
            else {
                try await Task.sleep(for: .seconds(0.5))
                continue
            }
            try await work(claim, progress)
        }
    }

    private var lease: Instant { Instant(milliseconds: Instant.now().milliseconds + Int64(settings.lease * 1000)) }

    private func work(_ claim: RunClaim, _ progress: @escaping @Sendable (Progress) -> Void) async throws {
        let step = RunStep(database: database, lease: settings.lease, progress: progress)
        do {
            try await alive(claim) { try await advance(claim, step) }
        } catch is RunLost {
            return
        } catch is CancellationError {
            try await database.write { try RunClaims.release(claim, $0) }
            throw CancellationError()
        } catch let refusal as any Refusal where refusal.kind != .unavailable {
            try await database.write { db in
                try RunClaims.require(claim, db)
                try RunClaims.end(claim.run, .failed, refusal.message, db)
            }
        } catch {
            logger.error("a delivery broke off", metadata: ["run": "\(claim.run)", "error": "\(error)"])
            try await database.write { try RunClaims.release(claim, $0) }
            try await Task.sleep(for: .seconds(min(1, settings.pause)))
        }
    }

    /// Goes from state to state as far as nobody has to be asked.
    private func advance(_ begun: RunClaim, _ step: RunStep) async throws {
        var claim = begun
        while true {
            step.report(claim.state, 0, nil)
            switch claim.state {
            case .waiting:
                claim.state = claim.file == nil ? .fetching : .reading
                let next = claim
                try await step.write { db, _ in try RunClaims.move(next, to: next.state, db) }
            case .fetching:
                guard let file = try await fetch(claim, step) else { return }
                claim.file = file
                claim.state = .reading
            case .reading:
                try await StagedReadings(database: database, files: files).work(claim, step)
                claim.state = .linking
            case .linking:
                claim.state = try await StagedTwins(database: database).work(claim, step)
            case .applying:
                return try await StagedOutcomes(database: database).work(claim, step)
            case .asking:
                let asking = claim
                return try await database.write { try RunClaims.release(asking, $0) }
            case .done, .stopped, .failed: return
            }
        }
    }

    /// The digest of the file; nil when nothing has changed and the delivery is done with that.
    private func fetch(_ claim: RunClaim, _ step: RunStep) async throws -> String? {
        let validators = try await database.read { try RunClaims.validators(claim.source.id, $0) }
        let answer = try await settings.fetching.pull(
            claim.source.terms, etag: validators.etag, modified: validators.modified)
        switch answer {
        case .notModified:
            try await step.write { db, _ in
                try RunClaims.finish(claim, missing: nil, RunRefusal.notModified.message, db)
            }
            return nil
        case .body(let bytes, let etag, let modified):
            let path = files.temporaryFolder + "/" + UUID().uuidString
            try await apart { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
            let name = URL(string: claim.name)?.lastPathComponent ?? claim.name
            let file = try await files.admit(path, name: name, kind: .delivery)
            try await step.write { db, _ in
                try RunClaims.fetched(claim, file, etag: etag, modified: modified, db)
            }
            return file.digest
        }
    }

    /// Prolongs the lease while a body works; ends the body when the claim is lost.
    private func alive(_ claim: RunClaim, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let (database, seconds, logger) = (database, settings.lease, logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(operation: body)
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(seconds / 3))
                    let until = Instant(milliseconds: Instant.now().milliseconds + Int64(seconds * 1000))
                    do { try await database.write { try RunClaims.renew(claim, until: until, $0) } } catch let lost
                        as RunLost
                    { throw lost } catch {
                        logger.warning("a lease could not be prolonged", metadata: ["error": "\(error)"])
                    }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

/// What a step of a delivery needs: transactions that prolong its lease, and somebody who is told how far it is.
struct RunStep: Sendable {
    let database: Database
    let lease: Double
    let progress: @Sendable (RunWorker.Progress) -> Void

    func write<T: Sendable>(_ body: @escaping @Sendable (Writer, _ until: Instant) throws -> T) async throws -> T {
        let until = Instant(milliseconds: Instant.now().milliseconds + Int64(lease * 1000))
        return try await database.write { try body($0, until) }
    }

    func report(_ state: RunState, _ done: Int, _ total: Int?) {
        progress(RunWorker.Progress(state: state, done: done, total: total))
    }
}
