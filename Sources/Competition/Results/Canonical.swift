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
        self = try JSONDecoder().decode(Canonical.self, from: try JSONEncoder().encode(value))
    }

    /// Reads any JSON; throws `DecodingError`.
    package init(json: String) throws {
        self = try JSONDecoder().decode(Canonical.self, from: Data(json.utf8))
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

extension Canonical: Decodable {
    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            var found: [String: Canonical] = [:]
            for key in members.allKeys where try !members.decodeNil(forKey: key) {
                found[key.stringValue] = try members.decode(Canonical.self, forKey: key)
            }
            self = .object(found)
            return
        }
        if var values = try? decoder.unkeyedContainer() {
            var found: [Canonical] = []
            while !values.isAtEnd { found.append(try values.decode(Canonical.self)) }
            self = .list(found)
            return
        }
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let isSo = try? value.decode(Bool.self) {
            self = .flag(isSo)
        } else if let number = try? value.decode(Int.self) {
            self = .whole(number)
        } else {
            let parts = (try value.decode(Double.self) * 10_000).rounded()
            guard parts.magnitude < 9e15 else {
                throw DecodingError.dataCorruptedError(in: value, debugDescription: "a number beyond all scores")
            }
            self = Int(parts) % 10_000 == 0 ? .whole(Int(parts) / 10_000) : .decimal(Int(parts))
        }
    }
}
