import Kernel
import Testing

@testable import Competition

@Suite struct EditionTests {
    private func shipped(_ code: String) throws -> EditionTables {
        try #require(try ShippedEditions.all().first { $0.code == code }?.tables)
    }

    /// An edition that could open: the one of 2025 with the dates and the age that a secretariat would add.
    private func ready() throws -> EditionTables { try shipped("kipp-2025") }

    @Test func `four editions ship, and every cell of them can be read`() throws {
        let all = try ShippedEditions.all()
        #expect(all.map(\.code) == ["kipp-2021", "kipp-2023", "pkri-2024", "kipp-2025"])
        for (code, tables) in all { #expect(EditionReading(tables).problems == [], "\(code)") }
    }

    @Test func `2025 has nine categories, two groups, a quota of fifteen and a grade of 85`() throws {
        let edition = EditionReading(try shipped("kipp-2025")).edition
        #expect(edition.categories.count == 9)
        #expect(edition.groups.map(\.code) == ["umum", "replikasi"])
        #expect(edition.quotas.map(\.most) == [15])
        #expect(edition.passing == 85)
        #expect(edition.stage(.rating)?.name.indonesian == "Penilaian manfaat oleh warga")
        // 3 June until 24.00 in western Indonesia.
        #expect(edition.stage(.registration)?.closes?.rfc3339 == "2025-06-03T17:00:00Z")
    }

    @Test func `an edition without contradictions has nothing to mend`() throws {
        #expect(EditionCheck(try ready()).problems == [])
    }

    @Test func `the monitoring of 2024 is no competition and asks for no categories`() throws {
        let edition = EditionReading(try shipped("pkri-2024")).edition
        #expect(edition.programme == .monitoring)
        #expect(EditionCheck(try shipped("pkri-2024")).problems.map(\.part) == [.stages])
    }

    /// What the check says after one change.
    private func problems(_ change: (inout EditionTables) -> Void) throws -> [String] {
        var tables = try ready()
        change(&tables)
        return EditionCheck(tables).problems.map { "\($0.part.rawValue).\($0.row ?? -1).\($0.column ?? "")" }
    }

    @Test func `every contradiction is found at its place`() throws {
        #expect(try problems { $0[.stages][0]["closes"] = "2025-04-01 00.00" } == ["stages.0.closes"])
        #expect(try problems { $0[.stages][3]["opens"] = "2025-05-01 00.00" } == ["stages.3.opens", "stages.3.opens"])
        #expect(try problems { $0[.stages].remove(at: 0) } == ["stages.-1."])
        #expect(try problems { $0[.categories] = [] } == ["categories.-1."])
        #expect(try problems { $0[.categories][1]["code"] = "kesehatan" } == ["categories.3.code"])
        #expect(try problems { $0[.sections][0]["weight"] = "10" } == ["sections.-1.weight", "sections.-1.weight"])
        #expect(try problems { $0[.rules].append(["kind": "age"]) } == ["rules.5.number"])
        #expect(
            try problems {
                $0[.rules] += [
                    ["kind": "awardedAtMost", "rank": "Top 45", "number": "0"],
                    ["kind": "awardedAtLeast", "rank": "Top 45", "number": "1", "group": "umum"],
                ]
            } == ["rules.6.number"])
        #expect(try problems { $0[.quotas].append(["most": "20", "scope": "unit"]) } == ["quotas.1.most"])
        #expect(try problems { $0[.quotas].append(["most": "20", "scope": "agency"]) } == ["quotas.1.scope"])
        #expect(try problems { $0[.facts][0]["cure_days"] = "7" } == ["facts.0.cure_days"])
        #expect(
            try problems {
                $0[.rubric] = [
                    ["from": "0", "to": "60", "anchor_id": "a", "anchor_en": "a"],
                    ["from": "60", "to": "100", "anchor_id": "b", "anchor_en": "b"],
                ]
            } == ["rubric.-1.from"])
    }

    @Test func `a cell that cannot be read is told alone, with what it may be`() throws {
        #expect(try problems { $0[.quotas][0]["most"] = "banyak" } == ["quotas.0.most"])
        #expect(try problems { $0[.rules][1]["group"] = "khusus" } == ["rules.1.group"])
        #expect(try problems { $0[.stages][0]["closes"] = "3 Juni 2025" } == ["stages.0.closes"])
        #expect(try problems { $0[.facts][0]["name_en"] = nil } == ["facts.0.name_en"])
    }

    @Test func `what changed between two versions is told cell by cell`() throws {
        let before = try ready()
        var after = before
        after[.stages][0]["closes"] = "2025-06-10 24.00"
        after[.quotas].append(["most": "3", "scope": "unit"])
        let changes = after.changes(since: before)
        #expect(
            changes.map { "\($0.part.rawValue) \($0.row) \($0.column.key): \($0.before ?? "-") > \($0.after ?? "-")" }
                == [
                    "stages pendaftaran closes: 2025-06-03 24.00 > 2025-06-10 24.00", "quotas 2 most: - > 3",
                    "quotas 2 scope: - > unit",
                ])
        #expect(before.changes(since: before) == [])
        #expect(try EditionTables(json: after.json()) == after)
    }
}

@Suite struct EligibilityTests {
    private let zone = Zone.wib

    private func edition(_ rules: [[String: String]]) throws -> Edition {
        var tables = try #require(try ShippedEditions.all().first { $0.code == "kipp-2025" }?.tables)
        tables[.rules] = rules
        tables[.sections] = []
        tables[.documents] = []
        tables[.facts][0]["goals"] = "0"
        return EditionReading(tables).edition
    }

    private func verdict(_ rule: [String: String], _ change: (inout Candidacy) -> Void) throws -> Verdict {
        var candidate = Candidacy()
        candidate.group = "umum"
        change(&candidate)
        return try #require(
            Eligibility(candidate, in: edition([rule]), at: Instant(milliseconds: 1_745_000_000_000)).verdicts.first)
    }

    @Test func `age is counted back from the close of registration, to the day`() throws {
        let rule = ["kind": "age", "number": "24"]
        #expect(try verdict(rule) { $0.startedOn = Day(2023, 6, 3) }.answer == .met)
        let young = try verdict(rule) { $0.startedOn = Day(2023, 6, 4) }
        #expect(young.answer == .unmet)
        #expect(young.metFrom == Day(2025, 6, 4))
        #expect(young.change?.indonesian == "Cukup umur mulai 4 Juni 2025; usulkan pada edisi sesudahnya.")
    }

    @Test func `a year alone decides where its first or its last day does, else the day is asked for`() throws {
        let rule = ["kind": "age", "number": "24"]
        #expect(try verdict(rule) { $0.yearOfStart = 2022 }.answer == .met)
        #expect(try verdict(rule) { $0.yearOfStart = 2023 }.answer == .unknown)
        #expect(try verdict(rule) { $0.yearOfStart = 2024 }.answer == .unmet)
        #expect(try verdict(rule) { _ in }.answer == .unknown)
    }

    @Test func `earlier awards count by rank, and Top 9 is not within Top 99`() throws {
        let top99 = Candidacy.Award(programme: "KIPP", year: 2019, rank: "Top 99")
        let never = ["kind": "awardedAtMost", "rank": "Top 9", "number": "0"]
        #expect(try verdict(never) { $0.awards = [top99] }.answer == .met)
        let once = ["kind": "awardedAtMost", "rank": "top 99", "number": "1"]
        #expect(try verdict(once) { $0.awards = [top99] }.answer == .met)
        let twice = try verdict(once) {
            $0.awards = [top99, .init(programme: "KIPP", year: 2021, rank: "Finalis Top 99")]
        }
        #expect(twice.answer == .unmet)
        #expect(twice.because.indonesian == "top 99: 2 kali (2019, 2021) menurut data inovasi.")
        #expect(
            try verdict(["kind": "awardedAtLeast", "rank": "Top 99", "number": "1"]) { $0.awards = [top99] }.answer
                == .met)
    }

    @Test func `a stopped innovation, a second proposal and a used title are told with the proposals`() throws {
        #expect(try verdict(["kind": "continuing"]) { $0.hasStopped = true }.answer == .unmet)
        let twice = try verdict(["kind": "once"]) { $0.sameInnovation = [12, 7] }
        #expect(twice.because.indonesian == "Proposal lain untuk inovasi ini: 7, 12.")
        #expect(try verdict(["kind": "ownTitle"]) { $0.sameTitle = [3] }.answer == .unmet)
    }

    @Test func `sections and documents are checked with what to do`() throws {
        let edition = EditionReading(try #require(try ShippedEditions.all().last?.tables)).edition
        var candidate = Candidacy()
        candidate.group = "umum"
        candidate.startedOn = Day(2020, 1, 1)
        candidate.goals = 1
        candidate.documents = ["identitas", "kesediaan"]
        for section in edition.form(of: "umum") { candidate.words[section.code] = 100 }
        #expect(Eligibility(candidate, in: edition, at: .now()).isMet)
        candidate.words["ringkasan"] = 212
        candidate.documents = ["identitas"]
        let unmet = Eligibility(candidate, in: edition, at: .now()).verdicts.filter { $0.answer != .met }
        #expect(
            unmet.compactMap(\.change?.indonesian) == [
                "Kurangi 12 kata.", "Unggah dokumen ini, sudah ditandatangani.",
            ])
    }

    @Test func `months end on the last day of a shorter month`() {
        #expect(Day(2023, 8, 31)?.adding(months: 6) == Day(2024, 2, 29))
        #expect(Day(2024, 11, 30)?.adding(months: 3) == Day(2025, 2, 28))
        #expect(Day(2024, 12, 15)?.adding(months: 1) == Day(2025, 1, 15))
    }
}

@Suite struct OutlookTests {
    /// The rules of 2025 as they shipped: two years of age, one goal, groups general and replication.
    private func outlook(_ change: (inout Candidacy) -> Void) throws -> Outlook {
        let edition = EditionReading(try #require(try ShippedEditions.all().last?.tables)).edition
        var candidate = Candidacy()
        candidate.goals = 1
        change(&candidate)
        let november = Instant(milliseconds: 1_795_000_000_000)
        #expect(november.day() == Day(2026, 11, 18))
        return Outlook(candidate, in: edition, from: november)
    }

    @Test func `an idea of the year 2025 is ready in the year in which it is two years old at the close`() throws {
        // Registration of 2026 is over in November 2026: 2027 is the next.
        #expect(try outlook { $0.startedOn = Day(2025, 5, 1) }.year == 2027)
        #expect(try outlook { $0.startedOn = Day(2025, 6, 4) }.year == 2028)
        #expect(try outlook { $0.yearOfStart = 2019 }.year == 2027)
        #expect(try outlook { $0.yearOfStart = 2019 }.group == "umum")
    }

    @Test func `what waiting does not mend is named, and no year promised`() throws {
        let stopped = try outlook {
            $0.yearOfStart = 2019
            $0.hasStopped = true
        }
        #expect(stopped.year == nil)
        #expect(stopped.hurdles.map(\.rule.indonesian) == ["Masih berjalan"])
        let unknown = try outlook { $0.goals = 0 }
        #expect(unknown.hurdles.map(\.answer) == [.unknown, .unmet])
    }

    @Test func `an edition held in another year has the same days`() throws {
        let edition = EditionReading(try #require(try ShippedEditions.all().last?.tables)).edition
        #expect(edition.held(in: 2028).stage(.registration)?.closes?.rfc3339 == "2028-06-03T17:00:00Z")
    }
}
