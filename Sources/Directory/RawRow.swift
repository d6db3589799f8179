/// A row as its source sent it: column by column where it is flat, else the text itself.
package enum RawRow: Sendable, Hashable {
    case columns([Column])
    case text(String)

    package struct Column: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// - Parameter json: the stored row.
    package init(_ json: String) {
        var text = json
        var columns: [Column] = []
        do {
            try text.withUTF8 { bytes in
                var scanner = JSONScanner(bytes)
                try scanner.object { columns.append(Column(name: $1, value: try $0.string())) }
            }
            self = .columns(columns)
        } catch {
            self = .text(json)
        }
    }
}
