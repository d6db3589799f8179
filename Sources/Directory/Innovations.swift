import Database
import Kernel

/// Why the directory does not show or do something.
package enum DirectoryRefusal: Refusal, Hashable {
    case unknownInnovation(String)
    case withdrawn(id: Int, reason: String, on: Day)
    case unknownRevision(Int)
    case unknownGoal(String)
    case emptyReason
    /// The id belongs to the record with this number, where its addresses lead to.
    case merged(into: Int)
    /// Both are one record already, the one with this number.
    case alreadyOne(Int)
    /// The record waits for review and is not in the directory yet.
    case waiting(Int)
    case unknownMerge(Int)
    case alreadyUndone(Int)

    package var kind: RefusalKind {
        switch self {
        case .unknownInnovation, .unknownRevision, .unknownGoal, .unknownMerge: .missing
        case .withdrawn, .merged: .gone
        case .alreadyOne, .waiting, .alreadyUndone: .conflict
        case .emptyReason: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .unknownInnovation(let id):
            Phrase(
                "Inovasi nomor \(id) tidak ada. Cari lewat judul atau nama instansinya.",
                "There is no innovation number \(id). Search for its title or institution.")
        case .withdrawn(_, let reason, let on):
            Phrase(
                "Data inovasi ini ditarik pada \(on.long(.indonesian)). Alasan: \(reason)",
                "This record was withdrawn on \(on.long(.english)). Reason: \(reason)")
        case .unknownRevision(let number):
            Phrase(
                "Revisi \(number) tidak ada. Pilih dari daftar riwayat.",
                "There is no revision \(number). Choose one from the history.")
        case .unknownGoal(let number):
            Phrase(
                "Tidak ada SDG nomor \(number.prefix(20)). Pilih 1 sampai 17.",
                "There is no SDG \(number.prefix(20)). Choose 1 to 17.")
        case .emptyReason: Phrase("Tulis alasannya.", "Write the reason.")
        case .merged(let id):
            Phrase(
                "Inovasi ini sudah digabung dengan nomor \(id). Buka data itu.",
                "This record was merged into number \(id). Open that one.")
        case .alreadyOne(let id):
            Phrase(
                "Keduanya sudah menjadi satu data, nomor \(id). Lihat isinya di halaman itu.",
                "Both are one record already, number \(id). Read it there.")
        case .waiting(let id):
            Phrase(
                "Data nomor \(id) masih menunggu diperiksa. Terima dulu, baru gabungkan data lain ke situ.",
                "Record \(id) is still waiting for review. Admit it first, then merge others into it.")
        case .unknownMerge(let number):
            Phrase(
                "Penggabungan nomor \(number) tidak ada. Pilih dari daftar penggabungan.",
                "There is no merge number \(number). Choose one from the list of merges.")
        case .alreadyUndone(let number):
            Phrase(
                "Penggabungan nomor \(number) sudah dibatalkan. Tidak ada lagi yang perlu dilakukan.",
                "Merge number \(number) has been undone already. Nothing is left to do.")
        }
    }
}

/// The stored innovations: reading one, its history, taking rows from sources, withdrawing.
package struct Innovations: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// One innovation as the public sees it, with what its sources say.
    package struct Shown: Sendable {
        package let id: Int
        package let innovation: Innovation
        package let revision: Int
        package let createdAt: Instant
        package let updatedAt: Instant
        package let origin: Origin
        package let sources: [SourceRecord]
        /// Set when the record was withdrawn, also while it is absent.
        package let withdrawn: String?
        package let absence: Absence?
        package let validity: Validity
    }

    /// Why a record is not in the directory although nobody withdrew it.
    package enum Absence: Sendable, Hashable {
        /// It belongs to the record with this number.
        case merged(Int)
        /// Nobody has looked at it yet; to the public there is no such record.
        case waiting
    }

    /// One row of a source that a record rests on.
    package struct SourceRecord: Sendable, Hashable {
        package let id: Int
        package let source: String
        package let externalID: String
        /// What the source itself cites.
        package let reference: String?
        /// The raw row, as JSON.
        package let content: String
        package let changedAt: Instant
    }

    package struct RevisionEntry: Sendable, Hashable {
        package let number: Int
        package let at: Instant
        package let actor: String
        package let reason: String
    }

    /// The innovation with this number; throws `unknownInnovation`. Withdrawn ones are returned, marked.
    package func show(_ id: Int) async throws -> Shown {
        try await database.read { db in
            guard
                let row = try db.first(
                    """
                    SELECT i.id, i.revision, i.created_at, i.updated_at, i.withdrawn_reason, i.absence,
                        b.belongs_to, r.content, r.origin, \(Self.validityColumns)
                    FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                    LEFT JOIN belonging b ON b.innovation = i.id WHERE i.id = \(id)
                    """)
            else { throw DirectoryRefusal.unknownInnovation(String(id)) }
            let innovation = try Innovation(json: try row.text("content"))
            return Shown(
                id: id, innovation: innovation, revision: try row.int("revision"),
                createdAt: try row.instant("created_at"), updatedAt: try row.instant("updated_at"),
                origin: try Origin(json: try row.text("origin")), sources: try Self.sources(of: id, db),
                withdrawn: try row.textOrNil("withdrawn_reason"),
                absence: try row.intOrNil("belongs_to").map { .merged($0) }
                    ?? (row.textOrNil("absence") == "waiting" ? .waiting : nil),
                validity: try Self.validity(row, innovation.continuity))
        }
    }

    /// The sources of several innovations and of what was merged into them, in the order in which they came; one query.
    package static func sources(of ids: [Int], _ db: Reader) throws -> [Int: [SourceRecord]] {
        var found: [Int: [SourceRecord]] = [:]
        try db.each(
            """
            SELECT s.innovation, s.id, o.name AS source, s.external_id, s.reference, s.content, s.changed_at
            FROM source_record s JOIN source o ON o.id = s.source WHERE s.innovation IN \(ids)
            UNION ALL
            SELECT b.belongs_to, s.id, o.name, s.external_id, s.reference, s.content, s.changed_at
            FROM belonging b JOIN source_record s ON s.innovation = b.innovation JOIN source o ON o.id = s.source
            WHERE b.belongs_to IN \(ids) ORDER BY 2
            """
        ) { row in
            found[try row.int("innovation"), default: []].append(
                SourceRecord(
                    id: try row.int("id"), source: try row.text("source"), externalID: try row.text("external_id"),
                    reference: try row.textOrNil("reference"), content: try row.text("content"),
                    changedAt: try row.instant("changed_at")))
        }
        return found
    }

    private static func sources(of id: Int, _ db: Reader) throws -> [SourceRecord] {
        try sources(of: [id], db)[id] ?? []
    }

    /// The revisions of an innovation, newest first.
    package func revisions(of id: Int) async throws -> [RevisionEntry] {
        let entries = try await database.read { db in
            try db.rows(
                "SELECT number, at, actor, reason FROM revision WHERE innovation = \(id) ORDER BY number DESC"
            ) {
                RevisionEntry(
                    number: try $0.int("number"), at: try $0.instant("at"), actor: try $0.text("actor"),
                    reason: try $0.text("reason"))
            }
        }
        guard !entries.isEmpty else { throw DirectoryRefusal.unknownInnovation(String(id)) }
        return entries
    }

    /// What the record was at a revision.
    package func content(of id: Int, revision number: Int) async throws -> Innovation {
        try await database.read { db in
            guard
                let row = try db.first(
                    "SELECT content FROM revision WHERE innovation = \(id) AND number = \(number)")
            else { throw DirectoryRefusal.unknownRevision(number) }
            return try Innovation(json: try row.text("content"))
        }
    }

    /// Takes a record out of the directory; its address answers 410 with the reason from then on.
    package func withdraw(_ id: Int, reason: String, by actor: Actor, at: Instant) async throws {
        let reason = reason.trimmingPrefix { $0.isWhitespace }
        guard !reason.isEmpty else { throw DirectoryRefusal.emptyReason }
        try await database.write(at: at) { db in
            guard
                let row = try db.first(
                    """
                    SELECT i.state, i.revision, r.content, r.origin FROM innovation i
                    JOIN revision r ON r.innovation = i.id AND r.number = i.revision WHERE i.id = \(id)
                    """)
            else { throw DirectoryRefusal.unknownInnovation(String(id)) }
            guard try row.text("state") == "published" else { return }
            let number = try row.int("revision") + 1
            try db.insert(
                "revision", ["innovation", "number", "at", "actor", "reason", "content", "origin"],
                [
                    [
                        id.sqlValue, number.sqlValue, at.sqlValue, actor.name.sqlValue, String(reason).sqlValue,
                        try row.value("content"), try row.value("origin"),
                    ]
                ])
            try db.execute(
                """
                UPDATE innovation SET state = 'withdrawn', withdrawn_reason = \(String(reason)), revision = \(number),
                    updated_at = \(at) WHERE id = \(id)
                """)
            db.changed("innovation", String(id))
        }
    }
}
