import Foundation

/// Where the values of one revision come from: for each source record, by number, the fields taken from it.
package struct Origin: Sendable, Hashable {
    package private(set) var fields: [Int: [Innovation.Field]]

    /// All values of a record from one source record.
    package init(_ innovation: Innovation, from record: Int) { fields = [record: innovation.known] }

    /// The source record a field was taken from.
    package func source(of field: Innovation.Field) -> Int? { fields.first { $0.value.contains(field) }?.key }

    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let words = Dictionary(uniqueKeysWithValues: fields.map { (String($0), $1.map(\.rawValue)) })
        return String(decoding: try encoder.encode(words), as: UTF8.self)
    }

    package init(json: String) throws {
        let words = try JSONDecoder().decode([String: [String]].self, from: Data(json.utf8))
        fields = Dictionary(
            words.compactMap { key, value in Int(key).map { ($0, value.compactMap(Innovation.Field.init)) } },
            uniquingKeysWith: { a, _ in a })
    }
}
