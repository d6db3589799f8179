import Foundation
import Kernel

/// Why JSON is not read as rows.
package enum JSONRefusal: Refusal, Hashable {
    /// Not JSON on this line.
    case broken(line: Int)
    /// Neither a list of objects, nor an object with one such list, nor objects line by line.
    case notRows
    case tooDeep(line: Int)
    /// An object of more than a megabyte.
    case long(line: Int)

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .broken(let line):
            Phrase(
                "JSON rusak pada baris \(line). Periksa tanda kutip, koma, dan kurung di sekitar baris itu.",
                "The JSON is broken on line \(line). Check quotes, commas and brackets around it.")
        case .notRows:
            Phrase(
                "JSON ini bukan daftar data. Kirim daftar objek, objek dengan satu daftar, atau satu objek per baris.",
                "This JSON is no list. Send a list of objects, an object with one list, or one object a line.")
        case .tooDeep(let line):
            Phrase(
                "JSON pada baris \(line) bersarang lebih dari \(JSONRows.mostDepth) tingkat.",
                "The JSON on line \(line) is nested deeper than \(JSONRows.mostDepth) levels.")
        case .long(let line):
            Phrase(
                "Satu data pada baris \(line) lebih dari 1 MB.", "One object on line \(line) is larger than 1 MB.")
        }
    }
}

/// Objects of a JSON file one by one, flattened to names and texts: `{"a":{"b":1},"c":["x","y"]}` is `a.b` 1 and `c`
/// `x; y`. The file is a list of objects, an object with one list of objects, or objects one after another.
package struct JSONRows: Sendable {
    package struct Row: Sendable, Hashable {
        package struct Member: Sendable, Hashable {
            package let name: String
            package let value: String
        }

        /// The place in a list, or the line in JSON Lines, from 1.
        package let number: Int
        package let members: [Member]
    }

    package static let mostDepth = 8
    package static let mostBytes = 1 << 20

    private let bytes: Data
    private let isLines: Bool
    /// Whether the list of rows is the whole text.
    private let isWhole: Bool
    private var place: Int
    private var line: Int
    private var count = 0
    private var isEnded = false

    /// Throws `JSONRefusal`.
    package init(_ bytes: Data) throws {
        self.bytes = bytes
        isLines = Self.isLines(bytes)
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard !isLines else {
            (place, line, isWhole) = (start, 1, false)
            return
        }
        (place, line, isWhole) = try bytes.withUnsafeBytes { buffer in
            var text = JSONCursor(buffer, at: start, line: 1)
            let isWhole = text.next == UInt8(ascii: "[")
            let list = try text.list()
            return (list.place, list.line, isWhole)
        }
    }

    /// Whether several objects follow one another, instead of one list or object; a single object without a list is one
    /// line.
    package static func isLines(_ bytes: Data) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var cursor = JSONCursor(buffer, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, line: 1)
            guard cursor.next == UInt8(ascii: "{") else { return false }
            // Only the first object is looked at; a broken one is found when it is read.
            var lists = 0
            do { try cursor.members { _, cursor in lists += try cursor.skipsList() ? 1 : 0 } } catch { return false }
            return lists == 0 || cursor.next == UInt8(ascii: "{")
        }
    }

    /// The next object; nil at the end. Throws `JSONRefusal`.
    package mutating func next() throws -> Row? {
        guard !isEnded else { return nil }
        let (row, end) = try bytes.withUnsafeBytes { buffer -> (Row?, (Int, Int)) in
            var cursor = JSONCursor(buffer, at: place, line: line)
            guard let first = cursor.next, isLines || first != UInt8(ascii: "]") else {
                // Behind the list the rest of the object has been read already.
                guard isLines || cursor.next != nil else { throw JSONRefusal.broken(line: cursor.line) }
                if isWhole {
                    try cursor.take(UInt8(ascii: "]"))
                    guard cursor.next == nil else { throw JSONRefusal.broken(line: cursor.line) }
                }
                return (nil, (cursor.place, cursor.line))
            }
            if !isLines, count > 0 { try cursor.take(UInt8(ascii: ",")) }
            guard cursor.next == UInt8(ascii: "{") else {
                let isBroken = cursor.next == nil || cursor.next == UInt8(ascii: "]") || isLines
                throw isBroken ? JSONRefusal.broken(line: cursor.line) : .notRows
            }
            let (start, line) = (cursor.place, cursor.line)
            var members: [Row.Member] = []
            try cursor.flatten("", depth: 1) { members.append(Row.Member(name: $0, value: $1)) }
            guard cursor.place - start <= Self.mostBytes else { throw JSONRefusal.long(line: line) }
            return (Row(number: isLines ? line : count + 1, members: members), (cursor.place, cursor.line))
        }
        (place, line) = end
        if row == nil { isEnded = true } else { count += 1 }
        return row
    }
}
