import Database
import Directory
import Foundation
import Kernel
import Support
import Testing

@testable import Intake

/// Rows that no other resembles: each with words of its own.
private struct List {
    var rows: [[String]]

    static let header = ["id", "title", "agency", "year"]
    static let agencies = ["Kabupaten Banyuwangi", "Kota Surabaya", "Kabupaten Kudus", "Kota Bandung", "Provinsi Bali"]

    init(_ count: Int, seed: UInt64 = 1) {
        var random = SeededRandom(seed)
        func word() -> String {
            (0..<4).map { _ in
                String("bcdfgjklmnprstw".randomElement(using: &random) ?? "b")
                    + String("aiueo".randomElement(using: &random) ?? "a")
            }.joined()
        }
        rows = (1...count).map {
            ["N\($0)", "\(word()) \(word()) \(word())".capitalized, Self.agencies[$0 % 5], String(2015 + $0 % 8)]
        }
    }

    var csv: [UInt8] { Sheets.csv(Self.header, rows) }
}

@Suite struct DeliveryTests {
    @Test(arguments: Engine.tested)
    func `three real files in three shapes come in, every row with one outcome`(engine: Engine) async throws {
        let real = try Sheets.shipped()
        #expect(real.kipp.count > 50 && real.lan.count > 300 && real.local.count > 200)
        try await Counter.with(engine) { counter in
            let kipp = try await counter.source("kipp", trust: 10)
            let lan = try await counter.source("lan", trust: 20)
            let local = try await counter.source("daerah", trust: 30)
            let runs = [
                try await counter.deliver(Sheets.kipp(real.kipp), to: kipp, name: "kipp.xlsx"),
                try await counter.deliver(Sheets.lan(real.lan), to: lan, name: "lan.csv"),
                try await counter.deliver(Sheets.local(real.local), to: local, mapping: Sheets.localMapping),
            ]
            #expect(runs.map(\.state) == [.done, .done, .done])
            #expect(runs.map(\.sums.rows) == [real.kipp.count, real.lan.count, real.local.count])
            #expect(runs.map(\.sums.open) == [0, 0, 0])
            #expect(runs[1].sums[.merged] > 0 && runs[1].sums[.review] > 0)
            let all = runs.reduce(0) { $0 + $1.sums.rows - $1.sums[.rejected] }
            #expect(try await counter.count("source_record", "SELECT COUNT(*) FROM source_record") == all)
            #expect(try await counter.count("innovation", "SELECT COUNT(*) FROM innovation") == all)
            let merged = runs.reduce(0) { $0 + $1.sums[.merged] }
            #expect(try await counter.count("merge", "SELECT COUNT(*) FROM merge WHERE undone_at IS NULL") == merged)
            let review = runs.reduce(0) { $0 + $1.sums[.review] }
            #expect(try await counter.count("pair", "SELECT COUNT(*) FROM pair WHERE state = 'open'") == review)
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `the same file twice changes nothing and is said, not doubted`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar", complete: true)
            let first = try await counter.deliver(List(30).csv, to: source)
            #expect(first.sums == RunSums(outcomes: [.created: 30]))
            let change = counter.database.version
            let second = try await counter.deliver(List(30).csv, to: source)
            #expect(second.state == .done && second.doubts == [] && second.sameFileAs == first.id)
            #expect(second.sums == RunSums(outcomes: [.unchanged: 30]))
            #expect(counter.database.version == change)
        }
    }

    @Test(arguments: Engine.tested)
    func `columns that changed their names stop a delivery before it harms`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            try await counter.deliver(List(10).csv, to: source)
            let renamed = Sheets.csv(["id", "judul", "agency", "year"], List(10).rows)
            let run = try await counter.deliver(renamed, to: source)
            #expect(run.state == .failed && run.sums.rows == 0)
            #expect(run.reason == MappingRefusal.changed(.init(missing: ["title"], new: ["judul"])).message)
            let header = ["id", "judul", "agency", "year"]
            try await counter.mappings.save(
                .suggest(header), for: source, header: header, by: Counter.clerk, at: .now())
            let again = try await counter.deliver(renamed, to: source)
            #expect(again.state == .done && again.mapping == 2)
            #expect(try await counter.mappings.versions(of: source).map(\.version) == [2, 1])
        }
    }

    @Test(arguments: Engine.tested)
    func `columns whose contents were swapped make it ask, and nothing is taken until somebody says so`(
        engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            try await counter.deliver(List(20).csv, to: source)
            let before = try await counter.titles(of: source)
            let swapped = Sheets.csv(List.header, List(20).rows.map { [$0[0], $0[2], $0[1], $0[3]] })
            let run = try await counter.deliver(swapped, to: source)
            #expect(run.state == .asking && run.leaseUntil == nil)
            #expect(run.doubts == [.unknownInstitutions(20, of: 20), .reused(20, of: 20)])
            #expect(run.sums == RunSums(outcomes: [:], open: 20))
            #expect(try await counter.titles(of: source) == before)
            await #expect(throws: RunRefusal.underWay(run.id)) { try await counter.deliver(List(20).csv, to: source) }
            try await counter.runs.stop(run.id, by: Counter.clerk, at: .now())
            await #expect(throws: RunRefusal.ended) {
                try await counter.runs.stop(run.id, by: Counter.clerk, at: .now())
            }
            await #expect(throws: RunRefusal.notAsking) {
                try await counter.runs.approve(run.id, by: Counter.clerk, at: .now())
            }
            #expect(try await counter.titles(of: source) == before)
            #expect(try await counter.deliver(List(20).csv, to: source).sums[.unchanged] == 20)
        }
    }

    @Test(arguments: Engine.tested)
    func `a file whose half is another file makes it ask; let on, the readable half is taken`(engine: Engine)
        async throws
    {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            var bytes = List(20).csv
            bytes += Sheets.csv(["Nama", "Jumlah"], (1...20).map { ["Kantor \($0)", "7"] })
            let run = try await counter.deliver(bytes, to: source)
            #expect(run.state == .asking && run.doubts == [.rejected(21, of: 41)])
            try await counter.runs.approve(run.id, by: Counter.clerk, at: .now())
            let done = try await counter.worker().finish(run.id)
            #expect(done.state == .done && done.approvedBy == "tester")
            #expect(done.sums == RunSums(outcomes: [.created: 20, .rejected: 21]))
            let rejected = try await counter.rows.page(of: run.id, outcome: .rejected, limit: 5)
            #expect(rejected.rows.map(\.line) == [22, 23, 24, 25, 26] && rejected.next == 26)
            #expect(rejected.rows[0].problems.count == 1)
            #expect(rejected.rows[1].content == #"{"id":"Kantor 1","title":"7"}"#)
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `an id that now stands for another innovation waits for a person, the old record keeps its content`(
        engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar", complete: true)
            var list = List(30)
            try await counter.deliver(list.csv, to: source)
            let old = list.rows[2][1]
            let other = List(31, seed: 9).rows[30]
            list.rows[2] = ["N3", other[1], other[2], other[3]]
            list.rows[4][1] += " Baru"
            let run = try await counter.deliver(list.csv, to: source)
            #expect(run.sums == RunSums(outcomes: [.review: 1, .updated: 1, .unchanged: 28]))
            let titles = try await counter.titles(of: source)
            #expect(
                titles.filter { $0.hasPrefix("N3") && !$0.hasPrefix("N30") } == [
                    "N3 \(other[1]) waiting", "N3~1 \(old) published missing",
                ])
            #expect(try await counter.count("pair", "SELECT COUNT(*) FROM pair WHERE kind = 'reused'") == 1)
            #expect(run.missing == 1)
            let row = try await counter.rows.row(4, of: run.id)
            #expect(row.decision == .reused && row.outcome == .review && !row.steps.isEmpty)
            // A second time it is known.
            #expect(try await counter.deliver(list.csv, to: source).sums == RunSums(outcomes: [.unchanged: 30]))
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `rows that are gone by the hundred make it ask; none is deleted, and all come back`(engine: Engine)
        async throws
    {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar", complete: true)
            let all = List(400)
            try await counter.deliver(all.csv, to: source)
            var some = all
            some.rows.removeFirst(100)
            let run = try await counter.deliver(some.csv, to: source)
            #expect(run.state == .asking && run.doubts == [.missing(100, of: 400)])
            try await counter.runs.approve(run.id, by: Counter.clerk, at: .now())
            let done = try await counter.worker().finish(run.id)
            #expect(done.missing == 100 && done.sums == RunSums(outcomes: [.unchanged: 300]))
            let line = try await counter.sources.all()[0]
            #expect(line.records == 400 && line.missing == 100 && line.run == done)
            #expect(
                try await counter.count("i", "SELECT COUNT(*) FROM innovation WHERE state = 'published'") == 400)
            let back = try await counter.deliver(all.csv, to: source)
            #expect(back.state == .done && back.sums == RunSums(outcomes: [.unchanged: 400]))
            #expect(try await counter.sources.all()[0].missing == 0)
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `nothing new where there was always something makes it ask`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            for count in [10, 12, 14] { try await counter.deliver(List(count).csv, to: source) }
            let run = try await counter.deliver(List(13).csv, to: source)
            #expect(run.state == .asking && run.doubts == [.nothingNew(deliveries: 3)])
            try await counter.runs.stop(run.id, by: Counter.clerk, at: .now())
            // The file of an earlier delivery is known; that is no doubt.
            #expect(try await counter.deliver(List(12).csv, to: source).state == .done)
        }
    }

    @Test(arguments: Engine.tested)
    func `titles of one letter, of emoji and of 5,000 characters end well, and no machine joins by them`(
        engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            var list = List(20)
            for (number, title) in ["A", "A", "🎉", "🎉", String(repeating: "panjang ", count: 625)].enumerated() {
                list.rows.append(["T\(number)", title, "Kabupaten Kudus", "2020"])
            }
            let run = try await counter.deliver(list.csv, to: source)
            #expect(run.state == .done && run.sums.rows == 25 && run.sums[.rejected] == 1 && run.sums[.merged] == 0)
            #expect(try await counter.rows.row(26, of: run.id).outcome == .rejected)
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a file all of whose rows name an unknown institution makes it ask`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            let rows = List(20).rows.map { [$0[0], $0[1], "Kantor Antah Berantah", $0[3]] }
            let run = try await counter.deliver(Sheets.csv(List.header, rows), to: source)
            #expect(run.state == .asking && run.doubts == [.unknownInstitutions(20, of: 20)])
        }
    }

    @Test(arguments: Engine.tested)
    func `twins of another source and of the same file become one record`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let (a, b) = (try await counter.source("a"), try await counter.source("b"))
            try await counter.deliver(List(30).csv, to: a)
            var list = List(30)
            list.rows = list.rows.prefix(2).map { ["B" + $0[0]] + $0[1...] }
            let new = List(40, seed: 5).rows[33]
            list.rows += [new, ["lagi"] + Array(new[1...])]
            let run = try await counter.deliver(list.csv, to: b)
            #expect(run.sums == RunSums(outcomes: [.merged: 3, .created: 1]))
            // Who is believed more now speaks first, and the records follow.
            var terms = try await counter.sources.source(b).terms
            terms.trust = 1
            try await counter.sources.change(b, to: terms, by: Counter.clerk, at: .now())
            let row = try await counter.rows.row(5, of: run.id)
            #expect(row.twinLine == 4 && row.decision == .automatic)
            #expect(
                try await counter.count("i", "SELECT COUNT(*) FROM innovation WHERE state = 'published'") == 31)
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `what an agency validated stays; the source's other value is asked, asked anew, and passes`(
        engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            var list = List(10)
            try await counter.deliver(list.csv, to: source)
            let id = try await counter.rows.row(2, of: 1).innovation ?? 0
            var ours = try Innovation(json: try await counter.rows.row(2, of: 1).record ?? "")
            ours.yearStated = 2001
            let record = ours
            try await counter.database.write { db in
                _ = try Innovations.publish(
                    record, as: id, reason: "divalidasi", by: Actor(name: "account:1", office: "Kudus"), db)
            }
            func differences() async throws -> [String] {
                try await counter.database.read { db in
                    try db.rows("SELECT field, ours, theirs, answer FROM difference ORDER BY id") {
                        let values = [try $0.textOrNil("ours"), try $0.textOrNil("theirs"), try $0.textOrNil("answer")]
                        return "\(try $0.text("field")) \(values.map { $0 ?? "-" }.joined(separator: " "))"
                    }
                }
            }
            list.rows[0][3] = "2018"
            #expect(try await counter.deliver(list.csv, to: source).sums[.unchanged] == 10)
            #expect(try await differences() == ["yearStated 2001 2018 -"])
            list.rows[0][3] = "2019"
            try await counter.deliver(list.csv, to: source)
            #expect(try await differences() == ["yearStated 2001 2019 -"])
            list.rows[0][3] = "2001"
            try await counter.deliver(list.csv, to: source)
            #expect(try await differences() == ["yearStated 2001 2019 passed"])
            #expect(
                try await counter.count("i", "SELECT COUNT(*) FROM innovation WHERE id = \(id) AND year = 2001") == 1)
            #expect(try await counter.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `rows without a number get one of their title, institution and year`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            let rows = List(12).rows.map { Array($0[1...]) }
            let header = Array(List.header[1...])
            let run = try await counter.deliver(Sheets.csv(header, rows + [rows[3]]), to: source)
            #expect(run.sums == RunSums(outcomes: [.created: 12, .rejected: 1]))
            let twice = try await counter.rows.row(14, of: run.id)
            #expect(twice.externalID?.utf8.count == 20 && twice.problems.count == 1)
            let again = try await counter.deliver(Sheets.csv(header, rows.reversed()), to: source)
            #expect(again.sums == RunSums(outcomes: [.unchanged: 12]))
        }
    }

    @Test(arguments: Engine.tested)
    func `a dry run counts problems over the whole file and writes nothing`(engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let source = try await counter.source("daftar")
            var list = List(40)
            for place in 20..<25 { list.rows[place][3] = "dua ribu" }
            list.rows[30][1] = ""
            list.rows[31][2] = "Kantor Antah Berantah"
            let file = try await counter.hand(list.csv, for: source)
            let mapping = Mapping.suggest(List.header)
            let preview = try await counter.mappings.preview(file, mapping, rows: 3)
            #expect(preview.rows == 40 && preview.rejected == 6 && preview.unknownInstitutions == 1)
            #expect(
                preview.problems.map { "\($0.problem.field) \($0.rows) \($0.line)" } == ["year 5 22", "title 1 32"])
            #expect(preview.shown.map(\.innovation?.title) == list.rows.prefix(3).map { $0[1] })
            #expect(preview.header == List.header && preview.form == .csv && preview.change == nil)
            #expect(try await counter.count("staged", "SELECT COUNT(*) FROM staged") == 0)
            #expect(try await counter.count("run", "SELECT COUNT(*) FROM run") == 0)
        }
    }
}
