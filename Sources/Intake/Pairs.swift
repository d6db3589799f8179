import Database
import Directory
import Kernel

/// The stored pairs: what waits for a person, in the order of its worth.
///
/// A record that was merged keeps its number in a pair; what a pair speaks of is what its two numbers belong to now. So
/// a pair whose records became one closes by itself, one of which a record joined another moves there, and an undone
/// merge brings both back.
package struct Pairs: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Stores a pair that waits for a person in the caller's transaction, unless the two stand in one already; returns
    /// its number. Its value is that of `Pair.value`.
    ///
    /// - Parameters:
    ///   - innovation: the record in question: the one that waits, or the newer.
    ///   - run, line: the staged row that brought it, if one did.
    @discardableResult
    package static func add(
        _ innovation: Int, _ other: Int, kind: Pair.Kind = .twin, run: Int? = nil, line: Int? = nil,
        probability: Double, weight: Double, steps: [LinkStep], _ db: Writer
    ) throws -> Int {
        if let known = try number(innovation, other, db) { return known }
        let worth = try db.first(
            """
            SELECT (SELECT COUNT(*) FROM innovation WHERE id IN \([innovation, other]) AND state = 'published') AS public,
                (SELECT COUNT(*) FROM innovation_award WHERE innovation IN \([innovation, other])) AS awards
            """)
        // Whether an id was given away on purpose is no question of likeness: the model knows nothing of it.
        let value = Pair.value(
            probability: kind == .reused ? 0.5 : probability, publicRecords: try worth?.int("public") ?? 0,
            awards: try worth?.int("awards") ?? 0)
        let id = try db.nextID("pair")
        try db.insert(
            "pair",
            [
                "id", "innovation", "other", "kind", "run", "line", "at", "probability", "weight", "steps", "value",
                "state",
            ],
            [
                [
                    id.sqlValue, innovation.sqlValue, other.sqlValue, kind.sqlValue, run.sqlValue, line.sqlValue,
                    db.at.sqlValue, probability.sqlValue, weight.sqlValue, LinkStep.json(steps).sqlValue,
                    value.sqlValue, Pair.State.open.sqlValue,
                ]
            ])
        return id
    }

    /// The pair of two records, whichever is named first.
    static func number(_ a: Int, _ b: Int, _ db: Reader) throws -> Int? {
        try db.first(
            """
            SELECT id FROM pair WHERE (innovation = \(a) AND other = \(b)) OR (innovation = \(b) AND other = \(a))
            ORDER BY id
            """
        ).map { try $0.int("id") }
    }
}
