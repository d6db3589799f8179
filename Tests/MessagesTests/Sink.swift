import Foundation
import Kernel
import Messages
import Support
import Synchronization

@testable import Outbound

/// A real mail server (Tests/mail/sink.py) in a process of its own, and what it received.
final class Sink: Sendable {
    /// A mail as the server received it.
    struct Mail: Decodable, Sendable {
        let from: String
        let to: [String]
        let login: String?
        let encrypted: Bool
        let data: Data

        var text: String { String(decoding: data, as: UTF8.self) }
    }

    let port: Int
    let file: URL
    private let process: Mutex<Process?>
    private let input: Pipe

    /// Runs a body with a server; `on` takes a port that a server had before.
    static func with<T>(
        _ options: [String] = [], on port: Int = 0, file: URL? = nil, _ body: (Sink) async throws -> T
    ) async throws -> T {
        let sink = try await started(options, on: port, file: file)
        defer { sink.stop() }
        return try await body(sink)
    }

    /// A port that was asked for may be somebody else's for a moment: other tests take ports too.
    private static func started(_ options: [String], on port: Int, file: URL?) async throws -> Sink {
        for _ in 0..<50 where port != 0 {
            if let sink = try? Sink(options, on: port, file: file) { return sink }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try Sink(options, on: port, file: file)
    }

    init(_ options: [String] = [], on port: Int = 0, file: URL? = nil) throws {
        let file = file ?? FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".mail")
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let process = Process()
        process.executableURL = Sink.python
        process.arguments = [Sink.script.path, file.path, "--port", String(port)] + options
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(10) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failed() }
            line += more
        }
        guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw Failed() }
        self.port = port
        self.file = file
        self.input = input
        self.process = Mutex(process)
    }

    func stop() {
        process.withLock { process in
            guard let running = process else { return }
            kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
            process = nil
        }
    }

    /// A port that is kept while no server listens on it: who connects is refused, and nobody else gets it.
    struct Away {
        let port: Int
        private let descriptor: Int32

        init() throws {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let bound = withUnsafeMutablePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
                }
            }
            guard descriptor >= 0, bound else { throw Failed() }
            self.descriptor = descriptor
            port = Int(UInt16(bigEndian: address.sin_port))
        }

        /// Lets the port go, for a server to take it.
        func end() { close(descriptor) }
    }

    struct Failed: Error {}

    /// What was received so far, in order.
    func received() throws -> [Mail] {
        let decoder = JSONDecoder()
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try decoder.decode(Mail.self, from: Data($0.utf8))
        }
    }

    /// The received mails as Python's own library for mail reads them.
    func read() async throws -> [Reading] {
        let program = """
            import base64, email, email.policy, json, sys
            for line in open(sys.argv[1]):
                m = email.message_from_bytes(base64.b64decode(json.loads(line)["data"]), policy=email.policy.default)
                print(json.dumps({"headers": [[k, str(v)] for k, v in m.items()], "body": m.get_content().replace("\\r\\n", "\\n"),
                    "defects": [str(d) for d in m.defects] + [str(d) for v in m.values() for d in v.defects]}))
            """
        let output = try Sink.run(Sink.python, ["-c", program, file.path])
        return try output.split(separator: "\n").map { try JSONDecoder().decode(Reading.self, from: Data($0.utf8)) }
    }

    struct Reading: Decodable, Sendable {
        let headers: [[String]]
        let body: String
        let defects: [String]

        subscript(name: String) -> String? { headers.first { $0[0] == name }?[1] }
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        .standardized

    private static let script = root.appendingPathComponent("Tests/mail/sink.py")

    private static let python: URL = {
        let own = root.appendingPathComponent(".venv/bin/python")
        if FileManager.default.isExecutableFile(atPath: own.path) { return own }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let found = path.split(separator: ":").map { URL(fileURLWithPath: "\($0)/python3") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return found ?? URL(fileURLWithPath: "/usr/bin/python3")
    }()

    static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed() }
        return String(decoding: data, as: UTF8.self)
    }

    /// A certificate that signs itself, for localhost: the PEM with key and certificate, and the certificate alone.
    static func certificate() throws -> (both: String, authority: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (key, certificate) = (folder.appendingPathComponent("key"), folder.appendingPathComponent("certificate"))
        _ = try run(
            URL(fileURLWithPath: "/usr/bin/env"),
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost", "-keyout", key.path, "-out", certificate.path,
            ])
        let both = folder.appendingPathComponent("both")
        try (String(contentsOf: key, encoding: .utf8) + String(contentsOf: certificate, encoding: .utf8)).write(
            to: both, atomically: true, encoding: .utf8)
        return (both.path, certificate.path)
    }
}

/// Samples shared by the tests of this target.
enum Sample {
    static let moment = Instant(milliseconds: 1_795_000_000_000)

    static func message(
        _ fact: String, to address: String = "sari@kendal.example", account: Int? = 1, subject: String = "Dikembalikan",
        body: String = "Isi.", daily: Bool = false
    ) -> Message {
        Message(
            fact: fact, account: account, address: address, language: .indonesian, subject: Phrase(subject, subject),
            body: Phrase(body, body), daily: daily)
    }
}
