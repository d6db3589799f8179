import Database
import Directory
import Kernel
import People

extension Pairs {
    /// What a page showed when somebody decided on it.
    package struct Seen: Sendable, Hashable {
        package let state: Pair.State
        package let left: Int
        package let right: Int

        package init(_ state: Pair.State, _ left: Int, _ right: Int) {
            self.state = state
            self.left = left
            self.right = right
        }
    }

    package struct Outcome: Sendable, Hashable {
        /// The pair that holds the decision: another than the one asked for where its records moved.
        package let pair: Int
        package let state: Pair.State
        /// The next of the same list.
        package let next: Int?
    }

    /// Decides on a pair. Of a record that waits one person decides: the same, and it joins the other; different or
    /// related, and it enters the directory once no other pair of it is open. Two published records that one person
    /// calls the same join when another person agrees; that they differ or are related one person says alone.
    ///
    /// Throws `PairRefusal` and `DeskRefusal.notYours`; then nothing is written.
    package func decide(
        _ id: Int, _ decision: Pair.Decision, seen: Seen, reason: String? = nil, source: Int? = nil, by actor: Actor,
        at now: Instant
    ) async throws -> Outcome {
        if let over = reason.map({ $0.unicodeScalars.count - Pair.reasonLimit }), over > 0 {
            throw PairRefusal.longReason(over)
        }
        return try await database.write(at: now) { db in
            try Grants.require(.reviewTwins, by: actor, db)
            let asked = try Held(id, db)
            try asked.refuseUnless(seen, decision)
            let pair = try asked.direct(db)
            if decision == .same, !pair.isWaiting, pair.state == .open {
                try pair.propose(reason, by: actor, db)
            } else if decision == .same, !pair.isWaiting, pair.proposedBy == actor.account {
                throw PairRefusal.needsAnother
            } else {
                try pair.decide(decision, reason, by: actor, db)
            }
            // One goes on in the list from which the pair came, and begins it anew at its end.
            let ways = try Self.neighbours(of: id, in: Part(of: asked.state), source: source, db)
            let first =
                try ways.next == nil ? Self.list(Part(of: asked.state), source: source, limit: 1, db).first : nil
            return Outcome(
                pair: pair.id, state: try Held(pair.id, db).state, next: ways.next ?? first?.line.id)
        }
    }

    /// Takes a decision or a proposal of one's own back: the pair is as it was before, a record that it let into the
    /// directory waits again, a merge is undone.
    ///
    /// Throws `PairRefusal`, `.workedOn` where what came of it was changed since, and `DeskRefusal.notYours`.
    package func takeBack(_ id: Int, by actor: Actor, at now: Instant) async throws {
        try await database.write(at: now) { db in
            try Grants.require(.reviewTwins, by: actor, db)
            try Held(id, db).takeBack(by: actor, db)
        }
    }

    /// Proposes that two published records are one, by their numbers or those of records that joined them; returns the
    /// number of their pair, which waits for a second person.
    package func propose(
        _ a: Int, _ b: Int, reason: String? = nil, by actor: Actor, at now: Instant
    ) async throws -> Int {
        if let over = reason.map({ $0.unicodeScalars.count - Pair.reasonLimit }), over > 0 {
            throw PairRefusal.longReason(over)
        }
        return try await database.write(at: now) { db in
            try Grants.require(.reviewTwins, by: actor, db)
            guard a != b else { throw PairRefusal.sameNumber }
            let roots = try [a, b].map { number in
                guard
                    let row = try db.first(
                        """
                        SELECT i.id FROM innovation i WHERE i.state = 'published' AND i.id =
                            COALESCE((SELECT belongs_to FROM belonging WHERE innovation = \(number)), \(number))
                        """)
                else { throw PairRefusal.notPublished(number) }
                return try row.int("id")
            }
            guard roots[0] != roots[1] else { throw PairRefusal.joined(roots[0]) }
            // The model was not asked: as likely as not, and nothing that explains it.
            let id = try Self.add(roots[0], roots[1], probability: 0.5, weight: 0, steps: [], db)
            let pair = try Held(id, db)
            if pair.state != .proposed { try pair.propose(reason, by: actor, db) }
            return id
        }
    }
}

/// A pair within the transaction that changes it.
private struct Held {
    let id: Int
    let kind: Pair.Kind
    let state: Pair.State
    /// What it was stored for, and what that belongs to now.
    let stored: [Int]
    let roots: [Int]
    let waiting: [Bool]
    let withdrawn: [Bool]
    let proposedBy: Int?
    let decidedBy: Int?
    let decidedAt: Instant?
    let office: String?
    let merge: Int?
    /// Which of the two its decision let out of waiting: 1 the first, 2 the second, 3 both.
    let admitted: Int
    private let row: Row

    var isWaiting: Bool { waiting.contains(true) }

    init(_ id: Int, _ db: Reader) throws {
        guard
            let row = try db.first(
                """
                SELECT p.id, p.kind, p.state, p.innovation, p.other, p.run, p.line, p.probability, p.weight, p.steps,
                    p.proposed_by, p.decided_by, p.decided_at, p.merge, p.admitted, a.id AS a_id, b.id AS b_id,
                    a.state AS a_state, b.state AS b_state, a.absence AS a_absence, b.absence AS b_absence, o.office
                FROM \(Pairs.joined) LEFT JOIN account o ON o.id = p.decided_by WHERE p.id = \(id)
                """)
        else { throw PairRefusal.unknown }
        self.id = id
        self.row = row
        kind = try row.choice("kind")
        state = try row.choice("state")
        stored = [try row.int("innovation"), try row.int("other")]
        roots = [try row.int("a_id"), try row.int("b_id")]
        waiting = try ["a", "b"].map { try row.textOrNil("\($0)_absence") == "waiting" }
        withdrawn = try ["a", "b"].map {
            try row.text("\($0)_state") != "published" && row.textOrNil("\($0)_absence") != "waiting"
        }
        proposedBy = try row.intOrNil("proposed_by")
        decidedBy = try row.intOrNil("decided_by")
        decidedAt = try row.instantOrNil("decided_at")
        office = try row.textOrNil("office")
        merge = try row.intOrNil("merge")
        admitted = try row.int("admitted")
    }

    func refuseUnless(_ seen: Pairs.Seen, _ decision: Pair.Decision) throws {
        if state.isDecided {
            throw PairRefusal.decided(state, by: office ?? "Sekretariat", on: (decidedAt ?? Instant.now()).day())
        }
        if roots[0] == roots[1] { throw PairRefusal.joined(roots[0]) }
        // What waits enters the directory even when that for which it waited is gone.
        let admits = isWaiting && decision == .different
        for (root, gone) in zip(roots, withdrawn) where gone && !admits { throw PairRefusal.withdrawn(root) }
        guard seen == Pairs.Seen(state, roots[0], roots[1]) else { throw PairRefusal.changed }
    }

    /// The pair of the records as they are now: itself, or the one to which it moved.
    func direct(_ db: Writer) throws -> Held {
        guard stored != roots else { return self }
        let id = try Pairs.add(
            roots[0], roots[1], kind: kind, run: try row.intOrNil("run"), line: try row.intOrNil("line"),
            probability: try row.double("probability"), weight: try row.double("weight"),
            steps: LinkStep.read(try row.text("steps")), db)
        if state == .proposed {
            try db.execute("UPDATE pair SET state = 'proposed', proposed_by = \(proposedBy) WHERE id = \(id)")
        }
        return try Held(id, db)
    }

    // MARK: Deciding

    func propose(_ reason: String?, by actor: Actor, _ db: Writer) throws {
        guard let account = actor.account else { throw PairRefusal.needsAccount }
        try db.execute(
            """
            UPDATE pair SET state = 'proposed', proposed_by = \(account), reason = \(reason), decided_by = NULL,
                decided_at = NULL, merge = NULL, admitted = 0 WHERE id = \(id)
            """)
        try note("propose-merge", by: actor, db)
    }

    func decide(_ decision: Pair.Decision, _ reason: String?, by actor: Actor, _ db: Writer) throws {
        // Stored first, so that the record is not held back by the very pair that lets it in.
        if decision != .same { try store(decision.state, reason, merge: nil, admitted: 0, by: actor, db) }
        switch decision {
        case .same:
            let (merge, admitted) = try join(reason, by: actor, db)
            try store(.same, reason, merge: merge, admitted: admitted, by: actor, db)
        case .different, .related:
            if decision == .related, !isWaiting { try Innovations.relate(stored[0], stored[1], by: actor, db) }
            var admitted = 0
            for (place, record) in roots.enumerated() where waiting[place] {
                guard try !PairQuestions.isOpen(record, db) else { continue }
                try PairQuestions.admit(record, reason: Held.why(decision, reason), by: actor, db)
                admitted += place + 1
            }
            if admitted > 0 { try db.execute("UPDATE pair SET admitted = \(admitted) WHERE id = \(id)") }
        }
        try note("decide-pair", decision, by: actor, db)
    }

    private func join(_ reason: String?, by actor: Actor, _ db: Writer) throws -> (merge: Int, admitted: Int) {
        let why = Held.why(.same, reason)
        let probability = try row.double("probability")
        guard isWaiting else {
            let survivor = try Innovations.survivor(of: roots[0], roots[1], db)
            let joining = survivor == roots[0] ? roots[1] : roots[0]
            let merge = try Innovations.merge(
                joining, into: survivor, probability: probability, by: actor, reason: why, db)
            return (merge, 0)
        }
        let place = waiting[0] ? 0 : 1
        let (joining, survivor) = (roots[place], roots[1 - place])
        let merge = try Innovations.merge(
            joining, into: survivor, probability: probability, by: actor, reason: why, db)
        try PairQuestions.settled(joining, as: "merged", db)
        for other in try PairQuestions.related(to: joining, db)
        where try Innovations.root(of: other, db) != survivor {
            try Innovations.relate(joining, other, by: actor, db)
        }
        // Of two that both waited the one that stays may have other pairs to wait for; this one is behind it.
        guard waiting[1 - place] else { return (merge, 0) }
        try store(.same, reason, merge: merge, admitted: 0, by: actor, db)
        guard try !PairQuestions.isOpen(survivor, db) else { return (merge, 0) }
        try PairQuestions.admit(survivor, reason: why, by: actor, db)
        return (merge, 2 - place)
    }

    private func store(
        _ state: Pair.State, _ reason: String?, merge: Int?, admitted: Int, by actor: Actor, _ db: Writer
    ) throws {
        try db.execute(
            """
            UPDATE pair SET state = \(state), reason = COALESCE(\(reason), reason), decided_by = \(actor.account),
                decided_at = \(db.at), merge = \(merge), admitted = \(admitted) WHERE id = \(id)
            """)
    }

    // MARK: Taking back

    func takeBack(by actor: Actor, _ db: Writer) throws {
        guard state != .open else { throw PairRefusal.notDecided }
        guard (state == .proposed ? proposedBy : decidedBy) == actor.account else { throw PairRefusal.decidedByAnother }
        if let merge {
            guard try db.count("SELECT COUNT(*) FROM merge WHERE id = \(merge) AND undone_at IS NULL") == 1 else {
                throw PairRefusal.notDecided
            }
            let waited = try PairQuestions.waited(merge, db)
            try Innovations.undo(merge: merge, by: actor, reason: "Keputusan diurungkan", db)
            for record in stored where waited { try PairQuestions.waitsAgain(record, db) }
        }
        for (place, record) in stored.enumerated() where admitted & (place + 1) != 0 {
            guard try PairQuestions.isUntouched(record, since: decidedAt ?? db.at, db) else {
                throw PairRefusal.workedOn(record)
            }
            try PairQuestions.holdBack(record, by: actor, db)
        }
        if state == .related, admitted == 0 {
            try Innovations.unrelate(stored[0], stored[1], db)
        }
        let before: Pair.State = state != .proposed && proposedBy != nil ? .proposed : .open
        try db.execute(
            """
            UPDATE pair SET state = \(before), proposed_by = \(before == .proposed ? proposedBy : nil),
                reason = CASE WHEN \(before == .proposed ? 1 : 0) = 1 THEN reason END, decided_by = NULL,
                decided_at = NULL, merge = NULL, admitted = 0 WHERE id = \(id)
            """)
        try note("take-back-pair", by: actor, db)
    }

    // MARK: Words

    private static func why(_ decision: Pair.Decision, _ reason: String?) -> String {
        let words =
            switch decision {
            case .same: "Diputuskan: inovasi yang sama"
            case .different: "Diputuskan: inovasi yang berbeda"
            case .related: "Diputuskan: berkaitan, bukan inovasi yang sama"
            }
        return reason.map { "\(words). \($0)" } ?? words
    }

    private func note(
        _ act: StaticString, _ decision: Pair.Decision? = nil, by actor: Actor, _ db: Writer
    ) throws {
        let facts = [
            ("innovation", String(roots[0])), ("other", String(roots[1])), ("decision", decision?.rawValue ?? ""),
        ]
        try Audit.note(act, "pair", String(id), facts.filter { !$0.1.isEmpty }, by: actor, db)
    }
}
