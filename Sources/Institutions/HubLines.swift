import Kernel

extension HubDesignation {
    /// The designation as pages show it: a decree, or a remark where a source reports something less.
    package func line(_ register: Register) -> HubLine {
        let words = decree.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
        let isDecree = words.hasPrefix("Kepmen")
        let byThen = words.hasPrefix("paling lambat")
        let institution = register.institution(institution)
        return HubLine(
            name: register.region(institution?.region).flatMap { institution?.kind == .province ? $0.name : nil }
                ?? institution?.name ?? self.institution,
            code: self.institution, year: year ?? words.split(separator: " ").last.flatMap { Int($0) } ?? 0,
            byThen: byThen, decree: isDecree ? words : nil, remark: isDecree || byThen ? nil : remark(words),
            source: source)
    }

    private func remark(_ words: String) -> Phrase {
        words.hasPrefix("komitmen")
            ? Phrase("menyatakan komitmen, 14 Maret 2023", "stated its commitment, 14 March 2023")
            : words.hasPrefix("announced")
                ? Phrase("diumumkan 8 Oktober 2024", "announced 8 October 2024") : Phrase(words, words)
    }
}
