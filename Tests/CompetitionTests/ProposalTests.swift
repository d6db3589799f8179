import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Competition

@Suite struct ProposalTests {
    @Test(arguments: Engine.tested)
    func `a proposal is filled from its record at a revision, and its words are counted`(_ engine: Engine) async throws
    {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.proposals.start(
                1, in: "kipp-2027", by: office.actor("unit"), at: ProposalOffice.now)
            let proposal = try await office.sheet(id).proposal
            #expect(
                proposal.content == [
                    "judul": "Layanan 1", "bagian.ringkasan": "Ringkasan dari data.",
                    "bagian.kebaruan": "Kebaruan dari data.",
                ])
            #expect(proposal.revision == 1)
            #expect(proposal.unit == 1)
            #expect(proposal.state == .draft)
            #expect(Proposal.words(proposal.content["bagian.ringkasan"] ?? "") == 3)
        }
    }

    @Test(arguments: Engine.tested)
    func `an innovation has one live proposal in an edition, also under a number that was merged`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, unit) = (office.proposals, try office.actor("unit"))
            let first = try await proposals.start(1, in: "kipp-2027", by: unit, at: ProposalOffice.now)
            await #expect(throws: ProposalRefusal.already(first)) {
                try await proposals.start(1, in: "kipp-2027", by: unit, at: ProposalOffice.now)
            }
            try await office.database.write(at: ProposalOffice.now) { db in
                _ = try Innovations.merge(
                    1, into: 2, probability: nil, by: Actor(name: "uji"), reason: "Layanan yang sama.", db)
            }
            #expect(try await office.sheet(first).proposal.innovation == 1)
            await #expect(throws: ProposalRefusal.already(first)) {
                try await proposals.start(2, in: "kipp-2027", by: unit, at: ProposalOffice.now)
            }
            try await proposals.withdraw(first, by: unit, at: ProposalOffice.now)
            let anew = try await proposals.start(1, in: "kipp-2027", by: unit, at: ProposalOffice.now)
            #expect(try await office.sheet(anew).proposal.innovation == 2)
        }
    }

    @Test(arguments: Engine.tested)
    func `two who change different sections both win, and a clash overwrites nothing`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, unit, admin) = (office.proposals, try office.actor("unit"), try office.actor("admin"))
            let id = try await proposals.start(1, in: "kipp-2027", by: unit, at: ProposalOffice.now)
            let one = try await proposals.save(
                id, ["bagian.ringkasan": "Baru"], basedOn: 1, by: unit, at: ProposalOffice.now)
            #expect(one == .init(version: 2, problems: []))
            let two = try await proposals.save(
                id, ["bagian.kebaruan": "Lain"], basedOn: 1, by: admin, at: ProposalOffice.now)
            #expect(two.version == 3)
            let clash = ProposalRefusal.Clash(field: "bagian.ringkasan", mine: "Milik saya", theirs: "Baru")
            await #expect(throws: ProposalRefusal.changedMeanwhile([clash], version: 3)) {
                try await proposals.save(
                    id, ["bagian.ringkasan": "Milik saya"], basedOn: 1, by: admin, at: ProposalOffice.now)
            }
            #expect(try await office.sheet(id).proposal.content["bagian.ringkasan"] == "Baru")
            let wrong = try await proposals.save(
                id, ["kelompok": "tidak-ada", "judul": "", "bagian.lain": "x"], basedOn: 3, by: admin,
                at: ProposalOffice.now)
            #expect(wrong.problems.map(\.field) == ["judul", "kelompok"])
            #expect(wrong.version == 3)
        }
    }

    @Test(arguments: Engine.tested)
    func `what is unmet refuses the submission with every verdict, and nothing is spent`(_ engine: Engine) async throws
    {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin) = (office.proposals, try office.actor("admin"))
            let id = try await proposals.start(1, in: "kipp-2027", by: admin, at: ProposalOffice.now)
            await #expect(throws: ProposalRefusal.state(.draft)) {
                try await proposals.submit(id, by: admin, at: ProposalOffice.now)
            }
            try await proposals.register(id, by: admin, at: ProposalOffice.now)
            do {
                try await proposals.submit(id, by: admin, at: ProposalOffice.now)
                Issue.record("It was submitted.")
            } catch ProposalRefusal.ineligible(let verdicts) {
                #expect(
                    verdicts.filter { $0.answer != .met }.map(\.rule.indonesian) == [
                        "Kelompok dipilih", "Kategori dipilih", "Dokumen: Surat kesediaan replikasi",
                    ])
            }
            let edition = try await office.editions.show("kipp-2027")
            #expect(try await proposals.counts(in: edition.id) == .init(registered: 1, submitted: 0))
        }
    }

    @Test(arguments: Engine.tested)
    func `an unknown fact refuses the submission too`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.ready(1)
            try await office.database.write(at: ProposalOffice.now) { db in
                try ProposalOffice.deliver(1, db) { $0.yearOfStart = 2025 }
            }
            do {
                try await office.proposals.submit(id, by: office.actor("admin"), at: ProposalOffice.now)
                Issue.record("It was submitted.")
            } catch ProposalRefusal.ineligible(let verdicts) {
                #expect(verdicts.filter { $0.answer != .met }.map(\.answer) == [.unknown])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `what was submitted keeps its verdicts and cannot be changed`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin) = (office.proposals, try office.actor("admin"))
            let id = try await office.ready(1, to: .submitted)
            await #expect(throws: ProposalRefusal.state(.submitted)) {
                try await proposals.save(id, ["judul": "Lain"], basedOn: 9, by: admin, at: ProposalOffice.now)
            }
            await #expect(throws: ProposalRefusal.state(.submitted)) {
                try await proposals.attach(
                    try office.letter(), as: "kesediaan", to: id, by: admin, at: ProposalOffice.now)
            }
            let before = try await office.sheet(id)
            #expect(before.proposal.verdicts == before.verdicts)
            try await office.database.write(at: ProposalOffice.now) { db in
                try ProposalOffice.deliver(1, db) { $0.yearOfStart = 2026 }
            }
            #expect(try await office.sheet(id).verdicts == before.verdicts)
            #expect(before.verdicts.allSatisfy { $0.answer == .met })
        }
    }
}

@Suite struct ProposalDeadlineTests {
    @Test(arguments: Engine.tested)
    func `one second late is refused with the exact deadline, and what began before counts`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin, closes) = (office.proposals, try office.actor("admin"), ProposalOffice.closes)
            let (first, second) = (try await office.ready(1), try await office.ready(2))
            let late = Instant(milliseconds: closes.milliseconds + 1000)
            let refusal = ProposalRefusal.late(ProposalDeadline(closes: closes, zone: .wib))
            for moment in [closes, late] {
                await #expect(throws: refusal) { try await proposals.submit(first, by: admin, at: moment) }
            }
            #expect(
                refusal.message.indonesian
                    == "Pendaftaran ditutup 3 Juni 2027 24.00 WIB. Permintaan Anda dimulai sesudahnya, jadi tidak diterima."
            )
            await #expect(throws: refusal) {
                try await proposals.save(second, ["judul": "Lain"], basedOn: 9, by: admin, at: closes)
            }
            // The request began in the last millisecond; when it is written, the close is long past.
            try await proposals.submit(first, by: admin, at: Instant(milliseconds: closes.milliseconds - 1))
            #expect(try await office.sheet(first).proposal.state == .submitted)
        }
    }

    @Test(arguments: Engine.tested)
    func `nothing is submitted before registration opens, but a draft is written`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.ready(1)
            let before = Instant(milliseconds: ProposalOffice.opens.milliseconds - 1)
            await #expect(throws: ProposalRefusal.early(ProposalOffice.opens, .wib)) {
                try await office.proposals.submit(id, by: office.actor("admin"), at: before)
            }
        }
    }

    @Test func `the time left is said in its two largest units`() {
        let closes = ProposalOffice.closes
        func left(_ minutes: Int64) -> String? {
            ProposalDeadline(closes: closes, zone: .wib).left(
                at: Instant(milliseconds: closes.milliseconds - minutes * 60_000))?.indonesian
        }
        #expect(left(20 * 1440) == "20 hari lagi")
        #expect(left(1440 + 61) == "1 hari 1 jam lagi")
        #expect(left(61) == "1 jam 1 menit lagi")
        #expect(left(41) == "41 menit lagi")
        #expect(
            ProposalDeadline(closes: closes, zone: .wib).left(at: Instant(milliseconds: closes.milliseconds - 1))?
                .indonesian
                == "kurang dari satu menit lagi")
        #expect(left(0) == nil)
    }
}

@Suite struct ProposalQuotaTests {
    @Test(arguments: Engine.tested)
    func `two admins spending the last place at once: exactly one wins`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            _ = try await office.ready(1, to: .submitted)
            let (second, third) = (try await office.ready(2), try await office.ready(3))
            let (one, two) = (try office.actor("admin"), try office.actor("admin2"))
            let proposals = office.proposals
            @Sendable func refusal(_ id: Int, _ actor: Actor) async -> ProposalRefusal? {
                do {
                    try await proposals.submit(id, by: actor, at: ProposalOffice.now)
                    return nil
                } catch { return error as? ProposalRefusal }
            }
            async let a = refusal(second, one)
            async let b = refusal(third, two)
            let outcomes = await [a, b]
            let refusals = outcomes.compactMap { $0 }
            #expect(refusals == [.quota(2, .agency, group: nil)])
            let edition = try await office.editions.show("kipp-2027")
            #expect(try await proposals.counts(in: edition.id) == .init(registered: 3, submitted: 2))
            // A place given back can be spent again.
            let (won, lost) = outcomes[0] == nil ? (second, third) : (third, second)
            try await proposals.withdraw(won, by: one, at: ProposalOffice.now)
            try await proposals.submit(lost, by: one, at: ProposalOffice.now)
            #expect(try await proposals.counts(in: edition.id) == .init(registered: 2, submitted: 2))
        }
    }

    @Test(arguments: Engine.tested)
    func `the agency orders what is registered, returns it with a remark, and others see nothing of it`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, admin, unit) = (office.proposals, try office.actor("admin"), try office.actor("unit"))
            let (first, second) = (try await office.ready(1, by: "unit"), try await office.ready(2, by: "unit"))
            func order() async throws -> [Int] {
                try await proposals.list(for: office.person("admin"), at: ProposalOffice.now).flatMap(\.lines).map(\.id)
            }
            #expect(try await order() == [first, second])
            try await proposals.move(second, up: true, by: admin, at: ProposalOffice.now)
            try await proposals.move(second, up: true, by: admin, at: ProposalOffice.now)
            #expect(try await order() == [second, first])
            await #expect(throws: ProposalRefusal.notAdmin) {
                try await proposals.submit(first, by: unit, at: ProposalOffice.now)
            }
            await #expect(throws: ProposalRefusal.state(.registered)) {
                try await proposals.save(first, ["judul": "Lain"], basedOn: 9, by: unit, at: ProposalOffice.now)
            }
            await #expect(throws: ProposalRefusal.noRemark) {
                try await proposals.giveBack(first, remark: "", by: admin, at: ProposalOffice.now)
            }
            try await proposals.giveBack(first, remark: "Lengkapi dampaknya.", by: admin, at: ProposalOffice.now)
            let returned = try await office.sheet(first, as: "unit").proposal
            #expect(returned.state == .draft)
            #expect(returned.remark == "Lengkapi dampaknya.")
            for name in ["lain", "tetangga", "sekretariat"] {
                await #expect(throws: ProposalRefusal.missing(first)) {
                    try await proposals.open(first, for: office.person(name), at: ProposalOffice.now)
                }
                await #expect(throws: ProposalRefusal.missing(first)) {
                    try await proposals.withdraw(first, by: office.actor(name), at: ProposalOffice.now)
                }
            }
            await #expect(throws: ProposalRefusal.notYours) {
                try await proposals.start(3, in: "kipp-2027", by: office.actor("tetangga"), at: ProposalOffice.now)
            }
            await #expect(throws: ProposalRefusal.notOpen("kipp-2025")) {
                try await proposals.start(3, in: "kipp-2025", by: admin, at: ProposalOffice.now)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the organiser passes or fails what was submitted, with a reason, once`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let (proposals, secretariat) = (office.proposals, try office.actor("sekretariat"))
            let (waiting, sent) = (try await office.ready(1), try await office.ready(2, to: .submitted))
            await #expect(throws: ProposalRefusal.missing(waiting)) {
                try await proposals.decide(waiting, passes: true, reason: "", by: secretariat, at: ProposalOffice.now)
            }
            await #expect(throws: ProposalRefusal.noReason) {
                try await proposals.decide(sent, passes: false, reason: "", by: secretariat, at: ProposalOffice.now)
            }
            await #expect(throws: DeskRefusal.notYours(.manageEditions)) {
                try await proposals.decide(
                    sent, passes: true, reason: "", by: office.actor("admin"), at: ProposalOffice.now)
            }
            try await proposals.decide(
                sent, passes: false, reason: "Surat tanpa tanda tangan.", by: secretariat, at: ProposalOffice.now)
            let decided = try await office.sheet(sent).proposal
            #expect(decided.state == .failed)
            #expect(decided.reason == "Surat tanpa tanda tangan.")
            await #expect(throws: ProposalRefusal.state(.failed)) {
                try await proposals.decide(sent, passes: true, reason: "", by: secretariat, at: ProposalOffice.now)
            }
            let acts = try await office.database.read { db in
                try Audit.entries(AuditFilter(kind: "proposal", key: String(sent)), db).map(\.act)
            }
            #expect(acts == ["fail", "submit", "register", "attach", "start"])
        }
    }
}
