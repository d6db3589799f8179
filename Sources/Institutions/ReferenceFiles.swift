import Database
import Files
import Foundation
import Kernel
import Text

/// The facts that ship inside the product: regions, institutions with their names and successors, hubs.
package struct ReferenceFiles: Sendable {
    /// Brings the tables up to date with the shipped files; does nothing when they are what was loaded last.
    package static func load(into database: Database) async throws {
        let names = ["regions", "institutions", "institution_names", "institution_successions", "hubs"]
        let files = try names.map { try table($0) }
        let digest = Digest(of: files.map(\.digest).joined().utf8).hex
        try await database.write { db in
            let loaded = try db.first("SELECT digest FROM reference WHERE name = 'institutions'")?.text("digest")
            guard loaded != digest else { return }
            for row in files[0].rows.sorted(by: { $0["code", default: ""] < $1["code", default: ""] }) {
                try upsertRegion(row, db)
            }
            for row in files[1].rows { try upsertInstitution(row, db) }
            try db.execute("DELETE FROM institution_name")
            try db.insert(
                "institution_name", ["institution", "name", "kind", "from_year", "until_year", "source"],
                files[2].rows.map {
                    [
                        text($0, "code"), text($0, "name"), text($0, "kind"), year($0, "from"), year($0, "until"),
                        text($0, "source"),
                    ]
                })
            try db.execute("DELETE FROM institution_succession")
            try db.insert(
                "institution_succession", ["institution", "successor", "year", "source"],
                files[3].rows.map { [text($0, "code"), text($0, "successor"), year($0, "year"), text($0, "source")] })
            try db.execute("DELETE FROM hub")
            try db.insert(
                "hub", ["institution", "year", "decree", "source"],
                files[4].rows.map {
                    [text($0, "institution"), year($0, "year"), text($0, "decree"), text($0, "source")]
                })
            try db.execute(
                """
                INSERT INTO reference (name, digest) VALUES ('institutions', \(digest))
                ON CONFLICT (name) DO UPDATE SET digest = excluded.digest
                """)
            db.changed("institutions", "all")
        }
    }

    /// The rows of a shipped file, by column name.
    package static func rows(of name: String) throws -> [[String: String]] { try table(name).rows }

    private static func table(_ name: String) throws -> (rows: [[String: String]], digest: String) {
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Reference") else {
            throw CSVRefusal.unreadable("Reference/\(name).csv")
        }
        let data = try Data(contentsOf: url)
        return (try CSVReader(data).table(), Digest(of: data).hex)
    }

    private static func upsertRegion(_ row: [String: String], _ db: Writer) throws {
        try db.execute(
            """
            INSERT INTO region (code, name, level, province, autonomous, source)
            VALUES (\(text(row, "code")), \(text(row, "name")), \(text(row, "level")), \(text(row, "province_code")),
                \(row["autonomous"] != "false"), \(text(row, "source")))
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level,
                province = excluded.province, autonomous = excluded.autonomous, source = excluded.source
            """)
    }

    private static func upsertInstitution(_ row: [String: String], _ db: Writer) throws {
        try db.execute(
            """
            INSERT INTO institution (code, name, kind, region, from_year, until_year, source)
            VALUES (\(text(row, "code")), \(text(row, "name")), \(text(row, "kind")), \(text(row, "region")),
                \(year(row, "from")), \(year(row, "until")), \(text(row, "source")))
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, region = excluded.region,
                from_year = excluded.from_year, until_year = excluded.until_year, source = excluded.source
            """)
    }

    private static func text(_ row: [String: String], _ column: String) -> Value {
        guard let text = row[column], !text.isEmpty else { return .null }
        return .text(text)
    }

    private static func year(_ row: [String: String], _ column: String) -> Value {
        row[column].flatMap { Int64($0) }.map(Value.integer) ?? .null
    }
}
