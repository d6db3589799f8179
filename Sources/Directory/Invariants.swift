import Database

/// Every value of a published record is taken from a source record of that innovation or of what was merged into it.
let valuesHaveSources = Invariant("every value has a source") { db in
    var broken: [String] = []
    var records: [Int: Set<Int>] = [:]
    try db.each(
        """
        SELECT s.id, COALESCE(b.belongs_to, s.innovation) AS root FROM source_record s
        LEFT JOIN belonging b ON b.innovation = s.innovation
        """
    ) {
        records[try $0.int("root"), default: []].insert(try $0.int("id"))
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

/// Every record says what its sources state, by the rules of survivorship. A record on which one row rests that was
/// never written down says what it says by definition; the others are made anew.
let recordsFollowStatements = Invariant("every record is what its statements say") { db in
    let ids = try db.rows(
        """
        SELECT i.id FROM innovation i WHERE (i.state = 'published' OR i.absence = 'waiting') AND i.id IN
            (SELECT innovation FROM source_record WHERE record IS NOT NULL UNION SELECT belongs_to FROM belonging)
        ORDER BY i.id
        """
    ) { try $0.int("id") }
    var broken: [String] = []
    for start in stride(from: 0, to: ids.count, by: 500) where broken.count < 20 {
        let some = Array(ids[start..<min(start + 500, ids.count)])
        var roots: [Int: Int] = [:]
        try db.each("SELECT innovation, belongs_to FROM belonging WHERE belongs_to IN \(some)") {
            roots[try $0.int("innovation")] = try $0.int("belongs_to")
        }
        let stated = Dictionary(grouping: try Innovations.statements(of: some + roots.keys, db)) {
            roots[$0.member] ?? $0.member
        }
        let newest = try Innovations.newest(some, db)
        for id in some {
            let (record, origin) = Survivorship.record(of: stated[id] ?? [])
            if record.json() != newest[id]?.json { broken.append("id=\(id)") }
            if origin.whose != newest[id]?.origin.whose { broken.append("id=\(id) origin") }
        }
    }
    return broken
}

/// The map of what belongs to what is what the standing merges say: flat, so that nobody follows it twice.
let mapFollowsMerges = Invariant("what belongs to what is what the standing merges say") { db in
    var merges: [Int: Int] = [:]
    try db.each("SELECT innovation, survivor FROM merge WHERE undone_at IS NULL") {
        merges[try $0.int("innovation")] = try $0.int("survivor")
    }
    var map: [Int: Int] = [:]
    try db.each("SELECT innovation, belongs_to FROM belonging") {
        map[try $0.int("innovation")] = try $0.int("belongs_to")
    }
    let roots = Lineage.roots(merges)
    let ids = Set(roots.keys).union(map.keys).sorted()
    return ids.filter { roots[$0] != map[$0] || map[$0].flatMap { map[$0] } != nil }.prefix(20).map {
        "innovation=\($0)"
    }
}

let identities: [Invariant] = [
    valuesHaveSources, recordsFollowStatements, mapFollowsMerges,
    Invariant(
        "what was merged is absent, what is absent was merged or waits",
        """
        SELECT i.id, i.state, i.absence FROM innovation i LEFT JOIN belonging b ON b.innovation = i.id
        WHERE (b.innovation IS NOT NULL) <> (COALESCE(i.absence, '') = 'merged')
            OR (i.absence IS NOT NULL AND i.state <> 'withdrawn')
        """),
    Invariant(
        "a record takes others in only while it is in the directory, was withdrawn or waits",
        """
        SELECT b.innovation, b.belongs_to FROM belonging b JOIN innovation i ON i.id = b.belongs_to
        WHERE i.absence = 'merged'
        """),
    Invariant(
        "a merge that stands was made before any that took its survivor away",
        """
        SELECT m.id, n.id FROM merge m JOIN merge n ON n.innovation = m.survivor
        WHERE m.undone_at IS NULL AND n.undone_at IS NULL AND n.id < m.id
        """),
]
