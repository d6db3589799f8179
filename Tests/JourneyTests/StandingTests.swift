import Foundation
import Testing

@testable import App

/// Guard rails that hold from the first day.
@Suite struct StandingTests {
    private var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized
    }

    @Test func `docs/schema.sql is what the migrations say`() throws {
        let file = try String(contentsOf: root.appendingPathComponent("docs/schema.sql"), encoding: .utf8)
        #expect(
            file.trimmingCharacters(in: .whitespacesAndNewlines)
                == schemaText(slices).trimmingCharacters(in: .whitespacesAndNewlines), "run bin/schema")
    }

    @Test(arguments: Setting.allCases)
    func `every setting is documented in the README, with its variable and its default`(setting: Setting) throws {
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let line = readme.split(separator: "\n").first {
            $0.contains("`--\(setting.rawValue)`") && $0.contains(setting.variable)
        }
        #expect(line != nil, "\(setting.rawValue) is missing")
        #expect(
            setting.fallback.isEmpty || line?.contains(setting.fallback) == true,
            "\(setting.rawValue): the default differs")
    }

    @Test func `a text is written in both languages, and the English page does not speak Indonesian`() throws {
        // Both readings stand at the place of use, so neither can be missing; they must not be empty or forgotten copies.
        let pair = /(?:say|Phrase)\(\s*"([^"\\]+)",\s*"([^"\\]*)"\s*\)/
        var pairs = 0
        let sources = FileManager.default.enumerator(
            at: root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil)
        while let file = sources?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: pair) {
                pairs += 1
                #expect(!match.2.isEmpty, "\(file.lastPathComponent): \(match.1)")
                let same = match.1 == match.2 && match.1.split(separator: " ").count > 2
                #expect(!same, "\(file.lastPathComponent): “\(match.1)” is the same in both languages")
            }
        }
        #expect(pairs > 200)
    }
}
