import Foundation

/// A moment in UTC, in whole milliseconds since 1970. Stored as an integer, shown in a zone.
package struct Instant: Sendable, Hashable, Comparable, Codable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The machine's clock, now.
    package static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    package func adding(days: Int) -> Instant { Instant(milliseconds: milliseconds + Int64(days) * 86_400_000) }

    /// RFC 3339 in UTC with whole seconds, e.g. `2026-11-21T08:30:00Z`.
    package var rfc3339: String {
        let day = Day(daysSince1970: Int(floorDivide(milliseconds, 86_400_000)))
        let second = Int(floorModulo(milliseconds, 86_400_000)) / 1000
        return "\(day.iso)T\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))Z"
    }

    /// The calendar day in a zone, by default western Indonesian time.
    package func day(in zone: Zone = .wib) -> Day {
        Day(daysSince1970: Int(floorDivide(milliseconds + Int64(zone.hours) * 3_600_000, 86_400_000)))
    }

    /// Hour and minute in a zone as `23.59`.
    package func clock(in zone: Zone = .wib) -> String {
        let minute = Int(floorModulo(milliseconds + Int64(zone.hours) * 3_600_000, 86_400_000)) / 60_000
        return "\(pad(minute / 60)).\(pad(minute % 60))"
    }
}

/// Indonesia's three zones; fixed offsets, no summer time.
package enum Zone: String, Sendable, Codable {
    case wib = "WIB"
    case wita = "WITA"
    case wit = "WIT"

    /// Hours ahead of UTC.
    package var hours: Int {
        switch self {
        case .wib: 7
        case .wita: 8
        case .wit: 9
        }
    }
}

/// A calendar day of the Gregorian calendar.
package struct Day: Sendable, Hashable, Comparable, Codable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil unless the day exists, years 1 to 9999.
    package init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        self.year = year
        self.month = month
        self.day = day
        guard day <= Day.length(of: month, year) else { return nil }
    }

    /// Reads `2026-11-21`; nil for anything else.
    package init?(iso: some StringProtocol) {
        let parts = iso.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year, month, day)
    }

    /// Howard Hinnant's civil-from-days algorithm.
    package init(daysSince1970 days: Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let m = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * m + 2) / 5 + 1
        month = m < 10 ? m + 3 : m - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package var daysSince1970: Int {
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package var iso: String {
        "\(String(repeating: "0", count: 4 - String(year).count))\(year)-\(pad(month))-\(pad(day))"
    }

    package static func < (a: Day, b: Day) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

    /// `21 November 2026` in both languages' usual spelling.
    package func long(_ language: Language) -> String { "\(day) \(Day.months(language)[month - 1]) \(year)" }

    private static func length(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func months(_ language: Language) -> [String] {
        language == .indonesian
            ? [
                "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
                "November", "Desember",
            ]
            : [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
    }
}

private func pad(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
private func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((-a + b - 1) / b) }
private func floorModulo(_ a: Int64, _ b: Int64) -> Int64 { a - floorDivide(a, b) * b }
