import Database
import Directory
import Foundation
import Kernel
import Logging
import People
import Support
import Testing

@testable import App
@testable import Competition

/// What is done in secret at each stage.
extension InterferenceScene {
    private var code: String { NationalEdition.code }

    // MARK: evaluation

    /// Finished and begun readings of the colleague, with scores, words, questions and a tie; their numbers by proposal.
    func read(_ proposals: [Int]) async throws -> [Int: Int] {
        try await site.database.write(at: .now()) { db in
            var found: [Int: Int] = [:]
            for (place, proposal) in proposals.enumerated() {
                let state: Reading.State = place < 2 ? .done : .begun
                let id = try Self.give(proposal, to: colleague, state, number, db)
                found[proposal] = id
                for (section, value) in [("kebaruan", 91), ("signifikansi", 83)] where state == .done {
                    try db.insert(
                        "score", ["reading", "section", "value", "words", "at"],
                        [
                            [
                                id.sqlValue, section.sqlValue, value.sqlValue, .text("Rahasia penilai."),
                                db.at.sqlValue,
                            ]
                        ])
                }
                try db.insert(
                    "inquiry", ["id", "reading", "words", "at"],
                    [[try db.nextID("inquiry").sqlValue, id.sqlValue, .text("Rahasia?"), db.at.sqlValue]])
            }
            return found
        }
    }

    /// Comments released, names hidden, a plan that waits, one more read, somebody who gives a read back, a reminder.
    func evaluate(_ reads: [Int: Int], clearing: Int, redacting: Int) async throws {
        let now = Instant.now()
        try await site.database.write(at: now) { db in
            try db.insert(
                "tie", ["id", "evaluator", "kind", "proposal", "words", "at", "by_account"],
                [
                    [
                        try db.nextID("tie").sqlValue, colleague.sqlValue, .text("other"), 8.sqlValue,
                        .text("Kerabat"), db.at.sqlValue, colleagueAccount.sqlValue,
                    ]
                ])
        }
        let reading = try #require(reads[clearing])
        try await ReadingClearances(site.database).clear(
            [.init(reading: reading, section: "kebaruan", words: "Rahasia yang diloloskan.", version: 1)],
            of: clearing, in: code, by: office, at: now)
        // Proposal 1 is the asking evaluator's to read, as it was redacted for them.
        for proposal in Set(reads.keys).union([redacting]).sorted() where proposal != 1 {
            try await Redactions(site.database).confirm(
                proposal, in: code, texts: ["bagian.kebaruan": "Disamarkan."], documents: [], by: office, at: now)
        }
        let plans = "\(edition.desk)/penugasan"
        try NationalEdition.led(
            await edition.secretariat.send(plans, from: plans, [("tujuan", "floor"), ("benih", "7")]))
        let begun = try #require(
            try await site.database.read { db in
                try db.first("SELECT id FROM reading WHERE evaluator = \(colleague) AND state = 'begun'")?.int("id")
            })
        try await Readings(site.database).abstain(
            begun, words: "Rahasia: tidak sanggup.", by: Self.actor(colleagueAccount), at: now)
        let late = "\(edition.desk)/pemantauan"
        try NationalEdition.led(await edition.secretariat.send("\(late)/ingatkan", from: late, []))
        let unread = try #require((1...7).first { reads[$0] == nil })
        let hand = "\(plans)/usulan/\(unread)"
        try NationalEdition.led(
            await edition.secretariat.send("\(hand)/beri", from: hand, [("penilai", String(colleague))]))
    }

    // MARK: decisions

    /// A sitting on every proposal that may be decided, written, closed and signed by the other panelist.
    func decide(_ subject: Sitting.Subject, _ choose: (Int) -> Decision) async throws -> Int {
        let (sittings, now) = (Sittings(site.database), Instant.now())
        let stored = try await edition.editions.show(code)
        let id = try await sittings.begin(
            SittingDraft(
                body: subject == .awards ? .panel : .team, subject: subject, title: "Pleno rahasia",
                place: "Ruang rapat",
                heldAt: now.adding(days: -1),
                attendance: [.init(evaluator: chair, name: "", role: "Ketua")], tabled: "Bahan.", decided: "Putusan.",
                why: "Alasan rahasia."), in: code, by: office, at: now)
        let candidates = try await site.database.read {
            try Advices.candidates(subject, in: stored, $0).map(\.proposal)
        }
        let decisions = Dictionary(uniqueKeysWithValues: candidates.map { ($0, Optional(choose($0))) })
        try await sittings.decide(id, decisions, in: code, basedOn: 1, by: office, at: now)
        try await sittings.close(
            id, exception: "Pengecualian yang beralasan cukup panjang.", in: code, basedOn: 2, by: office, at: now)
        try await sittings.sign(id, by: Self.actor(chairAccount), at: now)
        return id
    }

    func announce(_ subject: Announcement.Subject, _ sitting: Int, at publish: Instant) async throws {
        let decree = subject == .awards ? "KEP-77/2027" : nil
        _ = try await Announcements(site.database).prepare(
            AnnouncementDraft(
                subject, sitting: sitting, decree: decree, decreeOn: decree == nil ? nil : Day(iso: "2027-08-17"),
                words: "Rahasia sampai waktunya.", publishAt: publish), in: code, by: office, at: .now())
    }

    /// What works beside the pages does its round.
    func serve() async throws {
        let logger = Logger(label: "test")
        try await Publications(site.database, publicURL: "http://simpul.test", logger: logger).publishDue(at: .now())
        try await AwardRecords(site.database, publicURL: "http://simpul.test", logger: logger).writeDue(at: .now())
    }

    /// Takes back what waited and makes the finalists public now.
    func publishFinalists() async throws {
        let announcements = Announcements(site.database)
        let (id, sitting) = try await site.database.read { db in
            let row = try #require(try db.first("SELECT id, sitting FROM announcement WHERE subject = 'finalists'"))
            return (try row.int("id"), try row.int("sitting"))
        }
        try await announcements.cancel(id, reason: "Dimajukan.", in: code, by: office, at: .now())
        try await announce(.finalists, sitting, at: Instant(milliseconds: Instant.now().milliseconds + 1000))
        try await Task.sleep(for: .milliseconds(1100))
        try await serve()
        #expect(try await site.client.get("/kompetisi/\(code)/finalis/1").status == 200)
    }

    // MARK: finals

    /// The public window, the citizens' rating, presentations and field visits, all at once.
    func openFinals() async throws {
        var stages = NationalEdition.stages(at: .objection)
        let open = try #require(stages.first { $0["kind"] == "objection" })
        for place in stages.indices
        where ["rating", "presentation", "field"].contains(stages[place]["kind"] ?? "") {
            (stages[place]["opens"], stages[place]["closes"]) = (open["opens"], open["closes"])
        }
        let stored = try await edition.editions.show(code)
        try await edition.editions.change(
            code, .stages, to: stages, reason: "Tahap akhir dimulai.", basedOn: stored.version, by: office, at: .now())
    }

    /// A presentation of each finalist: the first before the other panelist alone, the rest before both; and a visit.
    func schedule() async throws {
        let starts = Instant(milliseconds: Instant.now().milliseconds / 60_000 * 60_000)
        try await site.database.write(at: .now()) { db in
            for proposal in 1...4 {
                let at = Instant(milliseconds: starts.milliseconds + Int64(proposal) * 3_600_000)
                let end = Instant(milliseconds: at.milliseconds + 27 * 60_000)
                try db.insert(
                    "slot", ["id", "edition", "proposal", "room", "starts", "ends"],
                    [
                        [
                            proposal.sqlValue, number.sqlValue, proposal.sqlValue, .text("Ruang 1"), at.sqlValue,
                            end.sqlValue,
                        ]
                    ])
                try db.insert(
                    "slot_panelist", ["slot", "evaluator"],
                    (proposal == 1 ? [chair] : [judging, chair]).map { [proposal.sqlValue, $0.sqlValue] })
            }
        }
        try await VisitPlans(site.database, publicURL: "http://simpul.test").send(
            colleague, to: 1, on: Instant.now().day(in: .wib), in: code, by: office, at: .now())
    }

    func object(to proposal: Int) async throws {
        let notice = try ObjectionNotice(
            kind: .objection, words: "Rahasia: layanan ini tidak berjalan sejak awal tahun.", name: "Warga",
            contact: "warga@contoh.test")
        try await Objections(site.database, publicURL: "http://simpul.test").send(
            notice, about: proposal, in: code, at: .now())
    }

    /// The other panelist scores a presentation, and its minutes are written.
    func hear(_ proposal: Int) async throws {
        _ = try await PanelScores(site.database).save(
            proposal, ["paparan": ("93", "Rahasia panelis."), "tanya": ("71", "")], basedOn: 0,
            by: Self.actor(chairAccount), at: .now())
        try await Slots(site.database, publicURL: "http://simpul.test").minute(
            proposal, in: code, "Rahasia presentasi.", by: office, at: .now())
    }

    func visit(_ proposal: Int) async throws {
        let id = try await site.database.read { try $0.count("SELECT id FROM visit WHERE proposal = \(proposal)") }
        _ = try await Visits(site.database).report(
            id, ["periksa.berjalan": "no", "catatan": "Rahasia lapangan."], device: nil, basedOn: 1,
            by: Self.actor(colleagueAccount), at: .now())
    }

    func vote(for proposal: Int) async throws {
        for (place, letter) in ["A", "B", "C"].enumerated() {
            try await Ratings(site.database).rate(
                proposal, 5, in: code, cookie: String(repeating: letter, count: 43), from: "198.51.\(place).7",
                at: .now())
        }
    }

    // MARK: awards

    /// A key that signs is public from the first on; it is no secret that there is one.
    func sign(with folder: String) async throws {
        _ = try await SigningKeys(site.database, folder: folder).rotate(by: office, at: .now())
    }

    /// A proposal gets the award: decided, frozen, issued, announced for tomorrow; its serial numbers.
    func award(_ proposal: Int, keys folder: String) async throws -> [String] {
        let sitting = try await decide(.awards) { id in
            Decision(
                proposal: id, verdict: id == proposal ? .chosen : .not, award: id == proposal ? "top" : nil,
                why: "Rahasia panel.")
        }
        let keys = SigningKeys(site.database, folder: folder)
        try await Results(site.database, keys: keys).freeze(code, reason: nil, by: office, at: .now())
        try await announce(.awards, sitting, at: Instant.now().adding(days: 1))
        return try await Awards(site.database, keys: keys).issue(code, by: office, at: .now())
    }

    /// What records hold: their revisions, what sources said of them, and the changes that others are told of.
    func records() async throws -> [Int] {
        try await site.database.read { db in
            [
                try db.count("SELECT COUNT(*) FROM revision"), try db.count("SELECT COUNT(*) FROM source_record"),
                try db.count("SELECT COUNT(*) FROM change"),
            ]
        }
    }
}
