import Database
import Kernel
import People
import Support
import Testing

@testable import Competition

@Suite struct EditionsTests {
    @Test(arguments: Engine.tested)
    func `a copy has another year's rules and none of its dates`(_ engine: Engine) async throws {
        try await Secretariat.with(engine) { office in
            try await office.editions.copy(
                "kipp-2025", as: "kipp-2027", year: 2027, organiser: "K-KEMENPANRB",
                by: office.actor("sekretariat"), at: Secretariat.now)
            let made = try await office.editions.show("kipp-2027", draft: true)
            #expect(made.state == .draft)
            #expect(made.edition.year == 2027)
            #expect(made.edition.name.english == "Public Service Innovation Competition 2027")
            #expect(made.edition.categories.count == 9)
            #expect(made.edition.stages.count == 7)
            #expect(made.edition.stages.compactMap(\.opens) == [])
            #expect(made.edition.rules.compactMap(\.source) == [])
            #expect(
                try await office.editions.all().map(\.code) == ["kipp-2025", "pkri-2024", "kipp-2023", "kipp-2021"])
            await #expect(throws: EditionRefusal.unknown("kipp-2027")) { try await office.editions.show("kipp-2027") }
        }
    }

    @Test(arguments: Engine.tested)
    func `an edition opens only when nothing contradicts itself, and is fixed from then on`(_ engine: Engine)
        async throws
    {
        try await Secretariat.with(engine) { office in
            let (editions, actor) = (office.editions, try office.actor("sekretariat"))
            try await editions.copy(
                "kipp-2025", as: "kipp-2027", year: 2027, organiser: "K-KEMENPANRB", by: actor, at: Secretariat.now)
            await #expect(throws: EditionRefusal.self) {
                try await editions.open("kipp-2027", by: actor, at: Secretariat.now)
            }
            #expect(try await editions.show("kipp-2027", draft: true).state == .draft)
            var stages = try await editions.show("kipp-2027", draft: true).tables[.stages]
            stages[0]["opens"] = "2027-04-08 00.00"
            stages[0]["closes"] = "2027-06-03 24.00"
            try await editions.change(
                "kipp-2027", .stages, to: stages, reason: nil, basedOn: 1, by: actor, at: Secretariat.now)
            try await editions.open("kipp-2027", by: actor, at: Secretariat.now)
            #expect(try await editions.show("kipp-2027").state == .open)
            await #expect(throws: EditionRefusal.alreadyOpen) {
                try await editions.open("kipp-2027", by: actor, at: Secretariat.now)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a change after the opening is a dated amendment with its reason, and must hold together`(
        _ engine: Engine
    ) async throws {
        try await Secretariat.with(engine) { office in
            let (editions, actor) = (office.editions, try office.actor("sekretariat"))
            try await office.draft()
            try await editions.open("kipp-2027", by: actor, at: Secretariat.now)
            let open = try await editions.show("kipp-2027")
            var stages = open.tables[.stages]
            stages[0]["closes"] = "2027-06-10 24.00"
            let later = Secretariat.now.adding(days: 1)
            await #expect(throws: EditionRefusal.noReason) {
                try await editions.change(
                    "kipp-2027", .stages, to: stages, reason: " ", basedOn: open.version, by: actor, at: later)
            }
            var broken = stages
            broken[0]["closes"] = "2027-04-01 00.00"
            await #expect(throws: EditionRefusal.self) {
                try await editions.change(
                    "kipp-2027", .stages, to: broken, reason: "x", basedOn: open.version, by: actor, at: later)
            }
            #expect(try await editions.amendments(of: open.id) == [])
            try await editions.change(
                "kipp-2027", .stages, to: stages, reason: "Banyak instansi meminta", basedOn: open.version, by: actor,
                at: later)
            let amendments = try await editions.amendments(of: open.id)
            #expect(amendments.map(\.reason) == ["Banyak instansi meminta"])
            #expect(amendments.first?.at == later)
            #expect(amendments.first?.changes.map(\.after) == ["2027-06-10 24.00"])
            await #expect(throws: EditionRefusal.changedMeanwhile) {
                try await editions.change(
                    "kipp-2027", .stages, to: broken, reason: "x", basedOn: open.version, by: actor, at: later)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an archive is not changed, a code is used once, a hub holds its own editions only`(
        _ engine: Engine
    ) async throws {
        try await Secretariat.with(engine) { office in
            let editions = office.editions
            await #expect(throws: EditionRefusal.archived) {
                try await editions.change(
                    "kipp-2025", .quotas, to: [], reason: "x", basedOn: 1, by: office.actor("sekretariat"),
                    at: Secretariat.now)
            }
            await #expect(throws: EditionRefusal.taken("kipp-2023")) {
                try await editions.copy(
                    "kipp-2025", as: "kipp-2023", year: 2027, organiser: "K-KEMENPANRB",
                    by: office.actor("sekretariat"), at: Secretariat.now)
            }
            await #expect(throws: EditionRefusal.badCode) {
                try await editions.copy(
                    "kipp-2025", as: "KIPP 2027", year: 2027, organiser: "K-KEMENPANRB",
                    by: office.actor("sekretariat"), at: Secretariat.now)
            }
            try await office.draft("kipp-jateng-2027", by: "hub", at: "P33")
            for name in ["hub", "admin"] {
                await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                    try await office.draft("kipp-2028", by: name, at: "K-KEMENPANRB")
                }
            }
            // It cannot hand its edition to an institution it does not reach, nor take one over.
            var facts = try await editions.show("kipp-jateng-2027", draft: true).tables[.facts]
            facts[0]["organiser"] = "K-KEMENPANRB"
            await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                try await editions.change(
                    "kipp-jateng-2027", .facts, to: facts, reason: nil, basedOn: 2, by: office.actor("hub"),
                    at: Secretariat.now)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the pages show dates, sources and what has none, and a draft to nobody`(_ engine: Engine) async throws {
        try await Secretariat.with(engine) { office in
            try await office.draft()
            try await office.serve { client in
                let list = try await client.get("/kompetisi")
                #expect(list.status == 200)
                #expect(!list.text.contains("kipp-2027"))
                let page = try await client.get("/kompetisi/kipp-2025")
                #expect(page.text.contains("8 April 2025 sampai 3 Juni 2025 24.00 WIB"))
                #expect(page.text.contains("belum bersumber"))
                #expect(page.text.contains("Perpusnas, rapat koordinasi proposal KIPP 2025"))
                #expect(try await client.get("/kompetisi/kipp-2027").status == 404)
                #expect(try await client.get("/en/kompetisi/pkri-2024").text.contains("dates not found yet"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an edition is copied, filled, checked, opened and amended at the desk`(_ engine: Engine) async throws {
        try await Secretariat.with(engine) { office in
            try await office.serve { client in
                let wrong = try await client.post(
                    "/kerja/kompetisi", as: "sekretariat",
                    [("dari", "kipp-2025"), ("code", "KIPP"), ("tahun", "2027"), ("penyelenggara", "K-KEMENPANRB")])
                #expect(wrong.status == 422)
                let made = try await client.post(
                    "/kerja/kompetisi", as: "sekretariat",
                    [
                        ("dari", "kipp-2025"), ("code", "kipp-2027"), ("tahun", "2027"),
                        ("penyelenggara", "K-KEMENPANRB"),
                    ])
                #expect(made["location"] == "/kerja/kompetisi/kipp-2027")
                let refused = try await client.post("/kerja/kompetisi/kipp-2027/buka", as: "sekretariat", [])
                #expect(refused.status == 422)
                #expect(refused.text.contains("Isi mulai dan selesai pendaftaran."))
                // The quota as its form sends it: one row kept, a new one, then the first removed.
                let bad = try await client.post(
                    "/kerja/kompetisi/kipp-2027/quotas", as: "sekretariat",
                    [("versi", "1"), ("baris", "3"), ("0.most", "banyak"), ("0.scope", "agency"), ("0.urut", "1")])
                #expect(bad.status == 422)
                #expect(bad.text.contains("Tulis angka 1 sampai 1000."))
                #expect(bad.text.contains("value=\"banyak\""))
                let saved = try await client.post(
                    "/kerja/kompetisi/kipp-2027/quotas", as: "sekretariat",
                    [
                        ("versi", "1"), ("baris", "3"), ("0.most", "15"), ("0.scope", "agency"), ("0.urut", "2"),
                        ("1.most", "3"), ("1.scope", "unit"), ("1.urut", "1"),
                    ])
                #expect(saved.status == 303)
                let quotas = try await office.editions.show("kipp-2027", draft: true).edition.quotas
                #expect(quotas.map(\.most) == [3, 15])
                let stale = try await client.post(
                    "/kerja/kompetisi/kipp-2027/quotas", as: "sekretariat", [("versi", "1"), ("baris", "0")])
                #expect(stale.status == 409)
                for part in EditionPart.allCases {
                    #expect(
                        try await client.get("/kerja/kompetisi/kipp-2027/\(part.rawValue)", as: "sekretariat").status
                            == 200)
                }
                #expect(try await client.get("/kerja/kompetisi/kipp-2027/lain", as: "sekretariat").status == 404)
                #expect(try await client.get("/kerja/kompetisi", as: "admin").status == 403)
            }
        }
    }
}
