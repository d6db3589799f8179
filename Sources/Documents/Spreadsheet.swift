import CXLSXWriter
import Foundation

/// An XLSX file that grows row by row in constant memory (libxlsxwriter keeps one row and spools the rest to disk). Texts
/// are written as texts, so none can become a formula.
package final class Spreadsheet: @unchecked Sendable {
    // The library is not thread-safe and works for a while: everything runs on this queue, off the cooperative pool.
    private let queue = DispatchQueue(label: "spreadsheet")
    private let path: String
    private let header: [String]
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var row: lxw_row_t = 0
    private var failed = false

    /// Rows of one sheet, the most that Excel opens; further ones go to another sheet.
    static let mostRows: lxw_row_t = 1_048_576
    /// UTF-16 units of one cell, the most that Excel opens.
    static let longestText = 32_767

    /// Begins a file in a folder for temporary files.
    package init(header: [String], folder: URL = FileManager.default.temporaryDirectory) throws {
        path = folder.appendingPathComponent("simpul-\(UUID().uuidString).xlsx").path
        self.header = header
        folder.path.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            options.use_zip64 = 0
            workbook = workbook_new_opt(path, &options)
        }
        guard workbook != nil else { throw SpreadsheetFault.cannotWrite }
        // The same table gives the same bytes: what the file says of its own making is not the time of the download.
        var properties = lxw_doc_properties()
        properties.created = 1_577_836_800
        workbook_set_properties(workbook, &properties)
    }

    deinit {
        if let workbook { _ = workbook_close(workbook) }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Adds rows; a text longer than a cell takes is cut and ends in "…".
    package func append(_ rows: [[Cell]]) async throws {
        try await work { try self.write(rows) }
    }

    /// Finishes the file and hands out its bytes; the file is gone afterwards.
    package func finish(_ sink: @Sendable ([UInt8]) async throws -> Void) async throws {
        try await work {
            if self.sheet == nil { try self.addSheet() }
            guard let workbook = self.workbook else { throw SpreadsheetFault.cannotWrite }
            // Closing also frees it, whatever it returns.
            self.workbook = nil
            guard workbook_close(workbook) == LXW_NO_ERROR, !self.failed else { throw SpreadsheetFault.cannotWrite }
        }
        guard let file = FileHandle(forReadingAtPath: path) else { throw SpreadsheetFault.cannotWrite }
        defer { try? file.close() }
        while let data = try file.read(upToCount: 128 * 1024), !data.isEmpty { try await sink(Array(data)) }
    }

    private func work(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            queue.async { done.resume(with: Result { try body() }) }
        }
    }

    private func write(_ rows: [[Cell]]) throws {
        for cells in rows {
            if sheet == nil || row >= Self.mostRows { try addSheet() }
            for (column, cell) in cells.enumerated() { write(cell, column: lxw_col_t(column)) }
            row += 1
        }
        guard !failed else { throw SpreadsheetFault.cannotWrite }
    }

    private func write(_ cell: Cell, column: lxw_col_t) {
        let result: lxw_error
        switch cell {
        case .none: return
        case .number(let number): result = worksheet_write_number(sheet, row, column, Double(number), nil)
        case .text(let text): result = worksheet_write_string(sheet, row, column, fitting(text), nil)
        }
        if result != LXW_NO_ERROR { failed = true }
    }

    private func addSheet() throws {
        sheet = workbook_add_worksheet(workbook, nil)
        guard sheet != nil else { throw SpreadsheetFault.cannotWrite }
        worksheet_freeze_panes(sheet, 1, 0)
        row = 0
        for (column, name) in header.enumerated() { write(.text(name), column: lxw_col_t(column)) }
        row = 1
    }

    private func fitting(_ text: String) -> String {
        guard text.utf16.count > Self.longestText else { return text }
        var out = text.prefix(Self.longestText - 1)
        while out.utf16.count > Self.longestText - 1 { out = out.dropLast(out.utf16.count - Self.longestText + 1) }
        return out + "…"
    }
}

/// The disk is full or the folder for temporary files cannot be written.
enum SpreadsheetFault: Error { case cannotWrite }
