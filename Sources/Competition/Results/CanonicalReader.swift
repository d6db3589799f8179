import Foundation

/// Reads JSON text (RFC 8259), at most 100 levels deep.
struct CanonicalReader {
    enum Fault: Error, Hashable {
        /// The first byte that does not belong there.
        case unexpected(at: Int)
        case tooDeep
        /// A number beyond all scores.
        case tooLarge
    }

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The one value that the text is.
    mutating func read() throws -> Canonical? {
        let value = try value()
        skip()
        guard place == bytes.count else { throw Fault.unexpected(at: place) }
        return value
    }

    /// Nil for `null`.
    private mutating func value() throws -> Canonical? {
        skip()
        guard place < bytes.count else { throw Fault.unexpected(at: place) }
        switch bytes[place] {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .list(try elements())
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"):
            try word("true")
            return .flag(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .flag(false)
        case UInt8(ascii: "n"):
            try word("null")
            return nil
        default: return try number()
        }
    }

    private mutating func members() throws -> [String: Canonical] {
        var found: [String: Canonical] = [:]
        try list(closedBy: UInt8(ascii: "}")) { reader in
            reader.skip()
            let name = try reader.text()
            reader.skip()
            try reader.word(":")
            if let value = try reader.value() { found[name] = value }
        }
        return found
    }

    private mutating func elements() throws -> [Canonical] {
        var found: [Canonical] = []
        try list(closedBy: UInt8(ascii: "]")) { reader in
            // Nothing is missing in a canonical list.
            guard let value = try reader.value() else { throw Fault.unexpected(at: reader.place) }
            found.append(value)
        }
        return found
    }

    private mutating func list(closedBy end: UInt8, _ element: (inout Self) throws -> Void) throws {
        depth += 1
        guard depth <= 100 else { throw Fault.tooDeep }
        defer { depth -= 1 }
        place += 1
        skip()
        if place < bytes.count, bytes[place] == end {
            place += 1
            return
        }
        while true {
            try element(&self)
            skip()
            guard place < bytes.count, bytes[place] == end || bytes[place] == UInt8(ascii: ",") else {
                throw Fault.unexpected(at: place)
            }
            place += 1
            if bytes[place - 1] == end { return }
        }
    }

    private mutating func text() throws -> String {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw Fault.unexpected(at: place) }
        let start = place
        place += 1
        var isPlain = true
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            if bytes[place] == UInt8(ascii: "\\") {
                isPlain = false
                place += 1
            }
            place += 1
        }
        guard place < bytes.count else { throw Fault.unexpected(at: place) }
        place += 1
        let inner = bytes[start + 1..<place - 1]
        if isPlain { return String(decoding: inner, as: UTF8.self) }
        // Escapes are few: the library reads them.
        guard let read = try? JSONDecoder().decode([String].self, from: Data([91] + bytes[start..<place] + [93])),
            let text = read.first
        else { throw Fault.unexpected(at: start) }
        return text
    }

    private mutating func number() throws -> Canonical {
        let start = place
        while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if let whole = Int(text) { return .whole(whole) }
        guard let value = Double(text) else { throw Fault.unexpected(at: start) }
        let parts = (value * 10_000).rounded()
        guard parts.magnitude < 9e15 else { throw Fault.tooLarge }
        return Int(parts) % 10_000 == 0 ? .whole(Int(parts) / 10_000) : .decimal(Int(parts))
    }

    private mutating func word(_ word: String) throws {
        guard bytes[place...].starts(with: word.utf8) else { throw Fault.unexpected(at: place) }
        place += word.utf8.count
    }

    private mutating func skip() {
        while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
    }
}
