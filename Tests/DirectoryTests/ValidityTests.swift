import Kernel
import Testing

@testable import Directory

struct ValidityTests {
    private let at = Instant(startOf: Day(2026, 1, 10)!)
    /// The midnight after 9 January 2027.
    private let until = Instant(startOf: Day(2027, 1, 10)!)

    private func validity(_ continuity: Innovation.Continuity? = nil) -> Validity {
        Validity(Validity.Validation(at: at, by: "Bagian Organisasi", until: until), continuity: continuity)
    }

    @Test func `a record is valid, then due for 30 days, then overdue, each from its first instant on`() {
        let due = until.adding(days: -30)
        let before = { (instant: Instant) in Instant(milliseconds: instant.milliseconds - 1) }
        #expect(validity().state(at: before(due)) == .valid)
        #expect(validity().state(at: due) == .due)
        #expect(validity().state(at: before(until)) == .due)
        #expect(validity().state(at: until) == .overdue)
        #expect(Validity.never.state(at: until) == .never)
        #expect(validity(.stopped).state(at: until) == .stopped)
        #expect(validity(.developing).state(at: until) == .overdue)
    }

    @Test func `the next change is the day it becomes due, then its end, then none`() {
        let due = until.adding(days: -30)
        #expect(validity().changesAt(after: at) == due)
        #expect(validity().changesAt(after: due) == until)
        #expect(validity().changesAt(after: until) == nil)
        #expect(Validity.never.changesAt(after: at) == nil)
        #expect(validity(.stopped).changesAt(after: at) == nil)
        let noon = Instant(milliseconds: at.milliseconds + 43_200_000)
        #expect(validity().countsUntil(after: noon) == at.adding(days: 1))
        #expect([Validity.never, validity()].changesAt(after: at) == due)
    }

    @Test func `days are counted by the calendar of western Indonesia`() {
        #expect(validity().validation?.lastDay == Day(2027, 1, 9))
        #expect(validity().daysLeft(at: Instant(startOf: Day(2027, 1, 9)!)) == 0)
        #expect(validity().daysLeft(at: Instant(startOf: Day(2027, 1, 8)!)) == 1)
        #expect(validity().daysLeft(at: until) == -1)
        #expect(Validity.never.daysLeft(at: until) == nil)
        // 16.59 and 17.01 UTC lie on both sides of a WIB midnight.
        #expect(Instant(milliseconds: until.milliseconds - 60_000).nextMidnight == until)
    }
}
