import Foundation
import Text

/// Records as columns of small integers: each distinct text is read, folded and stemmed once.
package struct LinkageTable: Sendable {
    package let ids: [String]
    let columns: [String: Column]
    private let rows: [String: Int32]

    package var count: Int { ids.count }

    /// Throws `LinkageRefusal` when an id is missing or used twice, or a field of the model is nowhere.
    package init(_ records: some Sequence<LinkageRecord>, model: LinkageModel, known: Set<String>? = nil) throws {
        var ids: [String] = []
        var rows: [String: Int32] = [:]
        var builders = Dictionary(uniqueKeysWithValues: model.fields.map { ($0, ColumnBuilder()) })
        for field in model.aliasFields { builders[field]?.hasAliases = true }
        let names = Array(builders.keys)
        var seen = known ?? []
        for record in records {
            guard !record.id.isEmpty else { throw LinkageRefusal.emptyID(row: ids.count + 1) }
            guard rows.updateValue(Int32(ids.count), forKey: record.id) == nil else {
                throw LinkageRefusal.duplicateID(record.id)
            }
            ids.append(record.id)
            for name in names {
                let value = record.fields[name]
                if known == nil, value != nil { seen.insert(name) }
                builders[name]?.append(value ?? "")
            }
        }
        guard ids.count >= 2 else { throw LinkageRefusal.tooFewRecords }
        for name in names.sorted() where !seen.contains(name) { throw LinkageRefusal.missingColumn(name) }
        self.ids = ids
        self.rows = rows
        columns = builders.mapValues { Column($0) }
    }

    /// The row of an id.
    package func row(of id: String) -> Int? { rows[id].map(Int.init) }

    func column(_ name: String) -> Column { columns[name] ?? Column(ColumnBuilder()) }
}
