import Directory
import Kernel

/// When somebody is reminded of a date: 30, 7 and 1 days before it, and when it has passed. Each of the four is sent
/// once for one date; of those that fell into a time when nothing was sent, only the latest.
package enum Reminder: Int, Sendable, Hashable, CaseIterable, Comparable {
    case overdue = 0
    case day = 1
    case week = 7
    case month = 30

    package static func < (a: Reminder, b: Reminder) -> Bool { a.rawValue < b.rawValue }

    /// The one that applies so many calendar days before the last day; nil when it is too early for any.
    package init?(daysLeft: Int) {
        if daysLeft < 0 {
            self = .overdue
        } else if let next = [Reminder.day, .week, .month].first(where: { daysLeft <= $0.rawValue }) {
            self = next
        } else {
            return nil
        }
    }

    /// The hour of a day in western Indonesian time before which nobody is reminded.
    package static let hour = 7

    /// Now, or the morning of this day.
    package static func morning(of now: Instant) -> Instant {
        max(now, Instant(milliseconds: Instant(startOf: now.day()).milliseconds + Int64(hour) * 3_600_000))
    }
}
