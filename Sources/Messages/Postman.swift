import Database
import Dispatch
import Kernel
import Logging
import Outbound
import ServiceLifecycle
import Synchronization

/// Sends what is due, one mail at a time, until the process is asked to stop. Several may run, on several nodes.
///
/// One person gets one mail for one fact at most: a message is marked as handed over, durably, before its last byte
/// goes out, and once so marked only a server's refusal or a person makes it wait again.
package struct Postman: Service {
    package struct Settings: Sendable {
        package var smtp: SMTPSettings
        /// The address mail comes from.
        package var from: String
        /// The name beside it.
        package var sender: String
        /// Seconds for which a sender keeps a message for itself; longer than one hand-over takes.
        package var lease = 180.0
        /// Seconds between two looks into the outbox.
        package var pause = 2.0
        /// Seconds to wait after the mail server was not reached.
        package var pauseAfterFailure = 30.0

        package init(smtp: SMTPSettings, from: String, sender: String = "Simpul") {
            self.smtp = smtp
            self.from = from
            self.sender = sender
        }
    }

    /// How a round went, in messages.
    package struct Round: Sendable, Hashable {
        package var sent = 0
        package var postponed = 0
        package var failed = 0
        package var unclear = 0
        /// True when the mail server let nothing through; what is left is tried later.
        package var isUnreachable = false

        package init() {}
    }

    private let database: Database
    private let settings: Settings
    private let logger: Logger
    private let wantsDigest: @Sendable (Int, Reader) throws -> Bool

    /// - Parameter wantsDigest: whether an account gets its daily messages together, in one mail at 07.00 WIB.
    package init(
        _ database: Database, _ settings: Settings, logger: Logger = Logger(label: "mail"),
        wantsDigest: @escaping @Sendable (Int, Reader) throws -> Bool = { _, _ in false }
    ) {
        self.database = database
        self.settings = settings
        self.logger = logger
        self.wantsDigest = wantsDigest
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var pause = settings.pause
                do {
                    if try await deliverDue(at: .now()).isUnreachable { pause = settings.pauseAfterFailure }
                } catch {
                    logger.warning("the outbox could not be worked on", metadata: ["error": "\(error)"])
                    pause = settings.pauseAfterFailure
                }
                try? await Task.sleep(for: .seconds(pause))
            }
        }
    }

    /// Sends all that is due at a moment; ends early when the mail server lets nothing through or the task is cancelled.
    @discardableResult
    package func deliverDue(at start: Instant) async throws -> Round {
        let clock = RunningClock(start)
        var round = Round()
        while !Task.isCancelled, try await database.read({ try Deliveries.isAnyDue(at: clock.now, $0) }) {
            let (now, until) = (clock.now, clock.after(settings.lease))
            let holder = "\(UInt64.random(in: .min ... .max))"
            let wantsDigest = wantsDigest
            let claimed = try await database.write(at: now) {
                try Deliveries.claim(holder: holder, at: now, until: until, wantsDigest: wantsDigest, $0)
            }
            guard let delivery = claimed else { break }
            let outcome = await handOver(delivery, clock)
            try await note(outcome, delivery, clock, in: &round)
            if case .unreachable = outcome {
                round.isUnreachable = true
                break
            }
        }
        return round
    }

    private func handOver(_ delivery: Delivery, _ clock: RunningClock) async -> MailOutcome {
        let database = database
        let lease = settings.lease
        let envelope = Envelope(from: settings.from, to: delivery.address, message: text(delivery, at: clock.now).bytes)
        return await Outbound.send(envelope, by: settings.smtp) {
            // On one of Outbound's threads, which may wait: the end of the mail must not go out before the mark is
            // on the disk.
            let marked = Mutex(false)
            let done = DispatchSemaphore(value: 0)
            Task {
                let written: Void? = try? await database.write {
                    try Deliveries.handOver(delivery, until: clock.after(lease), $0)
                }
                marked.withLock { $0 = written != nil }
                done.signal()
            }
            done.wait()
            return marked.withLock(\.self)
        }
    }

    private func text(_ delivery: Delivery, at now: Instant) -> MailText {
        let parts = delivery.items.map(\.part)
        let single = parts.count == 1 ? parts.first : nil
        let language = delivery.language
        return MailText(
            from: settings.from, sender: settings.sender, to: delivery.address,
            subject: single?.subject ?? DailyText.subject(parts.count, on: now.day(), language),
            body: single?.body ?? DailyText.body(parts, language), language: language,
            facts: delivery.items.map(\.fact), date: now)
    }

    private func note(
        _ outcome: MailOutcome, _ delivery: Delivery, _ clock: RunningClock, in round: inout Round
    ) async throws {
        let count = delivery.items.count
        try await patiently { now, db in
            switch outcome {
            case .accepted: try Deliveries.noteSent(delivery, at: now, db)
            case .postponed(let why), .unreachable(let why):
                try Deliveries.notePostponed(delivery, why, at: now, db)
            case .refused(let why): try Deliveries.noteEnd(delivery, .failed, why, db)
            case .unclear(let why): try Deliveries.noteEnd(delivery, .unclear, why, db)
            case .withdrawn: try Deliveries.release(delivery, db)
            }
        } clock: {
            clock.now
        }
        switch outcome {
        case .accepted: round.sent += count
        case .postponed: round.postponed += count
        case .unreachable(let why):
            round.postponed += count
            logger.warning(
                "the mail server lets nothing through",
                metadata: ["server": "\(settings.smtp.name)", "reason": "\(why)"])
        case .refused: round.failed += count
        case .unclear: round.unclear += count
        case .withdrawn: break
        }
    }

    /// Tries a few times: what the server said is worth more than a moment without the database.
    private func patiently(
        _ body: @escaping @Sendable (Instant, Writer) throws -> Void, clock: @Sendable () -> Instant
    ) async throws {
        for attempt in 1...5 {
            let now = clock()
            do {
                try await database.write(at: now) { try body(now, $0) }
                return
            } catch  where attempt < 5 {
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// A clock that was set to a moment when it was made.
private struct RunningClock: Sendable {
    private let set: Instant
    private let made = ContinuousClock.now

    init(_ moment: Instant) { set = moment }

    var now: Instant { after(0) }

    func after(_ seconds: Double) -> Instant {
        let passed = (ContinuousClock.now - made) / .milliseconds(1)
        return Instant(milliseconds: set.milliseconds + Int64(passed) + Int64(seconds * 1000))
    }
}
