import Foundation
import Kernel

/// What is known of an innovation that somebody wants to propose.
package struct Candidacy: Sendable, Hashable {
    /// An earlier award as the directory holds it.
    package struct Award: Sendable, Hashable {
        package let programme: String
        package let year: Int?
        package let rank: String?

        package init(programme: String, year: Int?, rank: String?) {
            self.programme = programme
            self.year = year
            self.rank = rank
        }
    }

    package var group: String?
    /// The first day in use, where it is known to the day.
    package var startedOn: Day?
    package var yearOfStart: Int?
    package var awards: [Award] = []
    package var hasStopped = false
    package var validUntil: Instant?
    /// The innovation it replicates, by number.
    package var replicates: Int?
    package var goals = 0
    /// Numbers of other proposals of the edition with the same title, and for the same innovation.
    package var sameTitle: [Int] = []
    package var sameInnovation: [Int] = []
    /// Codes of the documents handed in.
    package var documents: Set<String> = []
    /// Words in each section, by code.
    package var words: [String: Int] = [:]

    package init() {}
}

/// What one condition says about a candidate: it cites the rule and the fact, and says what would change it.
package struct Verdict: Sendable, Hashable, Codable {
    package enum Answer: String, Sendable, Hashable, Codable { case met, unmet, unknown }

    /// What was asked.
    package let rule: Phrase
    package let answer: Answer
    /// The fact it rests on.
    package let because: Phrase
    /// What to do about it; nil where it is met.
    package let change: Phrase?
    /// Where the rule is known from; nil when it is not sourced.
    package let source: String?
    /// From which day it would be met by waiting alone.
    package let metFrom: Day?
}

/// Holds a candidate against the rules of an edition: the same rules long before, at the press of the button and at the
/// secretariat's desk.
package struct Eligibility: Sendable {
    package let verdicts: [Verdict]

    /// Whether nothing is unmet and nothing unknown.
    package var isMet: Bool { verdicts.allSatisfy { $0.answer == .met } }

    package init(_ candidate: Candidacy, in edition: Edition, at now: Instant) {
        var verdicts = Eligibility.beforehand(candidate, in: edition, at: now)
        for section in edition.form(of: candidate.group) {
            if let verdict = Eligibility.words(section, candidate.words[section.code] ?? 0) { verdicts.append(verdict) }
        }
        for document in edition.documents(of: candidate.group) where document.isNeeded {
            verdicts.append(Eligibility.document(document, candidate.documents.contains(document.code)))
        }
        self.verdicts = verdicts
    }

    /// The verdicts that rest on the innovation alone, before anything is written or handed in.
    package static func beforehand(_ candidate: Candidacy, in edition: Edition, at now: Instant) -> [Verdict] {
        let closes = edition.stage(.registration)?.closes
        let verdicts = edition.rules(of: candidate.group).map {
            Eligibility.verdict($0, candidate, closes: closes, edition.zone, at: now)
        }
        return verdicts + (edition.goals > 0 ? [Eligibility.goals(edition.goals, candidate.goals, edition.source)] : [])
    }

    private static func verdict(
        _ rule: EditionRule, _ candidate: Candidacy, closes: Instant?, _ zone: Zone, at now: Instant
    ) -> Verdict {
        func answer(_ met: Bool, _ because: Phrase, _ change: Phrase) -> Verdict {
            Verdict(
                rule: rule.sentence, answer: met ? .met : .unmet, because: because, change: met ? nil : change,
                source: rule.source, metFrom: nil)
        }
        switch rule.kind {
        case .age: return age(rule, candidate, closes.map { Instant(milliseconds: $0.milliseconds - 1).day(in: zone) })
        case .awardedAtMost, .awardedAtLeast:
            let rank = rule.rank ?? ""
            let found = candidate.awards.filter { $0.holds(rank) }
            let count = found.count
            let years = found.compactMap { $0.year.map(String.init) }.sorted().joined(separator: ", ")
            let because = Phrase(
                "\(rank): \(count) kali\(years.isEmpty ? "" : " (\(years))") menurut data inovasi.",
                "\(rank): \(count) times\(years.isEmpty ? "" : " (\(years))") by the record.")
            let number = rule.number ?? 0
            return rule.kind == .awardedAtMost
                ? answer(
                    count <= number, because,
                    Phrase(
                        "Usulkan pada kelompok lain bila ada, atau laporkan kesalahan pada data inovasi bila penghargaannya keliru.",
                        "Propose it in another group if there is one, or report a mistake if the award is wrong."))
                : answer(
                    count >= number, because,
                    Phrase(
                        "Lengkapi penghargaan pada data inovasi dengan keputusannya, atau pilih kelompok lain.",
                        "Complete the awards of the record with their decrees, or choose another group."))
        case .continuing:
            return answer(
                !candidate.hasStopped,
                candidate.hasStopped
                    ? Phrase("Data inovasi menyatakan berhenti.", "The record says that it stopped.")
                    : Phrase("Tidak tercatat berhenti.", "It is not registered as stopped."),
                Phrase(
                    "Perbarui status keberlanjutan bila inovasi berjalan lagi.",
                    "Update its status if it goes on again."))
        case .replicates:
            return answer(
                candidate.replicates != nil,
                candidate.replicates.map {
                    Phrase("Mereplikasi inovasi nomor \($0).", "It replicates innovation number \($0).")
                } ?? Phrase("Inovasi asal belum dipilih.", "The original has not been chosen."),
                Phrase("Pilih inovasi yang direplikasi.", "Choose the innovation that it replicates."))
        case .validated:
            let valid = candidate.validUntil.map { $0 > now } ?? false
            return answer(
                valid,
                candidate.validUntil.map {
                    Phrase(
                        "Divalidasi sampai \($0.day().long(.indonesian)).",
                        "Validated until \($0.day().long(.english)).")
                } ?? Phrase("Belum divalidasi.", "Not validated yet."),
                Phrase("Minta validator instansi memvalidasi datanya.", "Ask your validator to validate the record."))
        case .ownTitle:
            return answer(
                candidate.sameTitle.isEmpty, shared(candidate.sameTitle, Phrase("berjudul sama", "with this title")),
                Phrase("Beri judul sendiri.", "Give it a title of its own."))
        case .once:
            return answer(
                candidate.sameInnovation.isEmpty,
                shared(candidate.sameInnovation, Phrase("untuk inovasi ini", "for this innovation")),
                Phrase("Tarik salah satu proposal.", "Withdraw one of the proposals."))
        }
    }

    private static func shared(_ proposals: [Int], _ what: Phrase) -> Phrase {
        let numbers = proposals.sorted().map(String.init).joined(separator: ", ")
        return proposals.isEmpty
            ? Phrase("Tidak ada proposal lain \(what.indonesian).", "There is no other proposal \(what.english).")
            : Phrase("Proposal lain \(what.indonesian): \(numbers).", "Other proposals \(what.english): \(numbers).")
    }

    /// Counted back from the close of registration. A year alone is enough where its first or its last day decides.
    private static func age(_ rule: EditionRule, _ candidate: Candidacy, _ close: Day?) -> Verdict {
        let months = rule.number ?? 0
        func verdict(_ answer: Verdict.Answer, _ because: Phrase, _ change: Phrase?, _ from: Day?) -> Verdict {
            Verdict(
                rule: rule.sentence, answer: answer, because: because, change: change, source: rule.source,
                metFrom: from)
        }
        guard let close else {
            return verdict(
                .unknown, Phrase("Batas pendaftaran belum ditetapkan.", "The close of registration is not set yet."),
                nil,
                nil)
        }
        let range: (Day, Day)? =
            if let day = candidate.startedOn {
                (day, day)
            } else if let year = candidate.yearOfStart,
                let first = Day(year, 1, 1), let last = Day(year, 12, 31)
            { (first, last) } else { nil }
        guard let (first, last) = range else {
            return verdict(
                .unknown, Phrase("Tahun mulai tidak diketahui.", "The year of its start is not known."),
                Phrase(
                    "Isi tahun mulai pada data inovasi, dengan buktinya.", "Give the year of its start, with evidence."),
                nil)
        }
        let since = Phrase(
            first == last ? "Dimulai \(first.long(.indonesian))." : "Dimulai tahun \(first.year).",
            first == last ? "Began on \(first.long(.english))." : "Began in \(first.year).")
        if last.adding(months: months) <= close { return verdict(.met, since, nil, nil) }
        let from = first.adding(months: months)
        if from > close {
            return verdict(
                .unmet, since,
                Phrase(
                    "Cukup umur mulai \(last.adding(months: months).long(.indonesian)); usulkan pada edisi sesudahnya.",
                    "It is old enough from \(last.adding(months: months).long(.english)); propose it in an edition after that."
                ),
                last.adding(months: months))
        }
        return verdict(
            .unknown, since,
            Phrase("Isi tanggal mulai dengan buktinya.", "Give the day of its start, with evidence."),
            last.adding(months: months))
    }

    private static func goals(_ least: Int, _ given: Int, _ source: String?) -> Verdict {
        Verdict(
            rule: Phrase("Terkait sedikitnya \(least) SDG", "Linked to \(least) of the SDGs or more"),
            answer: given >= least ? .met : .unmet, because: Phrase("\(given) SDG dipilih.", "\(given) chosen."),
            change: given >= least ? nil : Phrase("Pilih SDG pada data inovasi.", "Choose the SDGs of the record."),
            source: source, metFrom: nil)
    }

    private static func words(_ section: EditionSection, _ count: Int) -> Verdict? {
        let most = section.words ?? Int.max
        let met = count > 0 && count <= most
        let limit =
            section.words.map { Phrase(", paling banyak \($0) kata", ", \($0) words at most") } ?? Phrase("", "")
        return Verdict(
            rule: Phrase(
                "\(section.name.indonesian) terisi\(limit.indonesian)",
                "\(section.name.english) written\(limit.english)"),
            answer: met ? .met : .unmet, because: Phrase("\(count) kata.", "\(count) words."),
            change: met
                ? nil
                : count == 0
                    ? Phrase("Tulis bagian ini.", "Write this section.")
                    : Phrase("Kurangi \(count - most) kata.", "Remove \(count - most) words."),
            source: section.source, metFrom: nil)
    }

    /// The rule that asks for a document, by which its verdict is found.
    static func rule(for document: EditionDocument) -> Phrase {
        Phrase("Dokumen: \(document.name.indonesian)", "Document: \(document.name.english)")
    }

    private static func document(_ document: EditionDocument, _ given: Bool) -> Verdict {
        Verdict(
            rule: rule(for: document),
            answer: given ? .met : .unmet,
            because: given ? Phrase("Sudah diunggah.", "Handed in.") : Phrase("Belum diunggah.", "Not handed in yet."),
            change: given
                ? nil
                : Phrase("Unggah dokumen ini, sudah ditandatangani.", "Upload this document, signed."),
            source: document.source, metFrom: nil)
    }
}

extension EditionRule {
    /// The rule as one sentence.
    package var sentence: Phrase {
        let times = number ?? 0
        switch kind {
        case .age:
            return Phrase(
                "Berjalan sedikitnya \(times) bulan saat pendaftaran ditutup",
                "In use for at least \(times) months when registration closes")
        case .awardedAtMost where times == 0:
            return Phrase("Belum pernah meraih \(rank ?? "")", "Never awarded \(rank ?? "")")
        case .awardedAtMost:
            return Phrase(
                "Meraih \(rank ?? "") paling banyak \(times) kali", "Awarded \(rank ?? "") \(times) times at most")
        case .awardedAtLeast:
            return Phrase(
                "Pernah meraih \(rank ?? "") sedikitnya \(times) kali", "Awarded \(rank ?? "") \(times) times or more")
        case .continuing: return Phrase("Masih berjalan", "Still going on")
        case .replicates: return Phrase("Mereplikasi inovasi yang terdaftar", "Replicates a registered innovation")
        case .validated: return Phrase("Datanya divalidasi dan masih berlaku", "Its record is validated and in force")
        case .ownTitle: return Phrase("Judulnya tidak dipakai proposal lain", "No other proposal has its title")
        case .once: return Phrase("Diusulkan satu kali saja", "Proposed only once")
        }
    }
}

extension Candidacy.Award {
    /// Whether it is of a rank: compared without case and without what stands around it ("Top 99 KIPP 2019").
    func holds(_ wanted: String) -> Bool {
        guard let rank = rank?.lowercased(), !wanted.isEmpty else { return false }
        let wanted = wanted.lowercased()
        var from = rank.startIndex
        while let range = rank.range(of: wanted, range: from..<rank.endIndex) {
            // "Top 9" is not within "Top 99".
            let next = range.upperBound < rank.endIndex ? rank[range.upperBound] : " "
            if !next.isNumber { return true }
            from = range.upperBound
        }
        return false
    }
}

extension Day {
    /// So many months later, on the same day or the last of a shorter month.
    package func adding(months: Int) -> Day {
        let total = year * 12 + month - 1 + months
        for day in stride(from: day, through: 28, by: -1) {
            if let found = Day(total / 12, total % 12 + 1, day) { return found }
        }
        return Day(total / 12, total % 12 + 1, min(day, 28)) ?? self
    }
}
