import Database
import Kernel
import People
import Web

extension Runs {
    /// How many deliveries a source has had.
    func count(of source: Int) async throws -> Int {
        try await database.read { try $0.count("SELECT COUNT(*) FROM run WHERE source = \(source)") }
    }

    /// What of deliveries waits for a person: answers to doubts, and sources whose last delivery failed. One statement.
    package func lines(_ person: Person, _ language: Language) async throws -> [DeskLine] {
        guard person.may(.manageSources) else { return [] }
        let (asking, failed) = try await database.read { db in
            let row = try db.first(
                """
                SELECT COUNT(CASE WHEN state = 'asking' THEN 1 END) AS asking,
                    COUNT(CASE WHEN state = 'failed' THEN 1 END) AS failed
                FROM run WHERE id IN (SELECT MAX(id) FROM run GROUP BY source)
                """)
            return (try row?.int("asking") ?? 0, try row?.int("failed") ?? 0)
        }
        var lines: [DeskLine] = []
        if asking > 0 {
            lines.append(
                DeskLine(
                    language.say("Jawab kiriman data yang berhenti", "Answer deliveries that stopped to ask"),
                    .path("kerja", "sumber"), count: asking, urgency: .soon))
        }
        if failed > 0 {
            lines.append(
                DeskLine(
                    language.say("Periksa kiriman data yang gagal", "Look at deliveries that failed"),
                    .path("kerja", "sumber"), count: failed, urgency: .waiting))
        }
        return lines
    }
}
