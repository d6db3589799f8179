/// Where the values of one revision come from: for each source record, by number, the fields taken from it.
package struct Origin: Sendable, Hashable {
    package private(set) var fields: [Int: [Innovation.Field]]

    /// All values of a record from one source record.
    package init(_ innovation: Innovation, from record: Int) { fields = [record: innovation.known] }

    init(fields: [Int: [Innovation.Field]]) { self.fields = fields }

    /// The source record a field was taken from, for a united list the first of them.
    package func source(of field: Innovation.Field) -> Int? { sources(of: field).first }

    /// The source records a field was taken from, ascending: more than one only for a list.
    package func sources(of field: Innovation.Field) -> [Int] {
        fields.filter { $0.value.contains(field) }.keys.sorted()
    }

    /// `{"7":["title","institution"]}`
    package func json() -> String {
        let records = fields.map { (String($0), $1) }.sorted { $0.0 < $1.0 }
        let members = records.map { record, fields in
            "\"\(record)\":[" + fields.map { "\"\($0.rawValue)\"" }.joined(separator: ",") + "]"
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    package init(json: String) throws {
        var json = json
        var fields: [Int: [Innovation.Field]] = [:]
        try json.withUTF8 { bytes in
            var scanner = JSONScanner(bytes)
            try scanner.object { value, record in
                let names = try value.list { try $0.string() }
                if let record = Int(record) { fields[record] = names.compactMap(Innovation.Field.init) }
            }
        }
        self.fields = fields
    }
}
