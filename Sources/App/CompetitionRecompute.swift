import ArgumentParser
import Competition
import Foundation
import Kernel

extension CompetitionCommand {
    struct Recompute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compute a frozen result again from its own inputs and hold it against its digest and signature.",
            discussion: """
                Exit code 0: the same bytes, and the database still says what was frozen. 1: the frozen result does not \
                hold; what is wrong is named. 2: it holds, but the database says something else since; each difference \
                is named. 3: there is no such edition or version.
                """)

        @Argument(help: "The edition's code, e.g. kipp-2027.") var edition: String
        @Option(help: "The version; without it the newest.") var version: Int?
        @Flag(help: "Print one JSON object.") var json = false
        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            let database = try await answering { try await options.open(reference: false) }
            let results = Results(database, keys: SigningKeys(database, folder: nil))
            let found: Recomputation
            do { found = try await results.recompute(edition, version: version) } catch let refusal as any Refusal {
                note(terminal.say(refusal.message))
                await database.close()
                throw ExitCode(3)
            }
            await database.close()
            if json { report(found) } else { tell(found) }
            if !found.faults.isEmpty { throw ExitCode(1) }
            if !found.drift.isEmpty { throw ExitCode(2) }
        }

        private func tell(_ found: Recomputation) {
            let (number, digest) = (found.number, found.digest)
            if found.faults.isEmpty {
                say(
                    "✓ "
                        + terminal.say(
                            "Hasil \(edition) versi \(number): hitungan ulang sama, sidik dan tanda tangan cocok. \(digest)",
                            "Result of \(edition), version \(number): the same bytes again; digest and signature hold. \(digest)"
                        ))
            } else {
                say(
                    "✗ "
                        + terminal.say(
                            "Hasil \(edition) versi \(number) tidak dapat dipercaya:",
                            "The result of \(edition), version \(number), does not hold:"))
                for fault in found.faults {
                    say("  " + terminal.say(fault.message))
                    if case .content(let differences) = fault { list(differences) }
                }
            }
            guard !found.drift.isEmpty else { return }
            say(
                terminal.say(
                    "Basis data kini berbeda dari masukan yang dibekukan di \(found.drift.count) tempat:",
                    "The database now differs from the frozen inputs in \(found.drift.count) places:"))
            list(found.drift)
        }

        private func list(_ differences: [CanonicalDifference]) {
            for each in differences.prefix(100) {
                say("    \(each.place): \(each.before ?? "–") → \(each.after ?? "–")")
            }
            if differences.count > 100 {
                say(terminal.say("    dan \(differences.count - 100) lagi", "    and \(differences.count - 100) more"))
            }
        }

        private func report(_ found: Recomputation) {
            let faults = found.faults.map { fault in
                RecomputeAnswer.Fault(
                    kind: fault.kind, message: terminal.say(fault.message),
                    differences: {
                        if case .content(let differences) = fault {
                            differences.map(RecomputeAnswer.Difference.init)
                        } else {
                            []
                        }
                    }())
            }
            let answer = RecomputeAnswer(
                edition: edition, version: found.number, digest: found.digest,
                status: found.faults.isEmpty ? found.drift.isEmpty ? "same" : "drift" : "broken", faults: faults,
                drift: found.drift.map(RecomputeAnswer.Difference.init))
            if let text = try? Canonical(answer).json { say(text) }
        }
    }
}

extension Recomputation.Fault {
    /// Its name for scripts.
    fileprivate var kind: String {
        switch self {
        case .method: "method"
        case .inputs: "inputs"
        case .content: "content"
        case .digest: "digest"
        case .key: "key"
        case .signature: "signature"
        }
    }
}

/// The JSON of `recompute`; its names are a promise to scripts.
private struct RecomputeAnswer: Encodable {
    struct Difference: Encodable {
        let place: String, before: String?, after: String?

        init(_ difference: CanonicalDifference) {
            (place, before, after) = (difference.place, difference.before, difference.after)
        }
    }
    struct Fault: Encodable {
        let kind: String, message: String, differences: [Difference]
    }

    let edition: String, version: Int, digest: String, status: String
    let faults: [Fault], drift: [Difference]
}
