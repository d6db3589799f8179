import Kernel

/// How many proposals of an edition came how far, as far as that is public.
package struct Funnel: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable, CaseIterable, Comparable {
        case registered, submitted, passed, finalists, awarded

        package var name: Phrase {
            switch self {
            case .registered: Phrase("Terdaftar", "Registered")
            case .submitted: Phrase("Terkirim", "Submitted")
            case .passed: Phrase("Lulus administrasi", "Passed the administrative check")
            case .finalists: Phrase("Finalis", "Finalists")
            case .awarded: Phrase("Penghargaan", "Awarded")
            }
        }

        private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        package static func < (a: Self, b: Self) -> Bool { a.place < b.place }
    }

    /// One proposal that was handed to its agency.
    package struct Entry: Sendable, Hashable {
        package let institution: String
        package let group: String?
        package let category: String?
        /// The stages it is known to have reached, public ones only.
        package let reached: Set<Stage>
    }

    /// One row of a table: what shares a value, and how many of it reached each stage.
    package struct Row: Sendable, Hashable {
        /// Nil where the value is not known.
        package let code: String?
        package let counts: [Stage: Int]
    }

    /// The stages that are public, in their order.
    package let stages: [Stage]
    package let entries: [Entry]

    package init(stages: [Stage], entries: [Entry]) {
        self.stages = stages.sorted()
        self.entries = entries
    }

    package func count(_ stage: Stage) -> Int { entries.count { $0.reached.contains(stage) } }

    /// Rows by a value of each proposal, the most registered first, unknown last: every proposal is in exactly one row, so
    /// the rows of a table add up to the whole.
    package func rows(_ value: (Entry) -> String?) -> [Row] {
        Dictionary(grouping: entries, by: value).map { code, own in
            Row(
                code: code,
                counts: Dictionary(
                    uniqueKeysWithValues: stages.map { stage in (stage, own.count { $0.reached.contains(stage) }) }))
        }.sorted { a, b in
            if (a.code == nil) != (b.code == nil) { return b.code == nil }
            let (left, right) = (a.counts[.registered] ?? 0, b.counts[.registered] ?? 0)
            return left != right ? left > right : (a.code ?? "") < (b.code ?? "")
        }
    }
}
