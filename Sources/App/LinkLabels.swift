import ArgumentParser
import Foundation
import Institutions
import Intake
import Kernel

extension LinkCommand {
    struct Labels: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write what persons decided on pairs, for train and evaluate --pairs.",
            discussion: """
                CSV with id_a, id_b and label: match where they said the same, nonmatch where different or related. With \
                --records the records that these name, and all others of the directory, as train and evaluate read them.
                """)

        @Option(help: "CSV to write: id_a, id_b, label.") var out: String
        @Option(help: "CSV of the records to write.") var records: String?
        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            try await answering {
                let database = try await options.open()
                let pairs = Pairs(database)
                let labels = try await pairs.labels()
                let lines = labels.map { "\($0.a),\($0.b),\($0.isMatch ? "match" : "nonmatch")\n" }
                try ("id_a,id_b,label\n" + lines.joined()).write(toFile: out, atomically: true, encoding: .utf8)
                if let records {
                    guard FileManager.default.createFile(atPath: records, contents: nil),
                        let file = FileHandle(forWritingAtPath: records)
                    else { throw CocoaError(.fileWriteNoPermission) }
                    try file.write(contentsOf: Data((Pairs.columns.joined(separator: ",") + "\n").utf8))
                    try await pairs.labelled(try await Register.load(database)) { row in
                        let line = row.map(LinkCommand.quoted).joined(separator: ",") + "\n"
                        try file.write(contentsOf: Data(line.utf8))
                    }
                    try file.close()
                }
                await database.close()
                let matches = labels.count { $0.isMatch }
                say(
                    terminal.say(
                        "\(labels.count) keputusan ditulis, \(matches) di antaranya sama",
                        "\(labels.count) decisions written, \(matches) of them matches"))
            }
        }
    }
}
