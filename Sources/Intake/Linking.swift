import Directory
import Kernel
import Linkage
import Text

/// Which rows of a delivery are a record that is known, or an earlier row of it: the rules around the model.
enum Linking {
    /// A row that is not known yet.
    struct NewRow: Sendable {
        let line: Int
        let innovation: Innovation
    }

    /// A row whose id is known and whose title is another one than before.
    struct Renamed: Sendable {
        let line: Int
        /// The record that the id stood for, and what was stated of it.
        let record: Int
        let before: Innovation
        let now: Innovation
    }

    /// The likest record of a row.
    struct Twin: Sendable, Hashable {
        let line: Int
        /// A record of the directory, or an earlier line.
        let record: Int?
        let earlier: Int?
        let probability: Double
        let weight: Double
        let steps: [LinkStep]
        let decision: StagedDecision
    }

    /// Compares new rows with all records and with one another, and renamed ones with what their id stood for.
    ///
    /// - Returns: for each row that has one, its likest twin at or above the model's threshold for review, and each
    ///   renamed row that is below it as `reused`; by line.
    static func twins(
        of rows: [NewRow], renamed: [Renamed], among directory: [LinkageRecord], _ model: LinkageModel
    ) throws -> [Twin] {
        let first = directory.count
        var records = directory
        records += rows.map { LinkageRecords.record(of: $0.innovation, id: "@\($0.line)") }
        records += renamed.flatMap {
            [
                LinkageRecords.record(of: $0.before, id: "<\($0.line)"),
                LinkageRecords.record(of: $0.now, id: ">\($0.line)"),
            ]
        }
        guard records.count >= 2 else { return [] }
        let telling = records.map { isTelling($0.fields["title"] ?? "") }
        let scorer = Scorer(model, try LinkageTable(records, model: model, known: model.fields))
        var best: [(other: Int, score: LinkageScore)?] = Array(repeating: nil, count: rows.count)
        let new = first..<(first + rows.count)
        scorer.pairs(of: Set(new)) { i, j, score in
            // i comes before j in the table, so that j is new wherever i is; old and new states of renamed rows are not
            // candidates.
            guard score.decision != .none, new.contains(j) else { return }
            if let held = best[j - first], !isBetter((i, score), held, directory: first) { return }
            best[j - first] = (i, score)
        }
        var found: [Twin] = []
        for (place, best) in best.enumerated() {
            guard let best else { continue }
            let (i, j) = (best.other, first + place)
            let isSure = best.score.decision == .automatic && telling[i] && telling[j]
            found.append(
                Twin(
                    line: rows[place].line, record: i < first ? Int(directory[i].id) : nil,
                    earlier: i < first ? nil : rows[i - first].line, probability: best.score.probability,
                    weight: best.score.weight, steps: scorer.waterfall(i, j).map { LinkStep($0) },
                    decision: isSure ? .automatic : .review))
        }
        for (place, row) in renamed.enumerated() {
            let i = first + rows.count + 2 * place
            let score = scorer.score(i, i + 1)
            guard score.decision == .none else { continue }
            found.append(
                Twin(
                    line: row.line, record: row.record, earlier: nil, probability: score.probability,
                    weight: score.weight, steps: scorer.waterfall(i, i + 1).map { LinkStep($0) }, decision: .reused))
        }
        return found.sorted { $0.line < $1.line }
    }

    /// Whether a title says enough for a machine to decide by: four letters or digits at least, so neither one letter
    /// nor an emoji.
    static func isTelling(_ title: String) -> Bool { fold(title).count { $0 != " " } >= 4 }

    /// The heavier pair; of equal ones a record of the directory before an earlier row, then the older.
    private static func isBetter(
        _ a: (other: Int, score: LinkageScore), _ b: (other: Int, score: LinkageScore), directory: Int
    ) -> Bool {
        a.score.weight != b.score.weight ? a.score.weight > b.score.weight : a.other < b.other
    }
}
