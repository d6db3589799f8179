import Database
import Directory
import Documents
import Foundation
import Kernel
import Support
import Testing

@testable import Competition

/// What goes with a proposal: letters, earlier proposals, and the pages of what comes after the submission.
@Suite struct ProposalAroundTests {
    private static let now = ProposalOffice.now

    @Test func `a letter holds what is known and leaves the rest to the hand`() throws {
        func facts(_ kind: ProposalLetter.Kind) -> ProposalLetter {
            ProposalLetter(
                kind: kind, proposal: 7, title: "Antar Akta", innovation: 12, institution: "Kota Surakarta",
                unit: "Dinas Dukcapil", edition: "KIPP 2027", organiser: "Kementerian PANRB", group: "Umum",
                category: nil, documents: ["Surat kesediaan"], yearOfStart: 2020,
                original: .init(title: "Jemput Akta", number: 3, institution: "Kota Solok"))
        }
        let known: [(String, String)] = [
            ("Judul inovasi", "Antar Akta"), ("Nomor inovasi", "12"), ("Unit penyelenggara", "Dinas Dukcapil"),
            ("Instansi", "Kota Surakarta"),
        ]
        let covering = ProposalLetterText.letter(facts(.covering))
        #expect(covering.title == "SURAT PENGANTAR")
        #expect(covering.head == ["KOTA SURAKARTA"])
        #expect(covering.parts[0] == .paragraph("Yth. Sekretariat KIPP 2027, Kementerian PANRB"))
        #expect(
            covering.parts[2] == .fields(known + [("Kelompok", "Umum"), ("Kategori", "…"), ("Nomor usulan", "7")]))
        #expect(covering.parts[4] == .list(["Surat kesediaan"]))
        #expect((covering.place, covering.office, covering.signer) == ("…, …", "…", "…"))
        #expect(ProposalLetterText.letter(facts(.replication)).head == ["KOTA SOLOK"])
        let started = ProposalLetterText.letter(facts(.implementation)).parts
        #expect("\(started)".contains("… 2020"))
        for kind in ProposalLetter.Kind.allCases {
            let letter = ProposalLetterText.letter(facts(kind))
            #expect(try letter.pdf().starts(with: Array("%PDF".utf8)))
            #expect(try letter.docx().starts(with: Array("PK".utf8)))
        }
        #expect(ProposalLetter.Kind(document: "kesediaan-replikasi") == .willingness)
        #expect(ProposalLetter.Kind(document: "replikasi") == .replication)
        #expect(ProposalLetter.Kind(document: "lain") == nil)
    }

    @Test(arguments: Engine.tested)
    func `the letters that the edition asks for are given filled in, to those who write the proposal`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.proposals.start(
                1, in: "kipp-2027", by: office.actor("unit"), at: Self.now)
            let facts = try await office.proposals.letter(
                .willingness, of: id, for: office.person("unit"), at: Self.now)
            #expect(
                facts
                    == ProposalLetter(
                        kind: .willingness, proposal: id, title: "Layanan 1", innovation: 1,
                        institution: "Provinsi Jawa Tengah", unit: "Dinas Kesehatan",
                        edition: "Kompetisi Inovasi Pelayanan Publik 2027", organiser: "Kementerian PANRB", group: nil,
                        category: nil, documents: ["Surat kesediaan replikasi"], yearOfStart: 2020, original: nil))
            try await office.serve { client in
                let place = "/kerja/usulan/\(id)/surat"
                let page = try await client.get("/kerja/usulan/\(id)", as: "unit")
                for address in ["pengantar.docx", "pengantar.pdf", "kesediaan.docx", "kesediaan.pdf"] {
                    #expect(page.text.contains("\(place)/\(address)"))
                    let answer = try await client.get("\(place)/\(address)", as: "unit")
                    #expect(answer.status == 200)
                    let kind = address.prefix { $0 != "." }
                    #expect(
                        answer["content-disposition"]?.contains(
                            "surat-\(kind)-\(id).\(address.suffix(3) == "pdf" ? "pdf" : "docx")") ?? false)
                    for name in ["tetangga", "lain"] {
                        #expect(try await client.get("\(place)/\(address)", as: name).status == 404)
                    }
                }
                for missing in ["replikasi.pdf", "identitas.docx", "lain.pdf"] {
                    #expect(try await client.get("\(place)/\(missing)", as: "unit").status == 404)
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an innovation entered before shows what became of it and what has changed since`(_ engine: Engine)
        async throws
    {
        try await ProposalOffice.with(engine) { office in
            let old = try await office.ready(1, to: .submitted)
            try await office.proposals.decide(
                old, passes: false, reason: "Terlalu muda.", by: office.actor("sekretariat"), at: Self.now)
            let later = Self.now.adding(days: 300)
            try await office.database.write(at: later) { db in
                try ProposalOffice.deliver(1, db) {
                    $0.texts[.summary] = "Ringkasan yang baru."
                    $0.activities = [.init(kind: .development, on: Day(2027, 12, 1), note: "Ditambah dua kecamatan.")]
                }
                // Under another number, merged since.
                _ = try Innovations.merge(1, into: 2, probability: nil, by: Actor(name: "uji"), reason: "Sama.", db)
            }
            try await office.openEdition("kipp-2028", year: 2028)
            let id = try await office.proposals.start(2, in: "kipp-2028", by: office.actor("admin"), at: later)
            let earlier = try await office.proposals.open(id, for: office.person("admin"), at: later).earlier
            #expect(earlier.map(\.id) == [old])
            #expect(earlier.first?.reason == "Terlalu muda.")
            #expect(earlier.first?.showsFeedback == false)
            let since = try await office.proposals.since(old, of: id, for: office.person("admin"), at: later)
            #expect(since.development?.activities.map(\.note) == ["Ditambah dua kecamatan."])
            #expect(since.development?.changes.map(\.field).contains(.summary) ?? false)
            try await office.serve { client in
                let page = try await client.get("/kerja/usulan/\(id)", as: "admin")
                #expect(page.text.contains("Pernah diusulkan"))
                #expect(page.text.contains("/kerja/usulan/\(id)/sebelumnya/\(old)"))
                #expect(!page.text.contains("umpan-balik"))
                let changes = try await client.get("/kerja/usulan/\(id)/sebelumnya/\(old)", as: "admin")
                #expect(changes.text.contains("Ditambah dua kecamatan."))
                #expect(changes.text.contains("<ins>"))
                #expect(try await client.get("/kerja/usulan/\(id)/sebelumnya/\(id)", as: "admin").status == 404)
                #expect(try await client.get("/kerja/usulan/\(id)/sebelumnya/\(old)", as: "tetangga").status == 404)
                #expect(
                    try await client.get("/kerja/usulan/\(old)", as: "admin").text.contains("Pernah diusulkan") == false
                )
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the check's pages ask, decide and answer, and lead to the next of the queue`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine, cureDays: 7) { office in
            let (first, second) = (
                try await office.ready(1, to: .submitted), try await office.ready(2, to: .submitted)
            )
            try await office.serve { client in
                let place = "/kerja/kompetisi/kipp-2027/usulan"
                let page = try await client.get("\(place)/\(first)", as: "sekretariat")
                #expect(page.text.contains("2 menunggu Anda."))
                #expect(page.text.contains("rel=\"next\" href=\"\(place)/\(second)\""))
                #expect(page.text.contains("Minta dilengkapi sampai"))
                #expect(page.text.contains("aria-label=\"Meja edisi ini\""))
                let empty = try await client.post("\(place)/\(first)", as: "sekretariat", [("hasil", "lengkapi")])
                #expect(empty.status == 422)
                let asked = try await client.post(
                    "\(place)/\(first)", as: "sekretariat", [("hasil", "lengkapi"), ("dasar", "tanda-tangan")])
                #expect(asked["location"] == "\(place)/\(second)")
                #expect(
                    try await client.get("\(place)/\(first)", as: "sekretariat").text
                        .contains("Instansi masih melengkapi"))
                let due = try await client.get("\(place)?giliran=1", as: "sekretariat")
                #expect(!due.text.contains("\(place)/\(first)\""))

                let own = try await client.get("/kerja/usulan/\(first)", as: "admin")
                #expect(own.text.contains("Surat belum ditandatangani pejabat yang berwenang."))
                #expect(own.text.contains("data-left="))
                #expect(own.text.contains("/kerja/usulan/\(first)/dokumen/kesediaan"))
                for name in ["tetangga", "lain"] {
                    for act in ["perbaikan", "banding"] {
                        let long = String(repeating: "x", count: 5000)
                        #expect(
                            try await client.post("/kerja/usulan/\(first)/\(act)", as: name, [("jawaban", long)]).status
                                == 404)
                    }
                    #expect(try await client.post("\(place)/\(first)/banding", as: name, []).status == 403)
                }
                let typed = try await client.post("/kerja/usulan/\(second)/perbaikan", as: "admin", [("jawaban", "x")])
                #expect(typed.status == 409)
                let back = try await client.post(
                    "/kerja/usulan/\(first)/perbaikan", as: "admin", [("jawaban", "Sudah.")])
                #expect(back.status == 303)

                let failed = try await client.post(
                    "\(place)/\(first)", as: "sekretariat", [("hasil", "gagal"), ("alasan", "Tetap kurang.")])
                #expect(failed["location"] == "\(place)/\(second)")
                let last = try await client.post("\(place)/\(second)", as: "sekretariat", [("hasil", "lulus")])
                #expect(last["location"] == place)
                #expect(
                    try await client.get("/kerja/usulan/\(first)", as: "admin").text.contains("Ajukan banding"))
                let appealed = try await client.post(
                    "/kerja/usulan/\(first)/banding", as: "admin", [("banding", "Kami <keliru> dinilai.")])
                #expect(appealed.status == 303)
                let answer = try await client.get("\(place)/\(first)", as: "sekretariat")
                #expect(answer.text.contains("Kami &lt;keliru&gt; dinilai."))
                let upheld = try await client.post(
                    "\(place)/\(first)/banding", as: "sekretariat", [("hasil", "terima"), ("jawaban", "Benar.")])
                #expect(upheld.status == 303)
                #expect(try await client.get("/kerja/usulan/\(first)", as: "admin").text.contains("Banding diterima"))
                let anew = try await client.post(
                    "\(place)/\(first)/banding", as: "sekretariat", [("hasil", "tolak"), ("jawaban", "x")])
                #expect(anew.status == 409)
            }
        }
    }
}

/// What can go wrong while a proposal is written, and must end well.
@Suite struct ProposalTroubleTests {
    private static let now = ProposalOffice.now

    @Test(arguments: Engine.tested)
    func `a section of 10,000 words is kept in the draft and refused at submission with the words to remove`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin) = (office.proposals, try office.actor("admin"))
            let id = try await office.ready(1)
            let long = (0..<10_000).map { "kata\($0)" }.joined(separator: " ")
            let version = try await office.sheet(id).proposal.version
            let saved = try await proposals.save(
                id, ["bagian.ringkasan": long], basedOn: version, by: admin, at: Self.now)
            #expect(saved.problems == [])
            do {
                try await proposals.submit(id, by: admin, at: Self.now)
                Issue.record("It was submitted.")
            } catch ProposalRefusal.ineligible(let verdicts) {
                #expect(
                    verdicts.filter { $0.answer != .met }.map { $0.change?.indonesian } == ["Kurangi 9800 kata."])
            }
            #expect(try await office.sheet(id).proposal.content["bagian.ringkasan"] == long)
            let longer = String(repeating: "kata ", count: 30_000)
            let refused = try await proposals.save(
                id, ["bagian.ringkasan": longer, "judul": "Judul baru"], basedOn: saved.version, by: admin,
                at: Self.now)
            #expect(refused.problems.map(\.field) == ["bagian.ringkasan"])
            let kept = try await office.sheet(id).proposal
            #expect(kept.title == "Judul baru")
            #expect(kept.content["bagian.ringkasan"] == long)
        }
    }

    @Test(arguments: Engine.tested)
    func `lorem ipsum is told to the writer and to the organiser, and does not decide`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let admin = try office.actor("admin")
            let id = try await office.ready(1)
            let version = try await office.sheet(id).proposal.version
            _ = try await office.proposals.save(
                id, ["bagian.kebaruan": "Lorem ipsum dolor sit amet, consectetur adipiscing elit."],
                basedOn: version, by: admin, at: Self.now)
            #expect(try await office.sheet(id).flaws.map(\.kind) == [.filler])
            try await office.proposals.submit(id, by: admin, at: Self.now)
            try await office.serve { client in
                for (address, name) in [
                    ("/kerja/usulan/\(id)", "admin"), ("/kerja/kompetisi/kipp-2027/usulan/\(id)", "sekretariat"),
                ] {
                    let page = try await client.get(address, as: name)
                    #expect(page.text.contains("1 hal perlu dilihat"))
                    #expect(page.text.contains("Tampak berisi teks pengisi (lorem, ipsum, dolor, amet)."))
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a record merged while its proposal is written and read changes nothing that was typed`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin) = (office.proposals, try office.actor("admin"))
            let (draft, sent) = (try await office.ready(1), try await office.ready(3, to: .submitted))
            let before = try await office.sheet(sent)
            try await office.database.write(at: Self.now) { db in
                for id in [1, 3] {
                    _ = try Innovations.merge(
                        id, into: 2, probability: nil, by: Actor(name: "uji"), reason: "Sama.", db)
                }
            }
            let version = try await office.sheet(draft).proposal.version
            _ = try await proposals.save(
                draft, ["bagian.kebaruan": "Ditulis sesudah digabung."], basedOn: version, by: admin, at: Self.now)
            #expect(try await office.sheet(sent).verdicts == before.verdicts)
            #expect(try await office.sheet(sent).proposal.content == before.proposal.content)
            // Two proposals are of one innovation now: the draft says so, and waits until one of them goes.
            let open = try await office.sheet(draft).verdicts.filter { $0.answer != .met }
            #expect(open.map(\.rule.indonesian) == ["Diusulkan satu kali saja"])
            try await office.serve { client in
                let own = try await client.get("/kerja/usulan/\(draft)", as: "admin")
                let check = try await client.get("/kerja/kompetisi/kipp-2027/usulan/\(sent)", as: "sekretariat")
                #expect((own.status, check.status) == (200, 200))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a deadline moved by amendment while a draft is open holds for the next request`(_ engine: Engine) async throws
    {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin, closes) = (office.proposals, try office.actor("admin"), ProposalOffice.closes)
            let (first, second) = (try await office.ready(1), try await office.ready(2))
            func move(to day: String, _ reason: String) async throws {
                let stored = try await office.editions.show("kipp-2027")
                var stages = stored.tables[.stages]
                stages[0]["closes"] = day
                try await office.editions.change(
                    "kipp-2027", .stages, to: stages, reason: reason, basedOn: stored.version,
                    by: office.actor("sekretariat"), at: Self.now)
            }
            await #expect(throws: ProposalRefusal.late(ProposalDeadline(closes: closes, zone: .wib))) {
                try await proposals.submit(first, by: admin, at: closes)
            }
            try await move(to: "2027-06-10 24.00", "Gangguan pusat data.")
            try await proposals.submit(first, by: admin, at: closes)
            let extended = closes.adding(days: 7)
            await #expect(throws: ProposalRefusal.late(ProposalDeadline(closes: extended, zone: .wib))) {
                try await proposals.submit(second, by: admin, at: extended)
            }
            #expect(try await office.sheet(second).edition.stage(.registration)?.closes == extended)
        }
    }
}
