/// The addresses whose bodies may have another size than all others, known before a request is routed.
struct BodyLimits: Sendable {
    /// `{name}` stands for any one part of a path.
    private var entries: [(pattern: [Substring], limit: Int)] = []

    /// `pattern` as a route is written; `limit` in bytes.
    mutating func set(_ limit: Int, at pattern: String) {
        entries.append((Array(Substring(pattern).split(separator: "/")), limit))
    }

    /// The limit of a target (path and query as sent); nil where the usual one holds.
    func limit(at target: String) -> Int? {
        guard !entries.isEmpty else { return nil }
        let parts = target.prefix { $0 != "?" }.split(separator: "/")
        return entries.first { entry in
            entry.pattern.count == parts.count
                && zip(entry.pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }?.limit
    }
}
