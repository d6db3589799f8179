import Database
import Directory
import Documents
import Files
import Foundation
import Kernel
import People
import Text

/// A file of rows that waits to be confirmed, or was.
package struct DraftSheet: Sendable, Hashable {
    package let id: Int
    package let institution: String
    package let name: String
    /// When its drafts were made; nil while it waits.
    package let madeAt: Instant?
    /// How many were made.
    package let drafts: Int
    let file: String
}

/// The uploaded tables: kept between the two steps, read again at the second, made into drafts once.
package struct SpreadsheetDrafts: Sendable {
    private let database: Database
    private let files: FileStore
    // Reading a workbook works for a while: never on the pool that answers others.
    private let queue = DispatchQueue(label: "draft-sheets")

    package init(_ database: Database, files: FileStore) {
        self.database = database
        self.files = files
    }

    /// Keeps a file until it is confirmed; it must be readable. Returns its number.
    ///
    /// - Throws: `FileRefusal`, `SpreadsheetRefusal`.
    package func keep(
        _ path: String, name: String, at institution: String, by actor: Actor, at now: Instant
    ) async throws -> Int {
        let file = try await files.admit(path, name: name, kind: .spreadsheet)
        let id = try await database.write(at: now) { db in
            let person = try Self.writer(actor, institution, db)
            try FileStore.record(file, db)
            let id = try db.nextID("draft_sheet")
            try db.insert(
                "draft_sheet", ["id", "institution", "account", "file", "name", "at", "drafts"],
                [
                    [
                        id.sqlValue, institution.sqlValue, person.account.sqlValue, file.digest.sqlValue,
                        file.name.sqlValue, now.sqlValue, 0.sqlValue,
                    ]
                ])
            return id
        }
        do {
            _ = try await table(file.digest)
        } catch {
            // What cannot be read waits for nothing; the file itself may be another upload's too.
            try await database.write(at: now) { db in try db.execute("DELETE FROM draft_sheet WHERE id = \(id)") }
            throw error
        }
        return id
    }

    /// A kept file with what its rows would become now; the table is nil once its drafts were made. Only for whoever
    /// uploaded it. Throws `SpreadsheetRefusal`.
    package func look(
        _ id: Int, for person: Person
    ) async throws -> (sheet: DraftSheet, table: SpreadsheetTable?, rows: [SpreadsheetDraft]) {
        let sheet = try await database.read { try Self.sheet(id, account: person.account, $0) }
        guard person.may(.write, at: sheet.institution) else { throw SpreadsheetRefusal.notYours }
        guard sheet.madeAt == nil else { return (sheet, nil, []) }
        let table = try await table(sheet.file)
        let rows = try await database.read { try Self.rows(of: table, at: sheet.institution, for: person, $0) }
        return (sheet, table, rows)
    }

    /// Makes the drafts of a kept file, all or none; a second time it makes nothing. Returns how many were made.
    @discardableResult
    package func make(_ id: Int, by actor: Actor, at now: Instant) async throws -> Int {
        guard let account = actor.account else { throw SpreadsheetRefusal.notYours }
        let waiting = try await database.read { try Self.sheet(id, account: account, $0) }
        guard waiting.madeAt == nil else { return 0 }
        let table = try await table(waiting.file)
        return try await database.write(at: now) { db in
            let sheet = try Self.sheet(id, account: account, db)
            guard sheet.madeAt == nil else { return 0 }
            let person = try Self.writer(actor, sheet.institution, db)
            let units = Dictionary(
                try db.rows(
                    "SELECT id, name FROM unit WHERE institution = \(sheet.institution) AND closed_at IS NULL ORDER BY id"
                ) { (fold(try $0.text("name")), try $0.int("id")) }
            ) { first, _ in first }
            var made = 0
            for row in try Self.rows(of: table, at: sheet.institution, for: person, db) where row.outcome == .draft {
                var fields = row.fields
                let unit = fields[.unit].flatMap { units[fold($0)] }
                // Its own name for the unit is better than the table's.
                if unit != nil { fields[.unit] = nil }
                _ = try Drafts.start(at: sheet.institution, unit: unit, fields, by: actor, db)
                made += 1
            }
            try db.execute("UPDATE draft_sheet SET made_at = \(now), drafts = \(made) WHERE id = \(id)")
            try Audit.note(
                "make-drafts", "draft_sheet", String(id),
                [("institution", sheet.institution), ("drafts", String(made)), ("file", sheet.file)], by: actor, db)
            return made
        }
    }

    // MARK: reading

    private func table(_ digest: String) async throws -> SpreadsheetTable {
        let stored = try await files.open(digest)
        return try await withCheckedThrowingContinuation { (done: CheckedContinuation<SpreadsheetTable, any Error>) in
            queue.async {
                done.resume(
                    with: Result { try Self.read(stored.path, isWorkbook: stored.type == FileType.xlsx.rawValue) })
            }
        }
    }

    private static func read(_ path: String, isWorkbook: Bool) throws -> SpreadsheetTable {
        do {
            guard !isWorkbook else {
                let rows = try Workbook(file: path).rows
                return try SpreadsheetTable(rows.enumerated().map { ($0.offset + 1, $0.element) })
            }
            var reader = try CSVReader(file: path)
            var records: [(line: Int, cells: [String?])] = []
            // One more than can be taken, with the header and the line of help, is enough to know.
            while records.count < SpreadsheetDraft.mostRows + 3, let record = try reader.next() {
                records.append((record.line, record.fields))
            }
            return try SpreadsheetTable(records)
        } catch let refusal as WorkbookRefusal {
            throw SpreadsheetRefusal.unreadable(refusal.message)
        } catch let refusal as CSVRefusal {
            throw SpreadsheetRefusal.unreadable(refusal.message)
        }
    }

    private static func rows(
        of table: SpreadsheetTable, at institution: String, for person: Person, _ db: Reader
    ) throws -> [SpreadsheetDraft] {
        // A unit's people may not know of the drafts of others; that the name is taken, they are told.
        let own = person.unit(at: institution)
        let drafts = try db.rows(
            """
            SELECT id, title, unit FROM draft WHERE institution = \(institution)
                AND state IN ('draft', 'submitted', 'returned') ORDER BY id
            """
        ) { row -> (title: String, id: Int?) in
            let isOpen = try own == nil || own == row.intOrNil("unit")
            return (try row.text("title"), isOpen ? try row.int("id") : nil)
        }
        let published = try db.rows(
            "SELECT id, title FROM innovation WHERE institution = \(institution) AND state = 'published' ORDER BY id"
        ) { (title: try $0.text("title"), id: try $0.int("id")) }
        return table.drafts(besides: drafts, published: published)
    }

    private static func sheet(_ id: Int, account: Int, _ db: Reader) throws -> DraftSheet {
        guard let row = try db.first("SELECT * FROM draft_sheet WHERE id = \(id) AND account = \(account)") else {
            throw SpreadsheetRefusal.missing
        }
        return DraftSheet(
            id: id, institution: try row.text("institution"), name: try row.text("name"),
            madeAt: try row.instantOrNil("made_at"), drafts: try row.int("drafts"), file: try row.text("file"))
    }

    private static func writer(_ actor: Actor, _ institution: String, _ db: Writer) throws -> Person {
        let person = try Offices.person(actor, at: db.at, db)
        guard person.may(.write, at: institution) else { throw SpreadsheetRefusal.notYours }
        return person
    }
}
