import Database
import Kernel
import People

/// One stored plan.
package struct AssignmentPlanRecord: Sendable, Hashable {
    package let id: Int
    package let at: Instant
    package let objective: AssignmentPlan.Objective
    package let seed: Int
    /// The share of chance, in percent.
    package let draw: Int
    package let found: AssignmentCase
    package let assignment: Assignment
    package let report: AssignmentReport
    package let releasedAt: Instant?
}

// What an organiser sees of the assignment. Proposals of their own institution are left out, in counts too.
enum AssignmentPlans {
    /// Throws `AssigningRefusal.missing`.
    static func load(_ id: Int, in edition: Int, _ db: Reader) throws -> AssignmentPlanRecord {
        guard
            let row = try db.first(
                """
                SELECT id, at, objective, seed, draw, instance, readers, report, released_at FROM plan
                WHERE id = \(id) AND edition = \(edition)
                """)
        else { throw AssigningRefusal.missing(id) }
        return AssignmentPlanRecord(
            id: id, at: try row.instant("at"), objective: try row.choice("objective"), seed: try row.int("seed"),
            draw: try row.int("draw"),
            found: try Proposals.decoded(AssignmentCase.self, try row.text("instance")),
            assignment: Assignment(readers: try Proposals.decoded([[Int]].self, try row.text("readers"))),
            report: try Proposals.decoded(AssignmentReport.self, try row.text("report")),
            releasedAt: try row.instantOrNil("released_at"))
    }
}

extension Assignments {
    package struct Line: Sendable, Hashable {
        package let id: Int
        package let at: Instant
        package let objective: AssignmentPlan.Objective
        package let report: AssignmentReport
        package let releasedAt: Instant?
    }

    /// What has to be put right among what was given.
    package struct Wrong: Sendable, Hashable {
        package let proposal: Int
        package let title: String
        package let evaluator: String
        package let state: Reading.State
        package let why: Phrase
    }

    /// How the assignment of an edition stands.
    package struct Overview: Sendable {
        package let stored: Editions.Stored
        /// Proposals that passed, and the reads that they need together.
        package let proposals: Int
        package let needed: Int
        /// Reads given that count, and what is missing.
        package let given: Int
        package let missing: Int
        package let evaluators: Int
        package let ready: Int
        /// Proposals that lack reads, the first hundred.
        package let short: [(id: Int, title: String, reads: Int)]
        package let shortCount: Int
        package let wrong: [Wrong]
        /// Proposals that are one innovation by now, after a merge.
        package let merged: [[Int]]
        package let plans: [Line]
        /// How many proposals are hidden: of the organiser's person's own institution.
        package let hidden: Int
    }

    package func overview(_ code: String, for person: Person) async throws -> Overview {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let hidden = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let need = stored.edition.reads ?? 0
            let rows = try db.rows(
                """
                SELECT p.id, p.title, COALESCE(b.belongs_to, p.innovation) AS root,
                    COUNT(CASE WHEN r.state IN ('due', 'begun', 'done') THEN 1 END) AS reads
                FROM proposal p LEFT JOIN belonging b ON b.innovation = p.innovation
                LEFT JOIN reading r ON r.proposal = p.id
                WHERE p.edition = \(stored.id) AND p.state = 'passed' AND p.id NOT IN \(Evaluators.none + hidden.sorted())
                GROUP BY p.id, p.title, b.belongs_to, p.innovation ORDER BY p.id
                """
            ) {
                (
                    id: try $0.int("id"), title: try $0.text("title"), root: try $0.int("root"),
                    reads: try $0.int("reads")
                )
            }
            let short = rows.filter { $0.reads < need }
            let merged = Dictionary(grouping: rows, by: \.root).values.filter { $0.count > 1 }.map { $0.map(\.id) }
            return Overview(
                stored: stored, proposals: rows.count, needed: rows.count * need,
                given: rows.reduce(0) { $0 + $1.reads }, missing: short.reduce(0) { $0 + need - $1.reads },
                evaluators: try Evaluators.active(.evaluator, in: stored.id, db).count,
                ready: try AssignmentCases.ready(in: stored.id, db).count,
                short: short.prefix(100).map { ($0.id, $0.title, $0.reads) }, shortCount: short.count,
                wrong: try Self.wrong(in: stored, db).filter { !hidden.contains($0.proposal) },
                merged: merged.sorted { $0[0] < $1[0] }, plans: try Self.lines(of: stored.id, db),
                hidden: hidden.count)
        }
    }

    private static func lines(of edition: Int, _ db: Reader) throws -> [Line] {
        try db.rows(
            "SELECT id, at, objective, report, released_at FROM plan WHERE edition = \(edition) ORDER BY id DESC"
        ) {
            Line(
                id: try $0.int("id"), at: try $0.instant("at"), objective: try $0.choice("objective"),
                report: try Proposals.decoded(AssignmentReport.self, try $0.text("report")),
                releasedAt: try $0.instantOrNil("released_at"))
        }
    }

    /// Readings that count and break a rule by now: a conflict found later.
    private static func wrong(in stored: Editions.Stored, _ db: Reader) throws -> [Wrong] {
        let conflicts = try Conflicts.given(in: stored.id, db)
        guard !conflicts.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT r.proposal, r.evaluator, r.state, p.title, a.name FROM reading r
            JOIN proposal p ON p.id = r.proposal JOIN evaluator v ON v.id = r.evaluator
            JOIN account a ON a.id = v.account
            WHERE r.edition = \(stored.id) AND r.state IN ('due', 'begun', 'done') ORDER BY r.id
            """
        ) { row in
            try conflicts[.init(row.int("proposal"), row.int("evaluator"))].map {
                Wrong(
                    proposal: try row.int("proposal"), title: try row.text("title"),
                    evaluator: try row.textOrNil("name") ?? "–", state: try row.choice("state"), why: $0[0].why)
            }
        }.compactMap(\.self)
    }

    /// One plan with who would read what.
    package struct Sheet: Sendable {
        package struct Row: Sendable, Hashable {
            package let proposal: Int
            package let title: String
            package let readers: [String]
            package let cost: Int
        }

        package let stored: Editions.Stored
        package let plan: AssignmentPlanRecord
        /// How many rules it broke when it was made: none, checked again from what is stored.
        package let broken: Int
        /// Those of this page.
        package let rows: [Row]
        package let from: Int
        package let total: Int
        package let hidden: Int
        /// The reads it gives each evaluator, the most first; only of what is shown.
        package let loads: [(name: String, reads: Int)]
    }

    /// How many proposals a page shows.
    static let pageSize = 50

    package func show(_ id: Int, in code: String, page: Int, for person: Person) async throws -> Sheet {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let plan = try AssignmentPlans.load(id, in: stored.id, db)
            let hidden = try Conflicts.walled(from: person.grants, in: stored.id, db)
            let names = try AssignmentCases.names(in: stored.id, db)
            let instance = plan.found.instance()
            let shown = plan.found.proposals.indices.filter {
                !hidden.contains(plan.found.proposals[$0].id) && !plan.assignment.readers[$0].isEmpty
            }
            let start = min((page - 1) * Self.pageSize, max(0, shown.count - 1))
            let part = shown.dropFirst(start).prefix(Self.pageSize)
            let titles = try AssignmentCases.titles(part.map { plan.found.proposals[$0].id }, db)
            func name(_ place: Int) -> String { names[plan.found.evaluators[place].id] ?? "–" }
            var loads = Array(repeating: 0, count: plan.found.evaluators.count)
            for line in shown { for reader in plan.assignment.readers[line] { loads[reader] += 1 } }
            return Sheet(
                stored: stored, plan: plan, broken: violations(of: plan.assignment, in: instance).count,
                rows: part.map { line in
                    let id = plan.found.proposals[line].id
                    return .init(
                        proposal: id, title: titles[id] ?? "–", readers: plan.assignment.readers[line].map(name),
                        cost: plan.assignment.cost(of: line, in: instance))
                }, from: start, total: shown.count,
                hidden: plan.found.proposals.count { hidden.contains($0.id) },
                loads: loads.enumerated().map { (name($0), $1) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) })
        }
    }
}
