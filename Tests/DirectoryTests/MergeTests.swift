import Database
import Kernel
import Support
import Testing

@testable import Directory

/// A directory of a few rows from three sources, and what is asked of it.
private struct Desk {
    let database: Database
    let innovations: Innovations
    static let start: Int64 = 1_700_000_000_000

    static func with(_ engine: Engine, _ body: (Desk) async throws -> Void) async throws {
        try await TestDatabase.with(engine, Portal.slices) { database in
            let desk = Desk(database: database, innovations: Innovations(database))
            try await desk.at(0) { db in
                for (name, trust) in [("kipp", 10), ("lan", 20), ("daerah", 20)] {
                    let id = try Innovations.sourceID(name, db)
                    try db.execute("UPDATE source SET trust = \(trust) WHERE id = \(id)")
                }
            }
            try await body(desk)
        }
    }

    @discardableResult
    func at<T: Sendable>(_ minute: Int, _ body: @escaping @Sendable (Writer) throws -> T) async throws -> T {
        try await database.write(at: Instant(milliseconds: Self.start + Int64(minute) * 60_000), body)
    }

    static func row(_ name: String, _ set: (inout Innovation) -> Void = { _ in }) -> SourceRow {
        var innovation = Innovation()
        innovation.title = "Judul \(name)"
        set(&innovation)
        return SourceRow(
            externalID: name, reference: nil, content: "{\"isi\":\(innovation.json())}", innovation: innovation)
    }

    @discardableResult
    func take(
        _ row: SourceRow, from source: Int = 1, _ arrival: Innovations.Arrival = .publish, minute: Int = 1
    ) async throws -> Innovations.Taken {
        try await at(minute) {
            try Innovations.take(
                [(row, arrival)], from: source, by: Actor(name: "import"), reason: "impor", $0)[0]
        }
    }

    @discardableResult
    func edit(_ id: Int, draft: Int, minute: Int, _ set: @escaping @Sendable (inout Innovation) -> Void) async throws
        -> Int
    {
        try await at(minute) { db in
            let root = try Innovations.root(of: id, db)
            guard var record = try Innovations.newest([root], db)[root]?.innovation else { return 0 }
            set(&record)
            return try Innovations.publish(
                record, as: id, draft: draft, by: Actor(name: "account:1", office: "Dinas"), reason: "divalidasi", db
            ).id
        }
    }

    @discardableResult
    func merge(_ id: Int, into survivor: Int, minute: Int = 2) async throws -> Int {
        try await at(minute) {
            try Innovations.merge(
                id, into: survivor, by: Actor(name: "account:1", office: "Bagian Organisasi"), reason: "kembar", $0)
        }
    }

    func undo(_ merge: Int, minute: Int = 3) async throws {
        try await at(minute) {
            try Innovations.undo(merge: merge, by: Actor(name: "account:1", office: "LAN"), reason: "keliru", $0)
        }
    }

    func sound() async throws { #expect(try await database.check() == []) }
}

@Suite struct MergeTests {
    @Test(arguments: Engine.tested)
    func `joined records show both sources, and parting restores both with later edits`(engine: Engine) async throws {
        try await Desk.with(engine) { desk in
            try await desk.take(Desk.row("a") { $0.unit = "Unit A" })
            try await desk.take(Desk.row("b") { $0.category = "kesehatan" }, from: 2)
            let merge = try await desk.merge(2, into: 1)
            let joined = try await desk.innovations.show(1)
            #expect(joined.innovation.title == "Judul a")
            #expect(joined.innovation.category == "kesehatan")
            #expect(joined.sources.map(\.externalID) == ["a", "b"])
            #expect(try await desk.innovations.show(2).absence == .merged(1))
            #expect(try await desk.innovations.listed([1, 2]).map(\.id) == [1])
            #expect(try await desk.innovations.statements(of: 2).map(\.externalID) == ["a", "b"])
            try await desk.sound()

            // Both go on being told by their sources, and an edit of the merged id is one of the record.
            #expect(try await desk.edit(2, draft: 1, minute: 4) { $0.unit = "Unit baru" } == 1)
            let told = Desk.row("b") { $0.category = "lingkungan" }
            #expect(try await desk.take(told, from: 2, minute: 5).outcome == .updated(2))
            #expect(try await desk.innovations.show(1).innovation.category == "lingkungan")
            try await desk.undo(merge, minute: 6)
            let (first, second) = (try await desk.innovations.show(1), try await desk.innovations.show(2))
            #expect(first.innovation.unit == "Unit baru")
            #expect(first.innovation.category == nil)
            #expect(second.innovation == told.innovation)
            #expect(second.absence == nil)
            #expect(second.withdrawn == nil)
            let reasons = try await desk.innovations.revisions(of: 2).map(\.reason)
            #expect(
                reasons == [
                    "Dipisahkan lagi dari inovasi nomor 1: keliru", "Digabungkan ke inovasi nomor 1: kembar", "impor",
                ])
            #expect(
                try await desk.innovations.revisions(of: 1).map(\.reason) == [
                    "Inovasi nomor 2 dipisahkan lagi: keliru", "impor", "divalidasi",
                    "Menerima gabungan inovasi nomor 2: kembar", "impor",
                ])
            await #expect(throws: DirectoryRefusal.alreadyUndone(merge)) { try await desk.undo(merge) }
            await #expect(throws: DirectoryRefusal.unknownMerge(9)) { try await desk.undo(9) }
            let lineage = try await desk.innovations.lineage(of: 1)
            #expect(lineage.map(\.undone?.reason) == ["keliru"])
            #expect(lineage.map(\.actor) == ["Bagian Organisasi"])
            try await desk.sound()
        }
    }

    @Test(arguments: Engine.tested)
    func `a chain is one record, whichever link is taken back first`(engine: Engine) async throws {
        try await Desk.with(engine) { desk in
            for name in ["a", "b", "c"] { try await desk.take(Desk.row(name)) }
            let first = try await desk.merge(1, into: 2)
            let second = try await desk.merge(2, into: 3)
            @Sendable func roots() async throws -> [Int] {
                try await desk.database.read { db in try [1, 2, 3].map { try Innovations.root(of: $0, db) } }
            }
            #expect(try await roots() == [3, 3, 3])
            await #expect(throws: DirectoryRefusal.alreadyOne(3)) { try await desk.merge(1, into: 2) }
            try await desk.sound()
            try await desk.undo(second)
            #expect(try await roots() == [2, 2, 3])
            try await desk.sound()
            let third = try await desk.merge(1, into: 3)
            #expect(try await roots() == [3, 3, 3])
            try await desk.undo(first)
            #expect(try await roots() == [1, 3, 3])
            try await desk.sound()
            try await desk.undo(third)
            #expect(try await roots() == [1, 2, 3])
            for (id, title) in [(1, "Judul a"), (2, "Judul b"), (3, "Judul c")] {
                #expect(try await desk.innovations.show(id).innovation.title == title)
            }
            try await desk.sound()
        }
    }

    @Test(arguments: Engine.tested)
    func `a twin arrives joined, a doubtful row waits unseen until it is admitted or joined`(engine: Engine)
        async throws
    {
        try await Desk.with(engine) { desk in
            try await desk.take(Desk.row("a"))
            #expect(
                try await desk.take(Desk.row("t") { $0.unit = "Unit" }, .merge(into: 1, probability: 0.99)).outcome
                    == .merged(2))
            #expect(try await desk.take(Desk.row("w"), .wait).outcome == .waiting(3))
            #expect(try await desk.take(Desk.row("v"), .wait).outcome == .waiting(4))
            #expect(try await desk.innovations.show(1).innovation.unit == "Unit")
            #expect(try await desk.innovations.show(3).absence == .waiting)
            #expect(try await desk.innovations.listed([1, 2, 3, 4]).map(\.id) == [1])
            #expect(try await desk.innovations.sourceCounts().map(\.records) == [2])
            #expect(try await desk.take(Desk.row("t") { $0.unit = "Unit" }, .wait).outcome == .unchanged(2))
            try await desk.sound()
            await #expect(throws: DirectoryRefusal.waiting(3)) { try await desk.merge(1, into: 3) }
            try await desk.at(3) { try Innovations.admit(3, by: .system, reason: "diterima", $0) }
            #expect(try await desk.innovations.listed([3]).count == 1)
            let merge = try await desk.merge(4, into: 1)
            #expect(try await desk.innovations.show(4).absence == .merged(1))
            try await desk.undo(merge)
            #expect(try await desk.innovations.show(4).absence == .waiting)
            #expect(try await desk.innovations.lineage(of: 1).map(\.probability) == [nil, 0.99])
            // The twin that arrived joined was never seen alone; taken back, it is a record of its own.
            try await desk.undo(1)
            #expect(try await desk.innovations.listed([1, 2]).map(\.innovation.unit) == [nil, "Unit"])
            try await desk.sound()
        }
    }

    @Test(arguments: Engine.tested)
    func `what a validated record is told otherwise is a difference, and nothing changes`(engine: Engine) async throws {
        try await Desk.with(engine) { desk in
            try await desk.take(Desk.row("a") { $0.unit = "lama" })
            try await desk.edit(1, draft: 1, minute: 2) { $0.unit = "milik kami" }
            #expect(try await desk.take(Desk.row("a") { $0.unit = "lama" }, minute: 3).differences == [])
            let taken = try await desk.take(Desk.row("a") { $0.unit = "sumber baru" }, minute: 4)
            #expect(taken.outcome == .unchanged(1))
            #expect(
                taken.differences == [.init(record: 1, field: .unit, ours: "milik kami", theirs: "sumber baru")])
            #expect(try await desk.take(Desk.row("a") { $0.unit = "sumber baru" }, minute: 5).differences == [])
            try await desk.sound()
        }
    }

    @Test(arguments: Engine.tested)
    func `a database from before keeps its content, also when its sources go on`(engine: Engine) async throws {
        try await Desk.with(engine) { desk in
            try await desk.take(
                Desk.row("a") {
                    $0.unit = "Unit"
                    $0.affair = "kesehatan"
                })
            try await desk.edit(1, draft: 1, minute: 2) {
                $0.texts[.summary] = "Dari dinas"
                $0.affair = nil
            }
            try await desk.edit(1, draft: 2, minute: 3) { $0.category = "kesehatan" }
            let before = try await desk.innovations.show(1)
            // Before, only the revision said what came from where.
            try await desk.at(4) { try $0.execute("UPDATE source_record SET record = NULL, fields = NULL") }
            try await desk.sound()
            let stated = try await desk.innovations.statements(of: 1)
            #expect(stated.map(\.fields) == [[.category], [.summary, .affair], [.title, .unit]])
            let changed = Desk.row("a") {
                $0.unit = "Unit lain"
                $0.affair = "pendidikan"
                $0.category = "lingkungan"
            }
            #expect(try await desk.take(changed, minute: 5).outcome == .updated(1))
            let after = try await desk.innovations.show(1)
            var expected = before.innovation
            expected.unit = "Unit lain"
            #expect(after.innovation == expected)
            #expect(after.origin.whose == before.origin.whose)
            try await desk.sound()
        }
    }

    @Test(arguments: Engine.tested)
    func `the better record survives, rows go missing and come back, an id given anew is retired`(engine: Engine)
        async throws
    {
        try await Desk.with(engine) { desk in
            try await desk.take(Desk.row("a"))
            try await desk.take(Desk.row("b") { $0.unit = "Unit" })
            try await desk.take(Desk.row("c"))
            func survivor(_ a: Int, _ b: Int) async throws -> Int {
                try await desk.database.read { try Innovations.survivor(of: a, b, $0) }
            }
            #expect(try await survivor(1, 3) == 1)
            try await desk.at(2) {
                try Innovations.vouch(3, at: $0.at, by: "Dinas", until: $0.at.adding(days: 9), $0)
            }
            #expect(try await survivor(1, 3) == 3)
            #expect(try await desk.at(3) { try Innovations.noteMissing(source: 1, except: ["a"], $0) } == 2)
            #expect(try await desk.innovations.statements(of: 2).map { $0.missingSince != nil } == [true])
            try await desk.take(Desk.row("b") { $0.unit = "Unit" })
            #expect(try await desk.innovations.statements(of: 2).map(\.missingSince) == [nil])
            try await desk.at(4) { try Innovations.retire(record: 1, $0) }
            #expect(try await desk.take(Desk.row("a") { $0.unit = "lain" }).outcome == .created(4))
            #expect(try await desk.innovations.statements(of: 1).map(\.externalID) == ["a~1"])
            try await desk.at(5) { try Innovations.relate(1, 4, by: .system, $0) }
            await #expect(throws: DirectoryRefusal.alreadyOne(1)) {
                try await desk.at(6) { try Innovations.relate(1, 1, by: .system, $0) }
            }
            try await desk.sound()
        }
    }
}

/// What was done in one story, told again without the merges.
private enum Step {
    case deliver(SourceRow, source: Int, wait: Bool, minute: Int)
    case edit(Int, draft: Int, Innovation.Field)
}

private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct UndoTests {
    private static let fields: [Innovation.Field] = [.unit, .summary, .category, .notes, .institution, .impact]

    private static func set(_ field: Innovation.Field, _ text: String, _ record: inout Innovation) {
        switch field {
        case .unit: record.unit = text
        case .summary: record.texts[.summary] = text
        case .impact: record.texts[.impact] = text
        case .category: record.category = text
        case .notes: record.notes = [text, "bersama"]
        default: record.institutionAsGiven = text
        }
    }

    /// What everything says in the end, by innovation.
    private func all(_ desk: Desk, _ count: Int) async throws -> [String] {
        var found: [String] = []
        for id in 1...count {
            let shown = try await desk.innovations.show(id)
            let origin = shown.origin.whose.map { "\($0): \($1.map(\.rawValue).sorted())" }.sorted()
            found.append("\(id) \(shown.innovation.json()) \(origin) \(String(describing: shown.absence))")
        }
        return found
    }

    @Test(arguments: Engine.tested, [1, 2, 3] as [UInt64])
    func `whatever was joined and edited, taking every merge back leaves what would have been without them`(
        engine: Engine, seed: UInt64
    ) async throws {
        var dice = Dice(state: seed)
        var story: [Step] = []
        var rows: [(name: String, source: Int)] = []
        var told: [String] = []
        try await Desk.with(engine) { desk in
            var standing: [Int] = []
            for minute in 1...90 {
                let roll = rows.count < 3 ? 0 : Int.random(in: 0..<10, using: &dice)
                let id = rows.isEmpty ? 0 : Int.random(in: 1...rows.count, using: &dice)
                switch roll {
                case 0, 1, 2, 3:
                    let new = roll < 2 || rows.isEmpty
                    let name = new ? "r\(rows.count + 1)" : rows[id - 1].name
                    let source = new ? Int.random(in: 1...3, using: &dice) : rows[id - 1].source
                    let some = Self.fields.shuffled(using: &dice).prefix(3)
                    let row = Desk.row(name) { for field in some { Self.set(field, "\(field) \(minute)", &$0) } }
                    let wait = new && Int.random(in: 0..<6, using: &dice) == 0
                    let join = new && !wait && id > 0 && Bool.random(using: &dice)
                    var arrival = wait ? Innovations.Arrival.wait : .publish
                    if join { arrival = .merge(into: id, probability: 0.97) }
                    let taken = try await desk.take(row, from: source, arrival, minute: minute)
                    if new { rows.append((name, source)) }
                    if case .merged = taken.outcome {
                        standing.append(try await desk.database.read { try $0.count("SELECT MAX(id) FROM merge") })
                    }
                    story.append(.deliver(row, source: source, wait: wait, minute: minute))
                case 4, 5:
                    let root = try await desk.database.read { try Innovations.root(of: id, $0) }
                    guard try await desk.innovations.show(root).absence == nil else { continue }
                    guard let field = Self.fields.randomElement(using: &dice) else { continue }
                    try await desk.edit(id, draft: minute, minute: minute) { Self.set(field, "edit \(minute)", &$0) }
                    story.append(.edit(root, draft: minute, field))
                case 6, 7, 8:
                    let other = Int.random(in: 1...rows.count, using: &dice)
                    do {
                        standing.append(try await desk.merge(id, into: other, minute: minute))
                    } catch is DirectoryRefusal {
                        continue
                    }
                default:
                    guard let some = standing.indices.randomElement(using: &dice) else { continue }
                    try await desk.undo(standing.remove(at: some), minute: minute)
                }
                if minute % 10 == 0 { try await desk.sound() }
            }
            #expect(standing.count > 2)
            for merge in standing.shuffled(using: &dice) { try await desk.undo(merge, minute: 100) }
            #expect(try await desk.database.read { try $0.count("SELECT COUNT(*) FROM belonging") } == 0)
            try await desk.sound()
            told = try await all(desk, rows.count)
        }
        try await Desk.with(engine) { desk in
            for step in story {
                switch step {
                case .deliver(let row, let source, let wait, let minute):
                    try await desk.take(row, from: source, wait ? .wait : .publish, minute: minute)
                case .edit(let id, let draft, let field):
                    try await desk.edit(id, draft: draft, minute: draft) { Self.set(field, "edit \(draft)", &$0) }
                }
            }
            #expect(try await all(desk, rows.count) == told)
        }
    }
}
