import Foundation
import Testing

@testable import Competition

@Suite(.serialized) struct CertificatePrinterTimingTests {
    /// A program of these lines of shell, in a folder that goes with the body.
    private func with(_ script: String, _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = folder.appendingPathComponent("printer").path
        #expect(
            FileManager.default.createFile(
                atPath: program, contents: Data("#!/bin/sh\n\(script)\n".utf8), attributes: [.posixPermissions: 0o700]))
        try await body(program)
    }

    @Test func `the program gets the page and nothing of the portal's settings`() async throws {
        setenv("SIMPUL_OIDC_SECRET", "rahasia", 1)
        try await with("printf '%%PDF-'; cat; env | grep -c SIMPUL") { program in
            let printer = try #require(CertificatePrinter(program))
            #expect(try await printer.pdf("<p>Piagam</p>").map { String(decoding: $0, as: UTF8.self) } == nil)
        }
        try await with("printf '%%PDF-'; cat; env | grep -c SIMPUL || true") { program in
            let printer = try #require(CertificatePrinter(program))
            let made = try await printer.pdf("<p>Piagam</p>").map { String(decoding: $0, as: UTF8.self) }
            #expect(made == "%PDF-<p>Piagam</p>0\n")
        }
    }

    @Test func `a program that fails, hangs, or makes something else gives no PDF`() async throws {
        #expect(CertificatePrinter("") == nil)
        #expect(CertificatePrinter("/nirgends/printer") == nil)
        for script in ["exit 1", "printf '%%PDF-'; exit 3", "echo kosong", "exec sleep 30"] {
            try await with(script) { program in
                let printer = try #require(CertificatePrinter(program, seconds: 0.5))
                let start = ContinuousClock.now
                #expect(try await printer.pdf("x") == nil, "\(script)")
                #expect(ContinuousClock.now - start < .seconds(20))
            }
        }
    }

    @Test func `two run at once, and whoever asks meanwhile is told`() async throws {
        try await with("sleep 1; printf '%%PDF-'") { program in
            let printer = try #require(CertificatePrinter(program))
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<5 { group.addTask { try await printer.pdf("x") != nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 2)
            #expect(try await printer.pdf("x") != nil)
        }
    }
}
