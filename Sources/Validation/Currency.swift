import Kernel

/// How current some records are: how many are in force, due, past their term, never validated or stopped. The five add
/// up to the total.
package struct Currency: Sendable, Hashable {
    package var valid = 0
    package var due = 0
    package var overdue = 0
    package var never = 0
    package var stopped = 0
    /// The same a year before; nil where nothing was published then.
    package var before: Before?

    /// What was known a year before: records that went on, and those of them that were in force.
    package struct Before: Sendable, Hashable {
        package var running = 0
        package var inForce = 0

        package init(running: Int = 0, inForce: Int = 0) {
            self.running = running
            self.inForce = inForce
        }

        package var share: Int? { running == 0 ? nil : Currency.rounded(inForce, of: running) }
    }

    package init() {}

    package var total: Int { running + stopped }
    /// Those that go on or of which nobody said that they stopped.
    package var running: Int { inForce + overdue + never }
    /// In force, also where the end is near.
    package var inForce: Int { valid + due }

    /// Percent of the running records that are in force; nil where there are none.
    package var share: Int? { running == 0 ? nil : Self.rounded(inForce, of: running) }

    /// Percentage points against its own last year; nil where one of the two is not known.
    package var change: Int? {
        guard let share, let before = before?.share else { return nil }
        return share - before
    }

    fileprivate static func rounded(_ part: Int, of whole: Int) -> Int { (part * 200 + whole) / (whole * 2) }

    package static func + (a: Currency, b: Currency) -> Currency {
        var sum = a
        sum.valid += b.valid
        sum.due += b.due
        sum.overdue += b.overdue
        sum.never += b.never
        sum.stopped += b.stopped
        if let before = b.before {
            sum.before = Before(
                running: (a.before?.running ?? 0) + before.running, inForce: (a.before?.inForce ?? 0) + before.inForce)
        }
        return sum
    }
}

/// How many published records go on, are developed further, stopped, or are silent about it; they add up to the total.
package struct ContinuityTotals: Sendable, Hashable {
    package let developing: Int
    package let continuing: Int
    package let stopped: Int
    package let unknown: Int

    package init(developing: Int, continuing: Int, stopped: Int, unknown: Int) {
        self.developing = developing
        self.continuing = continuing
        self.stopped = stopped
        self.unknown = unknown
    }

    package var total: Int { developing + continuing + stopped + unknown }
}
