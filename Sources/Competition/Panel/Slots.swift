import Database
import Files
import Kernel
import People

/// The stored presentations of finalists: scheduled by the organiser, moved one by one, and who speaks in each.
package struct Slots: Sendable {
    let database: Database
    let publicURL: String

    package init(_ database: Database, publicURL: String) {
        self.database = database
        self.publicURL = publicURL
    }

    /// Those that a condition on `s` (slot) chooses, by time and room.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Slot] {
        let seated = try db.rows(
            """
            SELECT t.slot, t.evaluator FROM slot_panelist t JOIN slot s ON s.id = t.slot WHERE \(condition)
            ORDER BY t.slot, t.evaluator
            """
        ) { (slot: try $0.int("slot"), evaluator: try $0.int("evaluator")) }
        let panelists = Dictionary(grouping: seated, by: \.slot).mapValues { $0.map(\.evaluator) }
        return try db.rows(
            """
            SELECT s.id, s.edition, e.code, s.proposal, p.title, p.institution, i.name AS institution_name, i.region,
                s.room, s.starts, s.ends, s.presenter, s.office, s.is_leader, s.delegation, s.minutes, s.began_at
            FROM slot s JOIN edition e ON e.id = s.edition JOIN proposal p ON p.id = s.proposal
            JOIN institution i ON i.code = p.institution WHERE \(condition) ORDER BY s.starts, s.room, s.id
            """
        ) { row in
            let (id, institution) = (try row.int("id"), try row.text("institution"))
            let presenter = try row.textOrNil("presenter").map { name in
                Slot.Presenter(
                    name: name, office: try row.textOrNil("office") ?? "",
                    isLeader: try row.boolOrNil("is_leader") ?? false, delegation: try row.textOrNil("delegation"))
            }
            return Slot(
                id: id, edition: try row.int("edition"), editionCode: try row.text("code"),
                proposal: try row.int("proposal"), title: try row.text("title"), institution: institution,
                institutionName: try row.text("institution_name"),
                zone: ProvinceZone.zone(ofInstitution: institution, region: try row.textOrNil("region")),
                room: try row.text("room"), starts: try row.instant("starts"), ends: try row.instant("ends"),
                presenter: presenter, minutes: try row.textOrNil("minutes"),
                beganAt: try row.instantOrNil("began_at"), panelists: panelists[id] ?? [])
        }
    }

    /// One presentation of an edition; throws `missing`.
    static func found(_ id: Int, in edition: Int, _ db: Reader) throws -> Slot {
        guard let slot = try read("s.id = \(id) AND s.edition = \(edition)", db).first else {
            throw PanelRefusal.missing
        }
        return slot
    }

    // MARK: what the organiser plans with

    /// An edition's presentations as its organiser sees them.
    struct Plan: Sendable {
        let stored: Editions.Stored
        let finalists: [Finalist]
        let panelists: [Evaluator]
        let slots: [Slot]
        /// By proposal: the panelists who may not hear it.
        let conflicts: [Int: Set<Int>]

        func name(_ panelist: Int) -> String { panelists.first { $0.id == panelist }?.name ?? String(panelist) }

        func title(_ proposal: Int) -> String {
            finalists.first { $0.proposal == proposal }?.title ?? slots.first { $0.proposal == proposal }?.title
                ?? String(proposal)
        }

        /// What there is to plan with; throws `PanelRefusal.invalid`.
        func question(_ sheet: TimetableSheet) throws -> Timetable.Question {
            try sheet.question(
                in: stored.edition,
                presenters: finalists.map {
                    Timetable.Presenter(
                        proposal: $0.proposal, zone: $0.zone ?? stored.edition.zone,
                        conflicts: conflicts[$0.proposal] ?? [])
                }, panelists: panelists.map(\.id))
        }

        /// A timetable; throws `PanelRefusal.invalid`, or `shortage` in words.
        func timetable(_ sheet: TimetableSheet) throws -> Timetable {
            let question = try question(sheet)
            do { return try Timetable.make(question) } catch let shortage as TimetableShortage {
                throw PanelRefusal.shortage(
                    shortage.message(rooms: question.rooms.count, days: question.days.count, title))
            }
        }
    }

    /// Throws `EditionRefusal.unknown`, or `DeskRefusal` for who does not hold it.
    func plan(_ code: String, for person: Person) async throws -> Plan {
        try await database.read { db in try Self.plan(Editions.organised(code, for: person, db), db) }
    }

    static func plan(_ stored: Editions.Stored, _ db: Reader) throws -> Plan {
        let panelists = try Evaluators.active(.panelist, in: stored.id, db)
        let known = Set(panelists.map(\.id))
        var conflicts: [Int: Set<Int>] = [:]
        for conflict in try Conflicts.all(in: stored.id, db) where known.contains(conflict.evaluator) {
            conflicts[conflict.proposal, default: []].insert(conflict.evaluator)
        }
        return Plan(
            stored: stored, finalists: try Finalists.of(stored.id, db), panelists: panelists,
            slots: try read("s.edition = \(stored.id)", db), conflicts: conflicts)
    }

    // MARK: scheduling

    /// Schedules everybody as a timetable says. Who presents stays as it was entered.
    ///
    /// - Parameter looked: the timetable that the organiser looked at; throws `changedMeanwhile` when another one comes
    ///   out now, `begun` once a presentation has begun.
    func accept(
        _ code: String, _ sheet: TimetableSheet, looked: String, by actor: Actor, at: Instant
    ) async throws {
        let publicURL = publicURL
        try await database.write(at: at) { db in
            let plan = try Self.plan(Editions.organised(code, by: actor, db), db)
            guard plan.slots.allSatisfy({ $0.beganAt == nil }) else { throw PanelRefusal.begun }
            let timetable = try plan.timetable(sheet)
            guard timetable.mark == looked else { throw PanelRefusal.changedMeanwhile }
            let kept = Set(timetable.places.map(\.proposal))
            for slot in plan.slots where !kept.contains(slot.proposal) {
                try db.execute("DELETE FROM slot_panelist WHERE slot = \(slot.id)")
                try db.execute("DELETE FROM slot WHERE id = \(slot.id)")
            }
            for place in timetable.places {
                let known = plan.slots.first { $0.proposal == place.proposal }
                guard known?.place != place else { continue }
                let id = try known?.id ?? db.nextID("slot")
                if known == nil {
                    try db.insert(
                        "slot", ["id", "edition", "proposal", "room", "starts", "ends"],
                        [
                            [
                                id.sqlValue, plan.stored.id.sqlValue, place.proposal.sqlValue, place.room.sqlValue,
                                place.starts.sqlValue, place.ends.sqlValue,
                            ]
                        ])
                }
                try Self.set(id, place, db)
                try SlotNotices.tell(try Self.found(id, in: plan.stored.id, db), plan.stored, publicURL, db)
            }
            try Audit.note(
                "schedule", "edition", String(plan.stored.id), [("slots", String(timetable.places.count))], by: actor,
                db)
        }
    }

    /// Moves one presentation; throws `clash` with what stands in the way, in words.
    func move(_ id: Int, in code: String, to place: Move, by actor: Actor, at: Instant) async throws {
        let publicURL = publicURL
        try await database.write(at: at) { db in
            let stored = try Editions.organised(code, by: actor, db)
            let plan = try Self.plan(stored, db)
            let slot = try Self.found(id, in: stored.id, db)
            try OwnProposal.require(slot.proposal, by: actor, db)
            let target = Timetable.Place(
                proposal: slot.proposal, room: place.room, starts: place.starts,
                ends: Instant(
                    milliseconds: place.starts.milliseconds + slot.ends.milliseconds - slot.starts.milliseconds),
                panelists: place.panelists.sorted())
            let known = Set(plan.panelists.map(\.id))
            guard target.panelists.allSatisfy(known.contains) else {
                throw PanelRefusal.invalid([
                    Problem("panelis", Phrase("Pilih panelis dari daftar.", "Choose panelists of the list."))
                ])
            }
            let clashes = SlotClash.of(
                target, among: plan.slots.map(\.place), conflicts: plan.conflicts[slot.proposal] ?? [])
            guard clashes.isEmpty else { throw PanelRefusal.clash(clashes.map { Self.words($0, plan) }) }
            guard target != slot.place else { return }
            try Self.set(id, target, db)
            try SlotNotices.tell(try Self.found(id, in: stored.id, db), stored, publicURL, db)
            try Audit.note("move", "slot", String(id), [("proposal", String(slot.proposal))], by: actor, db)
        }
    }

    /// Where one presentation is to be.
    struct Move: Sendable {
        let room: String
        let starts: Instant
        let panelists: [Int]
    }

    private static func set(_ id: Int, _ place: Timetable.Place, _ db: Writer) throws {
        try db.execute(
            "UPDATE slot SET room = \(place.room), starts = \(place.starts), ends = \(place.ends) WHERE id = \(id)")
        try db.execute("DELETE FROM slot_panelist WHERE slot = \(id)")
        try db.insert(
            "slot_panelist", ["slot", "evaluator"], place.panelists.map { [id.sqlValue, $0.sqlValue] })
    }

    private static func words(_ clash: SlotClash, _ plan: Plan) -> Phrase {
        switch clash {
        case .room(let room, let proposal):
            Phrase(
                "\(room) dipakai “\(plan.title(proposal))” pada jam itu.",
                "\(room) is taken by “\(plan.title(proposal))” at that time.")
        case .panelist(let panelist, let proposal):
            Phrase(
                "\(plan.name(panelist)) sedang mendengar “\(plan.title(proposal))” pada jam itu.",
                "\(plan.name(panelist)) sits before “\(plan.title(proposal))” at that time.")
        case .conflict(let panelist):
            Phrase(
                "\(plan.name(panelist)) berbenturan kepentingan dengan usulan ini.",
                "\(plan.name(panelist)) has a conflict of interest with this proposal.")
        }
    }
}

extension Timetable {
    /// Names it, so that what is accepted is what was looked at.
    var mark: String {
        let lines = places.map { place in
            let seats = place.panelists.map(String.init).joined(separator: ",")
            return "\(place.proposal)|\(place.room)|\(place.starts.milliseconds)|\(place.ends.milliseconds)|\(seats)"
        }
        return Digest(of: lines.joined(separator: "\n").utf8).hex
    }
}
