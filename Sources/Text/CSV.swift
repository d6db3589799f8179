import Foundation
import Kernel

/// One record of a CSV file with the line it begins on (the header is line 1).
package struct CSVRecord: Sendable, Hashable {
    package let line: Int
    package let fields: [String]

    package init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}

/// Why a file is not read as CSV at all.
package enum CSVRefusal: Refusal, Hashable {
    case empty
    case binary
    case directory(String)
    case unreadable(String)
    /// A quote opened on this line is never closed.
    case openQuote(line: Int)
    /// A record longer than a megabyte.
    case longRecord(line: Int)

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .empty:
            Phrase(
                "Berkas kosong. Simpan lembar kerja sebagai CSV lalu unggah lagi.",
                "The file is empty. Save the sheet as CSV and try again.")
        case .binary:
            Phrase(
                "Berkas ini bukan CSV (isinya biner). Dari Excel, pilih Simpan sebagai, CSV UTF-8.",
                "This file is not CSV (its content is binary). In Excel choose Save as, CSV UTF-8.")
        case .directory(let path):
            Phrase("\(path) adalah folder. Tulis jalur sebuah berkas CSV.", "\(path) is a folder. Give a CSV file.")
        case .unreadable(let path):
            Phrase(
                "Berkas \(path) tidak dapat dibaca. Periksa jalur dan hak aksesnya.",
                "The file \(path) cannot be read. Check its path and permissions.")
        case .openQuote(let line):
            Phrase(
                "Tanda kutip pada baris \(line) tidak ditutup. Tutup kutip itu, atau hapus.",
                "The quote opened on line \(line) is never closed. Close or remove it.")
        case .longRecord(let line):
            Phrase(
                "Baris \(line) lebih panjang dari 1 MB. Periksa tanda kutip dan pemisah barisnya.",
                "The record on line \(line) is longer than 1 MB. Check its quotes and line breaks.")
        }
    }
}

/// Reads CSV as offices make it: UTF-8 with or without BOM, else Windows-1252; comma, semicolon or tab, whichever the
/// header uses most; quoted line breaks; CR, LF or CRLF. RFC 4180 with a lenient eye.
package struct CSVReader: Sendable {
    private let bytes: Data
    private let utf8: Bool
    private let separator: UInt8
    private var position: Int
    private var line = 1

    /// The file's size in bytes, and how many were read: for a progress line.
    package var size: Int { bytes.count }
    package var read: Int { position }

    package init(file path: String) throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw CSVRefusal.unreadable(path)
        }
        guard !isDirectory.boolValue else { throw CSVRefusal.directory(path) }
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
            throw CSVRefusal.unreadable(path)
        }
        try self.init(data)
    }

    package init(_ data: Data) throws(CSVRefusal) {
        bytes = data
        position = data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard data.count > position else { throw .empty }
        guard !data.prefix(65_536).contains(0) else { throw .binary }
        utf8 = data.withUnsafeBytes { isValidUTF8($0) }
        // A PNG or a ZIP may have no NUL early on, but its first bytes are no text.
        guard utf8 || data.prefix(8).allSatisfy({ $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 }) else { throw .binary }
        var counts: [UInt8: Int] = [44: 0, 59: 0, 9: 0]
        var quoted = false
        for byte in data[position...].prefix(1_000_000) {
            if byte == 34 { quoted.toggle() }
            if byte == 10 || byte == 13, !quoted { break }
            if !quoted, counts[byte] != nil { counts[byte, default: 0] += 1 }
        }
        separator = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 44
    }

    /// All rows by the names of the header; for files that ship with the program.
    package func table() throws -> [[String: String]] {
        var reader = self
        guard let header = try reader.next() else { throw CSVRefusal.empty }
        var rows: [[String: String]] = []
        while let record = try reader.next() {
            rows.append(Dictionary(zip(header.fields, record.fields), uniquingKeysWith: { a, _ in a }))
        }
        return rows
    }

    /// The next record; nil at the end. Empty lines are passed over.
    package mutating func next() throws -> CSVRecord? {
        let (result, end, lines) = try bytes.withUnsafeBytes { buffer -> (CSVRecord?, Int, Int) in
            var cursor = Cursor(buffer: buffer, at: position, line: line, separator: separator, utf8: utf8)
            let record = try cursor.record()
            return (record, cursor.at, cursor.line)
        }
        position = end
        line = lines
        return result
    }
}

private struct Cursor {
    let buffer: UnsafeRawBufferPointer
    var at: Int
    var line: Int
    let separator: UInt8
    let utf8: Bool

    mutating func record() throws(CSVRefusal) -> CSVRecord? {
        while at < buffer.count, buffer[at] == 10 || buffer[at] == 13 { newline() }
        guard at < buffer.count else { return nil }
        let first = line
        let start = at
        var fields: [String] = []
        while true {
            fields.append(try field(opened: first))
            guard at - start <= 1_000_000 else { throw .longRecord(line: first) }
            guard at < buffer.count else { break }
            if buffer[at] == separator {
                at += 1
                continue
            }
            newline()
            break
        }
        return CSVRecord(line: first, fields: fields)
    }

    private mutating func newline() {
        if buffer[at] == 13, at + 1 < buffer.count, buffer[at + 1] == 10 { at += 1 }
        at += 1
        line += 1
    }

    private mutating func field(opened: Int) throws(CSVRefusal) -> String {
        guard at < buffer.count, buffer[at] == 34 else { return plain() }
        let opened = line
        at += 1
        var start = at
        var parts: [String] = []
        while at < buffer.count {
            guard at - start <= 1_000_000 else { throw .longRecord(line: opened) }
            if buffer[at] == 34 {
                if at + 1 < buffer.count, buffer[at + 1] == 34 {
                    parts.append(decode(start, at + 1))
                    at += 2
                    start = at
                    continue
                }
                parts.append(decode(start, at))
                at += 1
                // Text after a closing quote belongs to the field, as spreadsheets read it.
                let rest = plain()
                return parts.count == 1 && rest.isEmpty ? parts[0] : parts.joined() + rest
            }
            if buffer[at] == 13 || buffer[at] == 10 { newline() } else { at += 1 }
        }
        throw .openQuote(line: opened)
    }

    private mutating func plain() -> String {
        let start = at
        while at < buffer.count, buffer[at] != separator, buffer[at] != 10, buffer[at] != 13,
            at - start <= 1_000_001
        { at += 1 }
        return decode(start, at)
    }

    private func decode(_ start: Int, _ end: Int) -> String {
        let slice = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
        if utf8 { return String(decoding: slice, as: UTF8.self) }
        var out = ""
        for byte in slice { out.unicodeScalars.append(windows1252(byte)) }
        return out
    }
}

/// Whether bytes are well-formed UTF-8 (Unicode 16, table 3-7), without making a string of them.
private func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    while at < bytes.count {
        if at + 8 <= bytes.count,
            bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            at += 8
            continue
        }
        let second: ClosedRange<UInt8>
        let width: Int
        switch bytes[at] {
        case 0..<0x80: (second, width) = (0...0, 1)
        case 0xC2...0xDF: (second, width) = (0x80...0xBF, 2)
        case 0xE0: (second, width) = (0xA0...0xBF, 3)
        case 0xED: (second, width) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, width) = (0x80...0xBF, 3)
        case 0xF0: (second, width) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, width) = (0x80...0xBF, 4)
        case 0xF4: (second, width) = (0x80...0x8F, 4)
        default: return false
        }
        guard at + width <= bytes.count, width == 1 || second.contains(bytes[at + 1]) else { return false }
        for place in at + 2..<max(at + 2, at + width) where bytes[place] & 0xC0 != 0x80 { return false }
        at += width
    }
    return true
}

/// The code page of Western Windows; its five undefined bytes map to themselves.
private func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    let high: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
        0x17E, 0x178,
    ]
    return (128..<160).contains(byte)
        ? Unicode.Scalar(high[Int(byte) - 128]) ?? Unicode.Scalar(byte) : Unicode.Scalar(byte)
}
