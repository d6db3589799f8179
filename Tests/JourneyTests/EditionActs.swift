import Competition
import Foundation
import Kernel
import People
import Support
import Testing

/// What people do in an edition, each through the pages that they have for it.
extension NationalEdition {
    var desk: String { "/kerja/kompetisi/\(Self.code)" }

    /// The administrative check of one proposal.
    func pass(_ proposal: Int) async throws {
        let place = "\(desk)/usulan/\(proposal)"
        try Self.led(await secretariat.send(place, from: place, [("hasil", "lulus"), ("alasan", "")]))
    }

    /// Somebody is given a seat and declares that nothing ties them; who they are.
    func seat(_ seat: Evaluator.Seat, office: String, expertise: [String], most: Int = 40) async throws -> Signed {
        let role: Role = seat == .evaluator ? .evaluator : .panelist
        let person = try await Signed(site, Grant(role, edition: Self.code), office: office)
        let fields =
            [
                ("email", "orang\(person.account)@contoh.test"), ("name", "Orang \(person.account)"),
                ("kursi", seat.rawValue), ("bahasa", "id"), ("paling-sedikit", "0"), ("paling-banyak", String(most)),
            ] + expertise.enumerated().map { ("keahlian-\($0 + 1)", $1) }
        try Self.led(await secretariat.send("\(desk)/penilai", from: "\(desk)/penilai", fields))
        let own = "/kerja/benturan/\(Self.code)"
        try Self.led(await person.send("\(own)/nyatakan", from: own, []))
        return person
    }

    /// Makes a plan and releases it.
    func assign(seed: Int) async throws {
        let plan = try Self.led(
            await secretariat.send(
                "\(desk)/penugasan", from: "\(desk)/penugasan", [("tujuan", "floor"), ("benih", String(seed))]))
        let shown = try await secretariat.get(plan)
        #expect(shown.status == 200)
        try Self.led(await secretariat.send("\(plan)/lepas", from: plan, []))
    }

    /// The readings that somebody has to do, in the order of their queue.
    func queue(_ person: Signed) async throws -> [Int] {
        let page = try await person.get("/kerja/penilaian").text
        var seen: [Int] = []
        for link in page.matches(of: /href="\/kerja\/penilaian\/(\d+)"/) {
            if let id = Int(link.1), !seen.contains(id) { seen.append(id) }
        }
        return seen
    }

    /// Scores one reading at the desk and finishes it.
    func score(_ reading: Int, by person: Signed, _ value: (_ section: String) -> Int) async throws {
        let place = "/kerja/penilaian/\(reading)"
        var fields = [("lanjut", "selesai")]
        for section in ["kebaruan", "signifikansi"] {
            fields += [
                ("nilai.\(section)", String(value(section))), ("asal.nilai.\(section)", "-"),
                ("catatan.\(section)", "Bukti pada bagian \(section) dibaca."), ("asal.catatan.\(section)", "-"),
            ]
        }
        try Self.led(await person.send("\(place)/simpan", from: place, fields))
    }
}

/// What is decided of it, heard, seen and announced.
extension NationalEdition {
    /// The evaluators or panelists of the edition, by number.
    func seats(_ seat: Evaluator.Seat) async throws -> [Int] {
        try await site.database.read { db in
            try db.rows("SELECT id FROM evaluator WHERE role = \(seat) ORDER BY id") { try $0.int("id") }
        }
    }

    /// A sitting that takes what its figures and the published balance suggest, closed; its number.
    func sit(_ body: Sitting.Body, _ subject: Sitting.Subject, attended: [Int], title: String) async throws -> Int {
        let now = Instant.now()
        let place = try Self.led(
            await secretariat.send(
                "\(desk)/sidang", from: "\(desk)/sidang/baru",
                [
                    ("badan", body.rawValue), ("pokok", subject.rawValue), ("judul", title), ("tempat", "Jakarta"),
                    ("tanggal", now.day(in: .wib).iso), ("jam", now.clock(in: .wib)), ("lain", "Rini; Pengarah"),
                    ("diajukan", "Nilai seluruh usulan."), ("putusan", "Mengikuti urutan dan susunan."),
                    ("alasan", "Urutan nilai dan susunan yang diumumkan."), ("ketua", String(attended[0])),
                ] + attended.map { ("hadir", String($0)) }))
        try Self.led(await secretariat.send("\(place)/mulai", from: place, [("dari", "suggestion")]))
        try Self.led(await secretariat.send("\(place)/tutup", from: place, []))
        return try #require(place.split(separator: "/").last.flatMap { Int($0) })
    }

    /// Announces what a sitting decided; it comes out while this waits.
    func announce(_ subject: Announcement.Subject, _ sitting: Int, decree: String) async throws {
        let moment = Instant(milliseconds: Instant.now().milliseconds + 1000)
        _ = try await Announcements(site.database).prepare(
            AnnouncementDraft(
                subject, sitting: sitting, decree: decree, decreeOn: moment.day(in: .wib), words: nil, publishAt: moment
            ),
            in: Self.code, by: Actor(name: "uji", account: secretariat.account), at: .now())
        while Instant.now() < moment { try await Task.sleep(for: .milliseconds(50)) }
    }

    /// Presentations of all finalists in two rooms, as proposed.
    func schedule() async throws {
        let day = Instant.now().adding(days: 1).day(in: .wib).iso
        let fields = [
            ("ruang", "Ruang Rinjani\nRuang Kerinci"), ("hari", day), ("mulai", "08.00"), ("selesai", "16.00"),
            ("jeda", "12.00-13.00"), ("pergantian", "5"), ("kursi", "2"), ("kantor_mulai", "07.00"),
            ("kantor_selesai", "17.00"), ("benih", "7"),
        ]
        let shown = try await secretariat.send(
            "\(desk)/presentasi", from: "\(desk)/presentasi", fields + [("lanjut", "susun")]
        ).text
        let mark = try #require(shown.firstMatch(of: /name="tanda" value="([^"]*)"/)).1
        try Self.led(
            await secretariat.send(
                "\(desk)/presentasi", from: "\(desk)/presentasi",
                fields + [("lanjut", "terima"), ("tanda", String(mark))]))
    }

    /// A panelist scores every presentation that is theirs; how many.
    func hear(_ panelist: Signed, _ value: (_ slot: Int) -> Int) async throws -> Int {
        let page = try await panelist.get("/kerja/panel").text
        let slots = Set(page.matches(of: /href="\/kerja\/panel\/(\d+)"/).compactMap { Int($0.1) }).sorted()
        for slot in slots {
            let score = value(slot)
            try Self.led(
                await panelist.send(
                    "/kerja/panel/\(slot)", from: "/kerja/panel/\(slot)",
                    [
                        ("nilai.paparan", String(score)), ("nilai.tanya", String(score)),
                        ("catatan.paparan", "Jelas."), ("catatan.tanya", ""),
                    ]))
        }
        return slots.count
    }
}

/// An evaluation as it is imagined: each proposal has a quality, each evaluator a severity, each read its noise.
struct ImaginedScores {
    private var numbers: SeededNumbers
    let quality: [Double]
    let severity: [Double]

    init(seed: UInt64, proposals: Int, evaluators: Int) {
        var numbers = SeededNumbers(seed: seed)
        quality = (0..<proposals).map { _ in 68 + 9 * numbers.normal() }
        severity = (0..<evaluators).map { _ in 5 * numbers.normal() }
        self.numbers = numbers
    }

    /// A score from 0 to 100.
    mutating func draw(_ proposal: Int, _ evaluator: Int) -> Int {
        let value = quality[proposal] + severity[evaluator] + 4 * numbers.normal()
        return min(100, max(0, Int(value.rounded())))
    }
}
