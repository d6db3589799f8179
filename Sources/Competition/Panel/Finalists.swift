import Database
import Kernel

/// A proposal that goes on to presentation and field verification.
struct Finalist: Sendable, Hashable {
    let proposal: Int
    let title: String
    let institution: String
    let institutionName: String
    let category: String?
    /// Where its institution keeps its hours; nil where its region is unknown.
    let zone: Zone?
}

/// The finalists of an edition: what the closed sittings chose, as it stands now.
enum Finalists {
    static func of(_ edition: Int, _ db: Reader) throws -> [Finalist] {
        let chosen = try Decisions.standing(.finalists, in: edition, db).filter { $0.verdict == .chosen }
        guard !chosen.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT p.id, p.title, p.institution, p.category, i.name, i.region FROM proposal p
            JOIN institution i ON i.code = p.institution WHERE p.id IN \(chosen.map(\.proposal)) ORDER BY p.id
            """
        ) {
            let institution = try $0.text("institution")
            return Finalist(
                proposal: try $0.int("id"), title: try $0.text("title"), institution: institution,
                institutionName: try $0.text("name"), category: try $0.textOrNil("category"),
                zone: ProvinceZone.zone(ofInstitution: institution, region: try $0.textOrNil("region")))
        }
    }

    /// Whether a proposal is known publicly to be a finalist at a moment.
    static func isAnnounced(_ proposal: Int, in edition: Int, at: Instant, _ db: Reader) throws -> Bool {
        let announced = try Announcements.decisions(.finalists, in: edition, at: at, db)?.decisions ?? []
        return announced.contains { $0.proposal == proposal && $0.verdict == .chosen }
    }
}
