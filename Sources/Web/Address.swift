/// An address that is safe in `href` and `src`: http, https, mailto or a path of this site. Escaping alone would let
/// `javascript:` through, so links take this type and nothing else.
package struct Address: Sendable, Hashable {
    package let text: String

    /// Nil for any other scheme, for control characters, and for `//host`.
    package init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(where: { $0 <= 32 || $0 == 127 || $0 == 92 }) else { return nil }
        let lower = text.prefix(8).lowercased()
        guard
            lower.hasPrefix("https://") || lower.hasPrefix("http://") || lower.hasPrefix("mailto:")
                || lower.hasPrefix("#") || lower.hasPrefix("?") || (text.hasPrefix("/") && !text.hasPrefix("//"))
        else { return nil }
        self.text = text
    }

    /// A path of this site; segments and query values are percent-encoded.
    package static func path(_ segments: String..., query: [(String, String)] = [], fragment: String? = nil) -> Address
    {
        var text = segments.map { "/" + percentEncoded($0) }.joined()
        if text.isEmpty { text = "/" }
        if !query.isEmpty {
            text += "?" + query.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
        }
        if let fragment { text += "#" + percentEncoded(fragment) }
        return Address(unchecked: text)
    }

    /// The same address with more query parameters.
    package func adding(_ query: [(String, String)]) -> Address {
        let more = query.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
        return Address(unchecked: text + (text.contains("?") ? "&" : "?") + more)
    }

    /// The same page in a language: English pages live below `/en`. An address that is there already stays.
    package func within(_ prefix: String) -> Address {
        guard text.hasPrefix("/"), !prefix.isEmpty, text != prefix, !text.hasPrefix(prefix + "/") else { return self }
        return Address(unchecked: text == "/" ? prefix : prefix + text)
    }

    private init(unchecked text: String) { self.text = text }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
package func percentEncoded(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126: out.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = Array("0123456789ABCDEF".unicodeScalars)
            out.unicodeScalars.append("%")
            out.unicodeScalars.append(digits[Int(byte >> 4)])
            out.unicodeScalars.append(digits[Int(byte & 15)])
        }
    }
    return out
}
