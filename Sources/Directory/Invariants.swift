import Database

/// Every value of a published record is taken from a source record of that innovation.
let valuesHaveSources = Invariant("every value has a source") { db in
    var broken: [String] = []
    var records: [Int: Set<Int>] = [:]
    try db.each("SELECT id, innovation FROM source_record") {
        records[try $0.int("innovation"), default: []].insert(try $0.int("id"))
    }
    try db.each(
        """
        SELECT i.id, r.content, r.origin FROM innovation i
        JOIN revision r ON r.innovation = i.id AND r.number = i.revision WHERE i.state = 'published'
        """
    ) { row in
        guard broken.count < 20 else { return }
        let id = try row.int("id")
        let origin = try Origin(json: try row.text("origin"))
        let sourced = Set(origin.fields.values.joined())
        for field in try Innovation(json: try row.text("content")).known where !sourced.contains(field) {
            broken.append("id=\(id) field=\(field.rawValue)")
        }
        for record in origin.fields.keys where records[id]?.contains(record) != true {
            broken.append("id=\(id) source_record=\(record)")
        }
    }
    return broken
}
