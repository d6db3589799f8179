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

/// Sets the parts of a text that are written in capitals in title case, keeping acronyms. A part ends at a bracket or
/// a colon; a single word, as in `… (UPIK)` or `SISPEDAP: …`, is taken for an acronym and kept.
package func titleCased(_ text: String) -> String {
    if isPlainlyCased(text) { return text }
    var out = ""
    var part = ""
    for character in text {
        part.append(character)
        if character == ":" || character == "(" || character == ")" {
            out += casedPart(part)
            part = ""
        }
    }
    return out + casedPart(part)
}

/// Whether the bytes alone tell that no part of a text is written in capitals, as they do for most.
private func isPlainlyCased(_ text: String) -> Bool {
    var (letters, capitals, words) = (0, 0, 0)
    var inWord = false
    for byte in text.utf8 {
        switch byte {
        case 65...90, 97...122:
            letters += 1
            if byte < 97 { capitals += 1 }
            if !inWord { words += 1 }
            inWord = true
        case 48...57, UInt8(ascii: "'"):
            if !inWord { words += 1 }
            inWord = true
        case UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"):
            if words > 1, capitals * 10 >= letters * 8 { return false }
            (letters, capitals, words, inWord) = (0, 0, 0, false)
        case 128...: return false
        default: inWord = false
        }
    }
    return words < 2 || capitals * 10 < letters * 8
}

private func casedPart(_ part: String) -> String {
    let letters = part.filter(\.isLetter)
    let capitals = letters.count(where: \.isUppercase)
    let words = part.split { !$0.isLetter && !$0.isNumber && $0 != "'" }
    guard words.count > 1, capitals * 10 >= letters.count * 8 else { return part }
    var out = ""
    var word = ""
    var first = true
    func close() {
        guard !word.isEmpty else { return }
        out += cased(word, first: first)
        first = false
        word = ""
    }
    for character in part {
        if character.isLetter || character.isNumber || character == "'" {
            word.append(character)
        } else {
            close()
            out.append(character)
        }
    }
    close()
    return out
}

private func cased(_ word: String, first: Bool) -> String {
    let lower = word.lowercased()
    if acronyms.contains(word.uppercased()) || word.contains(where: \.isNumber) { return word }
    if !first, smallWords.contains(lower) { return lower }
    if word.count > 1, !lower.contains(where: { "aiueoy".contains($0) }) { return word }
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
    "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "AKI", "AKB", "ASI", "UGD", "IGD", "ICU", "USG", "SOP",
    "DIY", "DKI", "NTB", "NTT", "RI",
]
