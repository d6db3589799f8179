/// A text as it stands in an XML element or a quoted attribute. Characters that XML 1.0 does not admit are dropped.
func xmlText(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 38: out += "&amp;"
        case 60: out += "&lt;"
        case 62: out += "&gt;"
        case 34: out += "&quot;"
        case 9, 10, 13: out += "&#\(scalar.value);"
        case 0..<32, 0xFFFE, 0xFFFF: break
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out
}
