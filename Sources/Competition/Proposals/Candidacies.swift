import Database
import Directory
import Kernel

/// What the directory knows of innovations that somebody may propose.
enum Candidacies {
    /// The facts that rules ask, by the innovation's number; what is merged or withdrawn is left out.
    static func read(_ innovations: [Int], _ db: Reader) throws -> [Int: Candidacy] {
        var found: [Int: Candidacy] = [:]
        try db.each(
            """
            SELECT i.id, i.valid_until, r.content FROM innovation i
            JOIN revision r ON r.innovation = i.id AND r.number = i.revision
            WHERE i.state = 'published' AND i.id IN \(innovations)
            """
        ) { row in
            var candidate = Candidacy(try Innovation(json: try row.text("content")))
            candidate.validUntil = try row.instantOrNil("valid_until")
            found[try row.int("id")] = candidate
        }
        return found
    }
}

extension Candidacy {
    /// What a record says. A year that is stated without saying of what is no year of a start.
    init(_ record: Innovation) {
        self.init()
        yearOfStart = record.yearOfStart
        awards = record.awards.map { Award(programme: $0.programme, year: $0.year, rank: $0.rank) }
        hasStopped = record.continuity == .stopped
        goals = record.sdgs.count
    }
}
