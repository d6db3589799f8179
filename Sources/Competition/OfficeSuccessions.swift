import Database
import Kernel

/// Which institutions took whose place up to a year: their people act for, and share the quota of, those before them.
struct OfficeSuccessions {
    private let steps: [(institution: String, successor: String)]

    init(at: Instant, _ db: Reader) throws {
        let year = at.day().year
        steps = try db.rows(
            "SELECT institution, successor, year FROM institution_succession ORDER BY institution, successor"
        ) { (try $0.text("institution"), try $0.text("successor"), try $0.intOrNil("year")) }
        .filter { $0.2.map { $0 <= year } ?? true }.map { (institution: $0.0, successor: $0.1) }
    }

    /// The institution itself and all that took its place, nearest first.
    func offices(of institution: String) -> [String] {
        follow([institution]) { code in steps.filter { $0.institution == code }.map(\.successor) }
    }

    /// Institutions themselves and all whose place they took.
    func predecessors(of institutions: [String]) -> [String] {
        follow(institutions) { code in steps.filter { $0.successor == code }.map(\.institution) }
    }

    /// All that ends up in the same offices, which have one quota together.
    func family(of institution: String) -> [String] { predecessors(of: offices(of: institution)) }

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
