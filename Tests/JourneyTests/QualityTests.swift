import Directory
import Foundation
import Institutions
import Kernel
import Support
import Testing
import Text

@testable import App

/// The figures that visitors would feel, held at what was reached.
@Suite struct QualityTests {
    private var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized
    }

    @Test(arguments: ["sample-queries.csv", "judged-queries.csv"])
    func `judged queries find what they should: nDCG@10 of at least 0.78`(file: String) async throws {
        try await folder { folder in
            let address = "sqlite:\(folder)/a.sqlite"
            let sample = root.appendingPathComponent("Sources/Directory/Reference/innovations.csv").path
            #expect(try await Command.run(["import", sample, "--source", "uji", "--database", address]).status == 0)
            let queries = root.appendingPathComponent("Benchmarks/search/\(file)").path
            let result = try await Command.run([
                "search", "evaluate", "--queries", queries, "--at-least", "0.78", "--database", address,
            ])
            #expect(result.status == 0, "\(result.output)")
            let lost = try await Command.run([
                "search", "evaluate", "--queries", queries, "--at-least", "1.01", "--database", address,
            ])
            #expect(lost.status == 1, "a bar that cannot be reached must be missed")
        }
    }

    @Test func `the institutions of the sample are resolved, and what is not is named with its reason`() async throws {
        try await folder { folder in
            let sample = root.appendingPathComponent("Sources/Directory/Reference/innovations.csv").path
            let result = try await Command.run(
                ["institutions", "resolve", sample, "--sample", "5", "--database", "sqlite:\(folder)/a.sqlite"],
                environment: ["LC_ALL": "en"])
            #expect(result.status == 0, "\(result.errors)")
            let line = try #require(result.output.firstMatch(of: /(\d+) of (\d+) rows resolved/))
            let (resolved, named) = (Int(line.1) ?? 0, Int(line.2) ?? 1)
            #expect(Double(resolved) / Double(named) > 0.97)
            let unresolved = result.output.split(separator: "\n").filter { $0.hasPrefix("?") }
            #expect(!unresolved.isEmpty && unresolved.allSatisfy { $0.split(separator: "\t").count == 4 })
        }
    }
}
