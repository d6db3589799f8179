import Database
import Directory
import Files
import Institutions
import Kernel
import People

/// The mappings of sources, in versions: one is never changed, a new one is added.
package struct Mappings: Sendable {
    let database: Database
    let files: FileStore

    package init(_ database: Database, files: FileStore) {
        self.database = database
        self.files = files
    }

    package struct Version: Sendable, Hashable {
        package let version: Int
        package let at: Instant
        /// The name of who saved it.
        package let actor: String
        package let mapping: Mapping
    }

    /// The newest one; nil when the source's columns were never mapped.
    package func newest(of source: Int) async throws -> Version? {
        try await database.read { try Self.read(source, newest: nil, $0).first }
    }

    /// All of them, the newest first.
    package func versions(of source: Int) async throws -> [Version] {
        try await database.read { try Self.read(source, newest: nil, $0) }
    }

    /// Keeps a mapping for a source and returns its version; an equal one is not kept twice.
    ///
    /// - Parameter header: the columns of the file it was made for; it is checked against them.
    /// - Throws: `MappingRefusal`, `SourceRefusal`, `DeskRefusal`.
    @discardableResult
    package func save(
        _ mapping: Mapping, for source: Int, header: [String], by actor: Actor, at: Instant
    ) async throws -> Int {
        try mapping.check(for: header)
        var mapping = mapping
        mapping.header = header
        let json = mapping.json
        return try await database.write(at: at) { db in
            try Grants.require(.manageSources, by: actor, db)
            _ = try Sources.source(source, db)
            if let newest = try Self.read(source, newest: nil, db).first, newest.mapping.json == json {
                return newest.version
            }
            let version = try db.count("SELECT COALESCE(MAX(version), 0) + 1 FROM mapping WHERE source = \(source)")
            try db.execute(
                """
                INSERT INTO mapping (source, version, at, actor, content)
                VALUES (\(source), \(version), \(at), \(actor.name), \(json))
                """)
            try Audit.note("map", "source", String(source), [("version", String(version))], by: actor, db)
            return version
        }
    }

    /// A stored file as a table. Throws `TableRefusal` and its kind's own refusals, `FileRefusal`.
    package func table(_ file: String) async throws -> TableReader {
        let path = try await files.open(file).path
        return try await apart { try TableReader(file: path) }
    }

    /// What a mapping would make of a whole file, without writing anything.
    ///
    /// - Parameter rows: how many rows are given as they are read.
    /// - Throws: as `table`; `MappingRefusal.invalid`.
    package func preview(_ file: String, _ mapping: Mapping, rows: Int = 10) async throws -> DeliveryPreview {
        let path = try await files.open(file).path
        let register = try await Register.load(database)
        return try await apart { try DeliveryPreview(TableReader(file: path), mapping, register.resolver, shown: rows) }
    }

    /// A version, or the newest when none is named.
    static func read(_ source: Int, newest version: Int?, _ db: Reader) throws -> [Version] {
        let which: SQL = version.map { "version = \($0)" } ?? "1 = 1"
        return try db.rows(
            """
            SELECT version, at, actor, content FROM mapping WHERE source = \(source) AND \(which)
            ORDER BY version DESC
            """
        ) {
            Version(
                version: try $0.int("version"), at: try $0.instant("at"), actor: try $0.text("actor"),
                mapping: try Mapping(json: try $0.text("content")))
        }
    }
}
