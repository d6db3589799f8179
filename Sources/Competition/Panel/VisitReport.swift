import Foundation
import Kernel

/// What was found on a field visit: the checklist's answers, remarks, where and when.
package struct VisitReport: Sendable, Hashable, Codable {
    /// Degrees of WGS 84, as written: stored as text, so that no rounding changes what was reported.
    package struct Position: Sendable, Hashable, Codable {
        package let latitude: String
        package let longitude: String
        /// In metres; nil when it was typed by hand.
        package let accuracy: Int?
    }

    /// By the code of a line of the checklist: `yes`, `no`, a number, or text.
    package var answers: [String: String]
    package var remarks: String
    package var position: Position?
    package var seenAt: Instant?

    package init(
        answers: [String: String] = [:], remarks: String = "", position: Position? = nil, seenAt: Instant? = nil
    ) {
        (self.answers, self.remarks, self.position, self.seenAt) = (answers, remarks, position, seenAt)
    }

    /// The fields of the form besides the checklist's.
    package static let names = ["catatan", "lintang", "bujur", "ketelitian", "tanggal", "jam"]

    /// The field of a line of the checklist.
    package static func field(_ check: EditionCheckpoint) -> String { "periksa." + check.code }

    /// Reads a form as typed; throws `PanelRefusal.invalid` with everything that cannot be read. What is left empty is not
    /// reported yet, and no problem.
    ///
    /// - Parameter zone: that of the typed time.
    package init(_ typed: [String: String], _ checks: [EditionCheckpoint], in zone: Zone) throws {
        func text(_ name: String) -> String {
            (typed[name] ?? "").replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        }
        var problems: [Problem] = []
        answers = [:]
        for check in checks {
            let value = text(Self.field(check))
            guard !value.isEmpty else { continue }
            if let problem = Self.problem(value, check.answer) {
                problems.append(Problem(Self.field(check), problem))
            } else {
                answers[check.code] = value
            }
        }
        remarks = text("catatan")
        if remarks.count > Self.longest { problems.append(Problem("catatan", Self.shorter)) }
        position = nil
        let (latitude, longitude) = (Self.degrees(text("lintang"), 90), Self.degrees(text("bujur"), 180))
        if !text("lintang").isEmpty || !text("bujur").isEmpty {
            if latitude == nil { problems.append(Problem("lintang", Self.latitudeWords)) }
            if longitude == nil { problems.append(Problem("bujur", Self.longitudeWords)) }
        }
        if let latitude, let longitude {
            position = Position(
                latitude: latitude, longitude: longitude,
                accuracy: Int(text("ketelitian")).flatMap { (0...1_000_000).contains($0) ? $0 : nil })
        }
        seenAt = nil
        if !text("tanggal").isEmpty || !text("jam").isEmpty {
            if let day = Day(iso: text("tanggal")), let minute = TimetableSheet.minute(text("jam")) {
                seenAt = Timetable.instant(day, minute: minute, in: zone)
            } else {
                problems.append(Problem("jam", Self.time))
            }
        }
        guard problems.isEmpty else { throw PanelRefusal.invalid(problems) }
    }

    static let longest = 20_000

    private static func problem(_ value: String, _ answer: EditionCheckpoint.Answer) -> Phrase? {
        switch answer {
        case .yesno:
            ["yes", "no"].contains(value) ? nil : Phrase("Pilih ya atau tidak.", "Choose yes or no.")
        case .number:
            Double(value.replacing(".", with: "").replacing(",", with: ".")).map(\.isFinite) == true
                ? nil : Phrase("Tulis angka, misalnya 120 atau 27,5.", "Write a number, e.g. 120 or 27,5.")
        case .text: value.count <= longest ? nil : shorter
        }
    }

    private static func degrees(_ text: String, _ most: Double) -> String? {
        let plain = text.replacing(",", with: ".")
        guard plain.count <= 20, let value = Double(plain), value.isFinite, abs(value) <= most else { return nil }
        return plain
    }

    private static let shorter = Phrase("Paling banyak 20.000 karakter.", "20,000 characters at most.")
    private static let latitudeWords = Phrase(
        "Tulis derajat lintang, misalnya -7,00514.", "Write degrees of latitude, e.g. -7.00514.")
    private static let longitudeWords = Phrase(
        "Tulis derajat bujur, misalnya 110,43812.", "Write degrees of longitude, e.g. 110.43812.")
    private static let time = Phrase(
        "Tulis tanggal dan jam kunjungan, misalnya jam 09.30.", "Write day and time of the visit, e.g. 09.30.")
}
