import Foundation

/// A file's name is text that a person typed: shown and sent, never a path.
package enum FileName {
    private static let longest = 200

    /// The last part of a name without anything that cannot be seen: no folders, control characters, NULs or marks that
    /// turn the direction of writing; at most 200 bytes of UTF-8; never empty.
    package static func safe(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned: continue
            case .lineSeparator, .paragraphSeparator, .spaceSeparator: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        var text = String(scalars).trimmingCharacters(in: .whitespaces)
        while text.hasPrefix(".") { text.removeFirst() }
        text = cut(text)
        return text.isEmpty ? "berkas" : text
    }

    /// A name to save under: safe, and with an ending that tells what the file is.
    package static func safe(_ name: String, type: String) -> String {
        let text = safe(name)
        let endings = FileType(rawValue: type)?.endings ?? []
        let lower = text.lowercased()
        guard let usual = endings.first, !endings.contains(where: { lower.hasSuffix("." + $0) }) else { return text }
        return text + "." + usual
    }

    /// The value of Content-Disposition, with the name in ASCII and, as RFC 6266 and RFC 5987 say, in UTF-8.
    package static func disposition(_ name: String, type: String, inline: Bool = false) -> String {
        let name = safe(name, type: type)
        let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._".utf8)
        let ascii = String(
            decoding: name.unicodeScalars.map { scalar in
                scalar.isASCII && (kept.contains(UInt8(scalar.value)) || scalar == " ")
                    ? UInt8(scalar.value) : UInt8(ascii: "_")
            }, as: UTF8.self)
        let encoded = name.utf8.map { byte in
            kept.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
        return "\(inline ? "inline" : "attachment"); filename=\"\(ascii)\"; filename*=UTF-8''\(encoded)"
    }

    /// Cut at the front of its ending, so that a long name keeps it.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        let dot = text.lastIndex(of: ".").map { text[$0...] } ?? ""
        let ending = dot.utf8.count <= 10 ? String(dot) : ""
        var stem = text.dropLast(ending.count)
        while stem.utf8.count + ending.utf8.count > longest { stem.removeLast() }
        return stem + ending
    }
}
