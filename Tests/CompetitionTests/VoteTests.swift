import Database
import Kernel
import Messages
import Support
import Testing
import Web

@testable import Competition

@Suite struct VoteTests {
    /// A cookie of a browser's own.
    private static func browser(_ number: Int) -> String {
        String(repeating: "a", count: 43 - String(number).count) + String(number)
    }

    private static let open = Season.noon("2027-07-22")

    private static func with(_ engine: Engine, _ body: (Season, Ratings) async throws -> Void) async throws {
        try await Season.with(engine) { season in
            try await season.announce(try await season.chose([1, 2, 4]))
            try await body(season, Ratings(season.database))
        }
    }

    private static func tally(_ proposal: Int, _ season: Season) async throws -> Ratings.Tally {
        let edition = try await season.stored().id
        return try await season.database.read { try Ratings.tally(proposal, in: edition, $0) }
    }

    @Test(arguments: Engine.tested)
    func `one browser has one vote for each finalist, replaced when it changes`(_ engine: Engine) async throws {
        try await Self.with(engine) { season, ratings in
            func rate(_ proposal: Int, _ value: Int?, _ cookie: String?, at: Instant = Self.open) async throws {
                try await ratings.rate(
                    proposal, value, in: Season.code, cookie: cookie, from: "192.0.2.7", at: at)
            }
            for value in [2, 5, 4] { try await rate(1, value, Self.browser(1)) }
            try await rate(1, 1, Self.browser(2))
            try await rate(2, 3, Self.browser(1))
            #expect(try await Self.tally(1, season) == Ratings.Tally(votes: 2, mean: 250))
            #expect(try await Self.tally(2, season) == Ratings.Tally(votes: 1, mean: 300))
            await #expect(throws: RatingRefusal.noCookie) { try await rate(1, 5, nil) }
            await #expect(throws: RatingRefusal.noCookie) { try await rate(1, 5, "terlalu-pendek") }
            for value in [0, 6, nil] {
                await #expect(throws: RatingRefusal.notValue) { try await rate(1, value, Self.browser(3)) }
            }
            await #expect(throws: AnnouncementRefusal.notOut) { try await rate(3, 5, Self.browser(1)) }
            for moment in ["2027-07-20", "2027-08-05"] {
                await #expect(throws: RatingRefusal.closed) {
                    try await rate(1, 5, Self.browser(1), at: Season.noon(moment))
                }
            }
            // Nothing stored is a cookie or an address, and the key goes a week after the close.
            let stored = try await season.database.read { db in
                try db.rows("SELECT voter, network FROM rating") { try $0.text("voter") + $0.text("network") }
            }
            #expect(stored.allSatisfy { $0.count == 64 && !$0.contains("aaaaaaaaaaaa") && !$0.contains("192.0.2") })
            let publications = season.publications()
            func keys() async throws -> Int {
                try await season.database.read { try $0.count("SELECT COUNT(*) FROM rating_key") }
            }
            try await publications.forgetVoters(at: Season.noon("2027-08-11"))
            #expect(try await keys() == 1)
            try await publications.forgetVoters(at: Season.noon("2027-08-12"))
            #expect(try await keys() == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `a flood of fresh cookies from one network ends at its bound, others vote on`(_ engine: Engine) async throws {
        try await Self.with(engine) { season, ratings in
            var refused = 0
            for number in 0..<(Voter.perHour + 10) {
                do {
                    // Another device of the same network each time.
                    try await ratings.rate(
                        1, 5, in: Season.code, cookie: Self.browser(number), from: "192.0.2.\(number)", at: Self.open)
                } catch RatingRefusal.tooMany { refused += 1 }
            }
            #expect(refused == 10)
            try await ratings.rate(
                1, 1, in: Season.code, cookie: Self.browser(900), from: "198.51.100.1", at: Self.open)
            // Who voted before may still change, and rate others.
            try await ratings.rate(1, 1, in: Season.code, cookie: Self.browser(0), from: "192.0.2.0", at: Self.open)
            try await ratings.rate(2, 4, in: Season.code, cookie: Self.browser(0), from: "192.0.2.0", at: Self.open)
            #expect(try await Self.tally(1, season).votes == Voter.perHour + 1)
            #expect(Voter.prefix(of: "2001:db8:1:2::1") == Voter.prefix(of: "2001:db8:1:ffff::9"))
            #expect(Voter.prefix(of: "2001:db8:1:2::1") != Voter.prefix(of: "2001:db8:2:2::1"))
            #expect(Voter.prefix(of: "::ffff:192.0.2.9") == Voter.prefix(of: "192.0.2.200"))
        }
    }

    @Test(arguments: Engine.tested)
    func `a citizen rates without script, sees no result before the close, and the method is on the page`(
        _ engine: Engine
    ) async throws {
        try await Self.with(engine) { season, _ in
            let clock = SetClock(Self.open)
            try await season.publicly(clock) { client in
                let place = "/kompetisi/kipp-2027/finalis/1"
                let page = try await client.get(place)
                #expect(page.text.contains("Bagaimana suara dihitung"))
                let cookies = page.fields.filter { $0.name == "set-cookie" }.compactMap {
                    $0.value.split(separator: ";").first.map(String.init)
                }
                #expect(cookies.count == 2)
                #expect(page.fields.contains { $0.value.hasPrefix("simpul_suara=") && $0.value.contains("HttpOnly") })
                let token = try #require(cookies.first { $0.hasPrefix("simpul_form=") }).dropFirst(12)
                let form = [("token", String(token)), ("nilai", "4")]
                let jar = ["Cookie": cookies.joined(separator: "; ")]
                #expect(try await client.post(place + "/nilai", form: form).status == 403)
                let none = try await client.post(
                    place + "/nilai", form: form, headers: ["Cookie": "simpul_form=\(token)"])
                #expect(none.status == 422)
                #expect(none.text.contains("tidak menyimpan kuki"))
                let done = try await client.post(place + "/nilai", form: form, headers: jar)
                #expect(done["location"] == "\(place)?dinilai=1#nilai")
                let again = try await client.get(place + "?dinilai=1", headers: jar)
                #expect(again.text.contains("Suara Anda tercatat."))
                #expect(again.text.contains("value=\"4\" checked"))
                #expect(!again.text.contains("rata-rata"))
                let junk = try await client.post(
                    place + "/nilai", form: [("token", String(token)), ("nilai", "9")], headers: jar)
                #expect(junk.status == 422)
                clock.set(Season.noon("2027-08-05"))
                let over = try await client.get(place)
                #expect(over.text.contains("<strong>4</strong> rata-rata dari 5, 1 suara."))
                #expect(try await client.post(place + "/nilai", form: form, headers: jar).status == 409)
            }
        }
    }
}
