import Documents
import Kernel

/// The minutes of a sitting as an official letter: Indonesian, with what was decided about each proposal.
enum MinutesText {
    static func letter(_ sheet: Sittings.Sheet) -> Letter {
        let (sitting, edition) = (sheet.sitting, sheet.stored.edition)
        let day = sitting.heldAt.day(in: edition.zone).long(.indonesian)
        let time = "\(sitting.heldAt.clock(in: edition.zone)) \(edition.zone.rawValue)"
        var parts: [Letter.Part] = [
            .fields([
                ("Sidang", sitting.title), ("Badan", sitting.body.name.indonesian),
                ("Pokok", sitting.subject.name.indonesian), ("Tanggal dan waktu", "\(day), \(time)"),
                ("Tempat", sitting.place),
            ]),
            .paragraph("Yang hadir:"),
            .list(
                sitting.attendance.map { attendee in
                    let left = attendee.left.map(String.init).joined(separator: ", ")
                    return left.isEmpty
                        ? "\(attendee.name), \(attendee.role)"
                        : "\(attendee.name), \(attendee.role); meninggalkan ruang untuk usulan \(left)"
                }),
        ]
        if !sheet.advice.words.isEmpty {
            parts += [.paragraph("Yang diajukan kepada sidang:")] + paragraphs(sheet.advice.words)
        }
        if let taken = sheet.advice.takenAt, !sheet.advice.lines.isEmpty {
            let moment = taken.moment(in: edition.zone).indonesian
            parts.append(
                .paragraph(
                    "Nilai \(sheet.advice.lines.count) usulan per \(moment) diajukan sebagai bahan pertimbangan; putusan sepenuhnya pada sidang."
                ))
        }
        if !sitting.decided.isEmpty { parts += [.paragraph("Putusan:")] + paragraphs(sitting.decided) }
        parts += verdicts(sheet)
        parts += [.paragraph("Alasan:")] + paragraphs(sitting.why)
        parts.append(.paragraph("Sidik berita acara (SHA-256): \(sitting.digest ?? "–")"))
        if !sheet.signatures.isEmpty {
            parts += [
                .paragraph("Ditandatangani secara elektronik oleh:"),
                .list(
                    sheet.signatures.map {
                        "\($0.name), \($0.office), \($0.at.moment(in: edition.zone).indonesian)"
                    }),
            ]
        }
        let chair = sitting.attendance.first { $0.role == "Ketua" }
        return Letter(
            head: [edition.name.indonesian.uppercased()], title: "BERITA ACARA SIDANG",
            number: "Nomor: \(sheet.stored.code)/\(sitting.id)", parts: parts, place: "\(sitting.place), \(day)",
            office: chair == nil ? "Pimpinan sidang" : "Ketua", signer: chair?.name ?? "…")
    }

    private static func verdicts(_ sheet: Sittings.Sheet) -> [Letter.Part] {
        let titles = Dictionary(sheet.items.map { ($0.candidate.proposal, $0) }) { first, _ in first }
        return Decision.Verdict.allCases.flatMap { verdict -> [Letter.Part] in
            let own = sheet.decisions.values.filter { $0.verdict == verdict }.sorted { $0.proposal < $1.proposal }
            guard !own.isEmpty else { return [] }
            // Those not chosen may be thousands: their numbers say it.
            if verdict == .not, own.allSatisfy({ $0.why == nil && $0.score == nil }) {
                let numbers = own.map { String($0.proposal) }.joined(separator: ", ")
                return [.paragraph("\(verdict.name.indonesian) (\(own.count)): usulan \(numbers).")]
            }
            let lines = own.map { decision -> String in
                let item = titles[decision.proposal]
                let tier = decision.award.map { code in
                    sheet.stored.edition.awards.first { $0.code == code }?.name.indonesian ?? code
                }
                let facts = [
                    tier, decision.score.map { "nilai \(Language.indonesian.hundredths($0))" }, decision.why,
                ].compactMap(\.self)
                let rest = facts.isEmpty ? "" : ": \(facts.joined(separator: "; "))"
                return "Usulan \(decision.proposal), \(item?.title ?? ""), \(item?.institution ?? "")\(rest)"
            }
            return [.paragraph("\(verdict.name.indonesian) (\(own.count)):"), .list(lines)]
        }
    }

    private static func paragraphs(_ text: String) -> [Letter.Part] {
        text.split(whereSeparator: \.isNewline).map { .paragraph(String($0)) }
    }
}

extension Language {
    /// Hundredths as a decimal number: `87,25`, `87.25`; without a fraction that is nothing.
    func hundredths(_ n: Int) -> String {
        guard n % 100 != 0 else { return String(n / 100) }
        let (whole, rest) = (n / 100, n % 100)
        let digits = rest % 10 == 0 ? String(rest / 10) : rest < 10 ? "0\(rest)" : String(rest)
        return say("\(whole),\(digits)", "\(whole).\(digits)")
    }
}
