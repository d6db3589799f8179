import Foundation
import Kernel

/// What an organiser types to plan presentations, by field, as it is shown again, and as the timetable's question.
package struct TimetableSheet: Sendable, Hashable {
    package static let names = [
        "ruang", "hari", "mulai", "selesai", "jeda", "pergantian", "kursi", "kantor_mulai", "kantor_selesai", "benih",
    ]

    package let fields: [String: String]

    package init(_ fields: [String: String]) {
        self.fields = fields.filter { Self.names.contains($0.key) }
            .mapValues { $0.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// What the form holds before anything was typed: the days of the presentation stage, office hours.
    package init(for edition: Edition, seats: Int) {
        var days: [String] = []
        if let stage = edition.stage(.presentation), let opens = stage.opens, let closes = stage.closes {
            let last = Instant(milliseconds: closes.milliseconds - 1).day(in: edition.zone).daysSince1970
            let first = opens.day(in: edition.zone).daysSince1970
            days = (first...max(first, min(last, first + 30))).map { Day(daysSince1970: $0).iso }
        }
        self.init([
            "ruang": "Ruang 1", "hari": days.joined(separator: "\n"), "mulai": "08.00", "selesai": "16.00",
            "jeda": "12.00-13.00", "pergantian": "5", "kursi": String(seats), "kantor_mulai": "07.30",
            "kantor_selesai": "16.00", "benih": "1",
        ])
    }

    /// The question; throws `PanelRefusal.invalid` with what cannot be read.
    package func question(
        in edition: Edition, presenters: [Timetable.Presenter], panelists: [Int]
    ) throws -> Timetable.Question {
        var problems: [Problem] = []
        func wrong(_ field: String, _ indonesian: String, _ english: String) {
            problems.append(Problem(field, Phrase(indonesian, english)))
        }
        let rooms = lines("ruang")
        if rooms.isEmpty { wrong("ruang", "Tulis satu ruang tiap baris.", "Write one room a line.") }
        if Set(rooms).count < rooms.count { wrong("ruang", "Ada ruang yang sama.", "A room stands there twice.") }
        if rooms.count > 50 || rooms.contains(where: { $0.count > 80 }) {
            wrong("ruang", "Paling banyak 50 ruang, 80 huruf tiap nama.", "At most 50 rooms, 80 letters each.")
        }
        let days = lines("hari").compactMap { Day(iso: $0) }
        if days.isEmpty || days.count < lines("hari").count {
            wrong("hari", "Tulis satu tanggal tiap baris, misalnya 2027-08-02.", "One date a line, e.g. 2027-08-02.")
        } else if Set(days).count > 60 {
            wrong("hari", "Paling banyak 60 hari.", "At most 60 days.")
        }
        let hours = span("mulai", "selesai"), office = span("kantor_mulai", "kantor_selesai")
        if hours == nil { wrong("selesai", Self.clock.indonesian, Self.clock.english) }
        if office == nil { wrong("kantor_selesai", Self.clock.indonesian, Self.clock.english) }
        let breaks = lines("jeda").map(Self.span)
        if breaks.contains(nil) {
            wrong("jeda", "Tulis satu jeda tiap baris, misalnya 12.00-13.00.", "One break a line, e.g. 12.00-13.00.")
        }
        let turnover = number("pergantian", 0...120)
        if turnover == nil { wrong("pergantian", "Tulis menit, 0 sampai 120.", "Write minutes, 0 to 120.") }
        let seats = number("kursi", 1...20)
        if seats == nil { wrong("kursi", "Tulis angka 1 sampai 20.", "Write a number from 1 to 20.") }
        let seed = number("benih", 0...Int(Int32.max))
        if seed == nil { wrong("benih", "Tulis angka bulat mulai 0.", "Write a whole number from 0.") }
        guard problems.isEmpty, let hours, let office, let turnover, let seats, let seed else {
            throw PanelRefusal.invalid(problems)
        }
        return Timetable.Question(
            zone: edition.zone, rooms: rooms, days: Set(days).sorted(), hours: hours, breaks: breaks.compactMap { $0 },
            minutes: Slot.minutes(in: edition), turnover: turnover, seats: seats, office: office,
            presenters: presenters, panelists: panelists, seed: UInt64(seed))
    }

    private static let clock = Phrase(
        "Tulis jam dengan titik, misalnya 08.00 dan 16.00; yang kedua sesudah yang pertama.",
        "Write times as 08.00 and 16.00; the second after the first.")

    private func lines(_ field: String) -> [String] {
        (fields[field] ?? "").split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private func number(_ field: String, _ range: ClosedRange<Int>) -> Int? {
        Int(fields[field] ?? "").flatMap { range.contains($0) ? $0 : nil }
    }

    private func span(_ from: String, _ to: String) -> ClosedRange<Int>? {
        Self.span("\(fields[from] ?? "")-\(fields[to] ?? "")")
    }

    private static func span(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-").map { minute($0.trimmingCharacters(in: .whitespaces)) }
        guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
        return from...to
    }

    /// `08.00` or `08:00` as minutes since midnight.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(whereSeparator: { $0 == "." || $0 == ":" }).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
            (0...59).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}
