import Kernel

/// A piece of HTML. An interpolated value is escaped unless it is `HTML` or `Address` itself.
///
///     let row: HTML = "<li><a href=\"\(address)\">\(title)</a></li>"
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package init(stringLiteral value: String) { text = value }
    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
    private init(raw: String) { text = raw }

    package static let empty = HTML(raw: "")

    package static func + (a: HTML, b: HTML) -> HTML { HTML(raw: a.text + b.text) }
    package static func += (a: inout HTML, b: HTML) { a.text += b.text }

    package struct StringInterpolation: StringInterpolationProtocol {
        var text: String

        package init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ html: HTML) { text += html.text }
        package mutating func appendInterpolation(_ html: HTML?) { if let html { text += html.text } }
        package mutating func appendInterpolation(_ list: [HTML]) { for html in list { text += html.text } }
        package mutating func appendInterpolation(_ address: Address) { escape(address.text, into: &text) }
        package mutating func appendInterpolation(_ number: Int) { text += String(number) }
        // Without this attribute `\(on ? "<b>ya</b>" : "")` would be taken for a String and escaped.
        @_disfavoredOverload
        package mutating func appendInterpolation(_ string: String) { escape(string, into: &text) }
    }
}

extension Sequence {
    /// The pieces made from each element, one after another.
    package func html(_ piece: (Element) -> HTML) -> HTML {
        var out = HTML.empty
        for element in self { out += piece(element) }
        return out
    }
}

/// The piece made from a value that may be missing; nothing when it is.
package func html<T>(_ value: T?, _ piece: (T) -> HTML) -> HTML {
    value.map(piece) ?? .empty
}

private func escape(_ string: String, into out: inout String) {
    var string = string
    let plain = string.withUTF8 { bytes in
        !bytes.contains { $0 == 38 || $0 == 60 || $0 == 62 || $0 == 34 || $0 == 39 || $0 < 32 }
    }
    if plain {
        out += string
        return
    }
    for scalar in string.unicodeScalars {
        switch scalar {
        case "&": out += "&amp;"
        case "<": out += "&lt;"
        case ">": out += "&gt;"
        case "\"": out += "&quot;"
        case "'": out += "&#39;"
        case "\n", "\t", "\r": out.unicodeScalars.append(scalar)
        default: out.unicodeScalars.append(scalar.value < 32 ? "\u{FFFD}" : scalar)
        }
    }
}
