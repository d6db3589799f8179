import ArgumentParser
import Database
import Directory
import Foundation
import Institutions
import Kernel
import Linkage
import Text

struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Find records that speak of the same thing, in any CSV files.",
        discussion: """
            A model is a JSON file that declares comparisons, blocking rules and a prior; the model "innovations" ships \
            with the program and resolves institutions first. Several files are read as one set of records.
            """,
        subcommands: [Train.self, Match.self, Evaluate.self, Labels.self])

    struct Inputs: ParsableArguments {
        @Option(help: "A model file, or \"innovations\".") var model: String
        @Option(parsing: .upToNextOption, help: "CSV files of records.") var records: [String]
        @OptionGroup var options: DatabaseOptions

        /// The model, its records as a table, and the value of one more column of each record.
        func read(keeping extra: String? = nil) async throws -> (LinkageModel, LinkageTable, [String]) {
            let innovations = model == "innovations"
            let model =
                try innovations
                ? LinkageRecords.model() : LinkageModel(json: Data(contentsOf: URL(fileURLWithPath: model)))
            let derives = innovations || model.name == "innovations"
            let resolver = derives ? try await register() : nil
            var list: [LinkageRecord] = []
            var extras: [String] = []
            var columns: Set<String> = []
            let needed = model.fields
            for file in records {
                var reader = try CSVReader(file: file)
                guard let header = try reader.next()?.fields else { throw CSVRefusal.empty }
                for column in [derives ? "id" : model.id, extra].compactMap({ $0 }) where !header.contains(column) {
                    throw LinkageRefusal.missingColumn(column)
                }
                if derives, !header.contains("title") { throw LinkageRefusal.missingColumn("title") }
                columns.formUnion(header + [LinkCommand.fileColumn])
                while let row = try reader.next() {
                    var fields = Dictionary(zip(header, row.fields), uniquingKeysWith: { a, _ in a })
                    if let extra { extras.append(fields[extra] ?? "") }
                    var record = LinkageRecord(id: fields[model.id] ?? "", fields: [:])
                    if let resolver {
                        record = LinkageRecords.record(fields) {
                            resolver.resolve($0, region: $1, year: $2).code
                        }
                        fields = record.fields
                    }
                    fields[LinkCommand.fileColumn] = file
                    record.fields = fields.filter { needed.contains($0.key) }
                    list.append(record)
                }
            }
            return (model, try LinkageTable(list, model: model, known: derives ? needed : columns), extras)
        }

        private func register() async throws -> Resolver {
            let database = try await options.open()
            let resolver = try await Register.load(database).resolver
            await database.close()
            return resolver
        }
    }

    /// The column that holds the file a record came from, for models that link across files.
    static let fileColumn = "@file"

    /// The labelled pairs of a CSV file (id_a, id_b, label); pairs of a record with itself are left out.
    static func labels(_ file: String, _ table: LinkageTable) throws -> [LinkageEvaluation.Pair: LinkageEvaluation
        .Label]
    {
        var labels: [LinkageEvaluation.Pair: LinkageEvaluation.Label] = [:]
        var reader = try CSVReader(file: file)
        guard let header = try reader.next()?.fields else { throw CSVRefusal.empty }
        let places = try ["id_a", "id_b", "label"].map { name in
            guard let place = header.firstIndex(of: name) else { throw LinkageRefusal.missingColumn(name) }
            return place
        }
        while let row = try reader.next() {
            let cells = places.map { $0 < row.fields.count ? trimmed(row.fields[$0]) : "" }
            guard let label = LinkageEvaluation.Label(rawValue: cells[2]) else {
                throw LinkageRefusal.unknownLabel(cells[2])
            }
            guard let i = table.row(of: cells[0]) else { throw LinkageRefusal.unknownID(cells[0]) }
            guard let j = table.row(of: cells[1]) else { throw LinkageRefusal.unknownID(cells[1]) }
            if i != j { labels[.init(i, j)] = label }
        }
        return labels
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write every pair compared with its weight, probability and decision.")

        @OptionGroup var inputs: Inputs
        @Option(help: "CSV to write: id_a, id_b, weight, probability, decision.") var out: String
        @Flag(help: "Print the counts as JSON.") var json = false

        func run() async throws {
            try await answering {
                let (model, table, _) = try await inputs.read()
                let scorer = Scorer(model, table)
                guard FileManager.default.createFile(atPath: out, contents: nil),
                    let file = FileHandle(forWritingAtPath: out)
                else { throw CocoaError(.fileWriteNoPermission) }
                var text = "id_a,id_b,weight,probability,decision\n"
                let ids = table.ids.map(LinkCommand.quoted)
                var counts: [LinkageDecision: Int] = [:]
                var lines: [Double: String] = [:]
                try scorer.pairs { i, j, score in
                    counts[score.decision, default: 0] += 1
                    if lines.count > 100_000 { lines = [:] }
                    let line =
                        lines[score.weight]
                        ?? String(format: "%.4f,%.6f,", score.weight, score.probability) + score.decision.rawValue
                        + "\n"
                    lines[score.weight] = line
                    text += ids[i]
                    text += ","
                    text += ids[j]
                    text += ","
                    text += line
                    if text.utf8.count > 1 << 20 {
                        try file.write(contentsOf: Data(text.utf8))
                        text = ""
                    }
                }
                try file.write(contentsOf: Data(text.utf8))
                try file.close()
                let sums = LinkageDecision.allCases.map { ($0.rawValue, counts[$0] ?? 0) }
                say(
                    json
                        ? "{" + sums.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
                        : sums.map { "\($0)\t\($1)" }.joined(separator: "\n"))
            }
        }
    }

    static func figure(_ value: Double) -> String { String(format: "%.6g", value) }

    static func quoted(_ text: String) -> String {
        text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
            ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
