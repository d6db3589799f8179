import Database
import Institutions
import Kernel
import People

/// The conflicts of interest of an edition, found from what is stored: nothing is kept that could grow stale.
package enum Conflicts {
    /// Every conflict between the proposals that passed the administrative check and those who hold or held a seat.
    package static func all(in edition: Int, _ db: Reader) throws -> [Conflict] {
        try found("p.edition = \(edition) AND p.state = 'passed'", "v.edition = \(edition)", db)
    }

    /// The conflicts of one person with one proposal, whatever its state.
    package static func between(proposal: Int, evaluator: Int, _ db: Reader) throws -> [Conflict] {
        try found("p.id = \(proposal)", "v.id = \(evaluator)", db)
    }

    /// The conflicts of one person with the proposals that passed.
    package static func of(_ evaluator: Int, in edition: Int, _ db: Reader) throws -> [Conflict] {
        try found("p.edition = \(edition) AND p.state = 'passed'", "v.id = \(evaluator)", db)
    }

    /// The conflicts of pairs that were given in an edition and count: found after they were given.
    static func given(in edition: Int, _ db: Reader) throws -> [Conflict.Pair: [Conflict]] {
        let subjects = try subjects("p.edition = \(edition) AND p.state = 'passed'", db)
        let sides = try sides("v.edition = \(edition)", near: Set(subjects.flatMap(\.family)), db)
        let (left, right) = (
            Dictionary(uniqueKeysWithValues: subjects.map { ($0.proposal, $0) }),
            Dictionary(uniqueKeysWithValues: sides.map { ($0.evaluator, $0) })
        )
        var found: [Conflict.Pair: [Conflict]] = [:]
        try db.each(
            """
            SELECT proposal, evaluator FROM reading
            WHERE edition = \(edition) AND state IN ('due', 'begun', 'done') ORDER BY id
            """
        ) { row in
            let pair = Conflict.Pair(try row.int("proposal"), try row.int("evaluator"))
            guard let subject = left[pair.proposal], let side = right[pair.evaluator] else { return }
            let conflicts = Conflict.all(subject, side)
            if !conflicts.isEmpty { found[pair] = conflicts }
        }
        return found
    }

    /// The proposals of an edition that come from the own institutions of somebody who organises it: they see nothing of
    /// who reads these and how they were scored. Reach does not count, only where a person belongs.
    package static func walled(from grants: [Grant], in edition: Int, _ db: Reader) throws -> Set<Int> {
        let own = Set(grants.compactMap(\.institution))
        guard !own.isEmpty else { return [] }
        let successors = try Successors.read(at: Self.always, db)
        let family = Array(Set(own.flatMap(successors.family))).sorted()
        return Set(
            try db.rows("SELECT id FROM proposal WHERE edition = \(edition) AND institution IN \(family)") {
                try $0.int("id")
            })
    }

    /// Late enough for every succession that is known: whom one still to come concerns is no less in conflict.
    private static let always = Instant(milliseconds: 253_370_764_800_000)

    static func found(_ proposals: SQL, _ evaluators: SQL, _ db: Reader) throws -> [Conflict] {
        let subjects = try subjects(proposals, db)
        let codes = Set(subjects.flatMap(\.family))
        let sides = try sides(evaluators, near: codes, db)
        return subjects.flatMap { subject in sides.flatMap { Conflict.all(subject, $0) } }
    }

    /// A condition on `p` (proposal).
    private static func subjects(_ condition: SQL, _ db: Reader) throws -> [ConflictSubject] {
        let successors = try Successors.read(at: Self.always, db)
        var authors: [Int: Set<Int>] = [:]
        // Who began or corrected it and was overtaken since is in the record of acts alone.
        try db.each(
            """
            SELECT p.id, a.account FROM proposal p JOIN audit a ON a.kind = 'proposal' AND a.key = CAST(p.id AS TEXT)
            WHERE \(condition) AND a.account IS NOT NULL AND a.act IN ('start', 'correct', 'register', 'submit')
            """
        ) { authors[try $0.int("id"), default: []].insert(try $0.int("account")) }
        var families: [String: Set<String>] = [:]
        return try db.rows(
            """
            SELECT p.id, p.institution, p.unit, COALESCE(b.belongs_to, p.innovation) AS innovation, p.created_by,
                p.updated_by, p.submitted_by, i.name, g.province
            FROM proposal p JOIN institution i ON i.code = p.institution LEFT JOIN region g ON g.code = i.region
            LEFT JOIN belonging b ON b.innovation = p.innovation WHERE \(condition) ORDER BY p.id
            """
        ) { row in
            let (id, institution) = (try row.int("id"), try row.text("institution"))
            let family = families[institution] ?? Set(successors.family(of: institution))
            families[institution] = family
            let writers = [
                try row.int("created_by"), try row.int("updated_by"), try row.intOrNil("submitted_by"),
            ].compactMap(\.self)
            return ConflictSubject(
                proposal: id, family: family, institutionName: try row.text("name"), unit: try row.intOrNil("unit"),
                innovation: try row.int("innovation"), province: try row.textOrNil("province"),
                authors: (authors[id] ?? []).union(writers))
        }
    }

    /// A condition on `v` (evaluator).
    private static func sides(_ condition: SQL, near codes: Set<String>, _ db: Reader) throws -> [ConflictSide] {
        let seats = try db.rows(
            """
            SELECT v.id, v.account, v.edition, v.role, a.name, a.phone, g.province FROM evaluator v
            JOIN account a ON a.id = v.account LEFT JOIN region g ON g.code = v.region
            WHERE \(condition) ORDER BY v.id
            """
        ) {
            (
                id: try $0.int("id"), account: try $0.int("account"), edition: try $0.int("edition"),
                seat: try $0.choice("role", Evaluator.Seat.self), province: try $0.textOrNil("province"),
                same: SameName(name: try $0.textOrNil("name"), phone: try $0.textOrNil("phone"))
            )
        }
        guard !seats.isEmpty else { return [] }
        let accounts = Array(Set(seats.map(\.account))).sorted()
        let editions = Array(Set(seats.map(\.edition))).sorted()
        let posts = try posts(of: accounts, near: codes.sorted(), db)
        // A tie is a person's, whichever seat they held when it was declared.
        let ties = try ties("v.account IN \(accounts) AND v.edition IN \(editions)", db)
        let panelists = Set(
            try db.rows(
                """
                SELECT account FROM evaluator WHERE role = 'panelist' AND removed_at IS NULL AND edition IN \(editions)
                    AND account IN \(accounts)
                """
            ) { try $0.int("account") })
        var read: [Int: Set<Int>] = [:]
        try db.each(
            """
            SELECT v.account, r.proposal FROM reading r JOIN evaluator v ON v.id = r.evaluator
            WHERE v.edition IN \(editions) AND v.account IN \(accounts) AND r.state IN ('begun', 'done')
            """
        ) { read[try $0.int("account"), default: []].insert(try $0.int("proposal")) }
        return seats.map { seat in
            let own = posts.filter { $0.account == seat.account }.map(\.post)
            let alike = posts.filter { $0.account != seat.account && $0.same.matches(seat.same) }.map(\.post)
            return ConflictSide(
                evaluator: seat.id, account: seat.account, seat: seat.seat, province: seat.province,
                posts: own
                    + alike.map {
                        .init(
                            institution: $0.institution, unit: $0.unit, isNow: $0.isNow, isHub: $0.isHub,
                            isLookalike: true)
                    },
                ties: ties[Holder(edition: seat.edition, account: seat.account)] ?? [],
                isPanelist: panelists.contains(seat.account),
                read: read[seat.account] ?? [])
        }
    }

    /// The posts of some accounts, wherever, and of everybody at some institutions; those held now first.
    private static func posts(
        of accounts: [Int], near codes: [String], _ db: Reader
    ) throws -> [(account: Int, same: SameName, post: ConflictSide.Post)] {
        try db.rows(
            """
            SELECT g.account, g.role, g.institution, g.unit, g.until_at, a.name, a.phone FROM role_grant g
            JOIN account a ON a.id = g.account
            WHERE g.institution IS NOT NULL AND (g.account IN \(accounts) OR g.institution IN \(codes))
            ORDER BY CASE WHEN g.until_at IS NULL THEN 0 ELSE 1 END, g.id
            """
        ) {
            (
                try $0.int("account"), SameName(name: try $0.textOrNil("name"), phone: try $0.textOrNil("phone")),
                .init(
                    institution: try $0.text("institution"), unit: try $0.intOrNil("unit"),
                    isNow: try $0.instantOrNil("until_at") == nil,
                    isHub: try $0.text("role") == Role.hubManager.rawValue,
                    isLookalike: false)
            )
        }
    }

    /// Somebody in an edition, whichever seats they hold.
    private struct Holder: Hashable {
        let edition: Int
        let account: Int
    }

    /// The ties of those that a condition on `v` (evaluator) chooses.
    private static func ties(_ condition: SQL, _ db: Reader) throws -> [Holder: [ConflictSide.Tie]] {
        var found: [Holder: [ConflictSide.Tie]] = [:]
        try db.each(
            """
            SELECT v.edition, t.kind, t.institution, t.unit, u.institution AS unit_institution,
                COALESCE(b.belongs_to, t.innovation) AS innovation, t.proposal, t.words, t.by_account, v.account
            FROM tie t JOIN evaluator v ON v.id = t.evaluator LEFT JOIN unit u ON u.id = t.unit
            LEFT JOIN belonging b ON b.innovation = t.innovation WHERE \(condition) ORDER BY t.id
            """
        ) {
            found[Holder(edition: try $0.int("edition"), account: try $0.int("account")), default: []].append(
                .init(
                    kind: try $0.choice("kind"), institution: try $0.textOrNil("institution"),
                    unit: try $0.intOrNil("unit"), unitInstitution: try $0.textOrNil("unit_institution"),
                    innovation: try $0.intOrNil("innovation"), proposal: try $0.intOrNil("proposal"),
                    words: try $0.textOrNil("words"), isOwn: try $0.int("by_account") == $0.int("account")))
        }
        return found
    }
}
