import ArgumentParser
import Foundation
import Kernel
import Linkage
import Text

extension LinkCommand {
    struct Evaluate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print precision, recall and F1 of a model at each threshold.",
            discussion: """
                With --pairs (CSV: id_a, id_b, label of match, nonmatch or unsure) what counts is every pair of records \
                that agree on the model's population field, for innovations the institution, and every labelled pair \
                besides; a pair without a label is a non-match, an unsure one is left out. A model without a population \
                counts the pairs that its blocking rules bring together and the labelled ones. With --labels two records \
                are a match when the column holds the same value in both; matches that blocking does not bring together \
                count as missed.
                """)

        @OptionGroup var inputs: Inputs
        @Option(help: "The column that is equal in records of the same thing.") var labels: String?
        @Option(parsing: .upToNextOption, help: "CSV files of labelled pairs.") var pairs: [String] = []
        @Flag(help: "List the hits without a label of match, and the matches missed.") var list = false
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            if (labels == nil) == pairs.isEmpty { throw ValidationError("Give either --labels or --pairs.") }
        }

        func run() async throws {
            try await answering {
                let (model, table, values) = try await inputs.read(keeping: labels)
                var known: [LinkageEvaluation.Pair: LinkageEvaluation.Label] = [:]
                for file in pairs { known.merge(try LinkCommand.labels(file, table)) { _, new in new } }
                let scorer = Scorer(model, table)
                if labels != nil {
                    for group in Dictionary(grouping: values.indices.filter { !values[$0].isEmpty }, by: { values[$0] })
                        .values
                    {
                        for a in group.indices {
                            for b in group[(a + 1)...] { known[.init(group[a], b)] = .match }
                        }
                    }
                }
                show(LinkageEvaluation(scorer, table, labels: known), model, table, scorer)
            }
        }

        private func show(_ result: LinkageEvaluation, _ model: LinkageModel, _ table: LinkageTable, _ scorer: Scorer) {
            let half = result.point(at: 0.5)
            let automatic = result.automatic(model)
            func number(_ value: Double) -> String { String(format: "%.4f", value) }
            if json {
                return say(
                    """
                    {"threshold":0.5,"precision":\(number(half.precision)),"recall":\(number(half.recall)),\
                    "f1":\(number(half.f1)),"automatic":{"threshold":\(number(model.automatic)),\
                    "precision":\(number(automatic.precision)),"recall":\(number(automatic.recall)),\
                    "hits":\(automatic.hits),"correct":\(automatic.correct)},\
                    "pairs":\(result.pairs),"matches":\(result.matches),"hits":\(half.hits),"correct":\(half.correct)}
                    """)
            }
            say(
                terminal.say(
                    "\(result.pairs) pasangan dihitung, \(result.matches) di antaranya sama",
                    "\(result.pairs) pairs counted, \(result.matches) of them matches"))
            say("threshold\tprecision\trecall\tf1\thits\tcorrect")
            let thresholds = Set([
                0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, model.automatic,
            ])
            for point in thresholds.sorted().map(result.point) {
                say(
                    "\(point.threshold)\t\(number(point.precision))\t\(number(point.recall))\t\(number(point.f1))\t"
                        + "\(point.hits)\t\(point.correct)")
            }
            guard list else { return }
            func steps(_ pair: LinkageEvaluation.Pair) -> String {
                "\(table.ids[pair.i])\t\(table.ids[pair.j])\t"
                    + scorer.waterfall(pair.i, pair.j)
                    .map { "\($0.name): \($0.level) \(String(format: "%+.1f", $0.weight))" }.joined(separator: "; ")
            }
            for hit in result.surprises {
                let kind = hit.labelled ? "nonmatch" : "unlabelled"
                say("\(kind)\t\(hit.decision.rawValue)\t\(number(hit.probability))\t\(steps(hit.pair))")
            }
            for pair in result.missed { say("missed\t\(steps(pair))") }
        }
    }
}
