import Database
import Kernel
import People
import Support
import Testing

@testable import Competition

@Suite struct ProposalCureTests {
    private static let now = ProposalOffice.now
    /// Seven whole days after the one on which it was asked, western time.
    private static let until: Instant = {
        let day = now.day().daysSince1970 + 8
        return Instant(milliseconds: Int64(day) * 86_400_000 - 7 * 3_600_000)
    }()

    @Test(arguments: Engine.tested)
    func `what the check asks for is handed in while the form stays as it was sent, and both sides get mail`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine, cureDays: 7) { office in
            let (proposals, admin, unit) = (office.proposals, try office.actor("admin"), try office.actor("unit"))
            let secretariat = try office.actor("sekretariat")
            let id = try await proposals.start(1, in: "kipp-2027", by: unit, at: Self.now)
            let category = try await office.editions.show("kipp-2027").edition.categories[0].code
            _ = try await proposals.save(
                id, ["kelompok": "umum", "kategori": category], basedOn: 1, by: unit, at: Self.now)
            try await proposals.attach(try office.letter(), as: "kesediaan", to: id, by: unit, at: Self.now)
            try await proposals.register(id, by: unit, at: Self.now)
            try await proposals.submit(id, by: admin, at: Self.now)

            await #expect(throws: ProposalRefusal.noReason) {
                try await proposals.askCure(id, for: "", by: secretariat, at: Self.now)
            }
            try await proposals.askCure(id, for: "Surat belum bermeterai.", by: secretariat, at: Self.now)
            let asked = try await office.sheet(id).proposal.cure
            #expect(
                asked == .init(asked: "Surat belum bermeterai.", until: Self.until, answer: nil, endedAt: nil))
            #expect(
                try await office.mail() == [
                    "unit: Perlu dilengkapi: Layanan 1", "admin: Perlu dilengkapi: Layanan 1",
                    "admin2: Perlu dilengkapi: Layanan 1",
                ])
            await #expect(throws: ProposalRefusal.askedBefore) {
                try await proposals.askCure(id, for: "Lagi.", by: secretariat, at: Self.now)
            }
            for passes in [true, false] {
                await #expect(throws: ProposalRefusal.cureOpen(Self.until, .wib)) {
                    try await proposals.decide(id, passes: passes, reason: "x", by: secretariat, at: Self.now)
                }
            }

            let before = try await office.sheet(id).proposal
            await #expect(throws: ProposalRefusal.state(.submitted)) {
                try await proposals.save(id, ["judul": "Lain"], basedOn: 9, by: admin, at: Self.now)
            }
            try await proposals.attach(try office.letter("b"), as: "kesediaan", to: id, by: unit, at: Self.now)
            let after = try await office.sheet(id).proposal
            #expect(after.content == before.content)
            #expect(after.documents.map(\.digest) == [String(repeating: "b", count: 64)])
            await #expect(throws: ProposalRefusal.notAdmin) {
                try await proposals.handBack(id, answer: "Sudah.", by: unit, at: Self.now)
            }
            await #expect(throws: ProposalRefusal.noAnswer) {
                try await proposals.handBack(id, answer: "", by: admin, at: Self.now)
            }
            try await proposals.handBack(id, answer: "Surat bermeterai diunggah.", by: admin, at: Self.now)
            #expect(try await office.mail().last == "sekretariat: Sudah dilengkapi: Layanan 1")
            await #expect(throws: ProposalRefusal.cureEnded) {
                try await proposals.attach(try office.letter(), as: "kesediaan", to: id, by: admin, at: Self.now)
            }
            try await proposals.decide(id, passes: true, reason: "", by: secretariat, at: Self.now)
            #expect(try await office.sheet(id).proposal.state == .passed)
            #expect(
                try await office.mail().suffix(3) == [
                    "unit: Lulus administrasi: Layanan 1", "admin: Lulus administrasi: Layanan 1",
                    "admin2: Lulus administrasi: Layanan 1",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `a completion begun in the last millisecond counts, one after it does not, and then the organiser decides`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine, cureDays: 7) { office in
            let (proposals, admin, secretariat) = (
                office.proposals, try office.actor("admin"), try office.actor("sekretariat")
            )
            let (first, second) = (
                try await office.ready(1, to: .submitted), try await office.ready(2, to: .submitted)
            )
            for id in [first, second] {
                try await proposals.askCure(id, for: "Lengkapi.", by: secretariat, at: Self.now)
            }
            let late = ProposalRefusal.cureLate(ProposalDeadline(closes: Self.until, zone: .wib))
            await #expect(throws: late) {
                try await proposals.handBack(first, answer: "Sudah.", by: admin, at: Self.until)
            }
            await #expect(throws: late) {
                try await proposals.attach(
                    try office.letter("b"), as: "kesediaan", to: first, by: admin, at: Self.until)
            }
            let last = Instant(milliseconds: Self.until.milliseconds - 1)
            try await proposals.handBack(first, answer: "Sudah.", by: admin, at: last)
            try await proposals.decide(first, passes: true, reason: "", by: secretariat, at: last)
            // Nothing came for the second: from the end on it is the organiser's turn.
            await #expect(throws: ProposalRefusal.cureOpen(Self.until, .wib)) {
                try await proposals.decide(second, passes: false, reason: "x", by: secretariat, at: last)
            }
            try await proposals.decide(second, passes: false, reason: "x", by: secretariat, at: Self.until)
            #expect(try await office.sheet(second).proposal.state == .failed)
            for name in ["tetangga", "lain", "sekretariat"] {
                await #expect(throws: ProposalRefusal.missing(second)) {
                    try await proposals.handBack(second, answer: "x", by: office.actor(name), at: Self.now)
                }
            }
            await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                try await proposals.askCure(second, for: "x", by: admin, at: Self.now)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an edition without days for it asks for nothing, and a dated cure stage is a wall`(_ engine: Engine)
        async throws
    {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.ready(1, to: .submitted)
            await #expect(throws: ProposalRefusal.noCure) {
                try await office.proposals.askCure(
                    id, for: "Lengkapi.", by: office.actor("sekretariat"), at: Self.now)
            }
            #expect(try await office.sheet(id).proposal.cure == nil)
        }
        var edition = Edition()
        edition.cureDays = 7
        let closes = Self.now.adding(days: 3)
        edition.stages = [
            EditionStage(
                code: "perbaikan", kind: .cure, name: Phrase("x", "x"), opens: nil, closes: closes, source: nil)
        ]
        #expect(edition.cureEnd(from: Self.now) == closes)
        #expect(edition.cureEnd(from: closes) == nil)
    }

    @Test func `what was ticked comes before what was written`() {
        #expect(
            AdministrativeReason.text([.unreadable, .unsigned], "Halaman 2.")
                == "Surat belum ditandatangani pejabat yang berwenang. Dokumen tidak terbaca. Halaman 2.")
        #expect(AdministrativeReason.text([], "") == "")
    }
}

@Suite struct ProposalAppealTests {
    private static let now = ProposalOffice.now

    private func failed(_ innovation: Int, _ office: ProposalOffice) async throws -> Int {
        let id = try await office.ready(innovation, to: .submitted)
        try await office.proposals.decide(
            id, passes: false, reason: "Surat salah.", by: office.actor("sekretariat"), at: Self.now)
        return id
    }

    @Test(arguments: Engine.tested)
    func `an agency appeals once, and an upheld appeal has passed the check`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin, secretariat) = (
                office.proposals, try office.actor("admin"), try office.actor("sekretariat")
            )
            let (first, second) = (try await failed(1, office), try await failed(2, office))
            let before = try await office.mail().count
            await #expect(throws: ProposalRefusal.noWords) {
                try await proposals.appeal(first, words: "", by: admin, at: Self.now)
            }
            await #expect(throws: ProposalRefusal.noAppeal) {
                try await proposals.answerAppeal(first, .upheld, answer: "x", by: secretariat, at: Self.now)
            }
            for id in [first, second] {
                try await proposals.appeal(id, words: "Suratnya benar.", by: admin, at: Self.now)
            }
            await #expect(throws: ProposalRefusal.appealed) {
                try await proposals.appeal(first, words: "Lagi.", by: admin, at: Self.now)
            }
            for name in ["tetangga", "lain", "sekretariat"] {
                await #expect(throws: ProposalRefusal.missing(first)) {
                    try await proposals.appeal(first, words: "x", by: office.actor(name), at: Self.now)
                }
            }
            await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                try await proposals.answerAppeal(first, .upheld, answer: "x", by: admin, at: Self.now)
            }
            await #expect(throws: ProposalRefusal.noAnswer) {
                try await proposals.answerAppeal(first, .upheld, answer: "", by: secretariat, at: Self.now)
            }
            try await proposals.answerAppeal(first, .upheld, answer: "Benar.", by: secretariat, at: Self.now)
            try await proposals.answerAppeal(second, .rejected, answer: "Tetap salah.", by: secretariat, at: Self.now)
            await #expect(throws: ProposalRefusal.appealAnswered) {
                try await proposals.answerAppeal(second, .upheld, answer: "x", by: secretariat, at: Self.now)
            }
            let (won, lost) = (try await office.sheet(first), try await office.sheet(second))
            #expect(won.proposal.state == .passed)
            #expect(won.proposal.reason == "Benar.")
            #expect(won.appeal?.against == "Surat salah.")
            #expect(lost.proposal.state == .failed)
            #expect(lost.proposal.reason == "Surat salah.")
            #expect(lost.appeal?.answer == "Tetap salah.")
            #expect(
                try await office.mail().dropFirst(before).map { $0 } == [
                    "sekretariat: Banding: Layanan 1", "sekretariat: Banding: Layanan 2",
                    "admin: Banding diterima: Layanan 1", "admin2: Banding diterima: Layanan 1",
                    "admin: Banding ditolak: Layanan 2", "admin2: Banding ditolak: Layanan 2",
                ])
        }
    }

    @Test(arguments: Engine.tested)
    func `only what failed is appealed, by the agency, until the check closes`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin) = (office.proposals, try office.actor("admin"))
            let sent = try await office.ready(2, to: .submitted)
            await #expect(throws: ProposalRefusal.state(.submitted)) {
                try await proposals.appeal(sent, words: "x", by: admin, at: Self.now)
            }
            let id = try await office.ready(1, by: "unit")
            try await proposals.submit(id, by: admin, at: Self.now)
            try await proposals.decide(
                id, passes: false, reason: "Salah.", by: office.actor("sekretariat"), at: Self.now)
            await #expect(throws: ProposalRefusal.notAdmin) {
                try await proposals.appeal(id, words: "x", by: office.actor("unit"), at: Self.now)
            }
            var tables = try await office.editions.show("kipp-2027").tables
            let place = try #require(tables[.stages].firstIndex { $0["kind"] == "administrative" })
            tables[.stages][place]["opens"] = "2027-06-04 00.00"
            tables[.stages][place]["closes"] = "2027-06-20 24.00"
            let version = try await office.editions.show("kipp-2027").version
            try await office.editions.change(
                "kipp-2027", .stages, to: tables[.stages], reason: "Jadwal.", basedOn: version,
                by: office.actor("sekretariat"), at: Self.now)
            let closes = try #require(try await office.editions.show("kipp-2027").edition.appealsClose)
            #expect(closes.moment(in: .wib).indonesian == "20 Juni 2027 24.00 WIB")
            await #expect(throws: ProposalRefusal.appealLate(ProposalDeadline(closes: closes, zone: .wib))) {
                try await proposals.appeal(id, words: "x", by: admin, at: closes)
            }
            try await proposals.appeal(
                id, words: "x", by: admin, at: Instant(milliseconds: closes.milliseconds - 1))
        }
    }

    @Test(arguments: Engine.tested)
    func `what is given back to its unit is told by mail`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.ready(1, by: "unit")
            try await office.proposals.giveBack(
                id, remark: "Lengkapi dampaknya.", by: office.actor("admin"), at: Self.now)
            #expect(
                try await office.mail() == [
                    "unit: Usulan dikembalikan: Layanan 1", "admin2: Usulan dikembalikan: Layanan 1",
                ])
            let body = try await office.database.read { db in
                try db.rows("SELECT body FROM message ORDER BY id") { try $0.text("body") }
            }
            #expect(
                body.first
                    == "Admin instansi mengembalikan usulan ini untuk diperbaiki:\n\nLengkapi dampaknya.\n\nhttps://simpul.example/kerja/usulan/\(id)\n"
            )
        }
    }
}

@Suite struct ProposalCountTests {
    @Test(arguments: Engine.tested)
    func `a desk says what waits: for the organiser what to check, for the agency what to complete`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine, cureDays: 7) { office in
            let counts = ProposalCounts(office.database)
            let now = ProposalOffice.now
            func lines(_ name: String) async throws -> [String] {
                try await counts.lines(try office.person(name), .indonesian, at: now)
                    .map { "\($0.words): \($0.count ?? 0)" }
            }
            #expect(try await lines("sekretariat") == [])
            let first = try await office.ready(1, to: .submitted)
            _ = try await office.ready(2, to: .submitted)
            #expect(try await lines("sekretariat") == ["Periksa usulan yang terkirim: 2"])
            try await office.proposals.askCure(first, for: "Lengkapi.", by: office.actor("sekretariat"), at: now)
            #expect(try await lines("sekretariat") == ["Periksa usulan yang terkirim: 1"])
            #expect(try await lines("admin") == ["Lengkapi usulan yang diminta Sekretariat: 1"])
            for name in ["tetangga", "unit"] { #expect(try await lines(name) == []) }
        }
    }
}
