import Foundation
import Kernel
import Logging
import NIOPosix
import Synchronization

/// The door to the stored facts, the same over SQLite and PostgreSQL. `read` gives a consistent view, `write` one
/// transaction; their bodies run on threads of their own, so that waiting writers never starve pages.
package final class Database: Sendable {
    package let address: DatabaseAddress
    package let engine: Engine
    package let slices: [Schema]
    private let readers: Lane
    private let writer: Lane
    private let lastSeen = Mutex(0)
    private let statementCount = Mutex(0)

    /// Opens a database and brings it up to date, creating it when it does not exist.
    ///
    /// - Parameters:
    ///   - slices: what the program stores, in dependency order; the change feed comes by itself.
    ///   - readers: connections for reading, 1 or more.
    ///   - slow: statements that take longer than this many milliseconds are logged.
    package init(
        _ address: DatabaseAddress, slices: [Schema], readers: Int = 4, slow: Int = 500,
        logger: Logger = Logger(label: "database")
    ) async throws {
        self.address = address
        self.slices = [Changes.schema] + slices
        let watch = SlowStatements(milliseconds: slow, logger: logger)
        engine = address.engine
        self.writer = Lane(threads: 1) { try address.connect(writes: true, watch: watch) }
        self.readers = Lane(threads: readers) { try address.connect(writes: false, watch: watch) }
        do {
            try await migrate()
            try await noticeChanges()
        } catch {
            await close()
            throw error
        }
    }

    /// Runs a body on a consistent view. Several run at once.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        let engine = engine
        return try await readers.run { connection in
            try connection.beginRead()
            do {
                let reader = Reader(connection, engine)
                defer { self.statementCount.withLock { $0 += reader.statements } }
                let result = try body(reader)
                try connection.commit()
                return result
            } catch {
                connection.rollback()
                throw error
            }
        }
    }

    /// Runs a body as one transaction: all of it happens, or nothing. One at a time, over all nodes.
    @discardableResult
    package func write<T: Sendable>(at: Instant = .now(), _ body: @escaping @Sendable (Writer) throws -> T) async throws
        -> T
    {
        let engine = engine
        let (result, seq) = try await writer.run { connection in
            try connection.beginWrite()
            do {
                let writer = Writer(connection, engine, at: at)
                defer { self.statementCount.withLock { $0 += writer.statements } }
                let result = try body(writer)
                let seq = try writer.flushChanges()
                try connection.commit()
                return (result, seq)
            } catch {
                connection.rollback()
                throw error
            }
        }
        if let seq { lastSeen.withLock { $0 = max($0, seq) } }
        return result
    }

    /// The number of the last change this process knows of; grows with its own writes at once, with others' when
    /// `noticeChanges` is called.
    package var version: Int { lastSeen.withLock { $0 } }

    /// How many statements this process ran so far: a page needs the same number whatever the number of its rows.
    package var statements: Int { statementCount.withLock { $0 } }

    /// Looks for changes made by other processes; returns the version.
    @discardableResult
    package func noticeChanges() async throws -> Int {
        let seq = try await read { try Changes.latest($0) }
        return lastSeen.withLock {
            $0 = max($0, seq)
            return $0
        }
    }

    /// Lets running bodies finish and closes every connection.
    package func close() async {
        await readers.close()
        await writer.close()
    }

    private func migrate() async throws {
        let migrations = slices.flatMap(\.migrations)
        let engine = engine
        try await writer.run { connection in
            try Migrator(migrations: migrations, engine: engine).run(on: connection)
        }
    }
}

extension DatabaseAddress {
    var engine: Engine {
        switch self {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    func connect(writes: Bool, watch: SlowStatements) throws -> any Connection {
        switch self {
        case .sqlite(let path): try SQLiteConnection(path: path, writes: writes, watch: watch)
        case .postgres(let url): try PostgreSQLConnection(url: url, watch: watch)
        }
    }
}

/// A few threads with a connection each. Synchronous engine calls must never run on the cooperative pool.
private final class Lane: Sendable {
    private let pool: NIOThreadPool
    private let idle = Mutex<[UncheckedConnection]>([])
    private let open: @Sendable () throws -> any Connection

    /// A connection moves from thread to thread but is used by one at a time.
    private struct UncheckedConnection: @unchecked Sendable { let connection: any Connection }

    init(threads: Int, open: @escaping @Sendable () throws -> any Connection) {
        self.open = open
        pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
    }

    func run<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await pool.runIfActive { [self] in
            let connection = try idle.withLock { $0.popLast() }?.connection ?? open()
            defer { if connection.usable { idle.withLock { $0.append(UncheckedConnection(connection: connection)) } } }
            return try body(connection)
        }
    }

    func close() async {
        try? await pool.shutdownGracefully()
        idle.withLock { $0 = [] }
    }
}

/// Logs statements that take long, by their text, without values.
struct SlowStatements: Sendable {
    let milliseconds: Int
    let logger: Logger

    func watch<T>(_ statement: @autoclosure () -> String, _ body: () throws -> T) rethrows -> T {
        let start = ContinuousClock.now
        defer {
            let took = ContinuousClock.now - start
            if took > .milliseconds(milliseconds) {
                logger.warning("slow statement", metadata: ["sql": "\(statement())", "took": "\(took)"])
            }
        }
        return try body()
    }
}
