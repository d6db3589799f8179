/// Reads JSON from UTF-8 bytes value by value, in the order in which they stand, without building a tree first.
/// A member that is null is passed over, as if it were not there.
struct JSONScanner {
    /// The bytes are not the JSON that was asked for.
    struct Malformed: Error, CustomStringConvertible {
        let place: Int
        var description: String { "malformed JSON at byte \(place)" }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func object(_ member: (inout JSONScanner, String) throws -> Void) throws {
        try open("{")
        guard !take("}") else { return close() }
        repeat {
            let name = try string()
            try expect(":")
            if next == UInt8(ascii: "n") { try skip() } else { try member(&self, name) }
        } while take(",")
        try expect("}")
        close()
    }

    mutating func list<T>(_ item: (inout JSONScanner) throws -> T) throws -> [T] {
        try open("[")
        var items: [T] = []
        guard !take("]") else {
            close()
            return items
        }
        repeat { items.append(try item(&self)) } while take(",")
        try expect("]")
        close()
        return items
    }

    mutating func string() throws -> String {
        try expect("\"")
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") { place += 1 }
        guard place < bytes.count else { throw Malformed(place: place) }
        let plain = UnsafeBufferPointer(rebasing: bytes[start..<place])
        guard bytes[place] == UInt8(ascii: "\\") else {
            place += 1
            return String(decoding: plain, as: UTF8.self)
        }
        return try escaped(after: plain)
    }

    mutating func int() throws -> Int {
        _ = next
        let negative = take("-")
        let start = place
        var value = 0
        while place < bytes.count, (48...57).contains(bytes[place]), place - start < 18 {
            value = value * 10 + Int(bytes[place] - 48)
            place += 1
        }
        guard place > start else { throw Malformed(place: place) }
        return negative ? -value : value
    }

    mutating func bool() throws -> Bool {
        if next == UInt8(ascii: "t") {
            try word("true")
            return true
        }
        try word("false")
        return false
    }

    /// Passes over one value of any kind.
    mutating func skip() throws {
        switch next {
        case UInt8(ascii: "{"): try object { scanner, _ in try scanner.skip() }
        case UInt8(ascii: "["): _ = try list { try $0.skip() }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
        case UInt8(ascii: "n"): try word("null")
        default:
            let start = place
            while place < bytes.count, isNumeric(bytes[place]) { place += 1 }
            guard place > start else { throw Malformed(place: place) }
        }
    }

    /// The next byte that is no space.
    private var next: UInt8? {
        mutating get {
            while place < bytes.count, bytes[place] == 32 || (9...13).contains(bytes[place]) { place += 1 }
            return place < bytes.count ? bytes[place] : nil
        }
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: sign) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ sign: Unicode.Scalar) throws {
        guard take(sign) else { throw Malformed(place: place) }
    }

    private mutating func open(_ sign: Unicode.Scalar) throws {
        depth += 1
        guard depth <= 64 else { throw Malformed(place: place) }
        try expect(sign)
    }

    private mutating func close() { depth -= 1 }

    private mutating func word(_ word: StaticString) throws {
        let end = place + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ $0.elementsEqual(bytes[place..<end]) }) else {
            throw Malformed(place: place)
        }
        place = end
    }

    private mutating func escaped(after plain: UnsafeBufferPointer<UInt8>) throws -> String {
        var out = Array(plain)
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(&out)
            default: out.append(byte)
            }
        }
        throw Malformed(place: place)
    }

    private mutating func escape(_ out: inout [UInt8]) throws {
        guard place < bytes.count else { throw Malformed(place: place) }
        let sign = bytes[place]
        place += 1
        switch sign {
        case UInt8(ascii: "n"): out.append(10)
        case UInt8(ascii: "t"): out.append(9)
        case UInt8(ascii: "r"): out.append(13)
        case UInt8(ascii: "b"): out.append(8)
        case UInt8(ascii: "f"): out.append(12)
        case UInt8(ascii: "u"):
            var unit = try hex()
            if unit & 0xFC00 == 0xD800, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
                bytes[place + 1] == UInt8(ascii: "u")
            {
                place += 2
                unit = 0x10000 + (unit & 0x3FF) << 10 + (try hex() & 0x3FF)
            }
            out += String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8
        default: out.append(sign)
        }
    }

    private mutating func hex() throws -> UInt32 {
        guard place + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
        else { throw Malformed(place: place) }
        place += 4
        return value
    }

    private func isNumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte == 69 || byte == 101
    }
}
