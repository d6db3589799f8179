import Kernel

/// The close of registration as proposers meet it: to the minute, in the edition's zone, and how far off.
package struct ProposalDeadline: Sendable, Hashable {
    package let closes: Instant
    package let zone: Zone

    package init(closes: Instant, zone: Zone) {
        self.closes = closes
        self.zone = zone
    }

    /// The exact moment: `3 Juni 2027 24.00 WIB`.
    package var moment: Phrase { closes.moment(in: zone) }

    /// How long it is still open, in the two largest units; nil once it is over.
    package func left(at now: Instant) -> Phrase? {
        let minutes = Int((closes.milliseconds - now.milliseconds) / 60_000)
        guard now < closes else { return nil }
        func unit(_ n: Int, _ indonesian: String, _ english: String) -> Phrase {
            Phrase("\(n) \(indonesian)", "\(n) \(english)\(n == 1 ? "" : "s")")
        }
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        var parts: [Phrase] = []
        if days > 0 { parts.append(unit(days, "hari", "day")) }
        if hours > 0, days < 14 { parts.append(unit(hours, "jam", "hour")) }
        if days == 0, rest > 0 { parts.append(unit(rest, "menit", "minute")) }
        guard !parts.isEmpty else { return Phrase("kurang dari satu menit lagi", "less than a minute left") }
        return Phrase(
            parts.map(\.indonesian).joined(separator: " ") + " lagi",
            parts.map(\.english).joined(separator: " ") + " left")
    }
}

extension Instant {
    /// Day, time and zone. Midnight as an end is of the day before: nobody says "until 4 June 00.00".
    ///
    /// - Parameter starting: whether something begins then, which midnight does on its own day.
    package func moment(in zone: Zone, starting: Bool = false) -> Phrase {
        let isMidnight = !starting && clock(in: zone) == "00.00"
        let day = (isMidnight ? Instant(milliseconds: milliseconds - 1) : self).day(in: zone)
        let time = isMidnight ? "24.00" : clock(in: zone)
        return Phrase(
            "\(day.long(.indonesian)) \(time) \(zone.rawValue)", "\(day.long(.english)) \(time) \(zone.rawValue)")
    }
}
