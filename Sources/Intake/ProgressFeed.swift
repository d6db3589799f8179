import Hummingbird
import Kernel
import People
import ServiceLifecycle
import Synchronization
import Web

/// `/kerja/kiriman/{run}/kemajuan`: how far a delivery is, as events for whoever looks at its page.
///
/// An event holds the part of the page that changes, drawn by the page's own view; `end` says that the page should be
/// read anew, `full` that somebody is one too many. A stream ends by itself after some minutes, and the browser asks
/// again; one whose reader has gone ends at the next word that cannot be delivered.
struct ProgressFeed: Sendable {
    private let runs: Runs
    let places = OpenPlaces(mostAll: 64, mostEach: 6)
    private let looks = LastLooks()
    /// From one look to the next, and the longest life of a stream.
    private let pace: Duration
    private let longest: Duration

    init(_ runs: Runs, pace: Duration = .milliseconds(700), longest: Duration = .seconds(300)) {
        self.runs = runs
        self.pace = pace
        self.longest = longest
    }

    func add(to desk: Desk) {
        desk.page("/kerja/kiriman/{run}/kemajuan", .readSources) { _, context, person, frame in
            let run = try await runs.run(try RunPages.number(context))
            return .events { try await tell(run.id, to: person, frame, $0) }
        }
    }

    private func tell(_ id: Int, to person: Person, _ frame: Frame, _ chunks: Chunks) async throws {
        guard places.enter(person.account) else { return try await send("full", "", chunks) }
        defer { places.leave(person.account) }
        let began = ContinuousClock.now
        var said: String?
        var quiet = 0
        try await chunks.write("retry: 2000\n\n")
        while ContinuousClock.now - began < longest, !Task.isCancelled, !Task.isShuttingDownGracefully {
            let looked = ContinuousClock.now
            let run = try await looks.run(id, noOlderThan: pace / 2, runs)
            // Counting a large delivery takes a while; looking on must not be what the database is busy with.
            let rest = max(pace, (ContinuousClock.now - looked) * 8)
            let page = RunPage(run: run, by: "", approvedBy: nil, rows: nil, mayManage: false)
            let part = RunView.progress(page, frame).text
            quiet += 1
            if part != said {
                try await send(nil, part, chunks)
                (said, quiet) = (part, 0)
            } else if quiet >= 10 {
                // A word that means nothing finds out whether anybody listens.
                try await chunks.write(": \n\n")
                try await chunks.flush()
                quiet = 0
            }
            guard !run.state.isEnded, run.state != .asking else { return try await send("end", "", chunks) }
            try await Task.sleep(for: rest)
        }
    }

    private func send(_ name: String?, _ data: String, _ chunks: Chunks) async throws {
        let lines = data.split(separator: "\n", omittingEmptySubsequences: true)
        if let name { try await chunks.write("event: \(name)\n") }
        try await chunks.write(
            (lines.isEmpty ? ["data:"] : lines.map { "data: \($0)" }).joined(separator: "\n") + "\n\n")
        try await chunks.flush()
    }
}

/// What was last seen of each delivery, so that many who look on cost hardly more than one.
private actor LastLooks {
    private var looks: [Int: (at: ContinuousClock.Instant, run: Task<Run, any Error>)] = [:]

    func run(_ id: Int, noOlderThan age: Duration, _ runs: Runs) async throws -> Run {
        let now = ContinuousClock.now
        looks = looks.filter { now - $0.value.at < age }
        if let look = looks[id] { return try await look.run.value }
        let look = Task { try await runs.run(id) }
        looks[id] = (now, look)
        return try await look.value
    }
}

/// How many may listen at once, all together and each.
final class OpenPlaces: Sendable {
    private let mostAll: Int
    private let mostEach: Int
    private let open = Mutex<[Int: Int]>([:])

    init(mostAll: Int, mostEach: Int) {
        self.mostAll = mostAll
        self.mostEach = mostEach
    }

    /// Takes a place for an account; false when there is none.
    func enter(_ account: Int) -> Bool {
        open.withLock { open in
            guard open.values.reduce(0, +) < mostAll, open[account, default: 0] < mostEach else { return false }
            open[account, default: 0] += 1
            return true
        }
    }

    func leave(_ account: Int) {
        open.withLock { open in
            open[account, default: 1] -= 1
            if open[account] == 0 { open[account] = nil }
        }
    }

    var count: Int { open.withLock { $0.values.reduce(0, +) } }
}
