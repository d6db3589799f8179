import Database
import Foundation
import Institutions
import Kernel
import Logging
import Messages
import Support
import Synchronization
import Testing
import Web

@testable import Competition

/// The clock of public pages in a test.
final class SetClock: Sendable {
    private let now: Mutex<Instant>

    init(_ now: Instant) { self.now = Mutex(now) }

    func set(_ instant: Instant) { now.withLock { $0 = instant } }
    func callAsFunction() -> Instant { now.withLock { $0 } }
}

extension Season {
    /// The minute in which finalists become public: 20 July 2027, 10.00.
    static let out = Instant(milliseconds: noon("2027-07-20").milliseconds - 2 * 3_600_000)
    static let quiet = Instant(milliseconds: out.milliseconds - 1)

    @discardableResult
    func announce(
        _ sitting: Int?, of subject: Announcement.Subject = .finalists, publishAt: Instant = out, words: String? = nil,
        decree: String? = nil, at: Instant = noon("2027-07-16")
    ) async throws -> Int {
        try await Announcements(database).prepare(
            AnnouncementDraft(
                subject, sitting: sitting, decree: decree, decreeOn: decree == nil ? nil : Day(2027, 7, 19),
                words: words, publishAt: publishAt), in: Season.code, by: try actor("sekretariat"), at: at)
    }

    /// The public pages by a clock of the test's.
    func publicly(_ clock: SetClock, _ body: (HTTPClient) async throws -> Void) async throws {
        let (outcomes, url) = (Outcomes(database), "https://simpul.example")
        try await serve(
            { routes, desk in
                OutcomePages(outcomes, Ratings(database), publicURL: url, clock: { _ in clock() }).add(to: routes)
                let objections = ObjectionPages(
                    Objections(database, publicURL: url), outcomes, files: files, publicURL: url,
                    clock: { _ in clock() })
                objections.add(to: routes)
                objections.add(to: desk)
                AnnouncementPages(Announcements(database)).add(to: desk)
            }, body)
    }

    func messages() async throws -> [[String]] {
        try await database.read { db in
            try db.rows("SELECT address, subject FROM message ORDER BY address, subject") {
                [try $0.text("address"), try $0.text("subject")]
            }
        }
    }

    func publications() -> Publications {
        Publications(database, publicURL: "https://simpul.example", logger: Logger(label: "uji"))
    }
}

@Suite struct AnnouncementTests {
    @Test(arguments: Engine.tested)
    func `what waits is not out a millisecond before its minute, and nobody is told; then it is, once`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let (edition, before) = (try await season.stored().id, season.database.version)
            try await season.announce(try await season.chose([1, 2, 4]))
            #expect(season.database.version == before)
            for (moment, isOut) in [(Season.quiet, false), (Season.out, true)] {
                let found = try await season.database.read { db in
                    (
                        try Announcements.isOut(.finalists, in: edition, at: moment, db),
                        try Announcements.decisions(.finalists, in: edition, at: moment, db)?.decisions
                            .filter { $0.verdict == .chosen }.map(\.proposal)
                    )
                }
                #expect(found.0 == isOut)
                #expect(found.1 == (isOut ? [1, 2, 4] : nil))
            }
            let publications = season.publications()
            #expect(try await publications.publishDue(at: Season.quiet) == 0)
            #expect(try await season.messages() == [])
            #expect(try await publications.publishDue(at: Season.out) == 1)
            let told = try await season.messages()
            #expect(told.count == 6)
            #expect(
                Set(told.map { $0[0] }) == ["admin1@contoh.example", "admin2@contoh.example", "admin3@contoh.example"])
            #expect(try await publications.publishDue(at: Season.out) == 0)
            #expect(try await season.messages() == told)
        }
    }

    @Test(arguments: Engine.tested)
    func `an announcement is cancelled before its minute with a reason, afterwards only replaced by one that says why`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let announcements = Announcements(season.database)
            let (secretary, at) = (try season.actor("sekretariat"), Season.noon("2027-07-16"))
            let first = try await season.chose([1, 2, 4])
            let open = try await season.begin(.finalists)
            for wrong in [open, 99] {
                await #expect(throws: AnnouncementRefusal.self) { try await season.announce(wrong) }
            }
            await #expect(throws: AnnouncementRefusal.self) {
                try await season.announce(first, publishAt: Season.held, at: at)
            }
            await #expect(throws: AnnouncementRefusal.self) { try await season.announce(first, of: .awards) }
            let early = try await season.announce(first)
            await #expect(throws: AnnouncementRefusal.waiting(.finalists)) { try await season.announce(first) }
            await #expect(throws: AnnouncementRefusal.noReason) {
                try await announcements.cancel(early, reason: "", in: Season.code, by: secretary, at: at)
            }
            try await announcements.cancel(early, reason: "Salah sidang.", in: Season.code, by: secretary, at: at)
            await #expect(throws: AnnouncementRefusal.cancelled) {
                try await announcements.cancel(early, reason: "Lagi.", in: Season.code, by: secretary, at: at)
            }
            let right = try await season.announce(first)
            await #expect(throws: AnnouncementRefusal.published) {
                try await announcements.cancel(right, reason: "Salah.", in: Season.code, by: secretary, at: Season.out)
            }
            try await season.publications().publishDue(at: Season.out)

            // A result found wrong: another sitting, another announcement; only who is concerned is told.
            let later = Season.noon("2027-07-22")
            let second = try await season.begin(.finalists, at: later)
            try await season.decide(
                second, [Decision(proposal: 4, verdict: .not), Decision(proposal: 5, verdict: .chosen)], at: later)
            try await season.close(second, at: later)
            let edition = try await season.stored().id
            func chosen() async throws -> [Int]? {
                try await season.database.read { db in
                    try Announcements.decisions(.finalists, in: edition, at: later, db)?.decisions
                        .filter { $0.verdict == .chosen }.map(\.proposal)
                }
            }
            #expect(try await chosen() == [1, 2, 4])
            await #expect(throws: AnnouncementRefusal.self) {
                try await season.announce(second, publishAt: later, at: later)
            }
            try await season.announce(
                second, publishAt: later, words: "Usulan 4 digantikan usulan 5: bukti usulan 4 tidak benar.", at: later)
            #expect(try await chosen() == [1, 2, 5])
            let before = try await season.messages().count
            try await season.publications().publishDue(at: later)
            #expect(try await season.messages().count == before + 2)
            try await season.publicly(SetClock(later)) { client in
                let now = try await client.get("/kompetisi/kipp-2027/finalis")
                #expect(now.text.contains("bukti usulan 4 tidak benar"))
                #expect(now.text.contains("Layanan 5"))
                #expect(!now.text.contains("Layanan 4"))
                let old = try await client.get("/kompetisi/kipp-2027/finalis?pengumuman=\(right)")
                #expect(old.text.contains("Pengumuman ini sudah digantikan."))
                #expect(old.text.contains("Layanan 4"))
                #expect(try await client.get("/kompetisi/kipp-2027/finalis?pengumuman=\(early)").status == 404)
                #expect(try await client.get("/kompetisi/kipp-2027/finalis/4").status == 404)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `before the minute every public page is the same with and without what waits`(_ engine: Engine) async throws {
        try await Season.with(engine) { season in
            let clock = SetClock(Season.quiet)
            let (editions, register) = (season.editions, try await Register.load(season.database))
            let (outcomes, url) = (Outcomes(season.database), "https://simpul.example")
            let pages = OutcomePages(outcomes, Ratings(season.database), publicURL: url, clock: { _ in clock() })
            try await season.serve({ routes, _ in
                pages.add(to: routes)
                ObjectionPages(
                    Objections(season.database, publicURL: url), outcomes, files: season.files, publicURL: url,
                    clock: { _ in clock() }
                ).add(to: routes)
                EditionPages(
                    editions, Proposals(season.database), register: { register }, publicURL: url,
                    panels: [{ stored, _, frame in try await pages.panel(stored, clock(), frame) }]
                ).add(to: routes)
            }) { client in
                let place = "/kompetisi/kipp-2027"
                let targets = [
                    "", "/finalis", "/finalis?pengumuman=1", "/hasil", "/finalis/1", "/finalis/6", "/finalis/1/sanggah",
                ].flatMap { [place + $0, "/en" + place + $0] }
                func seen() async throws -> [String] {
                    var seen: [String] = []
                    for target in targets {
                        let answer = try await client.get(target)
                        let fields = answer.fields.filter { !["date", "x-request-id"].contains($0.name) }
                        seen.append("\(target) \(answer.status) \(fields) \(answer.text)")
                    }
                    for act in ["nilai", "sanggah"] {
                        let answer = try await client.post(place + "/finalis/1/" + act, form: [("nilai", "5")])
                        seen.append("\(act) \(answer.status) \(answer.text)")
                    }
                    return seen
                }
                let without = try await seen()
                try await season.announce(try await season.chose([1, 2, 4]))
                #expect(try await seen() == without)
                #expect(without.filter { $0.contains(" 404 ") }.count == targets.count)
                clock.set(Season.out)
                // The edition's page of the running minute may be kept; a change of anything makes it anew.
                try await season.publications().publishDue(at: Season.out)
                #expect(try await client.get(place).text.contains("\(place)/finalis"))
                #expect(try await client.get(place + "/finalis").text.contains("3 finalis"))
                #expect(try await client.get(place + "/finalis/1").status == 200)
                #expect(try await client.get(place + "/finalis/3").status == 404)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a page that is kept gives way at the very moment of publication, by the machine's own clock`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let first = try await season.chose([1, 2, 4], at: Season.noon("2026-01-10"))
            let second = try await season.chose([1, 2, 5], at: Season.noon("2026-01-11"))
            let now = Instant.now()
            try await season.announce(first, publishAt: now, at: now)
            let moment = Instant(milliseconds: Instant.now().milliseconds + 1500)
            try await season.announce(
                second, publishAt: moment, words: "Usulan 4 digantikan usulan 5 menurut sidang kedua.", at: .now())
            let outcomes = Outcomes(season.database)
            try await season.serve({ routes, _ in
                OutcomePages(outcomes, Ratings(season.database), publicURL: "https://simpul.example").add(to: routes)
            }) { client in
                let place = "/kompetisi/kipp-2027/finalis"
                for _ in 1...2 {
                    let page = try await client.get(place)
                    // On a machine that stood still for so long nothing can be said.
                    guard Instant.now() < moment else { return }
                    #expect(page.text.contains("Layanan 4"))
                    #expect(!page.text.contains("Layanan 5"))
                }
                try await Task.sleep(for: .milliseconds(moment.milliseconds - Instant.now().milliseconds + 20))
                let page = try await client.get(place)
                #expect(page.text.contains("Layanan 5"))
                #expect(!page.text.contains("Layanan 4"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `awards are shown by tier with their decree, and the organiser sets the minute on a page`(
        _ engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.chose([1, 2, 4])
            let sitting = try await season.chose([2, 4], .awards, award: "terpuji", at: Season.noon("2026-02-01"))
            let clock = SetClock(Season.noon("2027-09-01"))
            try await season.publicly(clock) { client in
                let place = "/kerja/kompetisi/kipp-2027/pengumuman"
                let bare = try await client.post(
                    place, as: "sekretariat",
                    [("pokok", "awards"), ("sidang", String(sitting)), ("tanggal", "2027-09-01"), ("jam", "10.00")])
                #expect(bare.status == 422)
                #expect(bare.text.contains("setiap penghargaan memuatnya"))
                #expect(try await client.get(place, as: "admin1").status == 403)
                let set = try await client.post(
                    place, as: "sekretariat",
                    [
                        ("pokok", "awards"), ("sidang", String(sitting)), ("tanggal", "2027-09-01"), ("jam", "10.00"),
                        ("keputusan", "Kepmen 7/2027"), ("tanggal-keputusan", "2027-08-30"),
                    ])
                #expect(set["location"] == place)
                #expect(
                    try await client.get(place, as: "sekretariat").text.contains("terbit 1 September 2027 10.00 WIB"))
                let page = try await client.get("/kompetisi/kipp-2027/hasil")
                #expect(page.text.contains("Keputusan Kepmen 7/2027, 30 Agustus 2027."))
                #expect(page.text.contains("Inovasi Terpuji"))
                #expect(page.text.contains("Layanan 2"))
                #expect(!page.text.contains("Layanan 1<"))
                clock.set(Season.noon("2027-08-31"))
                #expect(try await client.get("/kompetisi/kipp-2027/hasil?x=1").status == 404)
            }
        }
    }
}
