import Database
import Foundation
import Institutions
import Kernel
import Search

/// The stored innovations as documents of the index.
extension Catalogue {
    /// The index of everything published, as of the last change.
    static func build(_ database: Database, _ register: Register) async throws -> Index {
        try await database.read { db in
            let latest = try Changes.latest(db)
            // Records are read here while those before are indexed on a thread beside.
            let indexing = Indexing()
            var batch: [Document] = []
            try db.stream("\(document) WHERE i.state = 'published' ORDER BY i.id") {
                batch.append(try read($0, register))
                guard batch.count == 500 else { return }
                indexing.add(batch)
                batch = []
            }
            indexing.add(batch)
            return indexing.finish(change: latest)
        }
    }

    /// The documents of some innovations; withdrawn ones are left out.
    static func documents(of ids: [Int], _ database: Database, _ register: Register) async throws -> [Document] {
        try await database.read { db in
            try stride(from: 0, to: ids.count, by: 500).flatMap { start in
                let some = Array(ids[start..<min(start + 500, ids.count)])
                return try db.rows("\(document) WHERE i.state = 'published' AND i.id IN \(some)") {
                    try read($0, register)
                }
            }
        }
    }

    private static let document: SQL = """
        SELECT i.id, i.updated_at, r.content FROM innovation i
        JOIN revision r ON r.innovation = i.id AND r.number = i.revision
        """

    private static func read(_ row: Row, _ register: Register) throws -> Document {
        let innovation = try Innovation(json: try row.text("content"))
        let id = try row.int("id")
        return SearchFields.document(
            id: Int64(id), innovation,
            Surroundings(innovation, register, updatedAt: try row.instant("updated_at")).fields)
    }
}

/// Builds an index on a thread of its own, a few batches behind whoever reads the documents.
private final class Indexing: @unchecked Sendable {
    // Touched on the queue only.
    private let builder = Builder(SearchFields.schema)
    private let queue = DispatchQueue(label: "indexing")
    private let room = DispatchSemaphore(value: 4)

    func add(_ documents: [Document]) {
        room.wait()
        queue.async { [self] in
            for document in documents { builder.add(document) }
            room.signal()
        }
    }

    func finish(change: Int) -> Index { queue.sync { Index(builder, change: Int64(change)) } }
}
