import Database
import Kernel
import People

// Reads given and taken by hand, checked by the rules of every assignment.
extension Assignments {
    /// One proposal with who reads it and who could.
    package struct Reads: Sendable {
        package struct Reader: Sendable, Hashable {
            package let given: Evaluators.Given
            package let evaluator: Int
            package let name: String
        }

        package struct Candidate: Sendable, Hashable {
            package let evaluator: Int
            package let name: String
            /// 0 best.
            package let cost: Int
            /// Reads that are left within their limit.
            package let left: Int
        }

        package let stored: Editions.Stored
        package let proposal: Int
        package let title: String
        package let category: Phrase?
        package let readers: [Reader]
        /// Who could be given it, the best first.
        package let candidates: [Candidate]
        /// Who never reads it, and why.
        package let conflicts: [(name: String, why: [Conflict])]
    }

    package func reads(of proposal: Int, in code: String, for person: Person) async throws -> Reads {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let hidden = try Conflicts.walled(from: person.grants, in: stored.id, db)
            guard !hidden.contains(proposal),
                let row = try db.first(
                    """
                    SELECT title, category FROM proposal
                    WHERE id = \(proposal) AND edition = \(stored.id) AND state = 'passed'
                    """)
            else { throw AssigningRefusal.missing(proposal) }
            let all = try Evaluators.read("v.edition = \(stored.id) AND v.role = 'evaluator'", db)
            let names = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.name) })
            let conflicts = Dictionary(
                grouping: try Conflicts.found(
                    "p.id = \(proposal)", "v.edition = \(stored.id) AND v.role = 'evaluator'", db),
                by: \.evaluator)
            let readers = try db.rows(
                """
                SELECT r.id, r.evaluator, r.state, r.given_at, r.ended_at, r.words FROM reading r
                WHERE r.proposal = \(proposal) ORDER BY r.id
                """
            ) { row in
                let evaluator = try row.int("evaluator")
                return Reads.Reader(
                    given: .init(
                        reading: try row.int("id"), proposal: proposal, title: "", state: try row.choice("state"),
                        givenAt: try row.instant("given_at"), endedAt: try row.instantOrNil("ended_at"),
                        words: try row.textOrNil("words"), conflicts: conflicts[evaluator] ?? []),
                    evaluator: evaluator, name: names[evaluator] ?? "–")
            }
            let found = try AssignmentCases.read(stored, only: proposal, hiding: hidden, db)
            let category = try row.textOrNil("category")
            return Reads(
                stored: stored, proposal: proposal, title: try row.text("title"),
                category: stored.edition.categories.first { $0.code == category }?.name, readers: readers,
                candidates: Self.candidates(found).map {
                    .init(
                        evaluator: $0.evaluator, name: names[$0.evaluator] ?? "–", cost: $0.cost, left: $0.left)
                },
                conflicts: all.compactMap { one in conflicts[one.id].map { (one.name, $0) } })
        }
    }

    /// Who can be given the only proposal of a case: the cheapest first, the one with most places left among equals.
    private static func candidates(_ found: AssignmentCase) -> [(evaluator: Int, cost: Int, left: Int)] {
        guard let proposal = found.proposals.first, let costs = found.costs[proposal.category] else { return [] }
        return found.evaluators.enumerated().compactMap { place, evaluator in
            guard evaluator.most > 0, costs[place] >= 0, !found.never[0].contains(place) else { return nil }
            return (evaluator.id, costs[place], evaluator.most)
        }.sorted { ($0.cost, $1.left, $0.evaluator) < ($1.cost, $0.left, $1.evaluator) }
    }

    /// Gives a proposal to an evaluator by hand. Throws `AssigningRefusal.breaks` with the rules that it would break.
    package func give(_ proposal: Int, to evaluator: Int, in code: String, by actor: Actor, at: Instant) async throws {
        let publicURL = publicURL
        try await database.write(at: at) { db in
            let stored = try Self.opened(proposal, in: code, by: actor, db)
            let one = try Evaluators.one(evaluator, in: stored.id, db)
            let found = try AssignmentCases.read(stored, only: proposal, db)
            let broken = try Self.broken(found, one, stored, db)
            guard broken.isEmpty else { throw AssigningRefusal.breaks(broken) }
            let id = try GivenReads.give([.init(proposal, evaluator)], .manual, in: stored.id, db)
            try AssignmentNotices(publicURL: publicURL).given(
                [evaluator: 1], stored, fact: "reading:\(id[0]):\(db.at.milliseconds)", db)
            try Audit.note(
                "give", "proposal", String(proposal), [("evaluator", String(evaluator))], by: actor, db)
        }
    }

    /// What giving the only proposal of a case to somebody would break, each rule in words.
    private static func broken(
        _ found: AssignmentCase, _ one: Evaluator, _ stored: Editions.Stored, _ db: Reader
    ) throws -> [Phrase] {
        guard let proposal = found.proposals.first else { return [] }
        guard let place = found.evaluators.firstIndex(where: { $0.id == one.id }) else {
            return [
                Phrase(
                    "\(one.name) belum siap: belum masuk, belum menyatakan benturan, atau sudah diberhentikan.",
                    "\(one.name) is not ready: not signed in, conflicts not declared, or removed.")
            ]
        }
        let reasons = try Conflicts.between(proposal: proposal.id, evaluator: one.id, db)
        if found.never[0].contains(place), reasons.isEmpty {
            return [
                Phrase(
                    "\(one.name) sudah pernah ditugasi usulan ini.", "\(one.name) was given this proposal already.")
            ]
        }
        let need = stored.edition.reads ?? 0
        let given = found.kept[0].count
        // The need counts readers who are no longer ready, too.
        let instance = AssignmentInstance(
            proposals: [
                .init(
                    try AssignmentCases.titles([proposal.id], db)[proposal.id].map { "“\($0)”" } ?? "–",
                    reads: proposal.reads > 0 ? 1 : 0)
            ],
            evaluators: [.init(one.name, most: found.evaluators[place].most)],
            costs: [
                [
                    found.never[0].contains(place) || (found.costs[proposal.category] ?? [])[place] < 0
                        ? nil : found.costs[proposal.category]?[place]
                ]
            ])
        return violations(of: Assignment(readers: [[0]]), in: instance).map { violation in
            switch violation {
            case .reads:
                Phrase(
                    "Usulan ini sudah mendapat \(max(given, need)) penilai, seharusnya \(need). Tarik satu dahulu, atau minta bacaan tambahan.",
                    "This proposal has \(max(given, need)) evaluators and needs \(need). Take one back first, or ask for an extra read."
                )
            case .above:
                Phrase(
                    "\(one.name) sudah mencapai batas \(one.most) usulan.",
                    "\(one.name) has reached the limit of \(one.most) proposals.")
            case .conflict where !reasons.isEmpty:
                Phrase(
                    "\(one.name) berbenturan: \(reasons.map(\.why.indonesian).joined(separator: " "))",
                    "\(one.name) is in conflict: \(reasons.map(\.why.english).joined(separator: " "))")
            case .conflict:
                Phrase("\(one.name) tidak membaca bahasanya.", "\(one.name) does not read its language.")
            default: violation.phrase(in: instance)
            }
        }
    }

    /// Takes a reading back with a reason, finished or not: it no longer counts.
    package func take(
        _ reading: Int, of proposal: Int, in code: String, reason: String, by actor: Actor, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let stored = try Self.unwalled(proposal, in: code, by: actor, db)
            guard
                try db.count(
                    """
                    SELECT COUNT(*) FROM reading
                    WHERE id = \(reading) AND proposal = \(proposal) AND edition = \(stored.id)
                    """) == 1
            else { throw AssigningRefusal.missing(reading) }
            guard !reason.isEmpty else { throw AssigningRefusal.noReason }
            try GivenReads.take([reading], words: reason, db)
            try Audit.note("take-back", "proposal", String(proposal), [("reading", String(reading))], by: actor, db)
        }
    }

    /// Gives a proposal one more read, to the evaluator who fits best; see `giveExtra(_:by:_:)`.
    @discardableResult
    package func giveExtra(_ proposal: Int, in code: String, by actor: Actor, at: Instant) async throws -> Int {
        let publicURL = publicURL
        return try await database.write(at: at) { db in
            _ = try Self.opened(proposal, in: code, by: actor, db)
            return try Self.giveExtra(proposal, by: actor, publicURL: publicURL, db)
        }
    }

    /// Gives a proposal one more read: to the evaluator with a place left and no conflict whose expertise is best by
    /// the costs of every assignment. The caller has asked whether it may be.
    ///
    /// - Returns: the reading's number.
    /// - Throws: `AssigningRefusal.noReader` with why nobody can.
    @discardableResult
    package static func giveExtra(
        _ proposal: Int, by actor: Actor, publicURL: String = "", _ db: Writer
    ) throws -> Int {
        guard let edition = try db.first("SELECT edition FROM proposal WHERE id = \(proposal)")?.int("edition") else {
            throw AssigningRefusal.missing(proposal)
        }
        let stored = try Editions.found(edition, db)
        try requireOpen(stored.edition, at: db.at)
        let found = try AssignmentCases.read(stored, only: proposal, db)
        guard !found.proposals.isEmpty else { throw AssigningRefusal.missing(proposal) }
        guard let best = candidates(found).first else {
            let conflicted = Set(
                try Conflicts.found("p.id = \(proposal)", "v.edition = \(edition)", db).map(\.evaluator))
            let never = found.never[0].map { found.evaluators[$0].id }
            throw AssigningRefusal.noReader(
                proposal: proposal, conflicted: never.count { conflicted.contains($0) },
                known: never.count { !conflicted.contains($0) },
                full: found.evaluators.indices.count { !found.never[0].contains($0) && found.evaluators[$0].most == 0 })
        }
        let id = try GivenReads.give([.init(proposal, best.evaluator)], .extra, in: edition, db)[0]
        try AssignmentNotices(publicURL: publicURL).given(
            [best.evaluator: 1], stored, fact: "reading:\(id):\(db.at.milliseconds)", db)
        try Audit.note(
            "give-extra", "proposal", String(proposal), [("evaluator", String(best.evaluator))], by: actor, db)
        return id
    }

    /// An edition for an act on one of its proposals that passed, while evaluation is not over.
    private static func opened(
        _ proposal: Int, in code: String, by actor: Actor, _ db: Writer
    ) throws -> Editions.Stored {
        let stored = try unwalled(proposal, in: code, by: actor, db)
        try requireOpen(stored.edition, at: db.at)
        return stored
    }

    private static func unwalled(
        _ proposal: Int, in code: String, by actor: Actor, _ db: Writer
    ) throws -> Editions.Stored {
        let stored = try Editions.organised(code, by: actor, db)
        let grants = try actor.account.map { try Grants.live(of: $0, at: db.at, db) } ?? []
        guard try !Conflicts.walled(from: grants, in: stored.id, db).contains(proposal),
            try db.count(
                """
                SELECT COUNT(*) FROM proposal
                WHERE id = \(proposal) AND edition = \(stored.id) AND state = 'passed'
                """) == 1
        else { throw AssigningRefusal.missing(proposal) }
        return stored
    }
}
