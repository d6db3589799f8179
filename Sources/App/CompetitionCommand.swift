import ArgumentParser
import Competition
import Foundation
import Kernel
import Text

struct CompetitionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "competition",
        abstract: "Assign evaluators to proposals, try out scoring, and compute results again.",
        subcommands: [Assign.self, Simulate.self, Recompute.self])

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Assign evaluators to proposals at the least cost, or say what makes it impossible.",
            discussion: """
                The folder holds proposals.csv (proposal, category, province, reads), evaluators.csv (evaluator, province, \
                categories, min, max) and costs.csv (whole numbers from 0, best, to 1000; an empty cell is a conflict). \
                Exit code 0 with an assignment, 2 where none is possible.
                """)

        @Option(help: "The folder of the three files.") var instance: String
        @Option(help: "cost: the least total; floor: the worst-served first, connected, with a random share.")
        var objective = AssignmentPlan.Objective.floor
        @Option(help: "A number; another one draws another random share.") var seed: UInt64 = 1
        @Option(help: "The share of pairs that the draw sets aside, 0 to 0.5.") var randomShare = 0.1
        @Flag(help: "Print one JSON object.") var json = false
        @Option(help: "Write the assignment to this CSV file (proposal,evaluator,cost).") var out: String?

        func validate() throws {
            guard (0...0.5).contains(randomShare) else { throw ValidationError("--random-share: 0 to 0.5") }
        }

        func run() async throws {
            try await answering {
                let folder = URL(fileURLWithPath: instance)
                let read = try AssignmentInstance(
                    proposals: sheet("proposals.csv", in: folder), evaluators: sheet("evaluators.csv", in: folder),
                    costs: sheet("costs.csv", in: folder))
                let clock = ContinuousClock()
                let start = clock.now
                do {
                    let plan = try AssignmentPlan.make(
                        read, objective: objective, seed: seed, randomShare: randomShare)
                    let seconds = clock.now - start
                    if let out { try write(plan.assignment, of: read, to: out) }
                    report(plan, of: read, after: seconds)
                } catch let impossible as AssignmentImpossible {
                    report(impossible, after: clock.now - start)
                    throw ExitCode(2)
                }
            }
        }
    }
}

extension CompetitionCommand {
    struct Simulate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print how much calibration finds of the truly best, beside the plain mean.",
            discussion: """
                Simulated editions with known quality (spread 8 points), over severities of evaluators, noise and reads. \
                The last noise is the one measured at NeurIPS 2021: two committees of three that each accept a quarter \
                disagree on 23 percent of decisions; severity is then part of that disagreement. Gains are of paired \
                trials, with 95 % intervals; "?" marks an interval that holds zero, "-" a loss.
                """)

        @Option(help: "How many proposals.") var proposals = 3_000
        @Option(help: "How many evaluators.") var evaluators = 60
        @Option(parsing: .upToNextOption, help: "Reads of each proposal, one or more numbers.") var reads = [2, 3, 5]
        @Option(help: "How many of the best to find.") var top = 99
        @Option(help: "Editions simulated for each line.") var trials = 20
        @Option(help: "A number; another one simulates other editions.") var seed: UInt64 = 1

        func validate() throws {
            guard (1...100_000).contains(proposals), (1...500).contains(evaluators), (1...100_000).contains(top),
                (2...1_000).contains(trials), !reads.isEmpty, reads.allSatisfy({ (1...20).contains($0) })
            else {
                throw ValidationError(
                    "--proposals 1 to 100000, --evaluators 1 to 500, --reads 1 to 20, --top 1 to 100000, --trials 2 to 1000"
                )
            }
        }

        func run() async throws {
            let total = CalibrationTrial.readVariance()
            say("| reads | severity | noise | calibrated | plain mean | gain (95 % interval) | |")
            say("|---|---|---|---|---|---|---|")
            for count in reads {
                for severity in [0.0, 2, 4, 8] {
                    for noise in [2.0, 4, 8, (total - severity * severity).squareRoot()] where noise.isFinite {
                        let trial = CalibrationTrial(
                            proposals: proposals, evaluators: evaluators, reads: count, severity: severity,
                            noise: noise, top: top)
                        let found = trial.run(times: trials, seed: seed)
                        let name = noise == 2 || noise == 4 || noise == 8 ? "" : " (NeurIPS)"
                        say(
                            String(format: "| %d | %.0f | %.1f", count, severity, noise) + name
                                + String(
                                    format: " | %.3f | %.3f | %+.3f (%+.3f to %+.3f) | ", found.calibrated, found.plain,
                                    found.gain, found.interval.lowerBound, found.interval.upperBound)
                                + (found.helps ? "+" : found.harms ? "-" : "?") + " |")
                    }
                }
            }
        }
    }
}

extension AssignmentPlan.Objective: ExpressibleByArgument {}

private func sheet(_ file: String, in folder: URL) throws -> AssignmentSheet {
    var reader = try CSVReader(file: folder.appendingPathComponent(file).path)
    guard let header = try reader.next() else { throw CSVRefusal.empty }
    var rows: [(line: Int, fields: [String])] = []
    while let record = try reader.next() { rows.append((record.line, record.fields)) }
    return AssignmentSheet(file: file, header: header.fields, rows: rows)
}

extension CompetitionCommand.Assign {
    private func write(_ assignment: Assignment, of instance: AssignmentInstance, to path: String) throws {
        var text = "proposal,evaluator,cost\n"
        for (place, readers) in assignment.readers.enumerated() {
            for reader in readers {
                let fields = [instance.proposals[place].name, instance.evaluators[reader].name]
                text += fields.map(quoted(_:)).joined(separator: ",") + ",\(instance.cost(place, reader) ?? 0)\n"
            }
        }
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw CSVRefusal.unreadable(path)
        }
    }

    private func quoted(_ cell: String) -> String {
        cell.contains { ",\"\r\n".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }

    private func report(_ plan: AssignmentPlan, of instance: AssignmentInstance, after time: Duration) {
        let broken = violations(of: plan.assignment, in: instance)
        if json {
            let steps = plan.steps.map {
                AssignmentAnswer.Step(
                    rule: $0.rule.rawValue, cost: $0.cost, price: $0.price, worst_proposal_cost: $0.worst,
                    connected: $0.connected)
            }
            AssignmentAnswer(
                status: "optimal", cost: plan.cost, worst_proposal_cost: plan.worst,
                loads: [plan.loads.lowerBound, plan.loads.upperBound], connected: plan.connected,
                seconds: seconds(time), violations: broken.count,
                proof: .init(
                    lower_bound: plan.proof.bound, optimum: plan.steps.first?.cost ?? 0,
                    floor_proven: plan.floorProven, cost_at_floor_proven: plan.costProven),
                steps: steps, drawn_yet_used: plan.drawnYetUsed
            ).show()
            return
        }
        for step in plan.steps { say(terminal.say(line(step))) }
        say(
            terminal.say(
                "Beban penilai \(plan.loads.lowerBound) sampai \(plan.loads.upperBound); \(plan.connected ? "terhubung" : "tidak terhubung"); pelanggaran aturan: \(broken.count).",
                "Loads \(plan.loads.lowerBound) to \(plan.loads.upperBound); \(plan.connected ? "connected" : "not connected"); rules broken: \(broken.count)."
            ))
        let least = plan.steps.first?.cost ?? 0
        say(
            terminal.say(
                "Bukti: tidak ada penugasan di bawah biaya \(plan.proof.bound); yang dicapai \(least).",
                "Proof: no assignment costs less than \(plan.proof.bound); reached \(least)."))
        if objective == .floor {
            say(
                terminal.say(
                    "Batas keadilan \(plan.floorProven ? "terbukti terbaik" : "terbaik yang ditemukan"); biaya pada batas itu \(plan.costProven ? "terbukti terkecil" : "terkecil yang ditemukan").",
                    "Fairness floor \(plan.floorProven ? "proven best" : "best found"); cost at that floor \(plan.costProven ? "proven least" : "least found")."
                ))
        }
        say(String(format: "%.3f s", seconds(time)))
    }

    private func line(_ step: AssignmentPlan.Step) -> Phrase {
        let name =
            switch step.rule {
            case .cost: Phrase("biaya terkecil", "least cost")
            case .floor: Phrase("yang terburuk sebaik mungkin", "worst-served as well off as can be")
            case .connected: Phrase("semua penilai terhubung", "evaluators connected")
            case .random: Phrase("bagian acak", "random share")
            }
        return Phrase(
            "\(name.indonesian): biaya \(step.cost) (tambahan \(step.price)), usulan terburuk \(step.worst)",
            "\(name.english): cost \(step.cost) (price \(step.price)), worst proposal \(step.worst)")
    }

    private func report(_ impossible: AssignmentImpossible, after time: Duration) {
        guard json else {
            for shortage in impossible.shortages.prefix(5) { say(terminal.say(shortage.phrase)) }
            return
        }
        let reasons = impossible.shortages.prefix(20).map {
            AssignmentAnswer.Reason(
                kind: $0.kind.rawValue, name: $0.name, missing: $0.missing, message: terminal.say($0.phrase))
        }
        AssignmentAnswer(
            status: "infeasible", seconds: seconds(time), reason: reasons.first, reasons: Array(reasons)
        ).show()
    }

    private func seconds(_ time: Duration) -> Double {
        Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }
}

/// The JSON of `assign`; its names are a promise to scripts.
private struct AssignmentAnswer: Encodable {
    struct Reason: Encodable {
        let kind: String, name: String, missing: Int, message: String
    }
    struct Proof: Encodable {
        let lower_bound: Int, optimum: Int, floor_proven: Bool, cost_at_floor_proven: Bool
    }
    struct Step: Encodable {
        let rule: String, cost: Int, price: Int, worst_proposal_cost: Int, connected: Bool
    }

    let status: String
    var cost: Int?
    var worst_proposal_cost: Int?
    var loads: [Int]?
    var connected: Bool?
    let seconds: Double
    var violations: Int?
    var proof: Proof?
    var steps: [Step]?
    var drawn_yet_used: Int?
    var reason: Reason?
    var reasons: [Reason]?

    func show() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return }
        say(String(decoding: data, as: UTF8.self))
    }
}
