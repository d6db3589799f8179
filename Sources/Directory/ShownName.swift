import Kernel

/// A record's name as the screen shows it: what people call it and what that stands for. Names that a source gives
/// in capitals are set in title case; the source's own spelling stays in the provenance.
package struct ShownName: Sendable, Hashable {
    package let name: String
    package let stands: String?

    package init(name: String, stands: String?) {
        self.name = name
        self.stands = stands
    }

    package init(_ innovation: Innovation) {
        guard let short = innovation.shortName, let expansion = innovation.expansion else {
            self.init(name: titleCased(innovation.title), stands: nil)
            return
        }
        let single = !short.contains(" ")
        self.init(name: single ? short : titleCased(short), stands: titleCased(expansion))
    }
}

/// Sets a text written mainly in capitals in title case, keeping acronyms; any other text is returned as it is.
package func titleCased(_ text: String) -> String {
    let letters = text.unicodeScalars.filter { $0.properties.isAlphabetic }
    let capitals = letters.count { $0.properties.isUppercase }
    guard letters.count > 5, capitals * 10 >= letters.count * 8 else { return text }
    var out = ""
    var word = ""
    var first = true
    func close() {
        guard !word.isEmpty else { return }
        out += cased(word, first: first, alone: out.hasSuffix("("))
        first = false
        word = ""
    }
    for character in text {
        if character.isLetter || character.isNumber || character == "'" {
            word.append(character)
        } else {
            close()
            if character == ":" || character == "(" { first = true }
            out.append(character)
        }
    }
    close()
    return keepingParenthesised(out, from: text)
}

/// A single word in brackets, as in `… (UPIK)`, is an acronym and keeps its capitals.
private func keepingParenthesised(_ cased: String, from original: String) -> String {
    var out = cased
    for match in original.matches(of: /\(([A-Z0-9-]{2,10})\)/) {
        let start = original.distance(from: original.startIndex, to: match.range.lowerBound)
        let length = match.output.0.count
        let from = out.index(out.startIndex, offsetBy: start)
        out.replaceSubrange(from..<out.index(from, offsetBy: length), with: match.output.0)
    }
    return out
}

private func cased(_ word: String, first: Bool, alone: Bool) -> String {
    let lower = word.lowercased()
    if acronyms.contains(word.uppercased()) || word.contains(where: \.isNumber) { return word }
    if !first, smallWords.contains(lower) { return lower }
    let vowels = lower.contains { "aiueoy".contains($0) }
    if word.count > 1, !vowels { return word }
    return lower.prefix(1).uppercased() + lower.dropFirst()
}

private let smallWords: Set<String> = [
    "dan", "di", "ke", "dari", "untuk", "yang", "dengan", "pada", "oleh", "dalam", "bagi", "atau", "secara", "melalui",
    "the", "of", "for", "and", "in", "to", "a",
]

private let acronyms: Set<String> = [
    "KTP", "KK", "KIA", "SIM", "SKCK", "UMKM", "UKM", "IKM", "RSUD", "RSU", "RS", "BPJS", "JKN", "PKK", "PNS", "ASN",
    "SKPD", "OPD", "TIK", "IT", "ICT", "GIS", "SMS", "PBB", "BPHTB", "IMB", "PTSP", "OSS", "BUMD", "BUMN", "BPKP",
    "LAN", "ATM", "CCTV", "PDAM", "HIV", "AIDS", "TB", "TBC", "DBD", "KB", "KDRT", "ABK", "SLB", "SD", "SMP", "SMA",
    "SMK", "PAUD", "TK", "RT", "RW", "UPT", "UPTD", "APBD", "APBN", "DPA", "LPSE", "ULP", "PLN", "TNI", "POLRI",
    "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "AKI", "AKB", "ASI", "UGD", "IGD", "ICU", "USG", "SOP", "WEB",
    "DIY", "DKI", "NTB", "NTT", "RI",
]
