import Foundation
import Kernel

/// What was put before a sitting: words, and the figures as they stood when they were taken. They advise and decide
/// nothing.
package struct Advice: Sendable, Hashable, Codable {
    package struct Line: Sendable, Hashable, Codable {
        package let proposal: Int
        package var reads: Int
        /// The mean of the reads, 0 to 100, and the same with severity taken out and its standard deviation.
        package var raw: Double?
        package var calibrated: Double?
        package var deviation: Double?
        /// The chances of the passing grade and of a place.
        package var passing: Double?
        package var top: Double?
        package var doubt: String?
        /// The panel's weighted mean, 0 to 100.
        package var panel: Double?

        package init(
            proposal: Int, reads: Int = 0, raw: Double? = nil, calibrated: Double? = nil, deviation: Double? = nil,
            passing: Double? = nil, top: Double? = nil, doubt: String? = nil, panel: Double? = nil
        ) {
            (self.proposal, self.reads, self.raw, self.calibrated) = (proposal, reads, raw, calibrated)
            (self.deviation, self.passing, self.top) = (deviation, passing, top)
            (self.doubt, self.panel) = (doubt, panel)
        }
    }

    package var words: String
    /// When the figures were taken; nil before.
    package var takenAt: Instant?
    package var lines: [Line]

    package init(words: String, takenAt: Instant? = nil, lines: [Line] = []) {
        (self.words, self.takenAt, self.lines) = (words, takenAt, lines)
    }

    /// The proposals in the order that the figures advise, best first: for awards by the panel, and those that it did not
    /// score whole after all that it did; else by the calibrated score, and where there is none by the raw one; the
    /// smaller number first among equals.
    package func order(for subject: Sitting.Subject) -> [Int] {
        func isHeard(_ line: Line) -> Bool { subject == .awards && line.panel != nil }
        func key(_ line: Line) -> Double? { isHeard(line) ? line.panel : line.calibrated ?? line.raw }
        return lines.filter { key($0) != nil }.sorted { a, b in
            // The panel's scale is not the reads'.
            guard isHeard(a) == isHeard(b) else { return isHeard(a) }
            let (x, y) = (key(a) ?? 0, key(b) ?? 0)
            return x == y ? a.proposal < b.proposal : x > y
        }.map(\.proposal)
    }

    /// The same without those below a grade: what may be suggested as finalists.
    package func order(for subject: Sitting.Subject, passing grade: Int?) -> [Int] {
        guard let grade, subject == .finalists else { return order(for: subject) }
        let score = Dictionary(lines.map { ($0.proposal, $0.calibrated ?? $0.raw ?? 0) }) { first, _ in first }
        return order(for: subject).filter { score[$0] ?? 0 >= Double(grade) }
    }

    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    package init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }
}
