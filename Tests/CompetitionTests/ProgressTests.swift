import Database
import Kernel
import Support
import Testing

@testable import Competition

@Suite struct ProgressTests {
    @Test func `pace is measured against the close, at seventeen a day, and against an even share`() {
        let (opens, closes) = (Season.noon("2027-06-10"), Season.noon("2027-06-20"))
        func pace(_ open: Int, _ done: Int, _ day: String) -> Progress.Pace {
            Progress.pace(open: open, done: done, opens: opens, closes: closes, at: Season.noon(day))
        }
        #expect(pace(0, 0, "2027-06-19") == .finished)
        #expect(pace(17, 3, "2027-06-11") == .onTime)
        #expect(pace(18, 82, "2027-06-19") == .late)
        #expect(pace(17, 83, "2027-06-19") == .onTime)
        #expect(pace(10, 10, "2027-06-17") == .onTime)
        #expect(pace(10, 5, "2027-06-17") == .behind)
        #expect(pace(1, 99, "2027-06-21") == .late)
        #expect(Progress.pace(open: 5, done: 0, opens: nil, closes: nil, at: closes) == .onTime)
    }

    @Test func `drift, agreement and constant scores say nothing where there are too few`() {
        #expect(Progress.drift([50, 60, 70, 80, 90]) == nil)
        #expect(Progress.drift([50, 50, 50, 60, 60, 60]) == 10)
        #expect(Progress.drift([50, 50, 50, 99, 60, 60, 60]) == 10)
        #expect(Progress.isConstant([100, 100, 100]))
        #expect(!Progress.isConstant([100, 100]))
        #expect(!Progress.isConstant([100, 100, 99]))
        let reads = [(1, 1, 60.0), (1, 2, 80), (2, 1, 70), (2, 2, 71), (3, 3, 50)].map {
            Progress.Read(proposal: $0.0, evaluator: $0.1, score: $0.2)
        }
        let few = Progress.differences(reads)
        #expect(few.all == nil && few.pairs == 2 && few.of == [:])
        let more = Progress.differences(reads + [Progress.Read(proposal: 3, evaluator: 1, score: 53)])
        #expect(more.all == 8 && more.pairs == 3 && more.of == [1: 8])
        #expect(Progress.score(["a": 50, "b": 100], weights: ["a": 40, "b": 60]) == 80)
        #expect(Progress.score(["a": 50, "b": 100], weights: [:]) == 75)
    }

    @Test(arguments: Engine.tested)
    func `the organiser sees who is late, whose scores never differ and how far others are, and reminds once a day`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let reports = ProgressReports(season.database, publicURL: "https://simpul.example")
            for proposal in 1...3 {
                try await season.finished(proposal, by: 1, score: 100)
                try await season.finished(proposal, by: 2, score: 60 + proposal)
            }
            try await season.give(4, to: 3)
            let office = try season.person("sekretariat")
            let report = try await reports.report(Season.code, for: office, at: Season.noon("2027-06-16"))
            #expect(report.lines.map(\.pace) == [.finished, .finished, .onTime, .finished])
            #expect(report.lines.map(\.isConstant) == [true, false, false, false])
            #expect(report.difference == 38)
            #expect(report.lines.map(\.difference) == [38, 38, nil, nil])
            #expect(
                report.categories.map { [$0.proposals, $0.needed, $0.given, $0.done] } == [
                    [3, 6, 6, 6], [3, 6, 1, 0],
                ])

            let actor = try season.actor("sekretariat")
            func nudge(_ day: String) async throws -> Int {
                try await reports.nudge(Season.code, for: office, by: actor, at: Season.noon(day))
            }
            #expect(try await nudge("2027-06-16") == 0)
            #expect(try await nudge("2027-07-10") == 1)
            #expect(try await nudge("2027-07-10") == 0)
            #expect(try await nudge("2027-07-11") == 1)
            let mail = try await season.database.read { db in
                try db.rows("SELECT address, body FROM message ORDER BY id") {
                    "\(try $0.text("address")) \(try $0.text("body"))"
                }
            }
            #expect(mail.count == 2)
            #expect(mail[0].hasPrefix("penilai3@contoh.example 1 usulan masih menunggu nilai Anda"))

            try await season.serve({ ProgressPages(reports).add(to: $1) }) { client in
                let place = "/kerja/kompetisi/kipp-2027/pemantauan"
                let page = try await client.get(place, as: "sekretariat")
                #expect(page.text.contains("<dd class=\"n\">6</dd><dd>dari 7</dd>"))
                #expect(page.text.contains("semua nilainya sama; beda 38,0"))
                #expect(page.text.contains("rata-rata berbeda 38,0 angka (3 pasang nilai)"))
                #expect(try await client.get("/en" + place, as: "sekretariat").text.contains("difference 38.0"))
                for name in ["hub", "admin1", "penilai1", "panelis1", "auditor"] {
                    #expect(try await client.get(place, as: name).status == 403)
                    #expect(try await client.post("\(place)/ingatkan", as: name, []).status == 403)
                }
                let told = try await client.post("\(place)/ingatkan", as: "sekretariat", [])
                #expect(told.status == 303)
                #expect(told["location"]?.hasPrefix("\(place)?diingatkan=") == true)
            }
        }
    }
}
