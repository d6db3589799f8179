extension Language {
    /// A whole number with the language's thousands separator: `2.928` or `2,928`.
    package func number(_ n: Int) -> String {
        let digits = String(n.magnitude)
        var out = n < 0 ? "−" : ""
        for (i, c) in digits.enumerated() {
            if i > 0, (digits.count - i) % 3 == 0 { out += self == .indonesian ? "." : "," }
            out.append(c)
        }
        return out
    }
}
