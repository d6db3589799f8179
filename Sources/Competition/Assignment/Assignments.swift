import Database
import Foundation
import Kernel
import People

/// The stored plans of who reads what, their making and release. Only a release gives anything to anybody.
package struct Assignments: Sendable {
    let database: Database
    /// Scheme and host of the portal; links in mails begin with it.
    let publicURL: String

    package init(_ database: Database, publicURL: String = "") {
        self.database = database
        self.publicURL = publicURL
    }

    /// One plan is computed at a time, on a thread of its own: the largest takes seconds, and pages go on meanwhile.
    private static let solver = DispatchQueue(label: "assignment", qos: .utility)

    /// Makes a plan for what is lacking and stores it; nobody is told. Returns its number.
    ///
    /// - Parameter seed: of the random share; drawn where none is given.
    /// - Throws: `AssignmentImpossible` with what binds; `AssigningRefusal` where there is nothing to plan.
    package func plan(
        in code: String, objective: AssignmentPlan.Objective, seed: Int? = nil, by actor: Actor, at: Instant
    ) async throws -> Int {
        guard let account = actor.account else { throw DeskRefusal.notYours(.manageEditions) }
        try await database.write(at: at) { db in
            try Self.requireOpen(Editions.organised(code, by: actor, db).edition, at: at)
        }
        let (found, instance, share) = try await database.read { db in
            let stored = try Editions.found(code, db)
            let found = try Self.ready(stored, db)
            return (found, try AssignmentCases.named(found, stored, db), Double(stored.edition.draw ?? 10) / 100)
        }
        let seed = seed ?? Int.random(in: 1...999_999_999)
        let clock = ContinuousClock()
        let start = clock.now
        let plan = try await Self.solve(instance, objective, UInt64(seed), min(0.5, max(0, share)))
        let time = (clock.now - start).components
        let report = AssignmentReport(
            plan, of: found, milliseconds: Int(time.seconds) * 1000 + Int(time.attoseconds / 1_000_000_000_000_000))
        return try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard try AssignmentCases.read(stored, db) == found else { throw AssigningRefusal.changedMeanwhile }
            let id = try db.nextID("plan")
            try db.insert(
                "plan",
                ["id", "edition", "at", "by_account", "objective", "seed", "draw", "instance", "readers", "report"],
                [
                    [
                        id.sqlValue, stored.id.sqlValue, at.sqlValue, account.sqlValue,
                        objective.rawValue.sqlValue, seed.sqlValue, (stored.edition.draw ?? 10).sqlValue,
                        try Proposals.json(found).sqlValue, try Proposals.json(plan.assignment.readers).sqlValue,
                        try Proposals.json(report).sqlValue,
                    ]
                ])
            try Audit.note(
                "plan", "plan", String(id),
                [("edition", code), ("objective", objective.rawValue), ("seed", String(seed))], by: actor, db)
            return id
        }
    }

    private static func solve(
        _ instance: AssignmentInstance, _ objective: AssignmentPlan.Objective, _ seed: UInt64, _ share: Double
    ) async throws -> AssignmentPlan {
        try await withCheckedThrowingContinuation { continuation in
            solver.async {
                continuation.resume(
                    with: Result {
                        try AssignmentPlan.make(instance, objective: objective, seed: seed, randomShare: share)
                    })
            }
        }
    }

    /// Releases a plan: the reads are given and the evaluators told. Throws `AssigningRefusal.breaks` with every rule
    /// that it would break as things stand now.
    ///
    /// - Returns: how many reads it gave.
    @discardableResult
    package func release(_ id: Int, in code: String, by actor: Actor, at: Instant) async throws -> Int {
        let publicURL = publicURL
        return try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            try Self.requireOpen(stored.edition, at: at)
            let plan = try AssignmentPlans.load(id, in: stored.id, db)
            guard plan.releasedAt == nil else { throw AssigningRefusal.released }
            let pairs = plan.found.pairs(plan.assignment)
            let broken = try Self.broken(pairs, stored, db)
            guard broken.isEmpty else { throw AssigningRefusal.breaks(broken) }
            try GivenReads.give(pairs, .plan, in: stored.id, db)
            try db.execute("UPDATE plan SET released_at = \(at) WHERE id = \(id)")
            let counts = Dictionary(grouping: pairs, by: \.evaluator).mapValues(\.count)
            try AssignmentNotices(publicURL: publicURL).given(counts, stored, fact: "plan:\(id)", db)
            try Audit.note("release", "plan", String(id), [("reads", String(pairs.count))], by: actor, db)
            return pairs.count
        }
    }

    /// The rules that pairs would break as things stand, by the same check as any assignment's.
    static func broken(_ pairs: [Conflict.Pair], _ stored: Editions.Stored, _ db: Reader) throws -> [Phrase] {
        let now = try AssignmentCases.read(stored, db)
        let lines = Dictionary(uniqueKeysWithValues: now.proposals.enumerated().map { ($1.id, $0) })
        let places = Dictionary(uniqueKeysWithValues: now.evaluators.enumerated().map { ($1.id, $0) })
        var readers = Array(repeating: [Int](), count: now.proposals.count)
        var broken: [Phrase] = []
        let names = try AssignmentCases.names(in: stored.id, db)
        for pair in pairs {
            guard let line = lines[pair.proposal] else {
                broken.append(
                    Phrase(
                        "Usulan \(pair.proposal) tidak lagi dinilai.",
                        "Proposal \(pair.proposal) is no longer evaluated."))
                continue
            }
            guard let place = places[pair.evaluator] else {
                let name = names[pair.evaluator] ?? String(pair.evaluator)
                broken.append(
                    Phrase("\(name) tidak lagi siap menilai.", "\(name) is not ready to evaluate any more."))
                continue
            }
            readers[line].append(place)
        }
        let instance = try AssignmentCases.named(now, stored, db)
        broken += violations(of: Assignment(readers: readers), in: instance).map { $0.phrase(in: instance) }
        var seen: Set<Phrase> = []
        return broken.filter { seen.insert($0).inserted }
    }

    /// The case of an edition that can be planned; throws why it cannot.
    private static func ready(_ stored: Editions.Stored, _ db: Reader) throws -> AssignmentCase {
        guard let need = stored.edition.reads, need > 0 else { throw AssigningRefusal.noNeed }
        let found = try AssignmentCases.read(stored, db)
        guard !found.proposals.isEmpty else { throw AssigningRefusal.noProposals }
        guard !found.evaluators.isEmpty else {
            let listed = try Evaluators.active(.evaluator, in: stored.id, db).count
            throw AssigningRefusal.nobodyReady(listed: listed, undeclared: listed)
        }
        guard found.reads > 0 else { throw AssigningRefusal.complete }
        return found
    }

    /// Nothing is given any more once evaluation is closed.
    static func requireOpen(_ edition: Edition, at: Instant) throws {
        guard let closes = edition.stage(.evaluation)?.closes, at >= closes else { return }
        throw AssigningRefusal.over(closes.moment(in: edition.zone))
    }
}
