import Foundation
import Kernel
import Linkage

/// How far a delivery is.
///
///     waiting ─▸ fetching ─▸ reading ─▸ linking ─▸ asking ─▸ applying ─▸ done
///
/// `fetching` only where an address is pulled, `asking` only where there are doubts; `stopped` by a person and `failed`
/// with a reason end it from anywhere.
package enum RunState: String, Sendable, CaseIterable {
    case waiting, fetching, reading, linking, asking, applying, done, stopped, failed

    package var isEnded: Bool { [.done, .stopped, .failed].contains(self) }
    /// Whether a worker takes it up by itself.
    var isWork: Bool { !isEnded && self != .asking }
}

/// What became of a row.
package enum StagedOutcome: String, Sendable, CaseIterable {
    case created, updated, unchanged, merged, review, rejected
}

/// What linking proposes for a row that is not known yet.
package enum StagedDecision: String, Sendable, CaseIterable {
    /// It is the twin; they are merged.
    case automatic
    /// A person decides.
    case review
    /// Its id belonged to another innovation until now; a person decides.
    case reused
}

/// How many rows ended how; `open` have not yet.
package struct RunSums: Sendable, Hashable {
    package var outcomes: [StagedOutcome: Int] = [:]
    package var open = 0

    package subscript(outcome: StagedOutcome) -> Int { outcomes[outcome] ?? 0 }
    package var rows: Int { outcomes.values.reduce(open, +) }
    /// Rows that told something new.
    package var fresh: Int { self[.created] + self[.updated] + self[.merged] + self[.review] }
}

/// One delivery of a source.
package struct Run: Sendable, Hashable {
    package let id: Int
    package let source: Int
    package let sourceName: String
    /// The mapping's version; nil until reading begins.
    package let mapping: Int?
    /// The digest of its file; nil until it was fetched, or when nothing had changed.
    package let file: String?
    /// The file's name, or the address.
    package let name: String
    package let state: RunState
    package let at: Instant
    /// The name of who began it.
    package let actor: String
    package let attempts: Int
    /// Rows of the present state that are done, and in all (nil while unknown).
    package let done: Int
    package let total: Int?
    package let doubts: [Doubt]
    /// Who let it go on in spite of doubts.
    package let approvedBy: String?
    /// Records of the source that a complete list did not hold any more.
    package let missing: Int?
    package let endedAt: Instant?
    /// Why it failed, or what to know of its end.
    package let reason: Phrase?
    /// Whether a worker holds it now, and until when.
    package let leaseUntil: Instant?
    package let sums: RunSums
    /// An earlier delivery of the source with the very same file.
    package let sameFileAs: Int?

    /// Whether it waits for a worker longer than one should be gone, at a moment.
    package func isStalled(at now: Instant) -> Bool {
        state.isWork && (leaseUntil.map { $0 < now } ?? false)
    }
}

/// One row of a delivery: as it came, as it was read, and what became of it.
package struct StagedRow: Sendable, Hashable {
    package let run: Int
    /// `TableRow.line`.
    package let line: Int
    package let externalID: String?
    /// The raw row as JSON, column by column, as it came.
    package let content: String
    /// The record it makes, as JSON of `Innovation`; nil when it could not be read.
    package let record: String?
    package let reference: String?
    package let problems: [Problem]
    package let decision: StagedDecision?
    /// The innovation, or the earlier line of this delivery, that it seems to be.
    package let twin: Int?
    package let twinLine: Int?
    package let probability: Double?
    package let weight: Double?
    /// How its likeness to the twin adds up.
    package let steps: [LinkStep]
    package let outcome: StagedOutcome?
    /// The row's own innovation, once it was taken.
    package let innovation: Int?
}

/// One step from the prior to a pair's weight, as it is kept.
package struct LinkStep: Sendable, Hashable, Codable {
    /// The comparison's name, as in `WaterfallStep`.
    package let name: String
    package let level: String
    /// Log2 of the odds it adds.
    package let weight: Double

    package init(name: String, level: String, weight: Double) {
        self.name = name
        self.level = level
        self.weight = weight
    }

    package init(_ step: WaterfallStep) { self.init(name: step.name, level: step.level, weight: step.weight) }

    /// `[{"level":"…","name":"title","weight":3.25}]`, the form of `staged.steps` and `pair.steps`.
    package static func json(_ steps: [LinkStep]) -> String { intakeJSON(steps) }

    /// Reads it back; nothing for a text that is none.
    package static func read(_ json: String?) -> [LinkStep] { intakeValue(json) ?? [] }
}

/// JSON of a value this slice keeps in a column, members sorted.
func intakeJSON(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
}

func intakeValue<T: Decodable>(_ json: String?) -> T? {
    json.flatMap { try? JSONDecoder().decode(T.self, from: Data($0.utf8)) }
}

/// Why a delivery is not begun, stopped or let go on.
package enum RunRefusal: Refusal, Hashable {
    case unknown
    case unknownRow
    /// The source has one under way.
    case underWay(Int)
    case ended
    case notAsking
    case paused
    /// It was begun five times and never got further.
    case gaveUp
    case notModified
    case status(Int)
    case fetch(Phrase)

    package var kind: RefusalKind {
        switch self {
        case .unknown, .unknownRow: .missing
        default: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown: Phrase("Kiriman ini tidak ada.", "There is no such delivery.")
        case .unknownRow: Phrase("Baris ini tidak ada dalam kiriman.", "The delivery has no such row.")
        case .underWay(let run):
            Phrase(
                "Kiriman \(run) dari sumber ini masih berjalan. Tunggu selesai, atau hentikan dulu.",
                "Delivery \(run) of this source is still under way. Wait for its end, or stop it first.")
        case .ended: Phrase("Kiriman ini sudah berakhir.", "This delivery has ended.")
        case .notAsking:
            Phrase("Kiriman ini tidak sedang menunggu keputusan.", "This delivery is not waiting for a decision.")
        case .paused:
            Phrase("Sumber ini sedang dijeda.", "This source is paused.")
        case .gaveUp:
            Phrase(
                "Pemrosesan terputus lima kali di tempat yang sama. Periksa log peladen, lalu proses berkas ini lagi.",
                "It broke off five times at the same place. Look into the server's log, then run the file again.")
        case .notModified:
            Phrase(
                "Data di alamat sumber tidak berubah sejak kiriman terakhir.",
                "The data at the address have not changed since the last delivery.")
        case .status(let status):
            Phrase("Alamat sumber menjawab dengan status \(status).", "The address answered with status \(status).")
        case .fetch(let phrase): phrase
        }
    }
}
