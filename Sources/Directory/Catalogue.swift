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
