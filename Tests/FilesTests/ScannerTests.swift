import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Files

/// ClamAV's real daemon with one signature of our own: EICAR's.
final class Daemon {
    let port: Int
    let folder: String
    private var process: Process?

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("clam-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder + "/db", withIntermediateDirectories: true)
        port = try Daemon.freePort()
        let hex = Sample.eicar.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        try "Eicar-Test:0:*:\(hex)\n".write(toFile: folder + "/db/eicar.ndb", atomically: true, encoding: .utf8)
        try """
        TCPSocket \(port)
        TCPAddr 127.0.0.1
        LocalSocket \(folder)/socket
        DatabaseDirectory \(folder)/db
        TemporaryDirectory \(folder)
        Foreground yes
        StreamMaxLength 1M

        """.write(toFile: folder + "/clamd.conf", atomically: true, encoding: .utf8)
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var scanner: VirusScanner { get throws { try VirusScanner("127.0.0.1:\(port)") } }

    /// Starts it and waits until it answers.
    func start() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/clamd")
        process.arguments = ["--config-file", folder + "/clamd.conf"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        for _ in 0..<300 {
            if let socket = ScannerSocket(.tcp("127.0.0.1", UInt16(port)), patience: 5),
                socket.send(Array("zPING\0".utf8)), socket.answer() == "PONG"
            {
                return
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw FileFault(plain: "clamd does not answer")
    }

    func stop() {
        process?.terminate()
        process?.waitUntilExit()
        process = nil
    }

    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                guard bind(descriptor, $0, length) == 0, getsockname(descriptor, $0, &length) == 0 else {
                    throw FileFault("find a port")
                }
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }
}

@Suite struct ScannerTests {
    private func infected(_ pages: Int) -> [UInt8] { Sample.pdf(pages: pages) + Sample.eicar }

    @Test(arguments: Engine.tested)
    func `EICAR is refused, also inside a PDF; with the daemon down files wait and are scanned later`(_ engine: Engine)
        async throws
    {
        let daemon = try Daemon()
        try await Shelf.with(engine, scanner: try daemon.scanner) { (shelf) async throws in
            // Down: taken in as waiting.
            let sound = try await shelf.keep(Sample.pdf(pages: 1))
            let bad = try await shelf.keep(infected(2))
            #expect([sound.scan, bad.scan] == [.waiting, .waiting])
            #expect(try await shelf.store.scanWaiting() == ScanRound(reachable: false))
            #expect(try await shelf.store.waiting() == 2)

            // Up: what waited is scanned, what is infected is withdrawn for good.
            try await daemon.start()
            let version = shelf.database.version
            #expect(try await shelf.store.scanWaiting() == ScanRound(clean: 1, infected: [bad.digest]))
            #expect(shelf.database.version == version + 2)
            #expect(try await shelf.store.scanWaiting() == ScanRound())
            #expect(try await shelf.store.open(sound.digest).scan == .clean)
            await #expect(throws: FileRefusal.withdrawn) { try await shelf.store.open(bad.digest) }
            await #expect(throws: FileRefusal.withdrawn) { try await shelf.store.chunks(of: bad.digest) { _ in } }
            #expect(try await shelf.refusal(infected(2)) == .withdrawn)

            // New ones are answered at once, and nothing of an infected one stays.
            let before = try shelf.files
            #expect(try await shelf.refusal(infected(3)) == .infected("Eicar-Test.UNOFFICIAL"))
            #expect(
                try await shelf.refusal(Sample.eicar, kind: .spreadsheet) == .infected("Eicar-Test.UNOFFICIAL"))
            #expect(try shelf.files == before)
            let fresh = try await shelf.keep(Sample.pdf(pages: 4))
            #expect(fresh.scan == .clean)
            #expect(try await shelf.store.open(fresh.digest).scan == .clean)

            // Larger than the daemon's own limit: it says so, and the file waits.
            let large = Sample.pdf(pages: 5) + [UInt8](repeating: 0x20, count: 3 << 20)
            #expect(try await shelf.keep(large).scan == .waiting)
            #expect(try await shelf.store.scanWaiting() == ScanRound(failed: 1))

            // The same daemon through its unix socket.
            let other = try VirusScanner(daemon.folder + "/socket")
            let path = shelf.folder + "/eicar"
            try Data(Sample.eicar).write(to: URL(fileURLWithPath: path))
            let verdict = try await shelf.store.scanning.run { try other.scan(try OpenFile(path), patience: 5) }
            #expect(verdict == .infected("Eicar-Test.UNOFFICIAL"))
            #expect(try await shelf.database.check() == [])
            daemon.stop()
        }
    }

    @Test func `a daemon that takes everything and never answers holds an upload no longer than its patience`()
        async throws
    {
        let silent = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(silent) }
        let port = try Daemon.freePort()
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(silent, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(bound == 0 && listen(silent, 5) == 0)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try Data([1]).write(to: URL(fileURLWithPath: folder))
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let scanner = try VirusScanner("127.0.0.1:\(port)")
        let (verdict, waited) = try await Lane("test", threads: 1).run {
            let start = ContinuousClock.now
            return (try scanner.scan(try OpenFile(folder), patience: 1), ContinuousClock.now - start)
        }
        #expect(verdict == .unreachable)
        #expect(waited < .seconds(3))
    }

    @Test func `addresses are read, and what is none is refused`() throws {
        #expect(try VirusScanner("127.0.0.1:3310").address == .tcp("127.0.0.1", 3310))
        #expect(try VirusScanner("[::1]:3310").address == .tcp("::1", 3310))
        #expect(try VirusScanner("/run/clamav/clamd.ctl").address == .unix("/run/clamav/clamd.ctl"))
        for text in ["", "clamd", "clamd:", ":3310", "clamd:0", "clamd:99999", "http://a:3310"] {
            #expect(throws: VirusScanner.AddressRefusal.unreadable(text)) { try VirusScanner(text) }
        }
    }

    @Test func `the daemon's answers are read`() {
        #expect(VirusScanner.verdict("stream: OK") == .clean)
        #expect(VirusScanner.verdict("stream: A B FOUND\n") == .infected("A B"))
        #expect(
            VirusScanner.verdict("INSTREAM size limit exceeded. ERROR")
                == .failed("INSTREAM size limit exceeded. ERROR"))
        #expect(VirusScanner.verdict("") == .unreachable)
    }
}
