import Foundation
import Kernel

/// The content of an edition as it is stored, edited and compared: for each part its rows, each cell a text.
package struct EditionTables: Codable, Sendable, Hashable {
    private var parts: [String: [[String: String]]]

    package init() { parts = [:] }

    /// The rows of a part; setting them drops empty cells, empty rows and columns that the part does not have.
    package subscript(part: EditionPart) -> [[String: String]] {
        get { parts[part.rawValue] ?? [] }
        set {
            let keys = Set(part.columns.map(\.key))
            let rows = newValue.map { row in
                row.filter { keys.contains($0.key) }.mapValues { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
                    .filter { !$0.value.isEmpty }
            }
            parts[part.rawValue] = rows.filter { !$0.isEmpty }
        }
    }

    /// Reads stored JSON; throws `DecodingError` for anything else.
    package init(json: String) throws {
        let read = try JSONDecoder().decode([String: [[String: String]]].self, from: Data(json.utf8))
        self.init()
        for part in EditionPart.allCases { self[part] = read[part.rawValue] ?? [] }
    }

    /// JSON with its keys in order: equal editions are equal bytes.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(parts.filter { !$0.value.isEmpty }), as: UTF8.self)
    }

    /// One cell that two versions hold differently; nil where a version has no such row or cell.
    package struct Change: Sendable, Hashable {
        package let part: EditionPart
        /// What names the row: its code, else its place from 1.
        package let row: String
        package let column: EditionPart.Column
        package let before: String?
        package let after: String?
    }

    /// What differs from an older version. Rows are followed by their code, those without one by their place.
    package func changes(since older: EditionTables) -> [Change] {
        EditionPart.allCases.flatMap { part -> [Change] in
            let (old, new) = (older.named(part), named(part))
            var names = old.map(\.name)
            for name in new.map(\.name) where !names.contains(name) { names.append(name) }
            return names.flatMap { name in
                let (before, after) = (old.first { $0.name == name }?.row, new.first { $0.name == name }?.row)
                return part.columns.compactMap { column in
                    let (was, now) = (before?[column.key], after?[column.key])
                    return was == now ? nil : Change(part: part, row: name, column: column, before: was, after: now)
                }
            }
        }
    }

    private func named(_ part: EditionPart) -> [(name: String, row: [String: String])] {
        self[part].enumerated().map { place, row in (row["code"] ?? String(place + 1), row) }
    }
}
