import Database
import Files
import Kernel
import People

/// The stored field visits: planned by the organiser, reported from the field, perhaps hours later.
package struct Visits: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// The reported visits of an edition, by proposal and visitor.
    package static func all(in edition: Int, _ db: Reader) throws -> [VisitRecord] {
        try read("t.edition = \(edition)", db).compactMap { visit in
            visit.report.map {
                VisitRecord(
                    proposal: visit.proposal, evaluator: visit.evaluator, planned: visit.planned, report: $0,
                    photos: visit.photos)
            }
        }.sorted { ($0.proposal, $0.evaluator) < ($1.proposal, $1.evaluator) }
    }

    /// Those that a condition on `t` (visit) chooses, by day.
    static func read(_ condition: SQL, _ db: Reader) throws -> [Visit] {
        let photos = Dictionary(
            grouping: try db.rows(
                """
                SELECT f.visit, f.key, f.file, f.name, f.taken_at FROM visit_photo f JOIN visit t ON t.id = f.visit
                JOIN evaluator v ON v.id = t.evaluator WHERE \(condition) ORDER BY f.visit, f.received_at, f.key
                """
            ) {
                (
                    visit: try $0.int("visit"),
                    photo: Visit.Photo(
                        key: try $0.text("key"), file: try $0.text("file"), name: try $0.text("name"),
                        takenAt: try $0.instantOrNil("taken_at"))
                )
            }, by: \.visit
        ).mapValues { $0.map(\.photo) }
        var zones: [Int: Zone] = [:]
        return try db.rows(
            """
            SELECT t.id, t.edition, e.code, t.proposal, p.title, p.institution, i.name AS institution_name, i.region,
                t.evaluator, v.account, a.name, a.email, t.planned, t.content, t.latitude, t.longitude, t.accuracy,
                t.seen_at, t.received_at, t.version
            FROM visit t JOIN edition e ON e.id = t.edition JOIN proposal p ON p.id = t.proposal
            JOIN institution i ON i.code = p.institution JOIN evaluator v ON v.id = t.evaluator
            JOIN account a ON a.id = v.account WHERE t.cancelled_at IS NULL AND (\(condition))
            ORDER BY t.planned, t.id
            """
        ) { row in
            let (id, edition) = (try row.int("id"), try row.int("edition"))
            let own = ProvinceZone.zone(
                ofInstitution: try row.text("institution"), region: try row.textOrNil("region"))
            let zone = try own ?? zones[edition] ?? Editions.found(edition, db).edition.zone
            if own == nil { zones[edition] = zone }
            return Visit(
                id: id, edition: edition, editionCode: try row.text("code"), proposal: try row.int("proposal"),
                title: try row.text("title"), institution: try row.text("institution"),
                institutionName: try row.text("institution_name"), zone: zone,
                evaluator: try row.int("evaluator"),
                evaluatorName: try row.textOrNil("name") ?? row.text("email"), account: try row.int("account"),
                planned: try row.dayOrNil("planned") ?? Day(daysSince1970: 0), report: try report(row),
                receivedAt: try row.instantOrNil("received_at"), version: try row.int("version"),
                photos: photos[id] ?? [])
        }
    }

    /// What the content column holds; position and time have columns of their own.
    struct Content: Codable {
        let answers: [String: String]
        let remarks: String
        /// The device that sent it, by a name of its own making: its own later version is no stranger's.
        let device: String?
    }

    private static func report(_ row: Row) throws -> VisitReport? {
        guard let content = try row.textOrNil("content") else { return nil }
        let read = try Proposals.decoded(Content.self, content)
        let position = try row.textOrNil("latitude").flatMap { latitude in
            try row.textOrNil("longitude").map {
                VisitReport.Position(latitude: latitude, longitude: $0, accuracy: try row.intOrNil("accuracy"))
            }
        }
        return VisitReport(
            answers: read.answers, remarks: read.remarks, position: position, seenAt: try row.instantOrNil("seen_at"))
    }

    /// A visit for its visitor. Throws `PanelRefusal.missing` for others, for one whose seat has ended, and for one in
    /// conflict with the proposal; `undeclared` while conflicts are not declared.
    static func own(_ id: Int, account: Int, _ grants: [Grant], _ db: Reader) throws -> Visit {
        guard let visit = try read("t.id = \(id) AND v.account = \(account)", db).first,
            let seat = try PanelSeats.held(account, grants, db).first(where: { $0.id == visit.evaluator })
        else { throw PanelRefusal.missing }
        guard seat.declaredAt != nil else { throw PanelRefusal.undeclared(visit.editionCode) }
        guard try Conflicts.between(proposal: visit.proposal, evaluator: seat.id, db).isEmpty else {
            throw PanelRefusal.missing
        }
        return visit
    }

    static func own(_ id: Int, by actor: Actor, _ db: Writer) throws -> Visit {
        guard let account = actor.account else { throw PanelRefusal.missing }
        return try own(id, account: account, try Grants.live(of: account, at: db.at, db), db)
    }

    // MARK: reporting

    /// A visit with the rules that its form follows.
    struct Sheet: Sendable {
        let visit: Visit
        let stored: Editions.Stored
        let wall: PanelRefusal?
    }

    func sheet(_ id: Int, for person: Person, at: Instant) async throws -> Sheet {
        try await database.read { db in
            let visit = try Self.own(id, account: person.account, person.grants, db)
            let stored = try Editions.found(visit.edition, db)
            return Sheet(visit: visit, stored: stored, wall: Self.wall(stored.edition, at: at))
        }
    }

    /// A report that was written in time may arrive a week after the stage: the line may have been away.
    static func wall(_ edition: Edition, at: Instant) -> PanelRefusal? {
        guard let refusal = edition.wall(.field, at: at) else { return nil }
        guard case .late(_, let closes, _) = refusal, at < closes.adding(days: graceDays) else { return refusal }
        return nil
    }

    static let graceDays = 7

    /// Stores a report as typed; the same one sent again changes nothing.
    ///
    /// Throws `overtaken` when another device sent something else after `version`, `invalid` with what cannot be read,
    /// `early`, `late`, and as `own` does.
    ///
    /// - Returns: the version for the next report.
    func report(
        _ id: Int, _ typed: [String: String], device: String?, basedOn version: Int, by actor: Actor, at: Instant
    ) async throws -> Int {
        try await database.write(at: at) { db in
            let visit = try Self.own(id, by: actor, db)
            let edition = try Editions.found(visit.edition, db).edition
            if let wall = Self.wall(edition, at: at) { throw wall }
            let report = try VisitReport(typed, edition.checks, in: visit.zone)
            guard report != visit.report ?? VisitReport() else { return visit.version }
            let last = try db.first("SELECT content FROM visit WHERE id = \(id)").flatMap {
                try $0.textOrNil("content").map { try Proposals.decoded(Content.self, $0) }
            }
            let isOwn = device != nil && last?.device == device
            guard visit.version == version || isOwn else { throw PanelRefusal.overtaken(version: visit.version) }
            let content = Content(answers: report.answers, remarks: report.remarks, device: device)
            try db.execute(
                """
                UPDATE visit SET content = \(try Proposals.json(content)), latitude = \(report.position?.latitude),
                    longitude = \(report.position?.longitude), accuracy = \(report.position?.accuracy),
                    seen_at = \(report.seenAt), received_at = \(at), version = \(visit.version + 1) WHERE id = \(id)
                """)
            try Audit.note("report-visit", "visit", String(id), by: actor, db)
            return visit.version + 1
        }
    }
}
