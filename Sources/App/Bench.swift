import ArgumentParser
import Database
import Directory
import Foundation
import Kernel
import Search
import Text

/// What bin/bench needs from inside the program; not for operators.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure this program on generated records; see bin/bench.", shouldDisplay: false,
        subcommands: [BenchCorpus.self, BenchSearch.self, BenchDesk.self, BenchDeadline.self])
}

/// Writes what the index holds as another engine reads it, and the queries to ask of both.
struct BenchCorpus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "corpus")

    @Option(help: "JSON Lines to write: id, title, text (stems with spaces between), and the facets.")
    var corpus: String
    @Option(help: "Text to write: one query a line, from rare to very common.") var queries: String
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let index = try await Catalogue(database, file: options.indexFile).index
            await database.close()
            try write(index)
            try chosen(index).joined(separator: "\n").write(toFile: queries, atomically: true, encoding: .utf8)
        }
    }

    private func write(_ index: Index) throws {
        let places = BenchSearch.facets.compactMap { name in
            index.schema.facets.firstIndex(of: name).map { (name, $0) }
        }
        _ = FileManager.default.createFile(atPath: corpus, contents: nil)
        guard let file = FileHandle(forWritingAtPath: corpus) else { throw CocoaError(.fileWriteNoPermission) }
        var out: [UInt8] = []
        // Folded stems and codes need no escapes in JSON, but unlisted categories may.
        func quoted(_ text: String) -> String { text.contains { $0 == "\"" || $0 == "\\" } ? "\"\"" : "\"\(text)\"" }
        try index.forEach { held in
            out += "{\"id\":\(held.id),\"title\":\"\(held.stems[0].joined(separator: " "))\",\"text\":\"".utf8
            let rest = held.stems.dropFirst().filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
            out += rest.joined(separator: " ").utf8
            out += "\"".utf8
            for (name, place) in places {
                out += ",\"\(name)\":[\(held.facets[place].map(quoted).joined(separator: ","))]".utf8
            }
            out += "}\n".utf8
            if out.count > 1 << 20 {
                try file.write(contentsOf: Data(out))
                out = []
            }
        }
        try file.write(contentsOf: Data(out))
        try file.close()
    }

    /// Forty queries of one word, every third of two, from words of few documents to those of nearly all. Each word is
    /// its own stem and nothing widens it, so that engines without Indonesian find the same.
    private func chosen(_ index: Index) -> [String] {
        func total(_ text: String) -> Int { index.search(Query(text, limit: 0, widening: false)).total }
        var used: Set<String> = []
        func word(from rank: Int) -> String? {
            let found = (rank..<Generator.Vocabulary.count).lazy.map(Generator.Vocabulary.root).first { root in
                guard !used.contains(root), Stemmer.indonesian.stem(root) == root else { return false }
                let total = total(root)
                return total > 0 && total == index.search(Query(root, limit: 0)).total
            }
            if let found { used.insert(found) }
            return found
        }
        return (0..<40).compactMap { number in
            let rank = Int(pow(Double(Generator.Vocabulary.count) * 0.9, Double(39 - number) / 39)) - 1
            guard let one = word(from: max(0, rank)) else { return nil }
            guard number % 3 == 2, let two = word(from: max(0, rank / 2 + 7)) else { return one }
            return "\(one) \(two)"
        }
    }
}

/// Asks the saved index every query of a file, in this process, and prints the answers and the time they took.
struct BenchSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "search")
    static let facets = ["year", "province", "kind", "category"]

    @Option var queries: String
    @Option(help: "JSON to write: total, rows and facets of each query.") var answers: String
    @Option var rounds = 5
    @OptionGroup var options: DatabaseOptions

    private struct Answered: Encodable {
        let query: String
        let total: Int
        let rows: [Int64]
        let facets: [String: [String: Int]]
    }

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let index = try await Catalogue(database, file: options.indexFile).index
            await database.close()
            let texts = try String(contentsOfFile: queries, encoding: .utf8).split(separator: "\n").map(String.init)
            func ask(_ text: String, widening: Bool = false) -> Answer {
                index.search(Query(text, counting: Self.facets, widening: widening))
            }
            let answered = texts.map { text in
                let answer = ask(text)
                return Answered(
                    query: text, total: answer.total, rows: answer.rows.map(\.id),
                    facets: answer.facets.mapValues { counts in
                        Dictionary(uniqueKeysWithValues: counts.map { ($0.value, $0.count) })
                    })
            }
            try JSONEncoder().encode(answered).write(to: URL(fileURLWithPath: answers))
            func mean(widening: Bool) -> Double {
                (0..<rounds).map { _ in
                    let start = ContinuousClock.now
                    for text in texts { _ = ask(text, widening: widening) }
                    return (ContinuousClock.now - start) / .milliseconds(1) / Double(max(1, texts.count))
                }.min() ?? 0
            }
            say(
                """
                {"documents":\(index.count),"mean_milliseconds":\(mean(widening: false)),\
                "widened_mean_milliseconds":\(mean(widening: true))}
                """)
        }
    }
}
