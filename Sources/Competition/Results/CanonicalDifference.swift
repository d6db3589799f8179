/// One value that two canonical texts hold differently.
package struct CanonicalDifference: Sendable, Hashable {
    /// The way to the value: names, and for an element of a list what identifies it, e.g.
    /// `readings / proposal 3, evaluator 2 / scores / kebaruan`.
    package let path: [String]
    /// What stands there, as JSON; nil where nothing does.
    package let before: String?
    package let after: String?

    package var place: String { path.joined(separator: " / ") }

    /// The proposal that it concerns, where the path names one.
    package var proposal: Int? {
        path.lazy.compactMap { step in
            step.split(separator: ",").first.flatMap { part in
                part.hasPrefix("proposal ") ? Int(part.dropFirst("proposal ".count)) : nil
            }
        }.first
    }
}

extension Canonical {
    /// What identifies an element of a list, the first names first.
    private static let names = ["proposal", "evaluator", "part", "sitting", "plan", "code"]

    /// All that differs from an older text, in the order of the names; lists are followed by what identifies their
    /// elements, else by place.
    package func differences(since older: Canonical) -> [CanonicalDifference] {
        Canonical.compare(older, self, [])
    }

    private static func compare(_ old: Canonical?, _ new: Canonical?, _ path: [String]) -> [CanonicalDifference] {
        guard old != new else { return [] }
        switch (old, new) {
        case (.object(let before), .object(let after)):
            return Set(before.keys).union(after.keys).sorted().flatMap {
                compare(before[$0], after[$0], path + [$0])
            }
        case (.list(let before), .list(let after)):
            let (left, right) = (named(before), named(after))
            let keys = left.map(\.name) + right.map(\.name).filter { name in !left.contains { $0.name == name } }
            let (was, now) = (table(left), table(right))
            return keys.flatMap { compare(was[$0], now[$0], path + [$0]) }
        default: return [CanonicalDifference(path: path, before: old?.json, after: new?.json)]
        }
    }

    private static func table(_ list: [(name: String, value: Canonical)]) -> [String: Canonical] {
        Dictionary(list.map { ($0.name, $0.value) }) { first, _ in first }
    }

    private static func named(_ list: [Canonical]) -> [(name: String, value: Canonical)] {
        list.enumerated().map { place, value in
            let parts = names.compactMap { name -> String? in
                switch value[name] {
                case .whole(let number): "\(name) \(number)"
                case .text(let text): "\(name) \(text)"
                default: nil
                }
            }
            return (parts.isEmpty ? String(place + 1) : parts.joined(separator: ", "), value)
        }
    }
}
