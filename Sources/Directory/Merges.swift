import Database
import Kernel

/// What joins records and takes that back: the ledger of merges and the one map of what belongs to what.
///
/// An innovation keeps its id, its rows, its validations and its history; only the map and what is made of the
/// statements change.
extension Innovations {
    static let waitingReason = "Menunggu diperiksa"

    /// Joins two records; both may be public, the first may be waiting for review. A merged id stands for the record it
    /// belongs to. Returns the number of the merge.
    ///
    /// Throws `DirectoryRefusal.alreadyOne`, `.withdrawn`, `.waiting` for a survivor that nobody has admitted,
    /// `.unknownInnovation`, `.emptyReason`.
    @discardableResult
    package static func merge(
        _ id: Int, into survivor: Int, probability: Double? = nil, by actor: Actor, reason: String, _ db: Writer
    ) throws -> Int {
        guard !reason.allSatisfy(\.isWhitespace) else { throw DirectoryRefusal.emptyReason }
        let leaving = try joinable(id, db)
        let root = try joinable(survivor, db)
        guard leaving.id != root.id else { throw DirectoryRefusal.alreadyOne(root.id) }
        guard leaving.waiting || !root.waiting else { throw DirectoryRefusal.waiting(root.id) }
        let why = Lineage.joined(into: root.id, reason)
        try note(leaving.id, actor.publicName, why, db)
        try db.execute(
            """
            UPDATE innovation SET state = 'withdrawn', absence = 'merged', withdrawn_reason = \(why)
            WHERE id = \(leaving.id)
            """)
        return try join(
            [Joining(id: leaving.id, root: root.id, probability: probability, waiting: leaving.waiting)], actor,
            reason, db
        )[0]
    }

    /// Takes one merge back, whatever happened since: both records are made anew of what is stated of them now, and
    /// what waited for review before waits again.
    ///
    /// Throws `DirectoryRefusal.unknownMerge`, `.alreadyUndone`, `.emptyReason`.
    package static func undo(merge number: Int, by actor: Actor, reason: String, _ db: Writer) throws {
        guard !reason.allSatisfy(\.isWhitespace) else { throw DirectoryRefusal.emptyReason }
        guard
            let row = try db.first("SELECT innovation, undone_at, waiting FROM merge WHERE id = \(number)")
        else { throw DirectoryRefusal.unknownMerge(number) }
        guard try row.instantOrNil("undone_at") == nil else { throw DirectoryRefusal.alreadyUndone(number) }
        let leaving = try row.int("innovation")
        let root = try root(of: leaving, db)
        let members = try members(of: root, db)
        try db.execute(
            """
            UPDATE merge SET undone_at = \(db.at), undone_by = \(actor.publicName), undone_reason = \(reason)
            WHERE id = \(number)
            """)
        try place(members, db)
        let waited = try row.bool("waiting")
        try db.execute(
            """
            UPDATE innovation SET state = \(waited ? "withdrawn" : "published"),
                absence = \(waited ? "waiting" : nil as String?),
                withdrawn_reason = \(waited ? waitingReason : nil as String?)
            WHERE id = \(leaving)
            """)
        try settle(leaving, always: true, actor.publicName, Lineage.parted(from: root, reason), db)
        try settle(root, always: true, actor.publicName, Lineage.gave(leaving, reason), db)
    }

    /// Lets a record that waited for review into the directory; nothing happens when it is there already.
    ///
    /// Throws `DirectoryRefusal.unknownInnovation`, `.alreadyOne` when it was merged, `.withdrawn`.
    package static func admit(_ id: Int, by actor: Actor, reason: String, _ db: Writer) throws {
        let found = try joinable(id, db)
        guard found.id == id else { throw DirectoryRefusal.alreadyOne(found.id) }
        guard found.waiting else { return }
        try note(id, actor.publicName, reason, db)
        try db.execute(
            """
            UPDATE innovation SET state = 'published', absence = NULL, withdrawn_reason = NULL, created_at = \(db.at)
            WHERE id = \(id)
            """)
    }

    /// Which of two records should survive: the one in the directory, the validated, the more complete, the lower id.
    package static func survivor(of a: Int, _ b: Int, _ db: Reader) throws -> Int {
        func rank(_ id: Int) throws -> (Int, Int, Int, Int) {
            let id = try root(of: id, db)
            guard
                let row = try db.first("SELECT state, validated_at FROM innovation WHERE id = \(id)"),
                let record = try newest([id], db)[id]?.innovation
            else { throw DirectoryRefusal.unknownInnovation(String(id)) }
            return (
                try row.text("state") == "published" ? 0 : 1, try row.instantOrNil("validated_at") == nil ? 1 : 0,
                -record.completeness.filled, id
            )
        }
        let (first, second) = (try rank(a), try rank(b))
        return first < second ? first.3 : second.3
    }

    /// The record that an id belongs to now; itself, unless it was merged.
    package static func root(of id: Int, _ db: Reader) throws -> Int {
        try db.first("SELECT belongs_to FROM belonging WHERE innovation = \(id)")?.int("belongs_to") ?? id
    }

    /// The record that an id belongs to and everything that was merged into it, the record first.
    package static func members(of id: Int, _ db: Reader) throws -> [Int] {
        let root = try root(of: id, db)
        return [root]
            + (try db.rows("SELECT innovation FROM belonging WHERE belongs_to = \(root) ORDER BY innovation") {
                try $0.int("innovation")
            })
    }

    /// Every merge that ever touched a record or what belongs to it, the newest first.
    ///
    /// - Parameter isPublic: leaves out those that were undone and whose other record waits for review again.
    package func lineage(of id: Int, isPublic: Bool = false) async throws -> [Lineage] {
        try await database.read { db in
            let members = try Self.members(of: id, db)
            let seen: SQL =
                isPublic
                ? """
                AND NOT EXISTS (SELECT 1 FROM innovation i LEFT JOIN belonging b ON b.innovation = i.id
                    JOIN innovation o ON o.id = COALESCE(b.belongs_to, i.id)
                    WHERE i.id IN (m.innovation, m.survivor) AND o.absence = 'waiting')
                """ : ""
            return try db.rows(
                """
                SELECT id, innovation, survivor, at, actor, reason, probability, undone_at, undone_by, undone_reason
                FROM merge m WHERE (innovation IN \(members) OR survivor IN \(members)) \(seen) ORDER BY id DESC
                """
            ) { row in
                Lineage(
                    id: try row.int("id"), innovation: try row.int("innovation"), survivor: try row.int("survivor"),
                    at: try row.instant("at"), actor: try row.text("actor"), reason: try row.text("reason"),
                    probability: try row.value("probability") == .null ? nil : row.double("probability"),
                    undone: try row.instantOrNil("undone_at").map {
                        Lineage.Undoing(
                            at: $0, actor: try row.text("undone_by"), reason: try row.text("undone_reason"))
                    })
            }
        }
    }
}

extension Innovations {
    /// A record that is to be joined, and with which.
    struct Joining {
        let id: Int
        let root: Int
        let probability: Double?
        var waiting = false
    }

    /// The record an id stands for, if it can be joined with others.
    static func joinable(_ id: Int, _ db: Reader) throws -> (id: Int, waiting: Bool) {
        let root = try root(of: id, db)
        guard
            let row = try db.first(
                "SELECT state, absence, withdrawn_reason, updated_at FROM innovation WHERE id = \(root)")
        else { throw DirectoryRefusal.unknownInnovation(String(id)) }
        let waiting = try row.textOrNil("absence") == "waiting"
        guard try row.text("state") == "published" || waiting else {
            throw DirectoryRefusal.withdrawn(
                id: root, reason: try row.textOrNil("withdrawn_reason") ?? "",
                on: try row.instant("updated_at").day())
        }
        return (root, waiting)
    }

    /// Writes merges into the ledger and the map, then makes the records that took them in anew; returns the numbers.
    @discardableResult
    static func join(_ joining: [Joining], _ actor: Actor, _ reason: String, _ db: Writer) throws -> [Int] {
        guard !joining.isEmpty else { return [] }
        let numbers = try joining.map { _ in try db.nextID("merge") }
        try db.insert(
            "merge", ["id", "innovation", "survivor", "at", "actor", "reason", "probability", "waiting"],
            zip(numbers, joining).map { number, one in
                [
                    number.sqlValue, one.id.sqlValue, one.root.sqlValue, db.at.sqlValue, actor.publicName.sqlValue,
                    reason.sqlValue, one.probability.sqlValue, one.waiting.sqlValue,
                ]
            })
        for one in joining {
            try db.execute("UPDATE belonging SET belongs_to = \(one.root) WHERE belongs_to = \(one.id)")
        }
        try db.insert("belonging", ["innovation", "belongs_to"], joining.map { [$0.id.sqlValue, $0.root.sqlValue] })
        for root in Set(joining.map(\.root)).sorted() {
            let ids = joining.filter { $0.root == root }.map(\.id)
            try settle(root, always: true, actor.publicName, Lineage.took(ids, reason), db)
        }
        return numbers
    }

    /// Places some innovations by the merges that stand.
    private static func place(_ members: [Int], _ db: Writer) throws {
        var merges: [Int: Int] = [:]
        try db.each("SELECT innovation, survivor FROM merge WHERE undone_at IS NULL AND innovation IN \(members)") {
            merges[try $0.int("innovation")] = try $0.int("survivor")
        }
        try db.execute("DELETE FROM belonging WHERE innovation IN \(members)")
        try db.insert(
            "belonging", ["innovation", "belongs_to"],
            Lineage.roots(merges).sorted { $0.key < $1.key }.map { [$0.key.sqlValue, $0.value.sqlValue] })
    }

    /// Writes a revision that says why something happened to a record whose content stays.
    static func note(_ id: Int, _ actor: String, _ reason: String, _ db: Writer) throws {
        let columns: SQL = "innovation, number, at, actor, reason, content, origin"
        try db.execute(
            """
            INSERT INTO revision (\(columns))
            SELECT r.innovation, r.number + 1, \(db.at), \(actor), \(reason), r.content, r.origin FROM revision r
            JOIN innovation i ON i.id = r.innovation AND i.revision = r.number WHERE i.id = \(id)
            """)
        try db.execute("UPDATE innovation SET revision = revision + 1, updated_at = \(db.at) WHERE id = \(id)")
        db.changed("innovation", String(id))
    }
}
