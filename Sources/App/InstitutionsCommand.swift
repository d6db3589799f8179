import ArgumentParser
import Directory
import Foundation
import Institutions
import Kernel
import Text

struct InstitutionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "institutions", abstract: "Read spellings of institutions.", subcommands: [Resolve.self])

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print which share of a column of spellings is resolved, and which spellings are not and why.",
            discussion: """
                Rows whose category is a citizens' invention have no institution and are counted apart. With --sample, \
                as many resolved rows drawn at random are printed for checking by hand.
                """)

        @Argument(help: "A CSV file.") var file: String
        @Option(help: "The column of institutions.") var column = "agency"
        @Option(help: "The column of regions, if any.") var regionColumn = "region"
        @Option(help: "How many resolved rows to print.") var sample = 0
        @Option(help: "The seed of the sample.") var seed: UInt64 = 1
        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            try await answering {
                let database = try await options.open()
                let resolver = try await Register.load(database).resolver
                await database.close()
                let rows = try CSVReader(file: file).table().map { row in
                    ResolutionReport.Row(
                        spelling: row[column] ?? "", region: row[regionColumn], year: row["year"].flatMap { Int($0) },
                        citizens: Categories.shipped.category(for: row["category"] ?? "") == .form(.citizen))
                }
                let report = ResolutionReport(rows, resolver: resolver)
                for line in report.sample(sample, seed: seed) {
                    guard case .found(let code, let how) = line.resolution else { continue }
                    say("\(line.spelling)\t\(line.region ?? "")\t\(code)\t\(terminal.say(how.phrase))")
                }
                for line in report.unresolved {
                    guard case .unresolved(let reason) = line.resolution else { continue }
                    say("?\t\(line.rows)\t\(line.spelling)\t\(terminal.say(reason.phrase))")
                }
                say(
                    terminal.say(
                        "\(report.resolved) dari \(report.named) baris dikenali (\(String(format: "%.2f", (report.share ?? 0) * 100)) persen); \(report.citizens) temuan warga dan \(report.empty) tanpa instansi tidak dihitung.",
                        "\(report.resolved) of \(report.named) rows resolved (\(String(format: "%.2f", (report.share ?? 0) * 100)) percent); \(report.citizens) citizens' inventions and \(report.empty) without an institution left out."
                    ))
            }
        }
    }
}
