import Kernel

/// The minutes of a sitting as they are written down, checked.
package struct SittingDraft: Sendable, Hashable {
    package static let longestLine = 300
    package static let longestText = 20_000
    /// Attendees that one sitting names.
    package static let mostPeople = 300

    package var body: Sitting.Body
    package var subject: Sitting.Subject
    package var title: String
    package var place: String
    package var heldAt: Instant?
    package var attendance: [Sitting.Attendee]
    package var tabled: String
    package var decided: String
    package var why: String

    package init(
        body: Sitting.Body, subject: Sitting.Subject, title: String, place: String, heldAt: Instant?,
        attendance: [Sitting.Attendee] = [], tabled: String = "", decided: String = "", why: String = ""
    ) {
        (self.body, self.subject, self.title, self.place) = (body, subject, title, place)
        (self.heldAt, self.attendance, self.tabled) = (heldAt, attendance, tabled)
        (self.decided, self.why) = (decided, why)
    }

    /// What must be corrected before it is stored.
    package var problems: [Problem] {
        var found: [Problem] = []
        for (field, text) in [("judul", title), ("tempat", place)] {
            if text.isEmpty {
                found.append(
                    field == "judul"
                        ? Problem(field, Phrase("Tulis judul sidangnya.", "Write the sitting's title."))
                        : Problem(field, Phrase("Tulis tempatnya, atau “daring”.", "Write the place, or “online”.")))
            } else if text.count > Self.longestLine {
                found.append(Problem(field, Phrase("Paling banyak 300 karakter.", "300 characters at most.")))
            }
        }
        if heldAt == nil {
            found.append(
                Problem(
                    "tanggal", Phrase("Pilih tanggal, dan jam seperti 09.30.", "Choose the day, and a time like 09.30.")
                ))
        }
        for (field, text) in [("diajukan", tabled), ("putusan", decided), ("alasan", why)]
        where text.count > Self.longestText {
            found.append(Problem(field, Phrase("Paling banyak 20.000 karakter.", "20,000 characters at most.")))
        }
        if attendance.count > Self.mostPeople
            || attendance.contains(where: { $0.name.count > 200 || $0.role.count > 200 })
        {
            found.append(
                Problem(
                    "lain",
                    Phrase(
                        "Paling banyak 300 orang; nama dan peran paling banyak 200 karakter.",
                        "300 people at most; names and roles of 200 characters at most.")))
        }
        return found
    }
}

extension Decision {
    /// What must be corrected before decisions of a sitting are stored, each at its proposal's row.
    static func problems(
        _ decisions: [Decision], _ subject: Sitting.Subject, _ edition: Edition, candidates: Set<Int>
    ) -> [Problem] {
        var found: [Problem] = []
        for decision in decisions {
            func wrong(_ field: String, _ phrase: Phrase) {
                found.append(Problem("\(field)-\(decision.proposal)", phrase))
            }
            let named = Phrase("Usulan \(decision.proposal)", "Proposal \(decision.proposal)")
            if !candidates.contains(decision.proposal) {
                wrong(
                    "putusan",
                    Phrase(
                        "\(named.indonesian) tidak disidangkan di sini.", "\(named.english) is not before this sitting."
                    ))
            }
            if let score = decision.score, !(0...10_000).contains(score) {
                wrong(
                    "nilai",
                    Phrase(
                        "\(named.indonesian): tulis nilai 0 sampai 100.",
                        "\(named.english): write a score from 0 to 100."))
            }
            if let award = decision.award {
                if decision.verdict != .chosen || subject != .awards {
                    wrong(
                        "penghargaan",
                        Phrase(
                            "\(named.indonesian): penghargaan hanya untuk yang terpilih.",
                            "\(named.english): awards are for the chosen."))
                } else if !edition.awards.contains(where: { $0.code == award }) {
                    wrong(
                        "penghargaan",
                        Phrase(
                            "\(named.indonesian): pilih penghargaan dari daftar.",
                            "\(named.english): choose an award of the list."))
                }
            }
            if (decision.why?.count ?? 0) > 2000 {
                wrong(
                    "alasan",
                    Phrase(
                        "\(named.indonesian): paling banyak 2.000 karakter.",
                        "\(named.english): 2,000 characters at most."))
            }
        }
        return found
    }
}
