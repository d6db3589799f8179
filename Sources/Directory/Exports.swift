import Database
import Documents
import Institutions
import Kernel
import Web

/// The records as files: all of them or what a search finds, made while they are taken, in batches, so that memory stays
/// flat whatever their number.
package struct Exports: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case csv, jsonl, xlsx

        /// The media type.
        package var type: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .jsonl: "application/jsonl"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }

    package enum Scope: Sendable {
        /// All published records in the order of their numbers.
        case everything(Register)
        /// What a search finds, newest first; its limit and cursor are not heeded.
        case found(Inquiry, Catalogue)
    }

    /// Takes the bytes of a file piece by piece.
    package typealias Sink = @Sendable ([UInt8]) async throws -> Void

    static let batch = 500
    private let innovations: Innovations
    private let publicURL: String

    /// - Parameter publicURL: scheme and host of the portal without a final slash.
    package init(_ innovations: Innovations, publicURL: String) {
        self.innovations = innovations
        self.publicURL = publicURL
    }

    /// Writes a file; returns the number of records in it.
    @discardableResult
    package func write(_ scope: Scope, as format: Format, to sink: Sink) async throws -> Int {
        switch format {
        case .csv:
            var bytes = DelimitedText.byteOrderMark
            DelimitedText.append(ExportColumn.all.map { .text($0.name) }, to: &bytes)
            try await sink(bytes)
            return try await each(scope) { listed, register in try await sink(csv(listed, register)) }
        case .jsonl:
            return try await each(scope) { listed, register in try await sink(lines(listed, register)) }
        case .xlsx:
            let file = try Spreadsheet(header: ExportColumn.all.map(\.name))
            let count = try await each(scope) { try await file.append(rows($0, $1)) }
            try await file.finish(sink)
            return count
        }
    }

    /// One record as a table with its header.
    func table(_ listed: Listed, _ register: Register) -> [UInt8] {
        var bytes = DelimitedText.byteOrderMark
        DelimitedText.append(ExportColumn.all.map { .text($0.name) }, to: &bytes)
        return bytes + csv([listed], register)
    }

    private func csv(_ listed: [Listed], _ register: Register) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows(listed, register) { DelimitedText.append(row, to: &bytes) }
        return bytes
    }

    private func rows(_ listed: [Listed], _ register: Register) -> [[Cell]] {
        listed.map { listed in
            let row = ExportColumn.Row(listed, register, publicURL: publicURL)
            return ExportColumn.all.map { $0.cell(row) }
        }
    }

    private func lines(_ listed: [Listed], _ register: Register) -> [UInt8] {
        let writer = InnovationJSON(register, publicURL: publicURL)
        var bytes: [UInt8] = []
        for one in listed {
            var json = JSON(capacity: 2048)
            writer.whole(one, into: &json)
            bytes += json.bytes
            bytes.append(10)
        }
        return bytes
    }

    private func each(_ scope: Scope, _ body: ([Listed], Register) async throws -> Void) async throws -> Int {
        var count = 0
        func take(_ ids: [Int], _ register: Register) async throws {
            try Task.checkCancellation()
            let listed = try await innovations.listed(ids)
            count += listed.count
            try await body(listed, register)
        }
        switch scope {
        case .everything(let register):
            var last = 0
            while true {
                let ids = try await innovations.numbers(after: last, limit: Self.batch)
                guard let end = ids.last else { break }
                last = end
                try await take(ids, register)
            }
        case .found(var inquiry, let catalogue):
            inquiry.order = .newest
            inquiry.limit = Self.batch
            inquiry.cursor = nil
            repeat {
                let found = try catalogue.find(inquiry)
                if !found.ids.isEmpty { try await take(found.ids, catalogue.register) }
                inquiry.cursor = found.next
            } while inquiry.cursor != nil
        }
        return count
    }
}

extension Innovations {
    /// Numbers of published records above a number, ascending.
    func numbers(after last: Int, limit: Int) async throws -> [Int] {
        try await database.read { db in
            try db.rows(
                "SELECT id FROM innovation WHERE state = 'published' AND id > \(last) ORDER BY id LIMIT \(limit)"
            ) { try $0.int("id") }
        }
    }

    /// Numbers and last changes of published records within a range of numbers, ascending.
    func stamps(after first: Int, through last: Int, limit: Int) async throws -> [(id: Int, updatedAt: Instant)] {
        try await database.read { db in
            try db.rows(
                """
                SELECT id, updated_at FROM innovation
                WHERE state = 'published' AND id > \(first) AND id <= \(last) ORDER BY id LIMIT \(limit)
                """
            ) { (id: try $0.int("id"), updatedAt: try $0.instant("updated_at")) }
        }
    }

    /// The highest number of a record; 0 when there is none.
    func highestNumber() async throws -> Int {
        try await database.read { try $0.count("SELECT COALESCE(MAX(id), 0) FROM innovation") }
    }
}
