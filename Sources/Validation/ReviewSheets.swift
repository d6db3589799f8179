import Database
import Directory
import Institutions
import Kernel
import People

/// What a reviewer has before them: the draft, what changed, what was said last, what is missing, whether they may decide.
package struct ReviewSheet: Sendable {
    package let draft: Draft
    /// What validating would publish.
    package let record: Innovation
    package let claims: [Claim]
    package let differences: Differences
    /// The comments of the last round that was returned, by what they stand beside.
    package let comments: [CommentSubject: ReviewComment]
    package let findings: [Finding]
    /// In what capacity this person may decide, or why not.
    package let mayValidate: Result<Capacity, DraftRefusal>
    /// Until when a validation made now would hold.
    package let until: Instant
}

/// One draft waiting for a reviewer.
package struct QueueLine: Sendable, Hashable {
    package let draft: DraftLine
    /// Whether the person who looks wrote in it and so cannot validate it.
    package let wrote: Bool
}

/// A page of the queue, the longest waiting first.
package struct Queue: Sendable, Hashable {
    package let lines: [QueueLine]
    package let total: Int
    package let next: DraftPlace?
}

extension Reviews {
    /// Everything a reviewer sees of one draft; also for its own unit after it was returned. A constant number of
    /// statements.
    package func sheet(_ id: Int, for person: Person, at: Instant) async throws -> ReviewSheet {
        let term = term
        return try await database.read { db in
            let draft = try Drafts.load(id, at: at, db)
            if let refusal = draft.mayRead(person) { throw refusal }
            let claims = try Claims.of(id, db)
            let record = try Self.record(draft, db)
            let reviewers = try Offices.reviewers(of: draft, at: at, db).count
            return ReviewSheet(
                draft: draft, record: record, claims: claims,
                differences: try Self.differences(draft, record, claims.map(Submission.Held.init), db),
                comments: try Self.comments(of: draft, db), findings: Completeness.check(record, claims),
                mayValidate: draft.mayValidate(person, reviewers: reviewers),
                until: term.end(for: record, from: at))
        }
    }

    /// What waits for a person's decision, the longest waiting first: their institutions' submissions and those of
    /// institutions whose place theirs took; for a leader or a Hub only where the office itself has nobody to validate.
    ///
    /// - Parameter limit: 1 to 1000.
    package func queue(
        for person: Person, after place: DraftPlace? = nil, limit: Int = 100, at: Instant
    ) async throws -> Queue {
        let limit = min(max(1, limit), 1000)
        // Who was confirmed before this holds the right no longer, see `Certification`.
        let lapsed = at.adding(days: -(Certification.days + Certification.grace))
        return try await database.read { db in
            let succession = try Successors.read(at: at, db)
            func reach(_ right: Right) -> SQL {
                let grants = person.grants(for: right)
                let before = Set(grants.compactMap(\.institution).flatMap(succession.predecessors)).sorted()
                return "(\(GrantScopes.within(grants, "d.institution")) OR d.institution IN \(before))"
            }
            let whose: SQL = """
                d.state = 'submitted' AND (\(reach(.validate)) OR (\(reach(.validateInstead)) AND NOT EXISTS (
                    SELECT 1 FROM role_grant g JOIN account a ON a.id = g.account
                    WHERE (g.institution = d.institution OR g.institution IN (SELECT s.successor
                        FROM institution_succession s WHERE s.institution = d.institution
                        AND (s.year IS NULL OR s.year <= \(at.day().year))))
                        AND g.role IN \(Right.validate.roles.map(\.rawValue).sorted()) AND g.until_at IS NULL
                        AND g.certified_at > \(lapsed) AND a.state = 'active'
                        AND NOT EXISTS (SELECT 1 FROM draft_writer w WHERE w.draft = d.id AND w.account = a.id))))
                """
            let total = try db.count("SELECT COUNT(*) FROM draft d WHERE \(whose)")
            var page = whose
            if let place {
                page =
                    "\(whose) AND (d.submitted_at > \(place.at) OR (d.submitted_at = \(place.at) AND d.id > \(place.id)))"
            }
            let lines = try db.rows(
                """
                SELECT \(DraftLine.columns), CASE WHEN w.account IS NULL THEN 0 ELSE 1 END AS wrote
                FROM draft d LEFT JOIN unit u ON u.id = d.unit
                LEFT JOIN draft_writer w ON w.draft = d.id AND w.account = \(person.account)
                WHERE \(page) ORDER BY d.submitted_at, d.id LIMIT \(limit + 1)
                """
            ) { QueueLine(draft: try DraftLine($0), wrote: try $0.bool("wrote")) }
            let shown = Array(lines.prefix(limit))
            let last = lines.count > limit ? shown.last?.draft : nil
            return Queue(
                lines: shown, total: total,
                next: last.flatMap { line in line.submittedAt.map { DraftPlace(at: $0, id: line.id) } })
        }
    }

    private static func differences(
        _ draft: Draft, _ record: Innovation, _ held: [Submission.Held], _ db: Reader
    ) throws -> Differences {
        if let row = try db.first(
            """
            SELECT round, content, claims FROM submission WHERE draft = \(draft.id) AND outcome = 'returned'
            ORDER BY round DESC LIMIT 1
            """)
        {
            return Differences(
                against: .round(try row.int("round")), was: try Innovation(json: try row.text("content")),
                wasClaims: try Submission.claims(json: try row.text("claims")), is: record, claims: held)
        }
        guard let begun = draft.innovation, draft.state != .published,
            case let innovation = try Innovations.root(of: begun, db),
            let row = try db.first(
                """
                SELECT r.number, r.content FROM innovation i
                JOIN revision r ON r.innovation = i.id AND r.number = i.revision WHERE i.id = \(innovation)
                """)
        else { return Differences(against: .nothing, was: nil, wasClaims: [], is: record, claims: held) }
        return Differences(
            against: .revision(try row.int("number")), was: try Innovation(json: try row.text("content")),
            wasClaims: try Claims.published(of: innovation, db).map(Submission.Held.init), is: record, claims: held)
    }

    private static func comments(of draft: Draft, _ db: Reader) throws -> [CommentSubject: ReviewComment] {
        var found: [CommentSubject: ReviewComment] = [:]
        try db.each(
            """
            SELECT round, field, text, at FROM review_comment WHERE draft = \(draft.id)
                AND round = (SELECT MAX(round) FROM review_comment WHERE draft = \(draft.id))
            """
        ) { row in
            guard let subject = CommentSubject(name: try row.text("field")) else { return }
            found[subject] = ReviewComment(
                round: try row.int("round"), subject: subject, text: try row.text("text"), at: try row.instant("at"))
        }
        return found
    }
}
