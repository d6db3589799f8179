import Competition
import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

/// A whole edition, small but real: sixty proposals made from the sample's records, from the opening to a certificate that
/// anyone can verify.
@Suite(.serialized) struct CompetitionJourneyTests {
    @Test(arguments: Engine.tested)
    func `an edition runs from its opening to an award that anyone can verify`(engine: Engine) async throws {
        try await Served.with(engine, csv: try NationalEdition.csv()) { site in
            let edition = try await NationalEdition(site)
            #expect(edition.records.count == 60)
            try await edition.open()
            let admins = try await edition.admins()
            let categories = try await edition.editions.show(NationalEdition.code).edition.categories.map(\.code)
            var proposals: [Int] = []
            for (place, record) in edition.records.enumerated() {
                let admin = try #require(admins[record.institution])
                proposals.append(
                    try await edition.propose(
                        record.innovation, by: admin, category: categories[place % categories.count],
                        texts: [
                            "ringkasan": "Layanan nomor \(place) dalam satu kalimat.",
                            "kebaruan": "Yang baru dari layanan \(place): warga tidak perlu datang dua kali.",
                            "signifikansi": "Waktu tunggu turun dari \(10 + place) hari menjadi \(1 + place % 7) hari.",
                        ]))
            }
            #expect(proposals == Array(1...60))
            #expect(
                try await site.client.get("/kompetisi/\(NationalEdition.code)").text.contains("60 usulan terdaftar"))
            try await edition.move(to: .administrative)
            for id in proposals { try await edition.pass(id) }
            try await evaluate(edition, proposals, categories)
            let finalists = try await choose(edition)
            try await hear(edition, finalists, admins)
            let awarded = try await award(edition, finalists)
            try await verify(edition, awarded)
        }
    }

    /// Twelve evaluators read what a plan gives them, three each proposal.
    private func evaluate(_ edition: NationalEdition, _ proposals: [Int], _ categories: [String]) async throws {
        try await edition.move(to: .evaluation)
        var people: [Signed] = []
        for place in 0..<12 {
            let known = (0..<3).map { categories[(place + $0) % categories.count] }
            people.append(try await edition.seat(.evaluator, office: "Universitas \(place)", expertise: known))
        }
        try await edition.assign(seed: 7)
        var imagined = ImaginedScores(seed: 2027, proposals: proposals.count, evaluators: people.count)
        var read = 0
        for (place, person) in people.enumerated() {
            for reading in try await edition.queue(person) {
                let proposal = try await edition.site.database.read {
                    try $0.count("SELECT proposal FROM reading WHERE id = \(reading)")
                }
                let value = imagined.draw(proposal - 1, place)
                try await edition.score(reading, by: person) { $0 == "kebaruan" ? value : min(100, value + 2) }
                read += 1
            }
        }
        #expect(read == 180)
    }

    /// The evaluators' plenary decides on finalists, quietly, and they are announced; citizens object and rate.
    private func choose(_ edition: NationalEdition) async throws -> [Int] {
        let site = edition.site
        let scores = try await edition.secretariat.get("\(edition.desk)/nilai").text
        #expect(scores.contains("±"))
        try await edition.move(to: .plenary)
        let sitting = try await edition.sit(
            .evaluators, .finalists, attended: try await edition.seats(.evaluator), title: "Pleno Tim Evaluasi")
        #expect(try await site.client.get("/kompetisi/\(NationalEdition.code)/finalis").status == 404)
        try await edition.move(to: .finalists)
        try await edition.announce(.finalists, sitting, decree: "Keputusan 11 Tahun 2027")
        let page = try await site.client.get("/kompetisi/\(NationalEdition.code)/finalis")
        #expect(page.status == 200)
        let found = page.text.matches(of: /href="\/kompetisi\/kipp-2027\/finalis\/(\d+)"/).compactMap { Int($0.1) }
        let finalists = Set(found).sorted()
        #expect(finalists.count == 15)

        try await edition.move(to: .objection)
        let place = "/kompetisi/\(NationalEdition.code)/finalis/\(finalists[0])/sanggah"
        let form = try await site.client.get(place)
        let cookie = try #require(
            form.fields.first { $0.name == "set-cookie" }?.value.split(separator: ";").first.map(String.init))
        let token = try #require(form.text.firstMatch(of: /name="token" value="([^"]*)"/)).1
        let words = "Layanan ini belum berjalan di kecamatan kami sampai bulan lalu."
        let fields = [
            ("token", String(token)), ("jenis", "objection"), ("isi", words), ("nama", "Ani"),
            ("kontak", "ani@contoh.test"), ("situs", ""),
        ]
        var body = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
        body += "--b--\r\n"
        let sent = try await site.client.request(
            "POST", place, headers: ["Content-Type": "multipart/form-data; boundary=b", "Cookie": cookie],
            body: Array(body.utf8))
        #expect(sent.status == 303)
        #expect(try await edition.secretariat.get("\(edition.desk)/sanggahan").text.contains("kecamatan kami"))
        try NationalEdition.led(
            await edition.secretariat.send(
                "\(edition.desk)/sanggahan/1", from: "\(edition.desk)/sanggahan",
                [
                    ("hasil-1", "rejected"), ("jawaban-1", "Layanan berjalan sejak 2021 menurut laporan kabupaten."),
                    ("terbit-1", words),
                ]))
        return finalists
    }

    /// Finalists present, the panel scores them; one is visited.
    private func hear(_ edition: NationalEdition, _ finalists: [Int], _ admins: [String: Signed]) async throws {
        try await edition.move(to: .presentation)
        var panel: [Signed] = []
        for place in 0..<4 {
            panel.append(try await edition.seat(.panelist, office: "Lembaga \(place)", expertise: [], most: 40))
        }
        try await edition.schedule()
        var heard = 0
        for (place, panelist) in panel.enumerated() {
            heard += try await edition.hear(panelist) { 60 + ($0 * 7 + place) % 35 }
        }
        #expect(heard == 30)
        let institution = try #require(
            try await edition.site.database.read { db in
                try db.first("SELECT institution FROM proposal WHERE id = \(finalists[0])")
            }?.text("institution"))
        let place = "/kerja/usulan/\(finalists[0])/presentasi"
        let named = try await #require(admins[institution]).parts(
            place,
            [
                ("token", try #require(admins[institution]).token), ("nama", "Sri"), ("jabatan", "Bupati"),
                ("siapa", "pimpinan"),
            ])
        #expect(named.status == 303)

        try await edition.move(to: .field)
        let visitor = try await edition.seats(.panelist)[0]
        try NationalEdition.led(
            await edition.secretariat.send(
                "\(edition.desk)/lapangan", from: "\(edition.desk)/lapangan",
                [
                    ("usulan", String(finalists[0])), ("petugas", String(visitor)),
                    ("hari", Instant.now().day(in: .wib).iso),
                ]))
        let report = try await panel[0].parts(
            "/kerja/lapangan/1",
            [
                ("token", panel[0].token), ("versi", "1"), ("periksa.berjalan", "yes"), ("catatan", "Loket ramai."),
                ("lintang", "-7.25"), ("bujur", "110.41"),
            ])
        #expect(report.status == 303)
    }

    /// The panel decides, the result is frozen, awards are issued and announced with their decree.
    private func award(_ edition: NationalEdition, _ finalists: [Int]) async throws -> [String] {
        try await edition.move(to: .panel)
        let sitting = try await edition.sit(
            .panel, .awards, attended: try await edition.seats(.panelist), title: "Rapat Tim Panel Independen")
        // What is amended after the freezing would be told as a difference.
        try await edition.move(to: .award)
        let results = "\(edition.desk)/hasil"
        try NationalEdition.led(await edition.secretariat.send(results, from: results, [("alasan", "")]))
        try await edition.announce(.awards, sitting, decree: "Keputusan Menteri 12 Tahun 2027")
        try NationalEdition.led(await edition.secretariat.send("\(results)/terbit", from: results, []))
        let page = try await edition.site.client.get("/kompetisi/\(NationalEdition.code)/hasil").text
        let serials = Set(page.matches(of: /\/penghargaan\/([A-Z0-9-]+)"/).map { String($0.1) }).sorted()
        #expect(serials.count == 5)
        return serials
    }

    /// Whoever has the file can verify it; whoever has the database gets the same result again.
    private func verify(_ edition: NationalEdition, _ serials: [String]) async throws {
        let site = edition.site
        let database = site.database.address.commandLine
        let serial = try #require(serials.first)
        #expect(try await site.client.get("/penghargaan/\(serial)").status == 200)
        let statement = try await site.client.get("/penghargaan/\(serial).json").body
        let keys = try await site.client.get("/penghargaan/kunci.json").body
        try await folder { path in
            let (file, list) = (path + "/piagam.json", path + "/kunci.json")
            try Data(statement).write(to: URL(fileURLWithPath: file))
            try Data(keys).write(to: URL(fileURLWithPath: list))
            #expect(try await Command.run(["award", "verify", file, "--keys", list]).status == 0)
            try Data(String(decoding: statement, as: UTF8.self).replacing(serial, with: serials[1]).utf8)
                .write(to: URL(fileURLWithPath: file))
            #expect(try await Command.run(["award", "verify", file, "--keys", list]).status == 1)
        }
        let again = try await Command.run(["competition", "recompute", NationalEdition.code, "--database", database])
        #expect(again.status == 0, "\(again.output)\(again.errors)")
        let funnel = try await site.client.get("/kompetisi/\(NationalEdition.code)/angka").text
        #expect(funnel.contains("60"))
        #expect(funnel.contains("15"))
    }
}
