import Database
import Kernel
import People

// What an edition's organiser does with its evaluators and panelists. Every act asks whose the edition is.
extension Evaluators {
    /// Lists somebody and invites them; returns their number.
    package func add(_ draft: EvaluatorDraft, in code: String, by actor: Actor, at: Instant) async throws -> Int {
        let publicURL = publicURL
        return try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            let checked = try draft.checked(in: stored.edition)
            try Self.requireRegion(checked.region, db)
            let role: Role = draft.seat == .evaluator ? .evaluator : .panelist
            let invited = try Seats.give(
                Invitee(
                    email: draft.email, grant: Grant(role, edition: code),
                    name: draft.name.isEmpty ? nil : draft.name),
                by: actor, publicURL: publicURL, db)
            let known = try db.count(
                """
                SELECT COUNT(*) FROM evaluator
                WHERE edition = \(stored.id) AND account = \(invited.account) AND role = \(draft.seat)
                """)
            guard known == 0 else { throw EvaluatorRefusal.taken }
            let id = try db.nextID("evaluator")
            try db.insert(
                "evaluator", ["id", "edition", "account", "role", "expertise", "languages", "region", "least", "most"],
                [
                    [
                        id.sqlValue, stored.id.sqlValue, invited.account.sqlValue, draft.seat.sqlValue,
                        checked.expertise.joined(separator: ",").sqlValue,
                        checked.languages.joined(separator: ",").sqlValue, checked.region.sqlValue,
                        checked.least.sqlValue, checked.most.sqlValue,
                    ]
                ])
            // Who joins the panel no longer reads what the panel will judge.
            let others = try Self.read("v.edition = \(stored.id) AND v.account = \(invited.account)", db)
            for other in others { _ = try GivenReads.takeConflicted(from: other.id, by: actor, db) }
            try Audit.note(
                "appoint", "evaluator", String(id),
                [("edition", code), ("account", String(invited.account)), ("seat", draft.seat.rawValue)], by: actor, db)
            return id
        }
    }

    /// Changes what somebody knows and how much they read. Limits below what they have are kept from the next plan on.
    package func change(_ id: Int, in code: String, to draft: EvaluatorDraft, by actor: Actor, at: Instant) async throws
    {
        try await database.write(at: at) { db in
            let (stored, evaluator) = try Self.held(id, in: code, by: actor, db)
            let checked = try draft.checked(in: stored.edition)
            try Self.requireRegion(checked.region, db)
            guard evaluator.removedAt == nil else { throw EvaluatorRefusal.removed }
            try db.execute(
                """
                UPDATE evaluator SET expertise = \(checked.expertise.joined(separator: ",")),
                    languages = \(checked.languages.joined(separator: ",")), region = \(checked.region),
                    least = \(checked.least), most = \(checked.most) WHERE id = \(id)
                """)
            try Audit.note(
                "change", "evaluator", String(id),
                [
                    ("expertise", checked.expertise.joined(separator: ",")), ("region", checked.region ?? ""),
                    ("least", String(checked.least)), ("most", String(checked.most)),
                ], by: actor, db)
            _ = try GivenReads.takeConflicted(from: id, by: actor, db)
        }
    }

    /// Enters a tie that somebody has; what they have open and is in conflict by it is taken back. Returns how many.
    @discardableResult
    package func enter(_ tie: TieDraft, of id: Int, in code: String, by actor: Actor, at: Instant) async throws -> Int {
        try await database.write(at: at) { db in
            let (_, evaluator) = try Self.held(id, in: code, by: actor, db)
            try Ties.add(tie, to: [evaluator], by: actor.account ?? evaluator.account, db)
            let taken = try GivenReads.takeConflicted(from: id, by: actor, db)
            try Audit.note(
                "enter-tie", "evaluator", String(id), [("kind", tie.kind.rawValue), ("taken", String(taken.count))],
                by: actor, db)
            return taken.count
        }
    }

    /// Strikes out a tie that was entered or declared wrongly.
    package func strike(tie: Int, of id: Int, in code: String, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            _ = try Self.held(id, in: code, by: actor, db)
            let gone = try db.execute("DELETE FROM tie WHERE id = \(tie) AND evaluator = \(id)")
            guard gone == 1 else { return }
            try Audit.note("strike-tie", "evaluator", String(id), [("tie", String(tie))], by: actor, db)
        }
    }

    /// Removes somebody with a reason: the role ends, what is open is taken back and waits to be given to others.
    /// Finished readings go on counting unless `uncounted`.
    package func remove(
        _ id: Int, in code: String, reason: String, uncounted: Bool, by actor: Actor, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let (_, evaluator) = try Self.held(id, in: code, by: actor, db)
            guard evaluator.removedAt == nil else { throw EvaluatorRefusal.removed }
            guard !reason.isEmpty else { throw EvaluatorRefusal.noReason }
            let states = uncounted ? ["due", "begun", "done"] : ["due", "begun"]
            let readings = try db.rows(
                "SELECT id FROM reading WHERE evaluator = \(id) AND state IN \(states) ORDER BY id"
            ) { try $0.int("id") }
            try GivenReads.take(readings, words: "Penilai diberhentikan: \(reason)", db)
            try db.execute("UPDATE evaluator SET removed_at = \(at), removal = \(reason) WHERE id = \(id)")
            try Seats.take(
                evaluator.seat == .evaluator ? .evaluator : .panelist, in: code, from: evaluator.account, by: actor, db)
            try Audit.note(
                "remove", "evaluator", String(id),
                [("taken", String(readings.count)), ("uncounted", String(uncounted))], by: actor, db)
        }
    }

    /// Gives somebody who was removed their seat and role again; what was taken back is not given back by itself.
    package func reinstate(_ id: Int, in code: String, by actor: Actor, at: Instant) async throws {
        let publicURL = publicURL
        try await database.write(at: at) { db in
            let (_, evaluator) = try Self.held(id, in: code, by: actor, db)
            guard evaluator.removedAt != nil else { throw EvaluatorRefusal.notRemoved }
            guard
                let email = try db.first("SELECT email FROM account WHERE id = \(evaluator.account)")?.textOrNil(
                    "email")
            else { throw EvaluatorRefusal.missing(id) }
            let role: Role = evaluator.seat == .evaluator ? .evaluator : .panelist
            _ = try Seats.give(
                Invitee(email: email, grant: Grant(role, edition: code)), by: actor, publicURL: publicURL, db)
            try db.execute("UPDATE evaluator SET removed_at = NULL, removal = NULL WHERE id = \(id)")
            try Audit.note("reinstate", "evaluator", String(id), by: actor, db)
        }
    }

    private static func held(
        _ id: Int, in code: String, by actor: Actor, _ db: Writer
    ) throws -> (Editions.Stored, Evaluator) {
        let stored = try Editions.organised(code, by: actor, db)
        return (stored, try one(id, in: stored.id, db))
    }

    private static func requireRegion(_ region: String?, _ db: Reader) throws {
        guard let region, try db.count("SELECT COUNT(*) FROM region WHERE code = \(region)") == 0 else { return }
        throw EvaluatorRefusal.invalid([Problem("wilayah", Phrase("Pilih dari daftar.", "Choose from the list."))])
    }
}
