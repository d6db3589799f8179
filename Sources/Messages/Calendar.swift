import Foundation
import Kernel

/// Dates as an iCalendar text (RFC 5545) that a calendar program subscribes to.
package struct Calendar: Sendable, Hashable {
    /// When something is: a whole day, a moment in UTC, or from one moment to another.
    package enum Time: Sendable, Hashable {
        case day(Day)
        case moment(Instant)
        case span(Instant, Instant)
    }

    package struct Event: Sendable, Hashable {
        /// Stays the same while the event is the same, e.g. `due:12@simpul.go.id`.
        package let uid: String
        package let time: Time
        package let summary: String
        package let details: String
        /// An absolute address to open; nil for none.
        package let address: String?

        package init(uid: String, time: Time, summary: String, details: String = "", address: String? = nil) {
            self.uid = uid
            self.time = time
            self.summary = summary
            self.details = details
            self.address = address
        }
    }

    package let name: String
    package let events: [Event]

    package init(name: String, events: [Event]) {
        self.name = name
        self.events = events
    }

    /// The text as of a moment (DTSTAMP), with CRLF line ends.
    package func text(at now: Instant) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Simpul//Simpul//ID", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "NAME:\(Calendar.escaped(name))", "X-WR-CALNAME:\(Calendar.escaped(name))",
        ]
        for event in events {
            lines += ["BEGIN:VEVENT", "UID:\(Calendar.escaped(event.uid))", "DTSTAMP:\(Calendar.utc(now))"]
            switch event.time {
            case .day(let day):
                let next = Day(daysSince1970: day.daysSince1970 + 1)
                lines += ["DTSTART;VALUE=DATE:\(Calendar.date(day))", "DTEND;VALUE=DATE:\(Calendar.date(next))"]
            case .moment(let moment): lines.append("DTSTART:\(Calendar.utc(moment))")
            case .span(let from, let until):
                lines += ["DTSTART:\(Calendar.utc(from))", "DTEND:\(Calendar.utc(until))"]
            }
            lines.append("SUMMARY:\(Calendar.escaped(event.summary))")
            if !event.details.isEmpty { lines.append("DESCRIPTION:\(Calendar.escaped(event.details))") }
            // A URI is not text: it is not escaped, so one that could end its line is left out.
            if let address = event.address, address.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) {
                lines.append("URL:\(address)")
            }
            // Only what takes time keeps others from being invited then.
            if case .span = event.time { lines.append("TRANSP:OPAQUE") } else { lines.append("TRANSP:TRANSPARENT") }
            lines.append("END:VEVENT")
        }
        lines.append("END:VCALENDAR")
        return lines.map(Calendar.folded).joined()
    }

    /// RFC 5545 section 3.3.11; controls other than line ends and tabs are not allowed in text and go.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case ";": out += "\\;"
            case ",": out += "\\,"
            case "\n", "\r": out += "\\n"
            default:
                if scalar.value >= 32 && scalar.value != 127 || scalar == "\t" { out.unicodeScalars.append(scalar) }
            }
        }
        return out
    }

    /// RFC 5545 section 3.1: lines of at most 75 octets, continued after CRLF and a space, cut between characters.
    private static func folded(_ line: String) -> String {
        var out = ""
        var width = 0
        for scalar in line.unicodeScalars {
            let size = String(scalar).utf8.count
            if width + size > 75 {
                out += "\r\n "
                width = 1
            }
            out.unicodeScalars.append(scalar)
            width += size
        }
        return out + "\r\n"
    }

    private static func date(_ day: Day) -> String { day.iso.replacing("-", with: "") }

    private static func utc(_ instant: Instant) -> String {
        instant.rfc3339.replacing("-", with: "").replacing(":", with: "")
    }
}
