import Database
import Kernel
import People

// The end of a sitting: closed once, with the hash of its minutes; then signed.
extension Sittings {
    /// Closes a sitting for good. A choice that breaks a published constraint needs the reason for the exception, which
    /// is recorded in its minutes with what it breaks.
    package func close(
        _ id: Int, exception: String = "", in code: String, basedOn version: Int, by actor: Actor, at: Instant
    ) async throws {
        try await change(id, in: code, basedOn: version, by: actor, at: at) { sitting, stored, db in
            let decisions = try Decisions.read(id, db)
            let missing = try Self.unready(sitting, decisions, stored, at: at, db)
            guard missing.isEmpty else { throw SittingRefusal.unready(missing) }
            let broken = try Self.broken(sitting, decisions, stored, db)
            let reason = String(exception.prefix(2000))
            var why = sitting.why
            if !broken.isEmpty {
                guard reason.count >= 20 else { throw SittingRefusal.unbalanced(broken) }
                let rules = broken.map(\.indonesian).joined(separator: " ")
                why += "\n\nPengecualian dari susunan yang diumumkan. \(rules) Alasan: \(reason)"
            }
            // Conflicts declared after it was written down count as well.
            let people = try Self.attendance(sitting.attendance, stored.id, db)
            try db.execute(
                "UPDATE sitting SET why = \(why), attendance = \(try Self.json(people)) WHERE id = \(id)")
            guard let final = try Self.read("id = \(id)", db).first else { throw SittingRefusal.missing }
            let digest = try Minutes(final, edition: code, decisions).digest()
            try db.execute("UPDATE sitting SET closed_at = \(at), digest = \(digest) WHERE id = \(id)")
            try Audit.note(
                "close", "sitting", String(id), [("digest", digest), ("exceptions", String(broken.count))], by: actor,
                db)
        }
    }

    /// What is still missing before it can be closed.
    static func unready(
        _ sitting: Sitting, _ decisions: [Decision], _ stored: Editions.Stored, at: Instant, _ db: Reader
    ) throws -> [Phrase] {
        var found: [Phrase] = []
        if sitting.heldAt > at {
            found.append(Phrase("Sidang ini belum berlangsung.", "This sitting was not held yet."))
        }
        if sitting.attendance.isEmpty {
            found.append(Phrase("Tulis siapa yang hadir.", "Write who attended."))
        }
        if sitting.why.isEmpty {
            found.append(Phrase("Tulis alasan putusannya.", "Write why it decided so."))
        }
        if sitting.subject != .other, decisions.isEmpty {
            found.append(Phrase("Isi putusan untuk sedikitnya satu usulan.", "Decide about one proposal at least."))
        }
        if sitting.subject == .consolidation {
            let bare = decisions.filter { $0.score == nil }.map { String($0.proposal) }.joined(separator: ", ")
            if !bare.isEmpty {
                found.append(
                    Phrase("Tulis nilai bersama usulan \(bare).", "Write the agreed score of proposals \(bare)."))
            }
        }
        let candidates = Set(try Advices.candidates(sitting.subject, in: stored, db).map(\.proposal))
        let gone = decisions.filter { !candidates.contains($0.proposal) }.map { String($0.proposal) }
        if !gone.isEmpty {
            let numbers = gone.joined(separator: ", ")
            found.append(
                Phrase(
                    "Usulan \(numbers) tidak ikut lagi. Hapus putusannya.",
                    "Proposals \(numbers) take no part any more. Remove their decisions."))
        }
        return found
    }

    /// The published constraints that hold no more once this sitting's decisions stand beside those of earlier ones.
    static func broken(
        _ sitting: Sitting, _ decisions: [Decision], _ stored: Editions.Stored, _ db: Reader
    ) throws -> [Phrase] {
        guard let balance = sitting.subject.balance else { return [] }
        var standing = Dictionary(
            try Decisions.standing(sitting.subject, in: stored.id, db).map { ($0.proposal, $0) }
        ) { first, _ in first }
        for decision in decisions { standing[decision.proposal] = decision }
        let chosen = standing.values.filter { $0.verdict == .chosen }
        let candidates = try Advices.candidates(sitting.subject, in: stored, db)
        return Selection(stored.edition, balance, candidates).problems(
            chosen: Set(chosen.map(\.proposal)),
            awards: Dictionary(chosen.compactMap { one in one.award.map { (one.proposal, $0) } }) { first, _ in first })
    }

    /// Signs closed minutes; whoever attended signs once, and only what they closed with.
    package func sign(_ id: Int, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            guard let account = actor.account, let sitting = try Self.read("id = \(id)", db).first,
                let seat = sitting.attendance.first(where: { $0.account == account }), sitting.closedAt != nil
            else { throw SittingRefusal.missing }
            let grants = try Grants.live(of: account, at: db.at, db)
            guard try PanelSeats.held(account, grants, db).contains(where: { $0.edition == sitting.edition }) else {
                throw SittingRefusal.missing
            }
            guard let digest = sitting.digest,
                try db.count("SELECT COUNT(*) FROM account WHERE id = \(account) AND state = 'active'") == 1
            else { throw SittingRefusal.notSigner }
            let signed = try db.count(
                "SELECT COUNT(*) FROM sitting_signature WHERE sitting = \(id) AND account = \(account)")
            guard signed == 0 else { return }
            try db.insert(
                "sitting_signature", ["sitting", "account", "name", "office", "digest", "at"],
                [
                    [
                        id.sqlValue, account.sqlValue, seat.name.sqlValue, seat.role.sqlValue, digest.sqlValue,
                        at.sqlValue,
                    ]
                ])
            try Audit.note("sign", "sitting", String(id), [("digest", digest)], by: actor, db)
        }
    }
}
