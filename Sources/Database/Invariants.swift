import Kernel

extension Database {
    /// What an invariant found: its name and some of the rows that break it.
    package struct Violation: Sendable, Hashable {
        package let invariant: String
        package let rows: [String]
    }

    /// Runs every invariant of every slice; an empty answer is the good one.
    package func check() async throws -> [Violation] {
        let invariants = slices.flatMap(\.invariants)
        return try await read { db in
            try invariants.compactMap { invariant in
                let rows = try invariant.broken(db)
                return rows.isEmpty ? nil : Violation(invariant: invariant.name, rows: rows)
            }
        }
    }
}
