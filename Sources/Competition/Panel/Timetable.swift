import Kernel

/// Who presents when, where and before whom: each room holds one presentation at a time, each panelist sits in one room
/// at a time and never before a proposal they have a conflict with, and each presenter speaks within their own office
/// hours. The same question and seed give the same timetable.
package struct Timetable: Sendable, Hashable {
    package struct Presenter: Sendable, Hashable {
        package let proposal: Int
        package let zone: Zone
        /// The panelists who may not hear it.
        package let conflicts: Set<Int>

        package init(proposal: Int, zone: Zone, conflicts: Set<Int> = []) {
            (self.proposal, self.zone, self.conflicts) = (proposal, zone, conflicts)
        }
    }

    /// What there is to plan with. Times of day are minutes since midnight.
    package struct Question: Sendable, Hashable {
        package var zone: Zone
        package var rooms: [String]
        package var days: [Day]
        /// When a day's first presentation begins at the earliest and its last ends at the latest, in `zone`.
        package var hours: ClosedRange<Int>
        package var breaks: [ClosedRange<Int>]
        /// Length of one presentation, and of the change to the next, in minutes.
        package var minutes: Int
        package var turnover: Int
        /// Panelists before each presentation.
        package var seats: Int
        /// A presenter's office hours on their own clock.
        package var office: ClosedRange<Int>
        package var presenters: [Presenter]
        package var panelists: [Int]
        package var seed: UInt64

        /// The moments at which presentations begin, in order, each with its minute of the day.
        var starts: [(at: Instant, minute: Int)] {
            days.sorted().flatMap { day in
                minutesOfDay.map { (Timetable.instant(day, minute: $0, in: zone), $0) }
            }
        }

        /// Presentations that one moment can hold.
        var width: Int { min(rooms.count, panelists.count / max(1, seats)) }

        private var minutesOfDay: [Int] {
            var found: [Int] = []
            var minute = hours.lowerBound
            while minute + minutes <= hours.upperBound {
                let end = minute + minutes
                if let rest = breaks.first(where: { minute < $0.upperBound && end > $0.lowerBound }) {
                    minute = rest.upperBound
                    continue
                }
                found.append(minute)
                minute = end + turnover
            }
            return found
        }

        /// Whether a presentation that begins at a minute of `zone`'s day lies within a presenter's office hours.
        func suits(_ minute: Int, _ presenter: Presenter) -> Bool {
            let local = minute + (presenter.zone.hours - zone.hours) * 60
            return office.contains(local) && office.contains(local + minutes)
        }

        func free(_ presenter: Presenter) -> [Int] { panelists.filter { !presenter.conflicts.contains($0) } }
    }

    package struct Place: Sendable, Hashable {
        package let proposal: Int
        package let room: String
        package let starts: Instant
        package let ends: Instant
        /// In order of their numbers.
        package let panelists: [Int]
    }

    /// By time, then in the order of the rooms.
    package let places: [Place]

    /// Throws `TimetableShortage` that names what binds.
    package static func make(_ question: Question) throws(TimetableShortage) -> Timetable {
        if let shortage = TimetableShortage.alone(question) { throw shortage }
        var arrangement = TimetableArrangement(question)
        guard arrangement.fill() else { throw TimetableShortage.together(question) }
        return Timetable(places: arrangement.places())
    }

    /// A minute of a day as the clocks of a zone show it.
    package static func instant(_ day: Day, minute: Int, in zone: Zone) -> Instant {
        Instant(milliseconds: (Int64(day.daysSince1970) * 1440 + Int64(minute - zone.hours * 60)) * 60_000)
    }
}
