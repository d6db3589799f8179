import Kernel

/// Whether somebody stands by a record now: derived from dates at the moment of asking, never stored.
package struct Validity: Sendable, Hashable {
    /// An office's word for a record.
    package struct Validation: Sendable, Hashable {
        package let at: Instant
        /// The office, never a person.
        package let by: String
        /// The first instant at which it no longer holds.
        package let until: Instant
        /// Who validated because the office has only its writer.
        package let instead: Instead?

        package init(at: Instant, by: String, until: Instant, instead: Instead? = nil) {
            self.at = at
            self.by = by
            self.until = until
            self.instead = instead
        }

        /// The last day on which it holds, in western Indonesian time.
        package var lastDay: Day { until.dayBefore }
    }

    /// Who may validate where an office has a single person.
    package enum Instead: String, Sendable, Hashable, CaseIterable { case leader, hub }

    package enum State: Sendable, Hashable {
        /// Nobody ever validated it.
        case never
        case valid
        /// It ends within 30 days.
        case due
        case overdue
        /// An office said that the innovation stopped: there is nothing left to renew.
        case stopped
    }

    /// The newest word for the record; nil when there never was one.
    package let validation: Validation?
    /// Since when the public is told that a claim of it is being clarified.
    package let clarifyingSince: Instant?
    private let isStopped: Bool

    package static let never = Validity(nil)
    /// Days before the end from which a record counts as due.
    package static let dueDays = 30

    /// - Parameter continuity: what the record itself says about going on.
    package init(
        _ validation: Validation?, continuity: Innovation.Continuity? = nil, clarifyingSince: Instant? = nil
    ) {
        self.validation = validation
        self.clarifyingSince = clarifyingSince
        isStopped = continuity == .stopped
    }

    package func state(at now: Instant) -> State {
        guard let validation else { return .never }
        if isStopped { return .stopped }
        if now >= validation.until { return .overdue }
        return now >= validation.until.adding(days: -Self.dueDays) ? .due : .valid
    }

    /// Calendar days until the last day on which it holds: 0 on that day, below 0 afterwards; nil when never validated.
    package func daysLeft(at now: Instant) -> Int? {
        validation.map { $0.lastDay.daysSince1970 - now.day().daysSince1970 }
    }

    /// The next instant at which its state changes by itself; nil when it never will.
    package func changesAt(after now: Instant) -> Instant? {
        guard let validation, !isStopped else { return nil }
        return [validation.until.adding(days: -Self.dueDays), validation.until].first { now < $0 }
    }

    /// The next instant at which its state or the number of days changes: midnight at the latest.
    package func countsUntil(after now: Instant) -> Instant? {
        guard validation != nil, !isStopped else { return nil }
        return [changesAt(after: now), now.nextMidnight].compactMap(\.self).min()
    }

    /// The end of a term that begins now: the midnight after the same day so many months later, or after the last day
    /// of that month where the day does not exist.
    ///
    /// - Parameter months: 1 or more.
    package static func end(from now: Instant, months: Int) -> Instant {
        let day = now.day()
        let month = day.year * 12 + day.month - 1 + months
        let last = (28...31).reversed().lazy.compactMap { Day(month / 12, month % 12 + 1, Swift.min($0, day.day)) }
            .first
        return Instant(startOf: last ?? day).adding(days: 1)
    }
}

extension Instant {
    /// The first instant of a day in western Indonesian time.
    package init(startOf day: Day) {
        self.init(milliseconds: Int64(day.daysSince1970) * 86_400_000 - Int64(Zone.wib.hours) * 3_600_000)
    }

    /// The next midnight in western Indonesian time.
    package var nextMidnight: Instant { Instant(startOf: day()).adding(days: 1) }
}

extension Sequence<Validity> {
    /// The first instant at which the state of one of them changes by itself.
    package func changesAt(after now: Instant) -> Instant? { compactMap { $0.changesAt(after: now) }.min() }
}

extension Instant {
    /// The last day, in western Indonesian time, that ends by this instant or holds the moment before it: what ends at
    /// midnight is said to hold until the day before.
    package var dayBefore: Day { Instant(milliseconds: milliseconds - 1).day() }
}
