import Documents
import Foundation
import Kernel
import Text

/// The form of a file of rows, told by its content, never by its name.
package enum TableForm: String, Sendable, CaseIterable {
    case csv, xlsx, json, jsonLines

    package var label: String {
        switch self {
        case .csv: "CSV"
        case .xlsx: "XLSX"
        case .json: "JSON"
        case .jsonLines: "JSON Lines"
        }
    }
}

/// One row of a file.
package struct TableRow: Sendable, Hashable {
    /// Where it is in the file, from 1: the line it begins on, the row of a sheet, or its place in a JSON list. In files
    /// with a header line the header is line 1.
    package let line: Int
    /// As many cells as the header, unless the row has too many.
    package let cells: [String]
}

/// A file of rows read one by one, whatever its form: CSV, the first visible sheet of a workbook, a JSON list of
/// objects, or JSON Lines.
package struct TableReader: Sendable {
    package let form: TableForm
    /// The names of the columns, each once and none empty.
    package let header: [String]
    private var rows: Rows
    private var count = 0
    private var line = 0

    /// The most rows of one file.
    package static let mostRows = 300_000
    /// The most columns.
    package static let mostColumns = 200
    /// The most bytes of one cell; a longer one makes its row unreadable, not the file.
    package static let mostCellBytes = 100_000
    /// What a workbook may inflate to.
    private static let workbook = Workbook.Limits(
        rows: mostRows + 20, columns: mostColumns, bytes: 256 << 20, cells: 8_000_000)

    private enum Rows: Sendable {
        case csv(CSVReader)
        case sheet([[String?]], next: Int)
        case objects(JSONRows, places: [String: Int])
    }

    /// Throws `TableRefusal`, `CSVRefusal`, `WorkbookRefusal`, `JSONRefusal`.
    package init(file path: String) throws {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
            throw CSVRefusal.unreadable(path)
        }
        let form = try Self.form(of: data)
        self.form = form
        switch form {
        case .csv:
            var reader = try CSVReader(data)
            guard let first = try reader.next() else { throw CSVRefusal.empty }
            header = try Self.names(first.fields)
            // Read through once: what breaks the file as a whole is said before anything comes of it.
            var rehearsal = reader
            while try rehearsal.next() != nil {}
            rows = .csv(reader)
        case .xlsx:
            let sheet: [[String?]]
            do { sheet = try Workbook(file: path, Self.workbook).rows } catch WorkbookRefusal.tooLarge {
                throw TableRefusal.tooLargeWorkbook
            }
            let place = Self.headerRow(sheet)
            guard sheet.indices.contains(place) else { throw CSVRefusal.empty }
            header = try Self.names(sheet[place].map { $0 ?? "" })
            rows = .sheet(sheet, next: place + 1)
        case .json, .jsonLines:
            let objects = try JSONRows(data)
            var names: [String] = []
            var places: [String: Int] = [:]
            var rehearsal = objects
            var count = 0
            while let row = try rehearsal.next() {
                count += 1
                guard count <= Self.mostRows else { throw TableRefusal.tooManyRows }
                for member in row.members where places[member.name] == nil {
                    places[member.name] = names.count
                    names.append(member.name)
                    guard names.count <= Self.mostColumns else { throw TableRefusal.tooManyColumns }
                }
            }
            guard count > 0 else { throw CSVRefusal.empty }
            header = try Self.names(names)
            rows = .objects(objects, places: places)
        }
    }

    /// The next row; nil at the end. Rows without any content are passed over.
    package mutating func next() throws -> TableRow? {
        while let row = try read() {
            guard row.cells.contains(where: { !$0.isEmpty }) else { continue }
            count += 1
            guard count <= Self.mostRows else { throw TableRefusal.tooManyRows }
            // JSON may have several objects on one line; a row's line is its own.
            line = max(row.line, line + 1)
            return TableRow(line: line, cells: row.cells)
        }
        return nil
    }

    private mutating func read() throws -> TableRow? {
        switch rows {
        case .csv(var reader):
            let record = try reader.next()
            rows = .csv(reader)
            return record.map { TableRow(line: $0.line, cells: fitted($0.fields)) }
        case .sheet(let sheet, let next):
            guard next < sheet.count else { return nil }
            rows = .sheet(sheet, next: next + 1)
            return TableRow(line: next + 1, cells: fitted(sheet[next].map { $0 ?? "" }))
        case .objects(var objects, let places):
            let row = try objects.next()
            rows = .objects(objects, places: places)
            guard let row else { return nil }
            var cells = [String](repeating: "", count: header.count)
            for member in row.members { if let place = places[member.name] { cells[place] = member.value } }
            return TableRow(line: row.number, cells: cells)
        }
    }

    /// Cells for every column; empty ones behind the last column are nothing.
    private func fitted(_ cells: [String]) -> [String] {
        guard cells.count != header.count else { return cells }
        if form == .xlsx, cells.count < header.count {
            return cells + [String](repeating: "", count: header.count - cells.count)
        }
        guard cells.count > header.count, cells[header.count...].allSatisfy(\.isEmpty) else { return cells }
        return Array(cells[..<header.count])
    }

    private static func form(of data: Data) throws -> TableForm {
        guard !data.isEmpty else { throw CSVRefusal.empty }
        if data.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .xlsx }
        let start = data.prefix(4096).drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        let text = String(decoding: start.prefix(256), as: UTF8.self).lowercased()
        if ["<!doctype html", "<html", "<head", "<body", "<script"].contains(where: text.hasPrefix) {
            throw TableRefusal.html
        }
        if text.hasPrefix("<") { throw TableRefusal.markup }
        switch start.first {
        case UInt8(ascii: "["): return .json
        case UInt8(ascii: "{"): return JSONRows.isLines(data) ? .jsonLines : .json
        default: return .csv
        }
    }

    /// The row of a sheet that names its columns: above it offices often put a title and empty rows.
    private static func headerRow(_ sheet: [[String?]]) -> Int {
        let known = Set(Mapping.knownNames)
        let start = sheet.prefix(20).enumerated()
        if let named = start.first(where: { $0.element.count { $0.map { known.contains(fold($0)) } ?? false } >= 2 }) {
            return named.offset
        }
        return
            (start.first { $0.element.count { $0 != nil } >= 2 } ?? start.first { $0.element.contains { $0 != nil } })?
            .offset ?? 0
    }

    /// Each name once: without what cannot be seen, `kolom 3` where there is none, `Nama (2)` for the second `Nama`.
    private static func names(_ raw: [String]) throws -> [String] {
        var raw = raw
        while raw.last.map({ trimmed($0).isEmpty }) ?? false { raw.removeLast() }
        guard !raw.isEmpty else { throw CSVRefusal.empty }
        guard raw.count <= mostColumns else { throw TableRefusal.tooManyColumns }
        var seen: [String: Int] = [:]
        return raw.enumerated().map { place, text in
            let visible = String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }.filter {
                        $0.properties.generalCategory != .format
                    }))
            let name = trimmed(String(visible.prefix(200)))
            let used = name.isEmpty ? "kolom \(place + 1)" : name
            seen[used, default: 0] += 1
            return seen[used] == 1 ? used : "\(used) (\(seen[used] ?? 2))"
        }
    }
}

/// Why a file is not read as rows.
package enum TableRefusal: Refusal, Hashable {
    case html
    /// XML or another text of marks.
    case markup
    case tooManyRows
    case tooManyColumns
    case tooLargeWorkbook

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .html:
            Phrase(
                "Yang diterima adalah halaman web (HTML), bukan data. Periksa alamatnya: mungkin meminta masuk, atau tautannya berubah.",
                "This is a web page (HTML), not data. Check the address: it may ask to sign in, or the link changed.")
        case .markup:
            Phrase(
                "Berkas ini berisi XML. Kirim sebagai CSV, XLSX, JSON, atau JSON Lines.",
                "This file holds XML. Send it as CSV, XLSX, JSON or JSON Lines.")
        case .tooManyRows:
            Phrase(
                "Berkas ini lebih dari \(Language.indonesian.number(TableReader.mostRows)) baris. Bagi menjadi beberapa berkas.",
                "This file has more than \(Language.english.number(TableReader.mostRows)) rows. Split it.")
        case .tooLargeWorkbook:
            Phrase(
                "Lembar kerja ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas, atau simpan sebagai CSV.",
                "This workbook is too large when unpacked. Split it, or save it as CSV.")
        case .tooManyColumns:
            Phrase(
                "Berkas ini lebih dari \(TableReader.mostColumns) kolom. Hapus kolom yang tidak diperlukan.",
                "This file has more than \(TableReader.mostColumns) columns. Remove those that are not needed.")
        }
    }
}
