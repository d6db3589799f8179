import Database
import Kernel
import People

/// The stored results of editions: frozen, signed, never changed; a correction is a further version.
package struct Results: Sendable {
    let database: Database
    let keys: SigningKeys

    package init(_ database: Database, keys: SigningKeys) {
        self.database = database
        self.keys = keys
    }

    /// What the organiser's page of results shows.
    package struct Sheet: Sendable {
        package let stored: Editions.Stored
        /// The newest first.
        package let versions: [FrozenResult]
        /// What the database says now that the newest version does not; empty when nothing is frozen.
        package let drift: [CanonicalDifference]
        /// Whether a closed sitting on finalists or awards is there.
        package let isDecided: Bool
    }

    /// Freezes what an edition came to, signed with the current key; returns the version.
    ///
    /// - Parameter reason: why it replaces the version before; needed from the second on, shown publicly.
    /// - Throws: `ResultRefusal`, `SigningRefusal`, `EditionRefusal.unknown`, `DeskRefusal`.
    @discardableResult
    package func freeze(_ code: String, reason: String?, by actor: Actor, at: Instant) async throws -> Int {
        // Computed beside the one writer: chances of thousands of proposals take their time.
        let prepared = try await database.read { db in try Self.computed(try Editions.found(code, db), db) }
        return try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            guard try Self.isDecided(stored.id, db) else { throw ResultRefusal.notDecided }
            let earlier = try Self.read("r.edition = \(stored.id)", db).last
            let why = reason?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            if earlier != nil, why.isEmpty { throw ResultRefusal.noReason }
            let input = try ResultMaterials.read(stored, db)
            let inputs = try Canonical(input).json
            if let earlier, earlier.inputs == inputs { throw ResultRefusal.unchanged(earlier.number) }
            let content =
                prepared.inputs == inputs ? prepared.content : try Canonical(ResultContent(input)).json
            let number = (earlier?.number ?? 0) + 1
            let kept = earlier == nil ? nil : why
            let sealed = FrozenResult.sealed(
                edition: code, number: number, at: at, reason: kept, method: ResultContent.method, seed: input.seed,
                inputs: inputs, content: content)
            let digest = ResultInput.digest(sealed)
            let pair = try keys.current(db)
            guard let account = actor.account else { throw DeskRefusal.notYours(.manageEditions) }
            try db.insert(
                "result",
                [
                    "edition", "number", "at", "by_account", "reason", "method", "seed", "inputs", "content", "digest",
                    "key", "signature",
                ],
                [
                    [
                        stored.id.sqlValue, number.sqlValue, at.sqlValue, account.sqlValue, kept.sqlValue,
                        ResultContent.method.sqlValue, input.seed.sqlValue, inputs.sqlValue, content.sqlValue,
                        digest.sqlValue, pair.key.id.sqlValue, pair.sign(sealed.utf8).sqlValue,
                    ]
                ])
            try Audit.note(
                "freeze", "result", "\(code)/\(number)", [("digest", digest), ("key", pair.key.id)], by: actor, db)
            return number
        }
    }

    private static func computed(
        _ stored: Editions.Stored, _ db: Reader
    ) throws -> (inputs: String, content: String) {
        let input = try ResultMaterials.read(stored, db)
        return (try Canonical(input).json, try Canonical(ResultContent(input)).json)
    }

    /// The results of an edition for its organiser; throws `EditionRefusal.unknown`, `DeskRefusal`.
    package func sheet(of code: String, for person: Person) async throws -> Sheet {
        try await database.read { db in
            let stored = try Editions.organised(code, for: person, db)
            let versions = try Self.read("r.edition = \(stored.id)", db)
            return Sheet(
                stored: stored, versions: versions.reversed(),
                drift: try versions.last.map {
                    try Canonical(ResultMaterials.read(stored, db)).differences(since: try Canonical(json: $0.inputs))
                } ?? [],
                isDecided: try Self.isDecided(stored.id, db))
        }
    }

    /// Computes a frozen result again; the newest unless a version is named.
    ///
    /// - Throws: `EditionRefusal.unknown`, `ResultRefusal.none`, `.unknownVersion`.
    package func recompute(_ code: String, version: Int? = nil) async throws -> Recomputation {
        try await database.read { db in
            let stored = try Editions.found(code, db)
            let versions = try Self.read("r.edition = \(stored.id)", db)
            guard let newest = versions.last else { throw ResultRefusal.none(code) }
            guard let frozen = version.map({ number in versions.first { $0.number == number } }) ?? newest else {
                throw ResultRefusal.unknownVersion(version ?? 0)
            }
            return Recomputation(
                frozen, keys: try SigningKeys.all(db).map(\.key),
                now: try Canonical(ResultMaterials.read(stored, db)))
        }
    }

    static func isDecided(_ edition: Int, _ db: Reader) throws -> Bool {
        try db.count(
            """
            SELECT COUNT(*) FROM sitting WHERE edition = \(edition) AND closed_at IS NOT NULL
                AND subject IN ('finalists', 'awards')
            """) > 0
    }

    /// The results that a condition on `r` (result) chooses, by number.
    static func read(_ condition: SQL, _ db: Reader) throws -> [FrozenResult] {
        try db.rows(
            """
            SELECT e.code, r.number, r.at, r.reason, r.method, r.seed, r.inputs, r.content, r.digest, r.key,
                r.signature
            FROM result r JOIN edition e ON e.id = r.edition WHERE \(condition) ORDER BY r.edition, r.number
            """
        ) {
            FrozenResult(
                edition: try $0.text("code"), number: try $0.int("number"), at: try $0.instant("at"),
                reason: try $0.textOrNil("reason"), method: try $0.text("method"), seed: try $0.int("seed"),
                inputs: try $0.text("inputs"), content: try $0.text("content"), digest: try $0.text("digest"),
                key: try $0.text("key"), signature: try $0.text("signature"))
        }
    }
}
