import Directory
import Files
import Foundation
import Institutions
import Kernel
import Text
import Web

/// A file read through a mapping: each row as it came and the record it makes, or why it makes none.
struct Delivery: Sendable {
    struct Read: Sendable {
        let row: TableRow
        let result: Result<SourceRow, RejectedReason>
        /// The row's id as far as it can be told.
        let externalID: String?
        /// The raw row as JSON.
        let content: String

        /// It names an institution, and the register has none of that name.
        var hasUnknownInstitution: Bool {
            guard case .success(let row) = result else { return false }
            let i = row.innovation
            return i.institutionAsGiven != nil && i.institution == nil && i.form != .citizen
        }
    }

    let header: [String]
    private var table: TableReader
    private var reader: RowReader
    private let names: [String]
    private let columns: [ImportColumn: Int]
    private let derivesID: Bool

    /// Throws `MappingRefusal`.
    init(_ table: TableReader, _ mapping: Mapping, _ resolver: Resolver) throws {
        try mapping.check(for: table.header)
        header = table.header
        self.table = table
        derivesID = mapping.derivesID
        names = header.map(jsonQuoted)
        var columns: [ImportColumn: Int] = [:]
        for (place, name) in header.enumerated() { if let column = mapping.columns[name] { columns[column] = place } }
        if derivesID { columns[.id] = header.count }
        self.columns = columns
        reader = try RowReader(
            header: derivesID ? header + ["@id"] : header, columns: columns, constants: mapping.constants,
            resolver: resolver)
    }

    mutating func next() throws -> Read? {
        guard let row = try table.next() else { return nil }
        let content = raw(row.cells)
        let id = identity(row.cells)
        if let long = row.cells.firstIndex(where: { $0.utf8.count > TableReader.mostCellBytes }) {
            let problem = Problem(
                header.indices.contains(long) ? header[long] : "",
                Phrase("Isi sel lebih dari 100 KB. Persingkat isinya.", "The cell holds more than 100 KB. Shorten it."))
            return Read(row: row, result: .failure(RejectedReason([problem])), externalID: id, content: content)
        }
        let whole = row.cells.count == header.count
        let cells = derivesID && whole ? row.cells + [id ?? ""] : row.cells
        var result = try reader.read(CSVRecord(line: row.line, fields: cells))
        if case .success(let read) = result {
            // The raw row is the file's own columns, without the id that was made.
            result = .success(
                SourceRow(
                    externalID: read.externalID, reference: read.reference, content: content,
                    innovation: read.innovation))
        }
        return Read(row: row, result: result, externalID: id, content: content)
    }

    /// The id of a row: its column, or a digest of what identifies it; nil when there is none or it cannot be kept.
    private func identity(_ cells: [String]) -> String? {
        func cell(_ column: ImportColumn) -> String {
            columns[column].flatMap { cells.indices.contains($0) ? trimmed(cells[$0]) : nil } ?? ""
        }
        if derivesID {
            let title = fold(cell(.title))
            guard !title.isEmpty || !cell(.title).isEmpty else { return nil }
            let parts = [title.isEmpty ? cell(.title) : title, fold(cell(.agency)), cell(.year)]
            return String(Digest(of: Array(parts.joined(separator: "\n").utf8)).hex.prefix(20))
        }
        let id = cell(.id)
        return id.isEmpty || id.utf8.count > 200 || id.utf8.contains { $0 < 32 } ? nil : id
    }

    private func raw(_ cells: [String]) -> String {
        var out = [UInt8(ascii: "{")]
        for (i, cell) in cells.enumerated() where !cell.isEmpty {
            if out.count > 1 { out.append(UInt8(ascii: ",")) }
            out += (i < names.count ? names[i] : "\"kolom \(i + 1)\"").utf8
            out.append(UInt8(ascii: ":"))
            // A cell that breaks the bounds is kept as far as they go, so that its row can still be shown.
            appendJSON(cell.utf8.count > 200_000 ? String(cell.prefix(50_000)) : cell, to: &out)
        }
        out.append(UInt8(ascii: "}"))
        return String(decoding: out, as: UTF8.self)
    }
}
