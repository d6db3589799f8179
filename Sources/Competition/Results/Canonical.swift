import Foundation

/// JSON in the one way there is to write it, so that equal facts are equal bytes on every machine: keys in the order of
/// their UTF-8, no white space, decimals with at most four places, nothing that is missing (after RFC 8785).
package indirect enum Canonical: Sendable, Hashable {
    case object([String: Canonical])
    case list([Canonical])
    case text(String)
    case whole(Int)
    /// Ten-thousandths.
    case decimal(Int)
    case flag(Bool)

    /// Any value by its own coding; throws `EncodingError`.
    package init(_ value: some Encodable) throws {
        try self.init(json: String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
    }

    /// Reads any JSON but `null`; throws `CanonicalReader.Fault`.
    package init(json: String) throws {
        var reader = CanonicalReader(json)
        guard let value = try reader.read() else { throw CanonicalReader.Fault.unexpected(at: 0) }
        self = value
    }

    package var json: String {
        var out = ""
        write(to: &out)
        return out
    }

    package subscript(key: String) -> Canonical? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    package var string: String? { if case .text(let text) = self { text } else { nil } }

    private func write(to out: inout String) {
        switch self {
        case .object(let members):
            out += "{"
            for (place, key) in members.keys.sorted(by: Canonical.ordered).enumerated() {
                if place > 0 { out += "," }
                Canonical.quote(key, to: &out)
                out += ":"
                members[key]?.write(to: &out)
            }
            out += "}"
        case .list(let values):
            out += "["
            for (place, value) in values.enumerated() {
                if place > 0 { out += "," }
                value.write(to: &out)
            }
            out += "]"
        case .text(let text): Canonical.quote(text, to: &out)
        case .whole(let number): out += String(number)
        case .decimal(let parts): out += Canonical.digits(parts)
        case .flag(let isSo): out += isSo ? "true" : "false"
        }
    }

    private static func ordered(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

    /// Ten-thousandths as the shortest decimal: 812500 is 81.25, 30000 is 3.
    static func digits(_ parts: Int) -> String {
        let size = parts.magnitude
        var rest = String(size % 10_000 + 10_000).dropFirst()
        while rest.hasSuffix("0") { rest = rest.dropLast() }
        return (parts < 0 ? "-" : "") + String(size / 10_000) + (rest.isEmpty ? "" : "." + rest)
    }

    private static func quote(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            default:
                guard scalar.value < 32 else {
                    out.unicodeScalars.append(scalar)
                    continue
                }
                out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            }
        }
        out += "\""
    }
}
