import Foundation
import Kernel

/// Something in an edition's tables that cannot be, with what to do about it.
package struct EditionProblem: Sendable, Hashable {
    package let part: EditionPart
    /// The row, counted from 0; nil when it concerns the whole part.
    package let row: Int?
    package let column: String?
    package let message: Phrase
}

/// Reads tables into an edition, cell by cell; every cell that cannot be read is told with its place.
package struct EditionReading: Sendable {
    package private(set) var edition = Edition()
    package private(set) var problems: [EditionProblem] = []
    private let tables: EditionTables

    package init(_ tables: EditionTables) {
        self.tables = tables
        readFacts()
        let zone = edition.zone
        edition.stages = read(.stages) { row in
            EditionStage(
                code: row.text("code"), kind: EditionStage.Kind(rawValue: row.text("kind")) ?? .registration,
                name: row.name, opens: row.moment("opens", zone), closes: row.moment("closes", zone),
                source: row["source"])
        }
        edition.groups = choices(.groups)
        edition.categories = choices(.categories)
        edition.sections = read(.sections) { row in
            EditionSection(
                code: row.text("code"), group: row["group"], name: row.name, words: row.number("words"),
                weight: row.number("weight"), fills: row["fills"], source: row["source"])
        }
        edition.documents = read(.documents) { row in
            EditionDocument(
                code: row.text("code"), group: row["group"], name: row.name, isNeeded: row["needed"] == "yes",
                megabytes: row.number("megabytes"), source: row["source"])
        }
        edition.rules = read(.rules) { row in
            EditionRule(
                kind: EditionRule.Kind(rawValue: row.text("kind")) ?? .continuing, group: row["group"],
                number: row.number("number"), rank: row["rank"], source: row["source"])
        }
        edition.quotas = read(.quotas) { row in
            EditionQuota(
                most: row.number("most") ?? 0, scope: EditionQuota.Scope(rawValue: row.text("scope")) ?? .agency,
                group: row["group"], source: row["source"])
        }
        edition.rubric = read(.rubric) { row in
            let (from, to) = (row.number("from") ?? 0, row.number("to") ?? 0)
            return EditionAnchor(
                section: row["section"], scores: min(from, to)...max(from, to),
                words: Phrase(row.text("anchor_id"), row.text("anchor_en")))
        }
        edition.presentation = read(.presentation) { row in
            EditionPart.Timed(
                code: row.text("code"), name: row.name, minutes: row.number("minutes"), weight: row.number("weight"),
                source: row["source"])
        }
        edition.checks = read(.checks) { row in
            EditionCheckpoint(
                code: row.text("code"), name: row.name,
                answer: EditionCheckpoint.Answer(rawValue: row.text("answer")) ?? .text)
        }
        edition.selection = read(.selection) { row in
            EditionBalance(
                subject: EditionBalance.Subject(rawValue: row.text("subject")) ?? .finalists,
                kind: EditionBalance.Kind(rawValue: row.text("kind")) ?? .category, value: row.text("value"),
                least: row.number("least"), most: row.number("most"), source: row["source"])
        }
        edition.visibility = read(.visibility) { row in
            EditionSight(
                what: EditionSight.What(rawValue: row.text("what")) ?? .scores,
                who: EditionSight.Who(rawValue: row.text("who")) ?? .evaluator, stage: row.text("stage"))
        }
        edition.awards = read(.awards) { row in
            EditionAward(
                code: row.text("code"), group: row["group"], name: row.name, most: row.number("most"),
                source: row["source"])
        }
    }

    private mutating func readFacts() {
        guard let row = read(.facts, { $0 }).first else {
            problems.append(
                EditionProblem(
                    part: .facts, row: nil, column: nil, message: Phrase("Isi pokok edisi.", "Fill in the basics.")))
            return
        }
        edition.name = row.name
        edition.year = row.number("year") ?? 0
        edition.programme = EditionProgramme(rawValue: row.text("programme")) ?? .competition
        edition.organiser = row.text("organiser")
        edition.zone = Zone(rawValue: row.text("zone")) ?? .wib
        edition.theme = row["theme"]
        edition.source = row["source"]
        edition.reads = row.number("reads")
        edition.passing = row.number("passing")
        edition.finalists = row.number("finalists")
        edition.band = row.number("band")
        edition.gap = row.number("gap")
        edition.draw = row.number("draw")
        edition.goals = row.number("goals") ?? 0
        edition.cureDays = row.number("cure_days") ?? 0
        edition.isBlind = row["blind"] == "yes"
    }

    private mutating func choices(_ part: EditionPart) -> [EditionChoice] {
        read(part) { EditionChoice(code: $0.text("code"), name: $0.name, source: $0["source"]) }
    }

    /// The rows of a part, each checked against its columns first.
    private mutating func read<T>(_ part: EditionPart, _ make: (EditionRow) -> T) -> [T] {
        let rows = tables[part]
        for (place, cells) in rows.enumerated() {
            for column in part.columns {
                guard let message = problem(cells[column.key], column) else { continue }
                problems.append(EditionProblem(part: part, row: place, column: column.key, message: message))
            }
        }
        return rows.map { make(EditionRow(cells: $0)) }
    }

    private func problem(_ cell: String?, _ column: EditionPart.Column) -> Phrase? {
        guard let cell else {
            return column.isNeeded
                ? Phrase("Isi \(column.label.indonesian).", "Fill in: \(column.label.english).") : nil
        }
        guard cell.count <= 2000 else { return Phrase("Paling banyak 2.000 huruf.", "2,000 letters at most.") }
        switch column.kind {
        case .text, .source: return nil
        case .code:
            let fits = cell.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            return fits && cell.count <= 40
                ? nil
                : Phrase(
                    "Tulis kode dengan huruf kecil, angka, dan tanda hubung, paling banyak 40.",
                    "Write the code in lower-case letters, digits and dashes, 40 at most.")
        case .reference(let other):
            let known = tables[other].compactMap { $0["code"] }
            return known.contains(cell)
                ? nil
                : Phrase(
                    "Pilih salah satu kode di \(other.name.indonesian): \(known.joined(separator: ", ")).",
                    "Choose a code of \(other.name.english): \(known.joined(separator: ", ")).")
        case .number(let range):
            return Int(cell).map(range.contains) ?? false
                ? nil
                : Phrase(
                    "Tulis angka \(range.lowerBound) sampai \(range.upperBound).",
                    "Write a number from \(range.lowerBound) to \(range.upperBound).")
        case .moment:
            return EditionRow.moment(cell, .wib) == nil
                ? Phrase(
                    "Tulis tanggal dan jam, misalnya 2027-06-03 23.59.", "Write day and time, e.g. 2027-06-03 23.59.")
                : nil
        case .choice(let known):
            return known.contains(cell)
                ? nil
                : Phrase(
                    "Pilih salah satu: \(known.joined(separator: ", ")).",
                    "Choose one of: \(known.joined(separator: ", ")).")
        }
    }
}

/// One row while it is read.
struct EditionRow {
    let cells: [String: String]

    subscript(key: String) -> String? { cells[key] }

    var name: Phrase { Phrase(text("name_id"), text("name_en")) }

    func text(_ key: String) -> String { cells[key] ?? "" }

    func number(_ key: String) -> Int? { cells[key].flatMap { Int($0) } }

    func moment(_ key: String, _ zone: Zone) -> Instant? { cells[key].flatMap { EditionRow.moment($0, zone) } }

    /// `2025-06-03 23.59` in a zone; a time of 24.00 is the end of the day.
    static func moment(_ text: String, _ zone: Zone) -> Instant? {
        let parts = text.split(separator: " ")
        guard let first = parts.first, let day = Day(iso: first), parts.count <= 2 else { return nil }
        var minutes = 0
        if parts.count == 2 {
            let clock = parts[1].split(omittingEmptySubsequences: false) { $0 == "." || $0 == ":" }
            guard clock.count == 2, clock.allSatisfy({ $0.count == 2 }), let hour = Int(clock[0]),
                let minute = Int(clock[1]), (0...59).contains(minute),
                (0...23).contains(hour) || (hour, minute) == (24, 0)
            else { return nil }
            minutes = hour * 60 + minute
        }
        let local = Int64(day.daysSince1970) * 86_400_000 + Int64(minutes) * 60_000
        return Instant(milliseconds: local - Int64(zone.hours) * 3_600_000)
    }
}
