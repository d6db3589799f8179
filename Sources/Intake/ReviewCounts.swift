import Database
import Directory
import Kernel
import People
import Web

/// What of intake waits for somebody today: pairs, merges to agree to, differences to answer.
package struct ReviewCounts: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// The lines of a person's desk; a line stands only where something waits. One statement for each kind of work.
    package func lines(_ person: Person, _ language: Language, at now: Instant) async throws -> [DeskLine] {
        let reviews = person.may(.reviewTwins)
        let institutions = person.grants(for: .answerDifferences).compactMap(\.institution)
        guard reviews || !institutions.isEmpty else { return [] }
        let counted = try await database.read { db in
            (
                open: reviews ? try Self.pairs("p.state = 'open'", db) : 0,
                proposed: reviews
                    ? try Self.pairs("p.state = 'proposed' AND p.proposed_by <> \(person.account)", db) : 0,
                differences: institutions.isEmpty ? 0 : try Differences.count(at: institutions, now: now, db)
            )
        }
        let say = language.say(_:_:)
        var lines: [DeskLine] = []
        if counted.open > 0 {
            lines.append(
                DeskLine(
                    say("Putuskan data yang mungkin kembar", "Decide on records that may be twins"),
                    .path("kerja", "kembar"), count: counted.open, urgency: .waiting))
        }
        if counted.proposed > 0 {
            lines.append(
                DeskLine(
                    say("Setujui atau tolak usulan penggabungan", "Agree to proposed merges, or not"),
                    .path("kerja", "kembar", query: [("keadaan", Pairs.Part.proposed.rawValue)]),
                    count: counted.proposed, urgency: .soon))
        }
        if counted.differences > 0 {
            lines.append(
                DeskLine(
                    say("Jawab perbedaan dengan sumber lain", "Answer where other sources differ"),
                    .path("kerja", "perbedaan"), count: counted.differences, urgency: .soon))
        }
        return lines
    }

    private static func pairs(_ condition: SQL, _ db: Reader) throws -> Int {
        try db.count("SELECT COUNT(*) FROM \(Pairs.joined) WHERE \(condition) AND \(Pairs.live)")
    }
}
