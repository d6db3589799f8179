import Foundation
import Kernel
import Web

/// A part's rows as they come from its form: cells named `0.code`, an order, and a mark for those to be dropped.
enum EditionForm {
    /// Rows that a form offers beyond those that are there.
    static let spare = 2
    static let mostRows = 100

    /// The rows as typed, in the order asked for, without those marked.
    static func rows(_ form: Query, _ part: EditionPart) throws -> [[String: String]] {
        let count = try form.integer("baris", in: 0...mostRows) ?? 0
        var rows: [(order: Double, row: [String: String])] = []
        for place in 0..<count {
            guard try form.text("\(place).hapus", limit: 5) == nil else { continue }
            var row: [String: String] = [:]
            for column in part.columns {
                if let text = try form.text("\(place).\(column.key)", limit: 4000) { row[column.key] = text }
            }
            let order = try form.text("\(place).urut", limit: 10).flatMap(Double.init) ?? Double(place + 1)
            if !row.isEmpty { rows.append((order, row)) }
        }
        // Equal numbers keep the order of the form.
        return rows.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(
            \.element.row)
    }
}
