import Database
import Files
import Kernel

/// The letters on which roles rest: kept as they came, by their content.
package struct OfficialLetters: Sendable {
    private let database: Database
    package let files: FileStore

    package init(_ database: Database, files: FileStore) {
        self.database = database
        self.files = files
    }

    /// Checks and keeps a letter; returns its digest. Throws `FileRefusal`.
    package func keep(_ path: String, name: String) async throws -> String {
        let admitted = try await files.admit(path, name: name, kind: .letter)
        try await database.write { db in try FileStore.record(admitted, db) }
        return admitted.digest
    }
}
