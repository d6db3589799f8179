import Foundation

/// Writes rows as CSV (RFC 4180) for people who open it in a spreadsheet: UTF-8 with a byte order mark, CRLF, and no
/// cell that a spreadsheet would run as a formula.
package enum DelimitedText {
    /// Without it Excel takes UTF-8 for the machine's own code page.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Quote, comma, semicolon, tab and the line ends: a cell with one of them is quoted.
    private static let special: [UInt8] = [34, 44, 59, 9, 10, 13]

    /// Adds one row with its line end.
    package static func append(_ cells: some Sequence<Cell>, to out: inout [UInt8]) {
        var first = true
        for cell in cells {
            if !first { out.append(UInt8(ascii: ",")) }
            first = false
            switch cell {
            case .none: break
            case .number(let number): out += String(number).utf8
            case .text(let text): append(text, to: &out)
            }
        }
        out += "\r\n".utf8
    }

    private static func append(_ text: String, to out: inout [UInt8]) {
        let quoted = text.utf8.contains { special.contains($0) }
        if quoted { out.append(34) }
        if isFormula(text) { out.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == 34 { out.append(34) }
            out.append(byte)
        }
        if quoted { out.append(34) }
    }

    /// Whether a spreadsheet may take a text for a formula (OWASP, "CSV Injection"): by its first character, also in
    /// the full-width forms.
    static func isFormula(_ text: String) -> Bool {
        switch text.unicodeScalars.first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
        default: false
        }
    }
}
