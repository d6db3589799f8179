import Foundation

/// The head of one part of a multipart form: the field it belongs to, and a file's name when it is a file.
struct PartHead: Equatable {
    let name: String
    /// As sent; nil for a field that is no file.
    let fileName: String?

    /// Nil when the header fields are not those of a part of a form: no name, a name that is no text, a transfer
    /// encoding, another multipart within.
    init?(_ bytes: [UInt8]) {
        var disposition: [UInt8]?
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            let line = line.last == 13 ? line.dropLast() : line
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = line[(colon + 1)...].drop { $0 == 32 || $0 == 9 }
            switch name {
            case "content-disposition":
                guard disposition == nil else { return nil }
                disposition = Array(value)
            case "content-type":
                if String(decoding: value.prefix(10), as: UTF8.self).lowercased() == "multipart/" { return nil }
            case "content-transfer-encoding":
                let plain = ["7bit", "8bit", "binary"]
                guard plain.contains(String(decoding: value, as: UTF8.self).lowercased()) else { return nil }
            default: break
            }
        }
        guard let disposition, let values = PartHead.values(disposition), let name = values.name,
            let text = String(validating: name, as: UTF8.self), !text.isEmpty, !hasForbiddenControl(text),
            !text.contains(where: \.isNewline)
        else { return nil }
        self.name = text
        fileName = values.fileName.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The values of `form-data; name="…"; filename="…"`; nil when it does not read so or says one of them twice.
    private static func values(_ line: [UInt8]) -> (name: [UInt8]?, fileName: [UInt8]?)? {
        let kind = Array("form-data".utf8)
        guard line.count >= kind.count, zip(line, kind).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { return nil }
        var rest = line[kind.count...]
        var found: [String: [UInt8]] = [:]
        while true {
            rest = rest.drop { $0 == 32 || $0 == 9 }
            guard let mark = rest.popFirst() else { break }
            guard mark == UInt8(ascii: ";") else { return nil }
            rest = rest.drop { $0 == 32 || $0 == 9 }
            guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = String(decoding: rest[..<equals], as: UTF8.self).lowercased()
            rest = rest[(equals + 1)...]
            guard found[name] == nil, let value = value(&rest) else { return nil }
            found[name] = value
        }
        return (found["name"], found["filename"])
    }

    private static func value(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { $0 != UInt8(ascii: ";") && $0 != 32 && $0 != 9 }
            rest = rest[value.endIndex...]
            return value.isEmpty ? nil : Array(value)
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return value
            // A quote within is escaped by some; any other backslash is one of a path.
            case UInt8(ascii: "\\") where rest.first == UInt8(ascii: "\""):
                rest = rest.dropFirst()
                value.append(UInt8(ascii: "\""))
            default: value.append(byte)
            }
        }
        return nil
    }
}

/// A file's name as a person gave it, made safe to show: it is text and never part of a path.
///
/// The last component of a path, in composed form, without controls and without marks that turn the direction of text or
/// cannot be seen; at most 150 characters, of which the ending stays; "berkas" when nothing is left.
func shownFileName(_ raw: String) -> String {
    // Browsers write these three so (WHATWG, multipart/form-data encoding).
    let written = raw.replacing("%22", with: "\"").replacing("%0D", with: " ").replacing("%0A", with: " ")
    var seen = String.UnicodeScalarView()
    for scalar in written.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: continue
        default: if scalar != "\u{FFFD}" { seen.append(scalar) }
        }
    }
    let last = String(seen).split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
    var name = last.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if name.allSatisfy({ $0 == "." }) { name = "" }
    if name.unicodeScalars.count > 150 {
        name = String(name.unicodeScalars.prefix(125)) + "…" + String(name.unicodeScalars.suffix(20))
    }
    return name.isEmpty ? "berkas" : name
}
