/// Which institutions took whose place, up to a year.
package struct Successors: Sendable {
    private let successors: [String: [String]]

    /// - Parameter steps: an institution, the one that took its place, and the year if known.
    package init(_ steps: [(institution: String, successor: String, year: Int?)], until year: Int) {
        var found: [String: [String]] = [:]
        for step in steps where step.year.map({ $0 <= year }) ?? true {
            found[step.institution, default: []].append(step.successor)
        }
        successors = found
    }

    /// The institution itself and all that took its place, also in turn; nearest first.
    package func offices(of institution: String) -> [String] { follow([institution]) { successors[$0] ?? [] } }

    /// The institution itself and all whose place it took.
    package func predecessors(of institution: String) -> [String] { predecessors(of: [institution]) }

    /// Institutions themselves and all whose place they took.
    package func predecessors(of institutions: [String]) -> [String] {
        follow(institutions) { code in successors.filter { $0.value.contains(code) }.map(\.key).sorted() }
    }

    /// All that ends up in the same offices.
    package func family(of institution: String) -> [String] { predecessors(of: offices(of: institution)) }

    private func follow(_ start: [String], _ next: (String) -> [String]) -> [String] {
        var found = start
        var at = 0
        while at < found.count {
            for code in next(found[at]) where !found.contains(code) { found.append(code) }
            at += 1
        }
        return found
    }
}
