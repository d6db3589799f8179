import Foundation
import Kernel

/// Why a spreadsheet cannot be read.
package enum WorkbookRefusal: Refusal, Hashable {
    case unreadable
    case tooLarge
    case noSheet

    package var kind: RefusalKind { self == .tooLarge ? .tooLarge : .invalid }

    package var message: Phrase {
        switch self {
        case .unreadable:
            Phrase(
                "Berkas ini bukan lembar kerja XLSX yang utuh. Simpan ulang dari aplikasi Anda sebagai .xlsx atau .csv, lalu unggah lagi.",
                "This file is not a whole XLSX workbook. Save it again from your application as .xlsx or .csv, then upload it once more."
            )
        case .tooLarge:
            Phrase(
                "Lembar kerja ini terlalu besar. Bagi menjadi beberapa berkas: paling banyak \(Workbook.mostRows) baris dan \(Workbook.mostBytes >> 20) MB setelah dibuka.",
                "This workbook is too large. Split it: at most \(Workbook.mostRows) rows and \(Workbook.mostBytes >> 20) MB when unpacked."
            )
        case .noSheet:
            Phrase(
                "Tidak ada lembar yang terlihat dalam berkas ini. Tampilkan lembar yang berisi data, lalu simpan lagi.",
                "This file has no visible sheet. Show the sheet that holds the data, then save it again.")
        }
    }
}

/// The first visible sheet of an XLSX workbook as rows of text: formulas by the value they last had, dates as
/// `2026-11-21`, merged cells by their first, numbers as they are stored.
package struct Workbook: Sendable {
    /// The rows, each as long as its last filled cell; a cell without a value is nil.
    package let rows: [[String?]]

    package static let mostRows = 20_000
    package static let mostColumns = 200
    /// Bytes of all parts together once inflated.
    package static let mostBytes = 64 << 20

    /// How much of a workbook is read; the usual is what a person handles by hand.
    package struct Limits: Sendable {
        package var rows: Int
        package var columns: Int
        /// Bytes of all parts together once inflated.
        package var bytes: Int
        /// Cells of the sheet together, those left empty between filled ones among them.
        package var cells: Int

        package init(
            rows: Int = mostRows, columns: Int = mostColumns, bytes: Int = mostBytes, cells: Int = 4_000_000
        ) {
            self.rows = rows
            self.columns = columns
            self.bytes = bytes
            self.cells = cells
        }
    }

    /// Reads a file. Throws `WorkbookRefusal`.
    package init(file path: String, _ limits: Limits = Limits()) throws {
        rows = try Archive.with(path) { archive in
            var parts = Parts(archive: archive, limits)
            let names = Set(try archive.names())
            guard names.contains("xl/workbook.xml") else { throw WorkbookRefusal.unreadable }
            let sheet = try parts.firstVisibleSheet()
            let texts = names.contains("xl/sharedStrings.xml") ? try parts.sharedTexts() : []
            let dates = names.contains("xl/styles.xml") ? try parts.dateStyles() : []
            return try parts.rows(of: sheet, texts: texts, dates: dates)
        }
    }
}

/// The parts of a workbook (ECMA-376) that rows are read from; what they inflate to is counted together.
private struct Parts {
    let archive: Archive
    private let limits: Workbook.Limits
    private var left: Int

    init(archive: Archive, _ limits: Workbook.Limits) {
        self.archive = archive
        self.limits = limits
        left = limits.bytes
    }

    private mutating func read(_ name: String, _ handler: XMLEvents.Handler) throws {
        let events = XMLEvents(handler)
        var used = 0
        let found = try archive.read(name, limit: left) {
            used += $0.count
            guard events.feed($0) else { throw WorkbookRefusal.unreadable }
        }
        left -= used
        guard found, events.finish() else { throw WorkbookRefusal.unreadable }
    }

    mutating func firstVisibleSheet() throws -> String {
        var relation: String?
        try read(
            "xl/workbook.xml",
            .init(
                open: { name, attributes in
                    guard name == "sheet", relation == nil, attributes["state", default: "visible"] == "visible" else {
                        return
                    }
                    relation = attributes["id"]
                }, text: { _ in }, close: { _ in }))
        guard let relation else { throw WorkbookRefusal.noSheet }
        var target: String?
        try read(
            "xl/_rels/workbook.xml.rels",
            .init(
                open: { name, attributes in
                    if name == "Relationship", attributes["Id"] == relation { target = attributes["Target"] }
                }, text: { _ in }, close: { _ in }))
        guard let target else { throw WorkbookRefusal.unreadable }
        return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    }

    mutating func sharedTexts() throws -> [String] {
        var texts: [String] = []
        var current = ""
        var taking = false
        var phonetic = false
        try read(
            "xl/sharedStrings.xml",
            .init(
                open: { name, _ in
                    switch name {
                    case "si": current = ""
                    case "rPh": phonetic = true
                    case "t": taking = !phonetic
                    default: break
                    }
                }, text: { if taking { current += $0 } },
                close: { name in
                    switch name {
                    case "si": texts.append(current)
                    case "rPh": phonetic = false
                    case "t": taking = false
                    default: break
                    }
                }))
        return texts
    }

    /// For each cell style whether it shows a number as a date.
    mutating func dateStyles() throws -> [Bool] {
        var custom: Set<Int> = []
        var styles: [Bool] = []
        var inCells = false
        try read(
            "xl/styles.xml",
            .init(
                open: { name, attributes in
                    switch name {
                    case "numFmt":
                        let code = attributes["formatCode", default: ""].lowercased()
                        if let id = attributes["numFmtId"].flatMap({ Int($0) }), code.contains("y"),
                            code.contains("d")
                                || code.contains("m")
                        {
                            custom.insert(id)
                        }
                    case "cellXfs": inCells = true
                    case "xf" where inCells:
                        let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                        styles.append((14...17).contains(id) || id == 22 || custom.contains(id))
                    default: break
                    }
                }, text: { _ in }, close: { if $0 == "cellXfs" { inCells = false } }))
        return styles
    }

    mutating func rows(of sheet: String, texts: [String], dates: [Bool]) throws -> [[String?]] {
        var rows: [[String?]] = []
        var tooMany = false
        var cells = 0
        let limits = limits
        var column = 0
        var (kind, style) = ("n", 0)
        var value = ""
        var taking = false
        try read(
            sheet,
            .init(
                open: { name, attributes in
                    switch name {
                    case "row":
                        let number = attributes["r"].flatMap { Int($0) } ?? rows.count + 1
                        guard number <= limits.rows, rows.count < number else {
                            tooMany = tooMany || number > limits.rows
                            return
                        }
                        // Rows that were left out are empty rows.
                        while rows.count < number { rows.append([]) }
                        column = 0
                    case "c":
                        if let place = attributes["r"].flatMap(Self.column) { column = place }
                        kind = attributes["t", default: "n"]
                        style = attributes["s"].flatMap { Int($0) } ?? 0
                        value = ""
                    case "v": taking = true
                    case "t": taking = kind == "inlineStr"
                    default: break
                    }
                }, text: { if taking { value += $0 } },
                close: { name in
                    switch name {
                    case "v", "t": taking = false
                    case "c":
                        defer { column += 1 }
                        guard !rows.isEmpty, column < limits.columns, !value.isEmpty, !tooMany else { return }
                        let shown = Self.shown(
                            value, kind, isDate: dates.indices.contains(style) && dates[style], texts)
                        cells += max(0, column + 1 - rows[rows.count - 1].count)
                        guard cells <= limits.cells else {
                            tooMany = true
                            return
                        }
                        while rows[rows.count - 1].count <= column { rows[rows.count - 1].append(nil) }
                        rows[rows.count - 1][column] = shown
                    default: break
                    }
                }))
        guard !tooMany else { throw WorkbookRefusal.tooLarge }
        return rows
    }

    private static func shown(_ value: String, _ kind: String, isDate: Bool, _ texts: [String]) -> String? {
        switch kind {
        case "s": return Int(value).flatMap { texts.indices.contains($0) ? texts[$0] : nil }
        case "e": return nil
        case "b": return value == "1" ? "ya" : "tidak"
        case "n" where isDate:
            // Days since 1899-12-30 (the workbook's 1904 system is not told apart: it is hardly used any more).
            guard let serial = Double(value), (1...2_958_465).contains(serial) else { return value }
            return Day(daysSince1970: Int(serial) - 25_569).iso
        case "n":
            guard let number = Double(value), number == number.rounded(), abs(number) < 1e15 else { return value }
            return String(Int(number))
        default: return value
        }
    }

    /// The column of a reference: 0 for `A7`, 27 for `AB7`.
    private static func column(_ reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            guard (65...90).contains(byte) else { break }
            column = column * 26 + Int(byte - 64)
            guard column < 20_000 else { return nil }
        }
        return column > 0 ? column - 1 : nil
    }
}
