import Database
import Kernel
import People

/// The citizens' rating of finalists: one vote of 1 to 5 a browser and finalist, replaced when it changes.
package struct Ratings: Sendable {
    /// The votes for one finalist.
    package struct Tally: Sendable, Hashable {
        package let votes: Int
        /// The mean in hundredths, rounded down; nil without votes.
        package let mean: Int?
    }

    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Takes a vote; throws `RatingRefusal`, or `AnnouncementRefusal.notOut` for what is no announced finalist.
    package func rate(
        _ proposal: Int, _ value: Int?, in code: String, cookie: String?, from address: String, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let stored = try Outcomes.edition(code, db)
            try Outcomes.requireFinalist(proposal, in: stored.id, at: at, db)
            guard stored.edition.stage(.rating)?.isOpen(at: at) ?? false else { throw RatingRefusal.closed }
            guard let value, (1...5).contains(value) else { throw RatingRefusal.notValue }
            guard let voter = Voter(cookie: cookie, address: address, key: try Self.key(stored.id, db)) else {
                throw RatingRefusal.noCookie
            }
            let known = try db.count(
                "SELECT COUNT(*) FROM rating WHERE edition = \(stored.id) AND voter = \(voter.mark)")
            if known == 0 { try Self.requireRoom(voter, in: stored.id, at: at, db) }
            try db.execute(
                """
                INSERT INTO rating (edition, proposal, voter, network, value, at)
                VALUES (\(stored.id), \(proposal), \(voter.mark), \(voter.network), \(value), \(at))
                ON CONFLICT (edition, proposal, voter) DO UPDATE SET value = excluded.value
                """)
        }
    }

    /// What a browser gave before; nil where it gave nothing.
    static func own(
        _ proposal: Int, in edition: Int, cookie: String?, address: String, _ db: Reader
    ) throws -> Int? {
        guard let key = try db.first("SELECT key FROM rating_key WHERE edition = \(edition)")?.text("key"),
            let voter = Voter(cookie: cookie, address: address, key: key)
        else { return nil }
        return try db.first(
            """
            SELECT value FROM rating WHERE edition = \(edition) AND proposal = \(proposal) AND voter = \(voter.mark)
            """
        )?.int("value")
    }

    /// The votes for one finalist; for those who may see them.
    static func tally(_ proposal: Int, in edition: Int, _ db: Reader) throws -> Tally {
        let row = try db.first(
            """
            SELECT COUNT(*) AS votes, COALESCE(SUM(value), 0) AS total FROM rating
            WHERE edition = \(edition) AND proposal = \(proposal)
            """)
        let (votes, sum) = (try row?.int("votes") ?? 0, try row?.int("total") ?? 0)
        return Tally(votes: votes, mean: votes == 0 ? nil : sum * 100 / votes)
    }

    /// The edition's key, made when the first vote comes.
    private static func key(_ edition: Int, _ db: Writer) throws -> String {
        if let known = try db.first("SELECT key FROM rating_key WHERE edition = \(edition)") {
            return try known.text("key")
        }
        let key = Token.fresh()
        try db.insert(
            "rating_key", ["edition", "key", "made_at"], [[edition.sqlValue, key.sqlValue, db.at.sqlValue]])
        return key
    }

    /// Throws `tooMany` when a network brought as many new voters as it may.
    private static func requireRoom(_ voter: Voter, in edition: Int, at: Instant, _ db: Reader) throws {
        for (most, seconds) in [(Voter.perHour, 3600), (Voter.perDay, 86_400)] {
            let since = Instant(milliseconds: at.milliseconds - Int64(seconds) * 1000)
            let voters = try db.count(
                """
                SELECT COUNT(*) FROM (
                    SELECT voter FROM rating WHERE edition = \(edition) AND network = \(voter.network)
                    GROUP BY voter HAVING MIN(at) > \(since)) AS newcomers
                """)
            guard voters < most else { throw RatingRefusal.tooMany }
        }
    }
}
