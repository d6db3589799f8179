import Directory
import Kernel
import Text

/// An agency's own table of innovations, row by row as the drafts it would become.
///
/// Columns are known by their names: those of the directory's export, their Indonesian words, and the labels of the
/// form. A row whose title the institution has already, open or published, makes no second draft.
package struct SpreadsheetDraft: Sendable, Hashable {
    /// What a row becomes.
    package enum Outcome: Sendable, Hashable {
        case draft
        case noTitle
        /// The institution has an open draft of this title; its number where the reader may know it.
        case isDraft(Int?)
        /// The directory has an innovation of this title of the institution, by its number.
        case isPublished(Int)
        /// An earlier line of the file has the same title.
        case repeats(line: Int)
    }

    /// The line of the file; the header is line 1 where nothing stands above it.
    package let line: Int
    /// The cells that can be taken, as the form would have them typed.
    package let fields: [Innovation.Field: String]
    package let outcome: Outcome
    /// What is wrong with cells that are left out, each with its column's heading as the field.
    package let problems: [Problem]

    package var title: String { fields[.title] ?? "" }

    /// The most rows of one file.
    package static let mostRows = 200
}

/// A table of rows with the columns that it has, before it is held against what exists.
package struct SpreadsheetTable: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package let line: Int
        package let cells: [Innovation.Field: String]
    }

    /// The columns that are taken, with their headings.
    package let headings: [Innovation.Field: String]
    /// The headings that mean nothing here.
    package let unknown: [String]
    package let rows: [Row]

    /// - Parameter records: lines with their cells, the header first; empty lines may be among them.
    package init(_ records: [(line: Int, cells: [String?])]) throws(SpreadsheetRefusal) {
        func filled(_ cell: String?) -> Bool { cell.map { !Innovation.line($0).isEmpty } ?? false }
        guard let start = records.firstIndex(where: { $0.cells.contains(where: filled) }) else { throw .empty }
        let header = records[start].cells.map { Innovation.line($0 ?? "") }
        var places: [Int: Innovation.Field] = [:]
        var headings: [Innovation.Field: String] = [:]
        var unknown: [String] = []
        for (place, heading) in header.enumerated() where !heading.isEmpty {
            guard let field = SpreadsheetColumn.field(heading) else {
                unknown.append(String(heading.prefix(60)))
                continue
            }
            if let before = headings[field] { throw .repeatedColumn(before, heading) }
            headings[field] = heading
            places[place] = field
        }
        guard headings[.title] != nil else {
            throw .noTitleColumn(found: header.filter { !$0.isEmpty }.map { String($0.prefix(60)) })
        }
        var rows: [Row] = []
        for record in records[(start + 1)...] {
            var cells: [Innovation.Field: String] = [:]
            for (place, cell) in record.cells.enumerated() where filled(cell) {
                if let field = places[place] { cells[field] = cell }
            }
            guard !cells.isEmpty, cells[.title] != SpreadsheetColumn.titleHelp else { continue }
            guard rows.count < SpreadsheetDraft.mostRows else { throw .tooManyRows }
            rows.append(Row(line: record.line, cells: cells))
        }
        guard !rows.isEmpty else { throw .empty }
        self.headings = headings
        self.unknown = unknown
        self.rows = rows
    }

    /// Each row as what it becomes at an institution.
    ///
    /// - Parameters:
    ///   - drafts: the titles of its open drafts, with the numbers that the reader may know.
    ///   - published: the titles of its published innovations, with their numbers.
    package func drafts(
        besides drafts: [(title: String, id: Int?)], published: [(title: String, id: Int)]
    ) -> [SpreadsheetDraft] {
        let open = Dictionary(drafts.map { (fold($0.title), $0.id) }) { first, _ in first }
        let known = Dictionary(published.map { (fold($0.title), $0.id) }) { first, _ in first }
        var seen: [String: Int] = [:]
        return rows.map { row in
            var probe = Innovation()
            var fields: [Innovation.Field: String] = [:]
            var problems: [Problem] = []
            for field in Innovation.Field.written {
                guard let cell = row.cells[field] else { continue }
                switch SpreadsheetColumn.read(cell, as: field) {
                case .failure(let wrong): problems.append(Problem(headings[field] ?? "", wrong.message))
                case .success(let typed):
                    if let problem = probe.set(field, to: typed) {
                        problems.append(Problem(headings[field] ?? "", problem.message))
                    } else {
                        fields[field] = typed
                    }
                }
            }
            let title = fold(probe.title)
            let outcome: SpreadsheetDraft.Outcome
            if title.isEmpty {
                outcome = .noTitle
            } else if let line = seen[title] {
                outcome = .repeats(line: line)
            } else if let id = open[title] {
                outcome = .isDraft(id)
            } else if let id = known[title] {
                outcome = .isPublished(id)
            } else {
                outcome = .draft
            }
            if !title.isEmpty, seen[title] == nil { seen[title] = row.line }
            return SpreadsheetDraft(line: row.line, fields: fields, outcome: outcome, problems: problems)
        }
    }
}

/// Why a table is not read as drafts.
package enum SpreadsheetRefusal: Refusal, Hashable {
    case empty
    case noTitleColumn(found: [String])
    case repeatedColumn(String, String)
    case tooManyRows
    case notYours
    case missing
    /// The file could not be read; why.
    case unreadable(Phrase)

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .notYours: .forbidden
        default: .invalid
        }
    }

    package var problems: [Problem] { kind == .invalid ? [Problem("berkas", message)] : [] }

    package var message: Phrase {
        switch self {
        case .empty:
            Phrase(
                "Tidak ada baris berisi data. Isi mulai baris kedua, di bawah nama kolom.",
                "There is no row with data. Write from the second row on, below the column names.")
        case .noTitleColumn(let found):
            Phrase(
                "Kolom judul tidak ada di baris pertama. Kolom yang ada: \(found.prefix(20).joined(separator: ", ")).",
                "The column for the title is missing from the first row. It has: \(found.prefix(20).joined(separator: ", "))."
            )
        case .repeatedColumn(let one, let other):
            Phrase(
                "Kolom \(one) dan \(other) berarti sama. Hapus salah satunya.",
                "The columns \(one) and \(other) mean the same. Remove one.")
        case .tooManyRows:
            Phrase(
                "Paling banyak \(SpreadsheetDraft.mostRows) baris sekali unggah. Bagi berkasnya.",
                "At most \(SpreadsheetDraft.mostRows) rows at once. Split the file.")
        case .notYours:
            Phrase("Anda tidak menulis untuk instansi ini.", "You do not write for this institution.")
        case .missing: Phrase("Unggahan ini tidak ada.", "There is no such upload.")
        case .unreadable(let why): why
        }
    }
}
