import Foundation

/// A program that turns HTML into a tagged PDF: HTML on its standard input, PDF on its standard output. It runs apart from
/// the portal, within limits of its own, and is ended when it takes too long.
package actor CertificatePrinter {
    private let program: String
    private let seconds: Double
    private static let most = 20 << 20
    /// How many run at once; whoever asks meanwhile is told that none can be made now.
    private static let places = 2
    private var running = 0

    /// Nil where no program is named or it cannot be run.
    package init?(_ program: String, seconds: Double = 20) {
        guard !program.isEmpty, FileManager.default.isExecutableFile(atPath: program) else { return nil }
        self.program = program
        self.seconds = seconds
    }

    /// The PDF's bytes; nil where the program is busy, failed, took too long or gave something else.
    package func pdf(_ html: String) async throws -> [UInt8]? {
        guard running < Self.places else { return nil }
        running += 1
        defer { running -= 1 }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("simpul-pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (folder.appendingPathComponent("in"), folder.appendingPathComponent("out"))
        try Data(html.utf8).write(to: input)
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.currentDirectoryURL = folder
        // No database address, no mail server's password: it gets nothing of the portal's own settings.
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder.path, "TMPDIR": folder.path, "LANG": "C.UTF-8",
        ]
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        let status = try await run(process)
        guard status == 0, let bytes = FileManager.default.contents(atPath: output.path), bytes.count <= Self.most,
            bytes.starts(with: Data("%PDF-".utf8))
        else { return nil }
        return Array(bytes)
    }

    private func run(_ process: Process) async throws -> Int32 {
        let seconds = seconds
        return try await withCheckedThrowingContinuation { done in
            process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch {
                process.terminationHandler = nil
                done.resume(throwing: error)
                return
            }
            let number = process.processIdentifier
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
                if process.isRunning { kill(number, SIGKILL) }
            }
        }
    }
}
