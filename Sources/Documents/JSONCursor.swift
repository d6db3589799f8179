import Foundation

/// A place in JSON text, going forward (RFC 8259). Counts lines for messages.
struct JSONCursor {
    private let buffer: UnsafeRawBufferPointer
    private(set) var place: Int
    private(set) var line: Int

    init(_ buffer: UnsafeRawBufferPointer, at place: Int, line: Int) {
        self.buffer = buffer
        self.place = place
        self.line = line
    }

    /// The next byte that is not space; nil at the end.
    var next: UInt8? {
        mutating get {
            while place < buffer.count {
                switch buffer[place] {
                case 10:
                    line += 1
                    place += 1
                case 32, 9, 13: place += 1
                default: return buffer[place]
                }
            }
            return nil
        }
    }

    mutating func take(_ byte: UInt8) throws {
        guard next == byte else { throw broken }
        place += 1
    }

    /// Goes to the first item of the list that holds the rows: the text's own, or the only list of objects in it.
    mutating func list() throws -> (place: Int, line: Int) {
        if next == UInt8(ascii: "[") {
            place += 1
            return (place, line)
        }
        guard next == UInt8(ascii: "{") else { throw next == nil ? broken : JSONRefusal.notRows }
        var found: (place: Int, line: Int)?
        var several = false
        try members { _, cursor in
            guard cursor.next == UInt8(ascii: "[") else { return try cursor.skip(depth: 1) }
            var inside = cursor
            inside.place += 1
            if inside.next == UInt8(ascii: "{") {
                several = found != nil
                found = (inside.place, inside.line)
            }
            try cursor.skip(depth: 0)
        }
        guard next == nil else { throw broken }
        guard let found, !several else { throw JSONRefusal.notRows }
        return found
    }

    /// Each member of an object; the body goes past its value.
    mutating func members(_ body: (String, inout JSONCursor) throws -> Void) throws {
        try take(UInt8(ascii: "{"))
        if next == UInt8(ascii: "}") {
            place += 1
            return
        }
        while true {
            let name = try string()
            try take(UInt8(ascii: ":"))
            try body(name, &self)
            guard next == UInt8(ascii: ",") else { break }
            place += 1
        }
        try take(UInt8(ascii: "}"))
    }

    /// Goes past a value; true when it was a list of objects.
    mutating func skipsList() throws -> Bool {
        var inside = self
        guard next == UInt8(ascii: "[") else {
            try skip(depth: 1)
            return false
        }
        inside = self
        inside.place += 1
        let isList = inside.next == UInt8(ascii: "{")
        try skip(depth: 0)
        return isList
    }

    /// Hands out the leaves of a value by their path; lists of plain values as one text.
    mutating func flatten(_ path: String, depth: Int, _ leaf: (String, String) -> Void) throws {
        guard depth <= JSONRows.mostDepth else { throw JSONRefusal.tooDeep(line: line) }
        switch next {
        case UInt8(ascii: "{"):
            try members { name, cursor in
                try cursor.flatten(path.isEmpty ? name : "\(path).\(name)", depth: depth + 1, leaf)
            }
        case UInt8(ascii: "["):
            let start = place
            var parts: [String] = []
            var isPlain = true
            try items { cursor in
                switch cursor.next {
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    isPlain = false
                    try cursor.skip(depth: depth + 1)
                default: if let part = try cursor.scalar() { parts.append(part) }
                }
            }
            leaf(path, isPlain ? parts.joined(separator: "; ") : text(start, place))
        default: if let value = try scalar() { leaf(path, value) }
        }
    }

    /// Goes past a value of any kind.
    mutating func skip(depth: Int) throws {
        guard depth <= JSONRows.mostDepth else { throw JSONRefusal.tooDeep(line: line) }
        switch next {
        case UInt8(ascii: "{"): try members { _, cursor in try cursor.skip(depth: depth + 1) }
        case UInt8(ascii: "["): try items { try $0.skip(depth: depth + 1) }
        default: _ = try scalar()
        }
    }

    private mutating func items(_ body: (inout JSONCursor) throws -> Void) throws {
        try take(UInt8(ascii: "["))
        if next == UInt8(ascii: "]") {
            place += 1
            return
        }
        while true {
            try body(&self)
            guard next == UInt8(ascii: ",") else { break }
            place += 1
        }
        try take(UInt8(ascii: "]"))
    }

    /// A text, a number as it is written, ya or tidak; nil for null.
    private mutating func scalar() throws -> String? {
        guard let first = next else { throw broken }
        if first == UInt8(ascii: "\"") { return try string() }
        let start = place
        while place < buffer.count, !Self.ends.contains(buffer[place]) { place += 1 }
        guard place - start <= 400 else { throw broken }
        switch text(start, place) {
        case "true": return "ya"
        case "false": return "tidak"
        case "null": return nil
        case let number:
            guard first == UInt8(ascii: "-") || (48...57).contains(first), Double(number) != nil else { throw broken }
            return number
        }
    }

    private static let ends: Set<UInt8> = [44, 93, 125, 32, 9, 10, 13]

    private mutating func string() throws -> String {
        try take(UInt8(ascii: "\""))
        let start = place
        var isPlain = true
        while place < buffer.count, buffer[place] != 34 {
            // A text may not be broken over lines.
            guard buffer[place] >= 32 else { throw broken }
            if buffer[place] == 92 {
                isPlain = false
                place += 1
            }
            place += 1
        }
        guard place < buffer.count else { throw broken }
        place += 1
        if isPlain { return text(start, place - 1) }
        return try unescaped(start, place - 1)
    }

    private func unescaped(_ start: Int, _ end: Int) throws -> String {
        var out: [UInt8] = []
        var units: [UInt16] = []
        var at = start
        func flush() {
            guard !units.isEmpty else { return }
            out += Array(String(decoding: units, as: UTF16.self).utf8)
            units = []
        }
        while at < end {
            guard buffer[at] == 92 else {
                flush()
                out.append(buffer[at])
                at += 1
                continue
            }
            guard at + 1 < end else { throw broken }
            let code = buffer[at + 1]
            at += 2
            if code == UInt8(ascii: "u") {
                guard at + 4 <= end, let unit = UInt16(text(at, at + 4), radix: 16) else { throw broken }
                units.append(unit)
                at += 4
                continue
            }
            flush()
            guard let plain = Self.escapes[code] else { throw broken }
            out.append(plain)
        }
        flush()
        return String(decoding: out, as: UTF8.self)
    }

    private static let escapes: [UInt8: UInt8] = [
        34: 34, 92: 92, 47: 47, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: buffer[start..<end]), as: UTF8.self)
    }

    private var broken: JSONRefusal { .broken(line: line) }
}
