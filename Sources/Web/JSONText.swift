/// A string as a JSON string, quotes included.
package func jsonQuoted(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count + 2)
    appendJSON(text, to: &out)
    return String(decoding: out, as: UTF8.self)
}

/// Appends a string as a JSON string, quotes included.
package func appendJSON(_ text: String, to out: inout [UInt8]) {
    var text = text
    out.append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
        // Copied in stretches: few bytes need an escape.
        var start = 0
        for (place, byte) in bytes.enumerated() where needsEscape[Int(byte)] {
            out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<place]))
            start = place + 1
            out.append(UInt8(ascii: "\\"))
            guard byte < 32 || byte == 127 else {
                out.append(byte)
                continue
            }
            out.append(contentsOf: "u00".utf8)
            out.append(hexDigit(byte >> 4))
            out.append(hexDigit(byte & 15))
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
    out.append(UInt8(ascii: "\""))
}

private let needsEscape = (0..<256).map { $0 < 32 || $0 == 127 || $0 == 34 || $0 == 92 }

/// The lower-case hexadecimal digit of 0 to 15.
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
