import Kernel

/// In which year an innovation could be proposed, if an edition's rules and dates came again every year: so that an
/// agency plans years ahead (an idea of 2025 is two years old in 2027).
package struct Outlook: Sendable, Hashable {
    /// The first year whose edition would take it; nil when waiting alone is not enough.
    package let year: Int?
    /// The group it would enter; nil in an edition without groups.
    package let group: String?
    /// What has to be done, whatever the year: the verdicts that waiting does not change.
    package let hurdles: [Verdict]

    /// Looks `horizon` years ahead. Of several groups the one that is open soonest counts, then the one with the fewest
    /// hurdles, then the first.
    package init(_ candidate: Candidacy, in edition: Edition, from now: Instant, horizon: Int = 5) {
        let first = edition.nextYear(after: now)
        let groups = edition.groups.isEmpty ? [nil] : edition.groups.map { Optional($0.code) }
        let found = groups.map { group -> Outlook in
            var candidate = candidate
            candidate.group = group
            var hurdles: [Verdict] = []
            for year in first...first + horizon {
                let moved = edition.held(in: year)
                let unmet = Eligibility.beforehand(candidate, in: moved, at: now).filter { $0.answer != .met }
                if unmet.isEmpty { return Outlook(year: year, group: group, hurdles: []) }
                hurdles = unmet
                // What waits for a day passes by itself; the rest stays.
                if unmet.allSatisfy({ $0.answer == .unmet && $0.metFrom != nil }) { continue }
                let lasting = unmet.filter { $0.metFrom == nil || $0.answer == .unknown }
                return Outlook(year: nil, group: group, hurdles: lasting)
            }
            return Outlook(year: nil, group: group, hurdles: hurdles)
        }
        let best = found.enumerated().min { a, b in
            (a.element.year ?? Int.max, a.element.hurdles.count, a.offset)
                < (b.element.year ?? Int.max, b.element.hurdles.count, b.offset)
        }
        self = best?.element ?? Outlook(year: nil, group: nil, hurdles: [])
    }

    private init(year: Int?, group: String?, hurdles: [Verdict]) {
        self.year = year
        self.group = group
        self.hurdles = hurdles
    }
}

extension Edition {
    /// The first year in which its registration, on the same days, would not be over yet.
    package func nextYear(after now: Instant) -> Int {
        let year = now.day(in: zone).year
        return held(in: year).stage(.registration)?.closes.map { $0 > now } ?? true ? year : year + 1
    }

    /// The edition as if it were held in another year, on the same days.
    package func held(in other: Int) -> Edition {
        var moved = self
        let years = other - year
        moved.year = other
        moved.stages = stages.map { stage in
            EditionStage(
                code: stage.code, kind: stage.kind, name: stage.name, opens: stage.opens?.adding(years: years, zone),
                closes: stage.closes?.adding(years: years, zone), source: stage.source)
        }
        return moved
    }
}

extension Instant {
    /// The same day and hour of a zone, so many years later; 29 February becomes the 28th.
    fileprivate func adding(years: Int, _ zone: Zone) -> Instant {
        let before = day(in: zone)
        let after = before.adding(months: 12 * years)
        return adding(days: after.daysSince1970 - before.daysSince1970)
    }
}
