import ArgumentParser
import Foundation
import Kernel
import Linkage
import Text

extension LinkCommand {
    struct Train: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Learn what agreement is worth, and say what would change before anything is written.",
            discussion: """
                m and u are learned without labels. With --pairs (CSV: id_a, id_b, label), such as the decisions of \
                people, the probabilities among matches are those of the pairs labelled match, and pairs labelled \
                nonmatch count as others whatever they look like; unsure ones are left out. Printed are the old and the \
                new probabilities, how many of the pairs compared would be decided differently, and those that change \
                most. Only --out writes a model, after the report.
                """)

        @OptionGroup var inputs: Inputs
        @Option(help: "Where to write the trained model; only shown when absent.") var out: String?
        @Option(parsing: .upToNextOption, help: "Labelled pairs: CSV with id_a, id_b and label.") var pairs: [String] =
            []
        @Option(help: "The seed of the sample.") var seed: UInt64 = 1
        @Flag(help: "Print the trained model as JSON instead of the report.") var json = false

        func run() async throws {
            try await answering {
                let (model, table, _) = try await inputs.read()
                var labels: [LinkageEvaluation.Pair: LinkageEvaluation.Label] = [:]
                for file in pairs { labels.merge(try LinkCommand.labels(file, table)) { _, new in new } }
                func rows(_ label: LinkageEvaluation.Label) -> [(Int, Int)] {
                    labels.filter { $0.value == label }.map { ($0.key.i, $0.key.j) }.sorted { $0 < $1 }
                }
                let trained = Training(seed: seed)
                    .train(model, on: table, matches: rows(.match), others: rows(.nonmatch))
                if json {
                    say(String(decoding: try trained.json(), as: UTF8.self))
                } else {
                    report(model, trained, table)
                }
                if let out {
                    try trained.json().write(to: URL(fileURLWithPath: out), options: .atomic)
                    if !json { say(terminal.say("Model ditulis ke \(out)", "The model was written to \(out)")) }
                }
            }
        }

        private func report(_ model: LinkageModel, _ trained: LinkageModel, _ table: LinkageTable) {
            say("prior\t\(LinkCommand.figure(model.prior))\t\(LinkCommand.figure(trained.prior))")
            for (old, new) in zip(model.comparisons, trained.comparisons) {
                for (old, level) in zip(old.levels, new.levels) {
                    let change = [old.m, level.m, old.u, level.u].map { $0.map(LinkCommand.figure) ?? "-" }
                    let weight = log2((level.m ?? 1) / (level.u ?? 1))
                    say(
                        "\(new.name)\t\(level.name)\tm \(change[0]) > \(change[1])\tu \(change[2]) > \(change[3])"
                            + String(format: "\t%+.2f", weight))
                }
            }
            let change = ModelChange(from: Scorer(model, table), to: Scorer(trained, table))
            say(
                terminal.say(
                    "\(change.changed) pasangan akan diputuskan berbeda (baris: dulu, kolom: nanti)",
                    "\(change.changed) pairs would be decided differently (rows: before, columns: after)"))
            let all = LinkageDecision.allCases
            say((["decision"] + all.map(\.rawValue)).joined(separator: "\t"))
            for old in all {
                say(([old.rawValue] + all.map { String(change.counts[old]?[$0] ?? 0) }).joined(separator: "\t"))
            }
            for pair in change.pairs {
                say(
                    "\(table.ids[pair.i])\t\(table.ids[pair.j])\t\(pair.old.decision.rawValue) > "
                        + "\(pair.new.decision.rawValue)\t"
                        + String(format: "%.4f > %.4f", pair.old.probability, pair.new.probability))
            }
            if out == nil { say(terminal.say("Tidak ada yang ditulis.", "Nothing was written.")) }
        }
    }
}
