import Foundation
import Kernel
import Testing

@testable import Competition

@Suite struct TimetableTests {
    /// Two days of 08.00 to 12.00 western time, half an hour each: seven moments a day with five minutes between.
    private func question(
        rooms: Int = 2, days: Int = 1, seats: Int = 1, panelists: Int = 4, seed: UInt64 = 1,
        _ presenters: [Timetable.Presenter]
    ) throws -> Timetable.Question {
        let first = try #require(Day(2027, 8, 2))
        return Timetable.Question(
            zone: .wib, rooms: (0..<rooms).map { "Ruang \($0 + 1)" },
            days: (0..<days).map { Day(daysSince1970: first.daysSince1970 + $0) }, hours: 480...720, breaks: [],
            minutes: 30, turnover: 5, seats: seats, office: 450...960, presenters: presenters,
            panelists: Array(1...panelists), seed: seed)
    }

    private func western(_ count: Int) -> [Timetable.Presenter] {
        (1...count).map { Timetable.Presenter(proposal: $0, zone: .wib) }
    }

    /// What every timetable must keep, whatever made it.
    private func broken(_ timetable: Timetable, _ question: Timetable.Question) -> [String] {
        var found: [String] = []
        let places = timetable.places
        if places.map(\.proposal).sorted() != question.presenters.map(\.proposal).sorted() { found.append("who") }
        for (number, place) in places.enumerated() {
            if place.panelists.count != question.seats { found.append("seats of \(place.proposal)") }
            for other in places.dropFirst(number + 1) where other.starts < place.ends && place.starts < other.ends {
                if other.room == place.room { found.append("room \(place.room)") }
                if !Set(other.panelists).isDisjoint(with: place.panelists) { found.append("panelist") }
            }
            guard let presenter = question.presenters.first(where: { $0.proposal == place.proposal }) else { continue }
            if !presenter.conflicts.isDisjoint(with: place.panelists) { found.append("conflict \(place.proposal)") }
            let offset = Int64(presenter.zone.hours) * 3_600_000
            let local = Int((place.starts.milliseconds + offset) % 86_400_000 / 60_000)
            if !question.office.contains(local) || !question.office.contains(local + question.minutes) {
                found.append("hours of \(place.proposal)")
            }
        }
        return found
    }

    @Test func `everybody is heard once, and no room or panelist is in two places`() throws {
        let question = try question(seats: 2, western(14))
        let timetable = try Timetable.make(question)
        #expect(broken(timetable, question) == [])
        #expect(
            timetable.places.first?.starts == Timetable.instant(try #require(Day(2027, 8, 2)), minute: 480, in: .wib))
        #expect(Set(timetable.places.map(\.starts)).count == 7)
    }

    @Test func `random timetables keep every rule, with conflicts and three zones`() throws {
        for seed in 0..<40 as Range<UInt64> {
            var random = SeededNumbers(seed: seed)
            let zones: [Zone] = [.wib, .wita, .wit]
            let presenters = (1...12).map { number in
                Timetable.Presenter(
                    proposal: number, zone: zones[Int(random.next() % 3)],
                    conflicts: Set((1...6).filter { _ in random.unit() < 0.25 }))
            }
            let question = try question(days: 2, seats: 2, panelists: 6, seed: seed, presenters)
            guard let timetable = try? Timetable.make(question) else { continue }
            #expect(broken(timetable, question) == [], "seed \(seed)")
        }
    }

    @Test func `the same seed gives the same timetable whatever the order of the list`() throws {
        let one = try Timetable.make(question(seed: 7, western(10)))
        let two = try Timetable.make(question(seed: 7, western(10).reversed()))
        #expect(one == two)
        let drawn = try (1...5).map { try Timetable.make(question(seed: $0, western(10))) }
        #expect(Set(drawn).count > 1)
    }

    @Test func `a presenter in eastern Indonesia speaks within their own office hours`() throws {
        let eastern = [Timetable.Presenter(proposal: 9, zone: .wit)]
        var question = try question(western(3) + eastern)
        // Office hours until 12.00 there are until 10.00 here: the last of the morning's moments that fits is 09.10.
        question.office = 450...720
        question.presenters = eastern + western(3)
        let timetable = try Timetable.make(question)
        #expect(broken(timetable, question) == [])
        let own = try #require(timetable.places.first { $0.proposal == 9 })
        #expect(own.ends.clock(in: .wit) <= "12.00")
    }

    @Test func `a break is kept free`() throws {
        var question = try question(rooms: 1, western(5))
        question.breaks = [540...570]
        let timetable = try Timetable.make(question)
        #expect(timetable.places.map { $0.starts.clock() } == ["08.00", "09.30", "10.05", "10.40", "11.15"])
    }

    @Test func `what does not fit is told with the rooms or days that would do, and they do`() throws {
        let full = try question(rooms: 2, western(20))
        var refusal: TimetableShortage?
        do { _ = try Timetable.make(full) } catch { refusal = error }
        #expect(refusal == .together(presentations: 20, places: 14, rooms: 3, days: 2))
        #expect(
            refusal?.message(rooms: 2, days: 1) { "\($0)" }.indonesian
                == "20 presentasi tidak muat dalam 14 tempat yang ada. Perlu 3 ruang (bukan 2) atau 2 hari (bukan 1).")
        #expect(broken(try Timetable.make(question(rooms: 3, western(20))), try question(rooms: 3, western(20))) == [])
        #expect(try Timetable.make(question(rooms: 2, days: 2, western(20))).places.count == 20)
    }

    @Test func `rooms that no panelist is left for do not help`() throws {
        let question = try question(rooms: 1, seats: 2, panelists: 2, western(9))
        #expect(throws: TimetableShortage.together(presentations: 9, places: 7, rooms: nil, days: 2)) {
            try Timetable.make(question)
        }
    }

    @Test func `a proposal that nobody may hear, and one that no hour suits, are named`() throws {
        let blocked = Timetable.Presenter(proposal: 3, zone: .wib, conflicts: [1, 2, 3])
        #expect(throws: TimetableShortage.panelists(proposal: 3, free: 1, seats: 2)) {
            try Timetable.make(question(seats: 2, western(2) + [blocked]))
        }
        var late = try question([Timetable.Presenter(proposal: 5, zone: .wit)])
        late.hours = 900...960
        #expect(throws: TimetableShortage.hours(proposal: 5, .wit)) { try Timetable.make(late) }
        var none = try question(western(1))
        none.minutes = 0
        #expect(throws: TimetableShortage.self) { try Timetable.make(none) }
    }

    @Test func `scarce panelists are moved along rather than given up`() throws {
        // Only panelist 1 may hear 1 and 2, only 2 may hear 3 and 4: each moment takes one of each.
        let presenters = (1...4).map {
            Timetable.Presenter(proposal: $0, zone: .wib, conflicts: $0 <= 2 ? [2] : [1])
        }
        var question = try question(panelists: 2, presenters)
        question.hours = 480...545
        for seed in 0..<20 as Range<UInt64> {
            question.seed = seed
            #expect(broken(try Timetable.make(question), question) == [], "seed \(seed)")
        }
    }

    @Test func `a hundred finalists in three zones are placed within seconds`() throws {
        let presenters = (1...99).map {
            Timetable.Presenter(proposal: $0, zone: [.wib, .wita, .wit][$0 % 3], conflicts: [$0 % 15 + 1])
        }
        var question = try question(rooms: 4, days: 4, seats: 3, panelists: 15, presenters)
        question.hours = 480...720
        let began = Date()
        let timetable = try Timetable.make(question)
        #expect(broken(timetable, question) == [])
        #expect(Date().timeIntervalSince(began) < 5)
    }

    @Test func `every province has the zone of the decree, and an institution that of its region`() {
        #expect(ProvinceZone.zone(of: "33") == .wib)
        #expect(ProvinceZone.zone(of: "61") == .wib)
        #expect(ProvinceZone.zone(of: "63") == .wita)
        #expect(ProvinceZone.zone(of: "51") == .wita)
        #expect(ProvinceZone.zone(of: "82") == .wit)
        #expect(ProvinceZone.zone(of: "96") == .wit)
        #expect(ProvinceZone.zone(of: "00") == nil)
        #expect(ProvinceZone.zone(ofInstitution: "R91.03", region: nil) == .wit)
        #expect(ProvinceZone.zone(ofInstitution: "U-UNM", region: "73.71") == .wita)
        #expect(ProvinceZone.zone(ofInstitution: "K-KEMENKES", region: nil) == nil)
    }

    @Test func `a clash names the room, the panelist and the conflict`() {
        func place(_ proposal: Int, _ room: String, _ hour: Int64, _ panelists: [Int]) -> Timetable.Place {
            Timetable.Place(
                proposal: proposal, room: room, starts: Instant(milliseconds: hour * 3_600_000),
                ends: Instant(milliseconds: (hour + 1) * 3_600_000), panelists: panelists)
        }
        let others = [place(1, "A", 8, [1, 2]), place(2, "B", 9, [3])]
        #expect(
            SlotClash.of(place(3, "A", 8, [2, 4]), among: others, conflicts: [4]) == [
                .room("A", with: 1), .panelist(2, with: 1), .conflict(4),
            ])
        #expect(SlotClash.of(place(3, "A", 9, [2]), among: others, conflicts: []) == [])
        #expect(SlotClash.of(place(1, "A", 8, [1, 2]), among: others, conflicts: []) == [])
    }

    @Test func `panel scores are a plain mean by the weights of the parts`() throws {
        var edition = Edition()
        edition.presentation = [
            .init(code: "paparan", name: Phrase("a", "a"), minutes: 7, weight: 60, source: nil),
            .init(code: "tanya", name: Phrase("b", "b"), minutes: 20, weight: 40, source: nil),
        ]
        func score(_ proposal: Int, _ evaluator: Int, _ part: String, _ value: Int) -> PanelScore {
            PanelScore(proposal: proposal, evaluator: evaluator, part: part, value: value)
        }
        let standing = PanelStanding.make(
            [
                score(1, 5, "paparan", 80), score(1, 5, "tanya", 90), score(1, 6, "paparan", 60),
                score(1, 6, "tanya", 50), score(2, 5, "paparan", 100),
            ], proposals: [1, 2, 3], in: edition)
        #expect(standing.lines.map(\.proposal) == [1, 2, 3])
        #expect(standing.lines.map(\.panelists) == [2, 0, 0])
        #expect(standing.lines.map(\.mean) == [70, nil, nil])
        #expect(standing.lines.map(\.gap) == [28, nil, nil])
        #expect(standing.lines[1].parts == ["paparan": 100])
        #expect(standing.shared == 1)
        edition.presentation = []
        #expect(PanelStanding.make([], proposals: [1], in: edition).lines.map(\.mean) == [nil])
    }
}
