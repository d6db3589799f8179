import Database
import Foundation
import Institutions
import Kernel
import Search
import Synchronization

/// The directory as one searches it: the index, kept in step with the change feed, saved as one file.
///
/// The index holds no truth: it is caught up from the feed at start and rebuilt when its file is missing or damaged.
package final class Catalogue: Sendable {
    private struct State {
        var index: Index
        var register: Register
    }

    private let database: Database
    private let file: String?
    private let state: Mutex<State>
    private let turn = Turn()
    let heldValues = Mutex<(change: Int64, values: [Filter: [String]])>((-1, [:]))

    /// Opens the catalogue: loads the saved index or builds it, then applies what changed since.
    ///
    /// - Parameter file: where the index is saved; nil keeps it in memory only.
    package init(_ database: Database, file: String?) async throws {
        self.database = database
        self.file = file
        let register = try await Register.load(database)
        let latest = try await database.noticeChanges()
        let loaded = file.flatMap { Index.load(from: $0, schema: SearchFields.schema) }
        // An index that has seen more than the database belongs to another database.
        let index: Index
        if let loaded, loaded.change <= latest {
            index = loaded
        } else {
            index = try await Self.build(database, register)
        }
        state = Mutex(State(index: index, register: register))
        try await catchUp()
    }

    /// Institutions and regions as the catalogue last saw them.
    package var register: Register { state.withLock { $0.register } }

    /// Innovations that can be found.
    package var count: Int { state.withLock { $0.index }.count }

    /// The number of the last change that search results reflect.
    package var change: Int { Int(state.withLock { $0.index }.change) }

    /// The index itself, for measuring beside other engines.
    package var index: Index { state.withLock { $0.index } }

    /// Applies what the change feed has beyond the index. Cheap when there is nothing new.
    package func catchUp() async throws {
        try await turn.take {
            while true {
                let index = self.index
                let seen = Int(index.change)
                let changes = try await self.database.read { try Changes.after(seen, limit: 2000, $0) }
                guard let last = changes.last else { return }
                if changes.contains(where: { $0.kind == "institutions" }) {
                    // Names and regions stand in every document.
                    let register = try await Register.load(self.database)
                    let rebuilt = try await Self.build(self.database, register)
                    self.state.withLock { $0 = State(index: rebuilt, register: register) }
                    continue
                }
                let ids = Set(changes.filter { $0.kind == "innovation" }.compactMap { Int($0.key) })
                let documents = try await Self.documents(of: Array(ids), self.database, self.register)
                let gone = ids.subtracting(documents.map { Int($0.id) })
                index.apply(documents, deleting: gone.map(Int64.init), change: Int64(last.seq))
            }
        }
    }

    /// Saves the index beside the data, whole or not at all.
    package func save() throws {
        guard let file else { return }
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
        try index.save(to: file)
    }

    private static func build(_ database: Database, _ register: Register) async throws -> Index {
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

    private static func documents(of ids: [Int], _ database: Database, _ register: Register) async throws -> [Document]
    {
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

/// Lets one at a time through; the others wait their turn.
private actor Turn {
    private var last: Task<Void, any Error>?

    func take(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let before = last
        let mine = Task {
            _ = await before?.result
            try await body()
        }
        last = mine
        try await mine.value
    }
}
