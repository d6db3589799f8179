import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Intake

/// A real web server of awkward addresses (Tests/fetch/serve.py) in a process of its own.
private final class AwkwardServer {
    let port: Int
    let file: URL
    private let process = Process()
    private let input = Pipe()

    init(_ text: String) throws {
        file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".csv")
        try Data(text.utf8).write(to: file)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("fetch/serve.py")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, file.path]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(10) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw CocoaError(.fileReadUnknown) }
            line += more
        }
        port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: file)
    }

    func write(_ text: String) throws { try Data(text.utf8).write(to: file) }
}

@Suite struct FetchTests {
    private static let first = "id,title,agency\n1,Antar Akta Kelahiran,Kabupaten Kudus\n"

    private func pull(_ source: Int, _ path: String, _ server: AwkwardServer, local: Bool = true, _ counter: Counter)
        async throws -> Run
    {
        var terms = try await counter.sources.source(source).terms
        terms.kind = .address
        terms.address = "http://127.0.0.1:\(server.port)\(path)"
        terms.isLocal = local
        try await counter.sources.change(source, to: terms, by: Counter.clerk, at: .now())
        let run = try await counter.runs.startPull(of: source, by: Counter.clerk, at: .now())
        return try await counter.worker {
            $0.fetching.patience = 2
            $0.fetching.mostBytes = 1 << 20
        }.finish(run)
    }

    private func mapped(_ counter: Counter) async throws -> Int {
        let source = try await counter.source("alamat")
        let header = ["id", "title", "agency"]
        try await counter.mappings.save(.suggest(header), for: source, header: header, by: Counter.clerk, at: .now())
        return source
    }

    @Test(arguments: Engine.tested)
    func `an address is fetched whole when it changed, and asked only when it did not`(engine: Engine) async throws {
        let server = try AwkwardServer(Self.first)
        try await Counter.with(engine) { counter in
            let source = try await mapped(counter)
            let one = try await pull(source, "/data.csv", server, counter)
            #expect(one.state == .done && one.sums == RunSums(outcomes: [.created: 1]) && one.file != nil)
            let two = try await pull(source, "/data.csv", server, counter)
            #expect(two.state == .done && two.sums == RunSums() && two.file == nil && two.total == 0)
            #expect(two.reason == RunRefusal.notModified.message)
            try server.write(Self.first + "2,Pasar Tani Keliling,Kabupaten Kudus\n")
            let three = try await pull(source, "/data.csv", server, counter)
            #expect(three.sums == RunSums(outcomes: [.unchanged: 1, .created: 1]))
            // Another address knows nothing of the first one's state.
            let hop = try await pull(source, "/hop", server, counter)
            #expect(hop.sums == RunSums(outcomes: [.unchanged: 2]) && hop.sameFileAs == three.id)
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `addresses that answer badly end with a reason, and nothing is taken`(engine: Engine) async throws {
        let server = try AwkwardServer(Self.first)
        try await Counter.with(engine) { counter in
            let source = try await mapped(counter)
            func reason(_ path: String, local: Bool = true) async throws -> String {
                let run = try await pull(source, path, server, local: local, counter)
                #expect(run.state == .failed && run.sums == RunSums())
                return run.reason?.english ?? "-"
            }
            #expect(try await reason("/html") == TableRefusal.html.message.english)
            #expect(try await reason("/sly").hasPrefix("The content of this file is an HTML page."))
            #expect(try await reason("/round").hasPrefix("This address redirects again and again."))
            #expect(try await reason("/drip").hasPrefix("The address answers too slowly."))
            #expect(try await reason("/big").hasPrefix("The answer is larger than 1 MB."))
            #expect(try await reason("/gone") == RunRefusal.status(410).message.english)
            #expect(
                try await reason("/data.csv", local: false).hasPrefix("This address lies on the portal's own machine"))
        }
    }

    @Test(arguments: Engine.tested)
    func `what is due is begun once, a paused source not at all`(engine: Engine) async throws {
        let server = try AwkwardServer(Self.first)
        try await Counter.with(engine) { counter in
            let source = try await mapped(counter)
            let address = "http://127.0.0.1:\(server.port)/data.csv"
            var terms = Source.Terms(name: "alamat", kind: .address, address: address, isLocal: true, hours: 24)
            let yesterday = Instant.now().adding(days: -1)
            try await counter.sources.change(source, to: terms, by: Counter.clerk, at: yesterday.adding(days: -1))
            #expect(try await counter.worker().workOnce())
            #expect(try await counter.worker().workOnce() == false)
            let run = try #require(try await counter.runs.list().first)
            #expect(run.state == .done && run.actor == "system" && run.sums[.created] == 1)
            terms.isPaused = true
            try await counter.sources.change(source, to: terms, by: Counter.clerk, at: yesterday.adding(days: -1))
            #expect(try await counter.worker().workOnce() == false)
        }
    }
}
