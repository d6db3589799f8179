import Kernel

/// How much a client may send, and how long it may take.
package struct Limits: Sendable {
    /// Bytes of a request's target (path and query); more is answered 414.
    package var target = 8 * 1024
    /// Bytes of one header field, and of all of them together; more is answered 431.
    package var headerField = 16 * 1024
    package var headers = 32 * 1024
    /// Number of header fields; more is answered 431.
    package var headerCount = 100
    /// Bytes of a request's body; more is answered 413. A route may ask for less, and one of `Routes.upload` for more.
    package var body = 2 * 1024 * 1024
    /// Connections at once; further ones wait in the kernel's queue.
    package var connections = 4096
    /// Milliseconds from a request's first byte to the end of its header.
    package var headerTime = 10_000
    /// Milliseconds a kept-alive connection may be silent between requests.
    package var idleTime = 60_000
    /// Milliseconds of patience with a body before it must keep up `bodyRate` on average.
    package var bodyTime = 20_000
    /// Bytes per second below which a body is given up after `bodyTime`.
    package var bodyRate = 1024
    /// Milliseconds in which a client must take some of an answer that fills its buffers.
    package var writeTime = 30_000
    /// Milliseconds that running requests get to finish after a signal to stop.
    package var stopTime = 20_000
    /// Bytes the page cache may hold.
    package var cache = 64 * 1024 * 1024

    package init() {}

    /// Bytes of a target or of one field at which the parser itself stops. Above `target`, so that a target somewhat too
    /// long still gets a page that says so.
    var parsedField: Int { max(headerField, target * 4) }
}
