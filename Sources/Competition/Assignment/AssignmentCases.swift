import Database
import Kernel

/// What is to be assigned, read from what is stored.
enum AssignmentCases {
    /// The case of an edition, or of one of its proposals; evaluators' loads are whole.
    ///
    /// - Parameter hidden: proposals whose reads whoever looks must not infer from what is left of a load.
    static func read(
        _ stored: Editions.Stored, only proposal: Int? = nil, hiding hidden: Set<Int> = [], _ db: Reader
    ) throws -> AssignmentCase {
        let need = stored.edition.reads ?? 0
        var which: SQL = "p.edition = \(stored.id) AND p.state = 'passed'"
        if let proposal { which = "\(which) AND p.id = \(proposal)" }
        let rows = try db.rows(
            """
            SELECT p.id, p.category, n.name FROM proposal p JOIN institution i ON i.code = p.institution
            LEFT JOIN region g ON g.code = i.region LEFT JOIN region n ON n.code = g.province
            WHERE \(which) ORDER BY p.id
            """
        ) {
            (
                id: try $0.int("id"), category: try $0.textOrNil("category") ?? "",
                province: try $0.textOrNil("name") ?? ""
            )
        }
        let ready = try ready(in: stored.id, db)
        let places = Dictionary(uniqueKeysWithValues: ready.enumerated().map { ($1.id, $0) })
        let lines = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.id, $0) })
        var never = Array(repeating: Set<Int>(), count: rows.count)
        var (counts, kept) = (Array(repeating: 0, count: rows.count), never)
        var loads = Array(repeating: 0, count: ready.count)
        try db.each(
            """
            SELECT proposal, evaluator, state FROM reading WHERE edition = \(stored.id) AND state <> 'removed'
            """
        ) { row in
            let state = try row.choice("state", Reading.State.self)
            let place = places[try row.int("evaluator")]
            let read = try row.int("proposal")
            if let place, state.counts, !hidden.contains(read) { loads[place] += 1 }
            guard let line = lines[read] else { return }
            if state.counts { counts[line] += 1 }
            if let place {
                never[line].insert(place)
                if state.counts { kept[line].insert(place) }
            }
        }
        let conflicts =
            try proposal.map { try Conflicts.found("p.id = \($0)", "v.edition = \(stored.id)", db) }
            ?? Conflicts.all(in: stored.id, db)
        for conflict in conflicts {
            guard let line = lines[conflict.proposal], let place = places[conflict.evaluator] else { continue }
            never[line].insert(place)
        }
        let categories = Set(rows.map(\.category))
        return AssignmentCase(
            proposals: zip(rows, counts).map {
                .init(id: $0.id, category: $0.category, province: $0.province, reads: max(0, need - $1))
            },
            evaluators: zip(ready, loads).map { evaluator, load in
                .init(
                    id: evaluator.id, least: max(0, min(evaluator.least, evaluator.most) - load),
                    most: max(0, evaluator.most - load))
            },
            costs: Dictionary(
                uniqueKeysWithValues: categories.map { category in
                    (
                        category,
                        ready.map {
                            AssignmentCost.of(category: category, $0.expertise, languages: $0.languages)
                                ?? Int(AssignmentInstance.conflict)
                        }
                    )
                }), never: never.map { $0.sorted() }, kept: kept.map { $0.sorted() })
    }

    /// Evaluators who can be assigned: active accounts that declared their conflicts and hold the role.
    static func ready(in edition: Int, _ db: Reader) throws -> [Evaluator] {
        try Evaluators.read(
            """
            v.edition = \(edition) AND v.role = 'evaluator' AND v.removed_at IS NULL AND v.declared_at IS NOT NULL
                AND a.state = 'active'
            """, db)
    }

    /// Titles of proposals by number.
    static func titles(_ ids: [Int], _ db: Reader) throws -> [Int: String] {
        var titles: [Int: String] = [:]
        for start in stride(from: 0, to: ids.count, by: 5_000) {
            let some = Array(ids[start..<min(start + 5_000, ids.count)])
            try db.each("SELECT id, title FROM proposal WHERE id IN \(some)") {
                titles[try $0.int("id")] = try $0.text("title")
            }
        }
        return titles
    }

    /// Names of an edition's evaluators by number, removed ones too.
    static func names(in edition: Int, _ db: Reader) throws -> [Int: String] {
        Dictionary(
            try Evaluators.read("v.edition = \(edition)", db).map { ($0.id, $0.name) }, uniquingKeysWith: { a, _ in a })
    }

    static func categories(_ edition: Edition) -> [String: String] {
        Dictionary(edition.categories.map { ($0.code, $0.name.indonesian) }, uniquingKeysWith: { a, _ in a })
    }

    /// The case as the solver's instance with the names for messages.
    static func named(_ found: AssignmentCase, _ stored: Editions.Stored, _ db: Reader) throws -> AssignmentInstance {
        found.instance(
            titles: try titles(found.proposals.map(\.id), db), names: try names(in: stored.id, db),
            categories: categories(stored.edition))
    }
}
