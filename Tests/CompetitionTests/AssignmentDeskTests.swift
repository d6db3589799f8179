import Database
import Foundation
import Kernel
import People
import Support
import Testing
import Web

@testable import Competition

@Suite struct AssignmentDeskTests {
    static let place = "/kerja/kompetisi/kipp-2027/penugasan"

    @Test func `a cost follows the order of expertise, and who does not read the language is never asked`() {
        func cost(_ category: String?, _ expertise: [String], _ languages: [String] = ["id"]) -> Int? {
            AssignmentCost.of(category: category, expertise, languages: languages)
        }
        #expect(cost("a", ["a", "b"]) == 0)
        #expect(cost("b", ["a", "b"]) == 100)
        #expect(cost("f", ["a", "b", "c", "d", "e", "f"]) == 400)
        #expect(cost("x", ["a"]) == 700)
        #expect(cost(nil, ["a"]) == 700)
        #expect(cost("a", []) == 500)
        #expect(cost("a", ["a"], ["en"]) == nil)
    }

    @Test(arguments: Engine.tested)
    func `a plan gives nothing before its release, proves itself, and is released once`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let assignments = Assignments(season.database, publicURL: "https://simpul.example")
            try await Self.settle(season)
            let plan = try await assignments.plan(
                in: Season.code, objective: .floor, seed: 7, by: try season.actor("sekretariat"),
                at: Season.evaluating)
            #expect(try await Self.readings(season) == [])
            #expect(try await season.database.read { try $0.count("SELECT COUNT(*) FROM message") } == 0)
            let again = try await assignments.plan(
                in: Season.code, objective: .floor, seed: 7, by: try season.actor("sekretariat"),
                at: Season.evaluating)
            let office = try season.person("sekretariat")
            let (first, second) = (
                try await assignments.show(plan, in: Season.code, page: 1, for: office),
                try await assignments.show(again, in: Season.code, page: 1, for: office)
            )
            #expect(first.plan.assignment == second.plan.assignment)
            #expect(first.plan.report.reads == 12)
            #expect(first.plan.report.isOptimal)
            #expect(first.plan.report.connected)
            #expect(first.broken == 0)
            #expect(first.loads.reduce(0) { $0 + $1.reads } == 12)
            let page = PlanView.page(first, page: 1, .none, Self.frame(office)).text
            #expect(page.contains("Biaya terkecil \(first.plan.report.optimum) terbukti"))
            #expect(page.contains("dengan benih 7"))

            #expect(
                try await assignments.release(
                    plan, in: Season.code, by: try season.actor("sekretariat"), at: Season.evaluating) == 12)
            let given = try await Self.readings(season)
            #expect(given.count == 12)
            #expect(Set(given.map { "\($0.proposal) \($0.evaluator)" }).count == 12)
            // The first evaluator is in conflict with P33's proposals, the second is not asked beyond three.
            #expect(given.allSatisfy { $0.evaluator != 1 || ![1, 4].contains($0.proposal) })
            #expect(given.count { $0.evaluator == 2 } <= 3)
            let mail = try await season.database.read { db in
                try db.rows("SELECT address, subject, body FROM message ORDER BY id") {
                    "\(try $0.text("address")) \(try $0.text("subject"))\n\(try $0.text("body"))"
                }
            }
            #expect(mail.count == Set(given.map(\.evaluator)).count)
            #expect(mail.allSatisfy { $0.contains("sampai 14 Juli 2027 24.00 WIB") })
            #expect(mail.allSatisfy { $0.contains("https://simpul.example/kerja/penilaian\n") })
            await #expect(throws: AssigningRefusal.released) {
                try await assignments.release(
                    plan, in: Season.code, by: try season.actor("sekretariat"), at: Season.evaluating)
            }
            // The other plan would give every proposal too much by now.
            await #expect(throws: AssigningRefusal.self) {
                try await assignments.release(
                    again, in: Season.code, by: try season.actor("sekretariat"), at: Season.evaluating)
            }
            await #expect(throws: AssigningRefusal.complete) {
                _ = try await assignments.plan(
                    in: Season.code, objective: .cost, by: try season.actor("sekretariat"), at: Season.evaluating)
            }
            // Removed half way: the next plan fills in what was theirs and nothing else.
            let lost = given.filter { $0.evaluator == 3 }.map(\.proposal)
            try await season.database.write { try $0.execute("UPDATE evaluator SET most = 6 WHERE id = 2") }
            try await Evaluators(season.database).remove(
                3, in: Season.code, reason: "Pindah", uncounted: false, by: try season.actor("sekretariat"),
                at: Season.evaluating)
            let rest = try await assignments.plan(
                in: Season.code, objective: .floor, by: try season.actor("sekretariat"), at: Season.evaluating)
            let filled = try await assignments.show(rest, in: Season.code, page: 1, for: office)
            #expect(filled.rows.map(\.proposal) == lost.sorted())
            #expect(filled.plan.report.kept == 12 - lost.count)
        }
    }

    @Test(arguments: Engine.tested)
    func `what makes a plan impossible is named with what to do, and no evaluator is told apart from none`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let assignments = Assignments(season.database)
            try await season.serve({ AssignmentPages(assignments).add(to: $1) }) { client in
                func attempt(_ change: SQL) async throws -> HTTPClient.Response {
                    try await season.database.write(at: Season.evaluating) { try $0.execute(change) }
                    return try await client.post(Self.place, as: "sekretariat", [("tujuan", "floor")])
                }
                try await season.amend(stages: [:])
                let few = try await attempt("UPDATE evaluator SET most = 2 WHERE role = 'evaluator'")
                #expect(few.status == 409)
                #expect(few.text.contains("Daya tampung semua penilai kurang 4 pembacaan."))
                #expect(few.text.contains("Naikkan batas atas penilai atau undang penilai baru."))
                let much = try await attempt("UPDATE evaluator SET most = 6, least = 6 WHERE role = 'evaluator'")
                #expect(
                    much.text.contains("Batas bawah penilai seluruhnya melebihi yang tersedia sebanyak 12 pembacaan."))
                let one = try await attempt(
                    "UPDATE evaluator SET least = 0, declared_at = CASE WHEN id = 1 THEN 1 END WHERE role = 'evaluator'"
                )
                #expect(one.text.contains("Kategori Kesehatan kekurangan 3 pembacaan"))
                let none = try await attempt("UPDATE evaluator SET declared_at = NULL WHERE role = 'evaluator'")
                #expect(none.status == 409)
                #expect(
                    none.text.contains(
                        "Tidak ada penilai yang siap: 4 dari 4 belum masuk atau belum menyatakan benturan."))
                let nobody = try await attempt(
                    "UPDATE evaluator SET removed_at = 1, removal = 'x' WHERE role = 'evaluator'")
                #expect(nobody.text.contains("Belum ada penilai. Undang penilai dahulu."))
                #expect(try await client.get(Self.place, as: "sekretariat").text.contains("0 dari 0"))
                #expect(try await client.get("\(Self.place)/1", as: "sekretariat").status == 404)
                #expect(try await client.get(Self.place, as: "admin1").status == 403)
                #expect(try await season.database.read { try $0.count("SELECT COUNT(*) FROM plan") } == 0)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a conflict declared after the plan keeps it from being released, in words`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let assignments = Assignments(season.database)
            let plan = try await assignments.plan(
                in: Season.code, objective: .cost, by: try season.actor("sekretariat"), at: Season.evaluating)
            let sheet = try await assignments.show(
                plan, in: Season.code, page: 1, for: try season.person("sekretariat"))
            let reader = sheet.rows[0].readers[0]
            let last = try #require(reader.last)
            let evaluator = try #require(Int(String(last)))
            try await Declarations(season.database).add(
                [TieDraft(.author, .proposal, "1")], in: Season.code, by: try season.actor(reader),
                at: Season.evaluating)
            await #expect(
                throws: AssigningRefusal.breaks([
                    Phrase(
                        "penilai\(evaluator) berkonflik kepentingan dengan “Layanan 1”.",
                        "penilai\(evaluator) has a conflict of interest with “Layanan 1”.")
                ])
            ) {
                try await assignments.release(
                    plan, in: Season.code, by: try season.actor("sekretariat"), at: Season.evaluating)
            }
            #expect(try await Self.readings(season) == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a read by hand keeps the rules and says which one it would break`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let assignments = Assignments(season.database)
            try await Self.settle(season)
            try await season.serve({ AssignmentPages(assignments).add(to: $1) }) { client in
                try await season.amend(stages: [:])
                let first = "\(Self.place)/usulan/1"
                func give(_ evaluator: Int, at place: String) async throws -> HTTPClient.Response {
                    try await client.post("\(place)/beri", as: "sekretariat", [("penilai", String(evaluator))])
                }
                let tied = try await give(1, at: first)
                #expect(tied.status == 409)
                #expect(tied.text.contains("penilai1 berbenturan: Dinyatakan sendiri (bekerja di instansinya)"))
                #expect(try await give(3, at: first).status == 303)
                #expect(try await give(3, at: first).text.contains("penilai3 sudah pernah ditugasi usulan ini."))
                #expect(try await give(9, at: first).status == 404)
                #expect(try await give(5, at: first).text.contains("panelis1 belum siap"))
                #expect(try await give(4, at: first).status == 303)
                let full = try await give(2, at: first)
                #expect(full.text.contains("Usulan ini sudah mendapat 2 penilai, seharusnya 2."))
                #expect(try await client.get("\(Self.place)/usulan/99", as: "sekretariat").status == 404)
                #expect(try await client.post("\(Self.place)/usulan/99/tambah", as: "sekretariat", []).status == 404)

                #expect(
                    try await client.post("\(first)/tarik", as: "sekretariat", [("penilaian", "1")]).status == 422)
                #expect(
                    try await client.post(
                        "\(first)/tarik", as: "sekretariat", [("penilaian", "1"), ("alasan", "Keliru")]
                    ).status == 303)
                let page = try await client.get(first, as: "sekretariat").text
                #expect(page.contains("Dibaca 1 dari 2 kali"))
                #expect(page.contains("Keliru"))
                // What was taken back may be given again.
                #expect(try await give(3, at: first).status == 303)
                #expect(try await Self.readings(season).map(\.evaluator) == [3, 4])
                try await season.database.write { try $0.execute("UPDATE evaluator SET most = 0 WHERE id = 2") }
                #expect(
                    try await give(2, at: "\(Self.place)/usulan/2").text.contains(
                        "penilai2 sudah mencapai batas 0 usulan."))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an extra read goes to the best who is free, and names why nobody is`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let actor = try season.actor("sekretariat")
            try await Self.settle(season)
            // Proposal 1 is of health: the first evaluator is tied, the third knows health, the others do not.
            func extra() async throws -> Int {
                let id = try await season.database.write(at: Season.evaluating) {
                    try Assignments.giveExtra(1, by: actor, $0)
                }
                return try await season.database.read {
                    try $0.count("SELECT evaluator FROM reading WHERE id = \(id) AND origin = 'extra'")
                }
            }
            #expect(try await extra() == 3)
            // The second has three places left of three, the fourth six of six.
            #expect(try await extra() == 4)
            #expect(try await extra() == 2)
            await #expect(throws: AssigningRefusal.noReader(proposal: 1, conflicted: 1, known: 3, full: 0)) {
                _ = try await extra()
            }
            await #expect(throws: AssigningRefusal.over(Phrase("14 Juli 2027 24.00 WIB", "14 July 2027 24.00 WIB"))) {
                try await season.database.write(at: Season.noon("2027-07-15")) {
                    _ = try Assignments.giveExtra(2, by: actor, $0)
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who organises an edition learns nothing of who reads their own institution's proposals`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.amend(["organiser": "P33"])
            for proposal in [2, 3] { try await season.finished(proposal, by: 1, score: 50 + proposal) }
            let assignments = Assignments(season.database)
            let desk = "/kerja/kompetisi/kipp-2027"
            try await season.serve({
                EvaluatorPages(Evaluators(season.database)).add(to: $1)
                AssignmentPages(assignments).add(to: $1)
                ProgressPages(ProgressReports(season.database)).add(to: $1)
            }) { client in
                let pages = ["penilai", "penilai/1", "penilai/2", "penugasan", "penugasan/usulan/2", "pemantauan"]
                func seen() async throws -> [String] {
                    var texts: [String] = []
                    for page in pages { texts.append(try await client.get("\(desk)/\(page)", as: "hub").text) }
                    return texts
                }
                let before = try await seen()
                #expect(before[3].contains("Usulan dari instansi Anda sendiri tidak ditampilkan"))
                #expect(before.allSatisfy { !$0.contains("Layanan 1") && !$0.contains("Layanan 4") })
                // Proposals 1 and 4 are of P33, whose Hub it is.
                try await season.finished(1, by: 1, score: 100)
                try await season.give(4, to: 1)
                try await season.give(1, to: 2)
                let after = try await seen()
                for (place, page) in pages.enumerated() { #expect(after[place] == before[place], "\(page)") }
                for (method, path) in [("GET", ""), ("POST", "/beri"), ("POST", "/tarik"), ("POST", "/tambah")] {
                    let place = "\(desk)/penugasan/usulan/1\(path)"
                    let fields = [("penilai", "3"), ("penilaian", "3"), ("alasan", "x")]
                    let status =
                        method == "GET"
                        ? try await client.get(place, as: "hub").status
                        : try await client.post(place, as: "hub", fields).status
                    #expect(status == 404, "\(path)")
                }
                #expect(try await client.get("\(desk)/penilai/1", as: "sekretariat").text.contains("Layanan 4"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `proposals that became one innovation are shown to the organiser`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await season.database.write {
                try $0.insert("belonging", ["innovation", "belongs_to"], [[4.sqlValue, 1.sqlValue]])
            }
            let overview = try await Assignments(season.database).overview(
                Season.code, for: try season.person("sekretariat"))
            #expect(overview.merged == [[1, 4]])
            try await season.database.write { try $0.execute("DELETE FROM belonging WHERE innovation = 4") }
        }
    }

    struct Read: Hashable {
        let proposal: Int
        let evaluator: Int
    }

    static func readings(_ season: Season) async throws -> [Read] {
        try await season.database.read { db in
            try db.rows("SELECT proposal, evaluator FROM reading WHERE state <> 'removed' ORDER BY proposal, evaluator")
            {
                Read(proposal: try $0.int("proposal"), evaluator: try $0.int("evaluator"))
            }
        }
    }

    /// The first evaluator works at P33; the second reads at most three.
    static func settle(_ season: Season) async throws {
        try await Declarations(season.database).add(
            [TieDraft(.works, .institution, "P33")], in: Season.code, by: try season.actor("penilai1"),
            at: Season.evaluating)
        try await season.database.write { try $0.execute("UPDATE evaluator SET most = 3 WHERE id = 2") }
    }

    static func frame(_ person: Person) -> Frame {
        Frame(
            language: .indonesian, here: .path("x"), publicURL: "", asset: { .path($0) }, visitor: person)
    }
}
