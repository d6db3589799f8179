import Database
import Directory
import Kernel
import Logging
import People
import ServiceLifecycle

/// Writes awards into the records of their innovations once they are announced: a record must not tell before the minute
/// that was set.
package struct AwardRecords: Service {
    private let database: Database
    private let publicURL: String
    private let logger: Logger

    package init(_ database: Database, publicURL: String, logger: Logger) {
        self.database = database
        self.publicURL = publicURL
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await writeDue(at: .now()) } catch {
                    logger.warning("awards could not be written into records", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(20))
            }
        }
    }

    /// Writes what is announced by a moment and not in a record yet; returns the serial numbers.
    @discardableResult
    package func writeDue(at now: Instant) async throws -> [String] {
        guard try await !database.read({ try Self.due(at: now, $0) }).isEmpty else { return [] }
        let publicURL = publicURL
        return try await database.write(at: now) { db in
            try Self.due(at: now, db).map { award in
                let edition = try Editions.found(award.edition, db).edition
                let said = award.statement
                try Innovations.state(
                    Innovation.Award(
                        programme: Award.programme(edition), year: edition.year, rank: said.tier.name,
                        decree: said.decree.number),
                    of: award.innovation, as: award.serial, from: Awards.source,
                    reference: "\(publicURL)/penghargaan/\(award.serial)", raw: said.text(),
                    by: Actor(name: Awards.source), reason: "Penghargaan \(award.serial)", db)
                return award.serial
            }
        }
    }

    private static func due(at now: Instant, _ db: Reader) throws -> [Award] {
        let waiting = try Awards.read(
            """
            a.revoked_at IS NULL AND NOT EXISTS (SELECT 1 FROM source_record s JOIN source o ON o.id = s.source
                WHERE o.name = \(Awards.source) AND s.external_id = a.serial)
            """, db)
        var out: [Int: Set<Awards.Given>] = [:]
        for edition in Set(waiting.map(\.edition)) { out[edition] = try Awards.announced(in: edition, at: now, db) }
        return waiting.filter { Awards.isOut($0, out[$0.edition] ?? []) }
    }
}
