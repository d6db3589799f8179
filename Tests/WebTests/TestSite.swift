import Foundation
import Kernel
import Logging
import Support
import Synchronization
import Web

/// A server on a free port with a few pages, and what it logged.
final class TestSite: Sendable {
    let running: RunningServer
    let version: Version
    let lines: Lines
    let metrics: Metrics

    final class Version: Sendable {
        private let number = Atomic<Int64>(1)
        var value: Int64 { number.load(ordering: .relaxed) }
        func rise() { number.wrappingAdd(1, ordering: .relaxed) }
    }

    final class Lines: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }
        var all: [String] {
            bytes.withLock { String(decoding: $0, as: UTF8.self) }.split(separator: "\n").map(String.init)
        }
    }

    /// How often a page was made, to see whether it came from the cache.
    final class Count: Sendable {
        private let number = Atomic<Int>(0)
        var value: Int { number.load(ordering: .relaxed) }
        func rise() -> Int { number.wrappingAdd(1, ordering: .relaxed).newValue }
    }

    var client: HTTPClient { HTTPClient(port: running.port) }

    func client(timeout: Int) -> HTTPClient { HTTPClient(port: running.port, timeout: timeout) }

    private init(running: RunningServer, version: Version, lines: Lines, metrics: Metrics) {
        self.running = running
        self.version = version
        self.lines = lines
        self.metrics = metrics
    }

    /// Serves while the body runs, then stops the server.
    static func serve<T>(
        _ settings: Server.Settings = Server.Settings(port: 0),
        isReady: @escaping @Sendable () async -> Bool = { true },
        signedIn: @escaping @Sendable (String) async -> (any Visitor)? = { _ in nil },
        routes add: (Routes) -> Void = { _ in }, _ body: (TestSite) async throws -> T
    ) async throws -> T {
        let site = try await start(settings, isReady: isReady, signedIn: signedIn, routes: add)
        do {
            let result = try await body(site)
            try await site.running.stop()
            return result
        } catch {
            try await site.running.stop()
            throw error
        }
    }

    static func start(
        _ settings: Server.Settings, isReady: @escaping @Sendable () async -> Bool = { true },
        signedIn: @escaping @Sendable (String) async -> (any Visitor)? = { _ in nil },
        routes add: (Routes) -> Void = { _ in }
    ) async throws -> TestSite {
        let version = Version()
        let lines = Lines()
        let metrics = Metrics()
        let routes = Routes()
        add(routes)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = Server(
            settings: settings, routes: routes, assets: try sampleAssets(), metrics: metrics,
            log: RequestLog { lines.append($0) }, logger: logger, isReady: isReady, dataVersion: { version.value },
            signedIn: signedIn,
            errorPage: { notice, context in
                """
                <!doctype html><h1>\(notice.status)</h1><p>\(context.language.say(notice.message))</p>\
                <ul>\(notice.problems.html { "<li>\($0.field)</li>" })</ul><code>\(notice.requestID)</code>
                """
            })
        return TestSite(running: try await server.start(), version: version, lines: lines, metrics: metrics)
    }
}

/// A stylesheet and a mark in a directory of their own, so that these tests do not depend on the design.
private func sampleAssets() throws -> Assets {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("assets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".write(
        to: directory.appendingPathComponent("mark.svg"), atomically: true, encoding: .utf8)
    try String(repeating: "p { margin: 0 }\n", count: 100).write(
        to: directory.appendingPathComponent("simpul.css"), atomically: true, encoding: .utf8)
    return try Assets(directory: directory)
}

extension Server.Settings {
    /// Settings for a test: a free port and some limits changed.
    static func test(_ change: (inout Limits) -> Void) -> Server.Settings {
        var limits = Limits()
        change(&limits)
        return Server.Settings(port: 0, limits: limits)
    }
}
