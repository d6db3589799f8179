/// Reads `Accept` and `Accept-Encoding` (RFC 9110, 12.5): names with weights, where `q=0` means never.
enum Acceptance {
    /// Whether a client that sent this `Accept-Encoding` takes gzip. Absent means it does not.
    static func gzip(_ header: String?) -> Bool {
        guard let header, !header.isEmpty else { return false }
        var star = false
        var named: Bool?
        for (name, weight) in entries(header) {
            if name == "gzip" || name == "x-gzip" { named = weight > 0 }
            if name == "*" { star = weight > 0 }
        }
        return named ?? star
    }

    /// The weight (0 to 1) of a media type for a client that sent this `Accept`; 1 when it sent none.
    static func weight(of type: String, in header: String?) -> Double {
        guard let header, !header.isEmpty else { return 1 }
        let family = type.prefix { $0 != "/" } + "/*"
        var best = (precision: 0, weight: 0.0)
        for (name, weight) in entries(header) {
            let precision = name == type ? 3 : name == family ? 2 : name == "*/*" ? 1 : 0
            if precision > best.precision { best = (precision, weight) }
        }
        return best.weight
    }

    /// The language a client prefers of the two; nil when it names neither.
    static func language(_ header: String?) -> String? {
        guard let header else { return nil }
        var best: (name: String, weight: Double)?
        for (name, weight) in entries(header) {
            let tag = String(name.prefix { $0 != "-" })
            if tag == "id" || tag == "en", weight > (best?.weight ?? 0) { best = (tag, weight) }
        }
        return best?.name
    }

    private static func entries(_ header: String) -> [(name: String, weight: Double)] {
        header.split(separator: ",").prefix(32).map { entry in
            let parts = entry.split(separator: ";", omittingEmptySubsequences: false)
            var weight = 1.0
            for part in parts.dropFirst() {
                let part = part.filter { $0 != " " && $0 != "\t" }.lowercased()
                if part.hasPrefix("q=") { weight = Double(part.dropFirst(2)) ?? 0 }
            }
            return (parts.first.map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() } ?? "", weight)
        }
    }
}
