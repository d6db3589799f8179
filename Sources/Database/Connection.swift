/// One connection to one engine, used by one thread at a time.
protocol Connection: AnyObject {
    /// Runs a statement and hands out its rows one by one; returns the number of rows it changed.
    func run(_ sql: SQL, _ each: (Row) throws -> Void) throws -> Int
    /// The same for long results: rows arrive one by one and memory stays flat, but the body may not use the connection.
    func stream(_ sql: SQL, _ each: (Row) throws -> Void) throws
    /// Runs plain text that may hold several statements.
    func script(_ text: String) throws
    func beginRead() throws
    /// Begins a write and waits for its turn: there is one writer at a time, on both engines.
    func beginWrite() throws
    func commit() throws
    /// Never throws: what cannot be rolled back is rolled back by the engine when the connection ends.
    func rollback()
    /// False when the connection is beyond use and must be made anew.
    var usable: Bool { get }
}
