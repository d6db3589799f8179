import Foundation
import Kernel
import Web

/// The minutes and decisions of a sitting as they were typed.
enum SittingFields {
    /// Proposals on one page of decisions.
    static let page = 100

    /// The minutes. The people of the edition are named by number, everybody else one a line: `name; role`.
    static func draft(_ form: Query, of sitting: Sitting? = nil, _ edition: Edition) throws -> SittingDraft {
        let body = try sitting?.body ?? form.choice("badan", of: Sitting.Body.self) ?? .secretariat
        let subject = try sitting?.subject ?? form.choice("pokok", of: Sitting.Subject.self) ?? .other
        let chair = try form.integer("ketua", in: 1...Int.max)
        var people = try form.integers("hadir", in: 1...Int.max).map { number in
            Sitting.Attendee(
                evaluator: number, name: "", role: number == chair ? "Ketua" : "Anggota",
                left: numbers(try form.text("keluar-\(number)", limit: 2000) ?? ""))
        }
        people += (try form.text("lain", limit: 40_000) ?? "").split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: ";", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard let name = parts.first, !name.isEmpty else { return nil }
            return Sitting.Attendee(name: name, role: parts.count > 1 ? parts[1] : "Hadir")
        }
        return SittingDraft(
            body: body, subject: subject, title: try form.text("judul", limit: 4000) ?? "",
            place: try form.text("tempat", limit: 4000) ?? "", heldAt: try moment(form, edition.zone),
            attendance: people, tabled: try text(form, "diajukan"), decided: try text(form, "putusan"),
            why: try text(form, "alasan"))
    }

    /// A day and a time of the edition's zone, to the minute; nil unless both are there.
    static func moment(_ form: Query, _ zone: Zone) throws -> Instant? {
        guard let day = try form.text("tanggal", limit: 40), let time = try form.text("jam", limit: 40) else {
            return nil
        }
        return EditionRow.moment("\(day) \(time)", zone)
    }

    private static func text(_ form: Query, _ name: String) throws -> String {
        (try form.text(name, limit: 100_000) ?? "").replacing("\r\n", with: "\n")
    }

    private static func numbers(_ text: String) -> [Int] {
        Array(Set(text.split { !$0.isNumber }.compactMap { Int($0) }.filter { $0 > 0 })).sorted().prefix(1000).map(
            \.self)
    }

    /// The decisions of one page of proposals; what was left open is nil.
    static func decisions(_ form: Query) throws -> [Int: Decision?] {
        var decisions: [Int: Decision?] = [:]
        for proposal in try form.integers("usulan", in: 1...Int.max).prefix(page) {
            guard let verdict = try form.choice("putusan-\(proposal)", of: Decision.Verdict.self) else {
                decisions[proposal] = .some(nil)
                continue
            }
            decisions[proposal] = Decision(
                proposal: proposal, verdict: verdict, award: try form.text("penghargaan-\(proposal)", limit: 60),
                score: try form.text("nilai-\(proposal)", limit: 20).map { hundredths($0) ?? -1 },
                why: try form.text("alasan-\(proposal)", limit: 4000))
        }
        return decisions
    }

    /// `87`, `87,5`, `87.25` in hundredths; nil for anything else.
    static func hundredths(_ text: String) -> Int? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        guard parts.count <= 2, let whole = parts.first.flatMap({ Int($0) }), (0...100).contains(whole) else {
            return nil
        }
        guard parts.count == 2 else { return whole * 100 }
        guard (1...2).contains(parts[1].count), parts[1].allSatisfy(\.isNumber), let rest = Int(parts[1]) else {
            return nil
        }
        return whole * 100 + (parts[1].count == 1 ? rest * 10 : rest)
    }
}
