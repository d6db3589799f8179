import ArgumentParser
import Directory
import Foundation
import Kernel
import Search
import Text

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Search the directory, or measure how well it finds.",
        subcommands: [Find.self, Evaluate.self])

    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the first innovations for some words, best match first.")

        @Argument(help: "The words.") var words: String
        @Option(help: "How many to print, 1 to 100.") var limit = 10
        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            try await answering {
                let database = try await options.open()
                let catalogue = try await Catalogue(database, file: nil)
                let found = try catalogue.find(Inquiry(text: words, limit: max(1, min(100, limit))))
                say(terminal.say("\(found.total) inovasi", "\(found.total) innovations"))
                for row in try await Innovations(database).listed(found.ids) {
                    say("\(row.id)\t\(row.innovation.title)")
                }
                await database.close()
            }
        }
    }

    struct Evaluate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print nDCG@10 over judged queries.",
            discussion: """
                The file is CSV with the columns query and relevant_ids; ids are the sources' own, separated by spaces. \
                The records must have been imported.
                """)

        @Option(help: "The judged queries.") var queries: String
        @Option(help: "The least mean that is good enough; below it the exit code is 1.") var atLeast: Double?
        @Flag(help: "Print only the mean.") var brief = false
        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            try await answering {
                let database = try await options.open()
                let catalogue = try await Catalogue(database, file: nil)
                let innovations = Innovations(database)
                var sum = 0.0
                let rows = try CSVReader(file: queries).table()
                for row in rows {
                    let query = row["query"] ?? ""
                    let relevant = Set((row["relevant_ids"] ?? "").split(separator: " ").map(String.init))
                    let found = try catalogue.find(Inquiry(text: query, limit: 10))
                    let ranked = try await innovations.listed(found.ids).map { $0.sources.first?.externalID ?? "" }
                    let gain = Judgement.gain(ranked, relevant: relevant)
                    sum += gain
                    if !brief { say(String(format: "%.3f  ", gain) + query) }
                }
                await database.close()
                let mean = rows.isEmpty ? 0 : sum / Double(rows.count)
                say(String(format: "%.3f  nDCG@10, %d ", mean, rows.count) + terminal.say("pertanyaan", "queries"))
                if let atLeast, mean < atLeast { throw ExitCode(1) }
            }
        }
    }
}
