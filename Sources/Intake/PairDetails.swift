import Database
import Directory
import Kernel

extension Pairs {
    /// One of a pair's two records with all that is known of it.
    package struct Side: Sendable {
        package let name: Name
        package let record: Innovation
        package let revision: Int
        package let isPublished: Bool
        /// Who validated it, if anybody.
        package let validatedBy: String?
        /// What each source says of it and of every record that joined it, in the order in which they came.
        package let sources: [Innovations.SourceRecord]
        /// The numbers of the records that joined it.
        package let joined: [Int]
    }

    /// Whether there is something to decide.
    package enum Standing: Sendable, Hashable {
        case live
        /// Both belong to one record by now.
        case joined(Int)
        /// One of them is not in the directory any more.
        case withdrawn(Int)
    }

    package struct Shown: Sendable {
        package let id: Int
        package let kind: Pair.Kind
        package let state: Pair.State
        package let standing: Standing
        package let probability: Double
        /// Log2 of the odds.
        package let weight: Double
        package let steps: [LinkStep]
        package let left: Side
        package let right: Side
        package let source: String?
        package let run: Int?
        package let line: Int?
        package let proposedBy: Int?
        package let decidedBy: Int?
        package let office: String?
        package let decidedAt: Instant?
        package let reason: String?
        package let merge: Int?
        /// Other open pairs of the two records, the likeliest first.
        package let others: [Line]

        /// Whether one of the two waits to enter the directory, so that one person decides.
        package var isWaiting: Bool { left.name.isWaiting || right.name.isWaiting }
    }

    /// One pair; throws `PairRefusal.unknown`. A decided one is shown as the records stood in it.
    package func show(_ id: Int) async throws -> Shown {
        try await database.read { db in
            guard
                let state = try db.first("SELECT state FROM pair WHERE id = \(id)").map({
                    try $0.choice("state", Pair.State.self)
                })
            else { throw PairRefusal.unknown }
            guard
                let row = try db.first(
                    """
                    SELECT p.id, p.kind, p.probability, p.weight, p.steps, p.run, p.line, p.proposed_by, p.decided_by,
                        p.decided_at, p.reason, p.merge, \(Self.names), a.state AS a_state, b.state AS b_state,
                        a.revision AS a_revision, b.revision AS b_revision, a.validated_by AS a_validated_by,
                        b.validated_by AS b_validated_by, ra.content AS a_content, rb.content AS b_content,
                        o.office, s.name AS source
                    FROM \(state.isDecided ? Self.stored : Self.joined)
                        JOIN revision ra ON ra.innovation = a.id AND ra.number = a.revision
                        JOIN revision rb ON rb.innovation = b.id AND rb.number = b.revision
                        LEFT JOIN account o ON o.id = COALESCE(p.decided_by, p.proposed_by)
                        LEFT JOIN run r ON r.id = p.run LEFT JOIN source s ON s.id = r.source
                    WHERE p.id = \(id)
                    """)
            else { throw PairRefusal.unknown }
            let ids = [try row.int("a_id"), try row.int("b_id")]
            var joined: [Int: [Int]] = [:]
            try db.each("SELECT innovation, belongs_to FROM belonging WHERE belongs_to IN \(ids) ORDER BY innovation") {
                joined[try $0.int("belongs_to"), default: []].append(try $0.int("innovation"))
            }
            let sources = try Innovations.sources(of: ids, db)
            func side(_ letter: String) throws -> Side {
                let name = try Self.name(row, letter)
                return Side(
                    name: name, record: try Innovation(json: try row.text("\(letter)_content")),
                    revision: try row.int("\(letter)_revision"),
                    isPublished: try row.text("\(letter)_state") == "published",
                    validatedBy: try row.textOrNil("\(letter)_validated_by"),
                    sources: sources[name.id] ?? [], joined: joined[name.id] ?? [])
            }
            let (left, right) = (try side("a"), try side("b"))
            return Shown(
                id: id, kind: try row.choice("kind"), state: state, standing: Self.standing(left, right),
                probability: try row.double("probability"), weight: try row.double("weight"),
                steps: LinkStep.read(try row.text("steps")), left: left, right: right,
                source: try row.textOrNil("source"), run: try row.intOrNil("run"), line: try row.intOrNil("line"),
                proposedBy: try row.intOrNil("proposed_by"), decidedBy: try row.intOrNil("decided_by"),
                office: try row.textOrNil("office"), decidedAt: try row.instantOrNil("decided_at"),
                reason: try row.textOrNil("reason"), merge: try row.intOrNil("merge"),
                others: try Self.others(of: ids, except: id, db))
        }
    }

    private static func standing(_ left: Side, _ right: Side) -> Standing {
        if left.name.id == right.name.id { return .joined(left.name.id) }
        for side in [left, right] where !side.isPublished && !side.name.isWaiting { return .withdrawn(side.name.id) }
        return .live
    }

    private static func others(of ids: [Int], except id: Int, _ db: Reader) throws -> [Line] {
        try lines(
            """
            p.state IN ('open', 'proposed') AND p.id <> \(id) AND \(live) AND (a.id IN \(ids) OR b.id IN \(ids))
            ORDER BY p.probability DESC, p.id LIMIT 10
            """, joined, db
        ).map(\.line)
    }
}

extension Pairs {
    /// How a pair stands and who decided or proposed it; nil when there is none.
    package func decision(_ id: Int) async throws -> (state: Pair.State, account: Int?)? {
        try await database.read { db in
            try db.first("SELECT state, proposed_by, decided_by FROM pair WHERE id = \(id)").map {
                let state: Pair.State = try $0.choice("state")
                return (state, try $0.intOrNil(state == .proposed ? "proposed_by" : "decided_by"))
            }
        }
    }
}
