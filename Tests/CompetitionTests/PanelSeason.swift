import Database
import Kernel
import People
import Testing

@testable import Competition

extension Season {
    /// The same season with somebody more, who signs in by their name.
    func adding(_ person: Person) -> Season {
        var copy = self
        copy.people[person.name] = person
        return copy
    }

    /// A closed sitting that chose finalists, announced at a moment if one is given.
    func choose(_ proposals: [Int], announced: Instant? = nil) async throws {
        try await database.write(at: Season.noon("2027-07-15")) { db in
            let edition = try Editions.found(Season.code, db).id
            let sitting = try db.nextID("sitting")
            try db.insert(
                "sitting",
                [
                    "id", "edition", "body", "subject", "title", "place", "held_at", "attendance", "tabled", "decided",
                    "why", "version", "made_by", "closed_at", "digest",
                ],
                [
                    [
                        sitting.sqlValue, edition.sqlValue, .text("panel"), .text("finalists"), .text("Pleno"),
                        .text("Jakarta"), db.at.sqlValue, .text("[]"), .text("[]"), .text("x"), .text("x"), 1.sqlValue,
                        1.sqlValue, db.at.sqlValue, .text("x"),
                    ]
                ])
            try db.insert(
                "decision", ["sitting", "proposal", "verdict"],
                proposals.map { [sitting.sqlValue, $0.sqlValue, .text("chosen")] })
            guard let announced else { return }
            try db.insert(
                "announcement", ["id", "edition", "subject", "sitting", "publish_at", "at", "by_account"],
                [
                    [
                        try db.nextID("announcement").sqlValue, edition.sqlValue, .text("finalists"), sitting.sqlValue,
                        announced.sqlValue, announced.sqlValue, 1.sqlValue,
                    ]
                ])
        }
    }

    /// Takes the dates off the stages of presentation and field visits, so that neither is a wall.
    func openStages() async throws {
        let stored = try await stored()
        var rows = stored.tables[.stages]
        for place in rows.indices where ["presentation", "field"].contains(rows[place]["kind"]) {
            rows[place]["opens"] = nil
            rows[place]["closes"] = nil
        }
        try await editions.change(
            Season.code, .stages, to: rows, reason: "uji", basedOn: stored.version, by: try actor("sekretariat"),
            at: Season.noon("2027-07-16"))
    }

    /// A conflict that a panelist or evaluator declared with one proposal.
    func tie(_ evaluator: Int, to proposal: Int) async throws {
        try await database.write(at: Season.noon("2027-07-16")) { db in
            try db.insert(
                "tie", ["id", "evaluator", "kind", "proposal", "at", "by_account"],
                [
                    [
                        try db.nextID("tie").sqlValue, evaluator.sqlValue, .text("other"), proposal.sqlValue,
                        db.at.sqlValue, 1.sqlValue,
                    ]
                ])
        }
    }

    /// Accepts a timetable for the finalists: one room, two seats unless said otherwise.
    func schedule(seats: Int = 2, at: Instant = noon("2027-07-20")) async throws {
        let slots = Slots(database, publicURL: "https://simpul.example")
        let plan = try await slots.plan(Season.code, for: try person("sekretariat"))
        let sheet = TimetableSheet(for: plan.stored.edition, seats: seats).with(["hari": "2027-08-02\n2027-08-03"])
        try await slots.accept(
            Season.code, sheet, looked: try plan.timetable(sheet).mark, by: try actor("sekretariat"), at: at)
    }
}

extension TimetableSheet {
    func with(_ changed: [String: String]) -> TimetableSheet { TimetableSheet(fields.merging(changed) { $1 }) }
}
