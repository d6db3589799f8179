import Database
import Foundation
import Kernel
import People

/// Where proposals stand, for those who may see it: nobody is told anything of a proposal that they are in conflict with.
package struct StandingTables: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    package struct Title: Sendable, Hashable {
        package let title: String
        package let institution: String
    }

    /// An edition's standing as one person may see it.
    package struct Table: Sendable {
        package let stored: Editions.Stored
        package let standing: Standing
        package let titles: [Int: Title]
        /// Open readings by proposal.
        package let open: [Int: Int]
        package let evaluators: [Int: String]
        /// How many proposals were left out because of a conflict of interest.
        package let hidden: Int
        /// Whether calibrated scores with their uncertainty and chances are shown.
        package let showsChances: Bool

        /// Those that need another read; without those whose first reads are given out and only not finished yet.
        package var rereads: [Standing.Reread] {
            standing.rereads(stored.edition).filter { reread in
                guard case .few(let reads, let least)? = reread.causes.first, reread.causes.count == 1 else {
                    return true
                }
                return reads + (open[reread.proposal] ?? 0) < least
            }
        }
    }

    /// For the organiser. What the person's own institution proposed is left out before anything is computed.
    package func table(of code: String, for person: Person, at: Instant) async throws -> Table {
        let found = try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            return try Self.found(
                stored, without: try Conflicts.walled(from: person.grants, in: stored.id, db), true, db)
        }
        return found()
    }

    /// For evaluators and panelists, from the stage on that the edition names; throws `ReadingRefusal.missing` before,
    /// and for everybody else.
    package func table(of code: String, forSeatOf person: Person, at: Instant) async throws -> Table {
        let found = try await database.read { db in
            guard let stored = try Editions.read("e.code = \(code)", db).first, stored.state != .draft else {
                throw ReadingRefusal.missing
            }
            let seats = try Evaluators.read(
                "v.edition = \(stored.id) AND v.account = \(person.account) AND v.removed_at IS NULL", db)
            let held = seats.filter { seat in
                let role = seat.seat == .panelist ? Role.panelist : .evaluator
                return seat.declaredAt != nil && person.grants.contains { $0.role == role && $0.edition == code }
                    && stored.edition.shows(.scores, to: seat.seat == .panelist ? .panelist : .evaluator, at: at)
            }
            guard !held.isEmpty else { throw ReadingRefusal.missing }
            // A conflict of either seat holds for the person.
            let barred = try seats.flatMap { try Conflicts.of($0.id, in: stored.id, db).filter { $0.kind != .panel } }
            let showsChances = held.contains {
                stored.edition.shows(.chances, to: $0.seat == .panelist ? .panelist : .evaluator, at: at)
            }
            return try Self.found(stored, without: Set(barred.map(\.proposal)), showsChances, db)
        }
        return found()
    }

    /// What is read in a transaction; the sums are done outside of it.
    private static func found(
        _ stored: Editions.Stored, without hidden: Set<Int>, _ showsChances: Bool, _ db: Reader
    ) throws -> @Sendable () -> Table {
        let all = try Readings.inputs(of: stored, db)
        let inputs = Readings.Inputs(
            reads: all.reads.filter { !hidden.contains($0.proposal) },
            proposals: all.proposals.filter { !hidden.contains($0) }, evaluators: all.evaluators)
        var titles: [Int: Title] = [:]
        try db.each(
            "SELECT id, title, institution FROM proposal WHERE edition = \(stored.id) AND state = 'passed'"
        ) {
            titles[try $0.int("id")] = Title(title: try $0.text("title"), institution: try $0.text("institution"))
        }
        var open: [Int: Int] = [:]
        try db.each(
            """
            SELECT proposal, COUNT(*) AS n FROM reading WHERE edition = \(stored.id) AND state IN ('due', 'begun')
            GROUP BY proposal
            """
        ) { open[try $0.int("proposal")] = try $0.int("n") }
        let names = Dictionary(
            try Evaluators.read("v.edition = \(stored.id)", db).map { ($0.id, $0.name) },
            uniquingKeysWith: { a, _ in a })
        let left = all.proposals.count - inputs.proposals.count
        return { [titles, open] in
            Table(
                stored: stored, standing: inputs.standing(in: stored), titles: titles, open: open, evaluators: names,
                hidden: left, showsChances: showsChances)
        }
    }
}
