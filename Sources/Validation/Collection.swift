import Kernel

/// A date that an agency sets for its units: who has filled in what until then.
package struct Collection: Sendable, Hashable, Identifiable {
    package static let titleLength = 3...120

    package let id: Int
    package let institution: String
    package let title: String
    /// The last day, until 24:00 WIB.
    package let dueOn: Day
    package let madeAt: Instant
    package let closedAt: Instant?

    package init(id: Int, institution: String, title: String, dueOn: Day, madeAt: Instant, closedAt: Instant?) {
        self.id = id
        self.institution = institution
        self.title = title
        self.dueOn = dueOn
        self.madeAt = madeAt
        self.closedAt = closedAt
    }

    /// The first instant after it.
    package var end: Instant { Instant(startOf: dueOn).adding(days: 1) }

    package func daysLeft(at now: Instant) -> Int { dueOn.daysSince1970 - now.day().daysSince1970 }

    /// What a new one must be: a title, and a day from today on within two years. Throws `CollectionRefusal.incomplete`.
    package static func check(
        title: String, dueOn: String, at now: Instant
    ) throws(CollectionRefusal) -> (title: String, dueOn: Day) {
        var problems: [Problem] = []
        let title = written(title, titleLength)
        if title == nil {
            problems.append(
                Problem("judul", Phrase("Tulis judul, 3 sampai 120 karakter.", "Write a title of 3 to 120 characters."))
            )
        }
        let day = Day(iso: dueOn)
        let today = now.day()
        let latest = today.daysSince1970 + 730
        let fits = day.map { $0 >= today && $0.daysSince1970 <= latest } ?? false
        if !fits {
            problems.append(
                Problem(
                    "batas",
                    Phrase(
                        "Pilih tanggal dari hari ini sampai \(Day(daysSince1970: latest).long(.indonesian)).",
                        "Choose a day from today to \(Day(daysSince1970: latest).long(.english)).")))
        }
        guard let title, let day, problems.isEmpty else { throw .incomplete(problems) }
        return (title, day)
    }
}

/// How far one unit is with a collection.
package struct UnitProgress: Sendable, Hashable {
    package let unit: String
    /// Drafts being written, those waiting to be validated, and those validated since the date was set.
    package let writing: Int
    package let waiting: Int
    package let published: Int
    /// When the unit first submitted something since the date was set.
    package let sentAt: Instant?
    package let touchedAt: Instant?

    package enum State: Sendable, Hashable { case sent, sentLate, writing, nothing }

    package init(
        unit: String, writing: Int, waiting: Int, published: Int, sentAt: Instant?, touchedAt: Instant?
    ) {
        self.unit = unit
        self.writing = writing
        self.waiting = waiting
        self.published = published
        self.sentAt = sentAt
        self.touchedAt = touchedAt
    }

    package func state(for collection: Collection) -> State {
        if let sentAt { return sentAt < collection.end ? .sent : .sentLate }
        return writing > 0 ? .writing : .nothing
    }

    package var isMissing: Bool { sentAt == nil }
}

/// The text that an admin copies into the chat of the units.
package struct ChatReminder: Sendable, Hashable {
    package let text: Phrase

    package init(_ collection: Collection, _ units: [UnitProgress], publicURL: String, at now: Instant) {
        let missing = units.filter(\.isMissing)
        func body(_ language: Language) -> String {
            let left = collection.daysLeft(at: now)
            let day = collection.dueOn.long(language)
            let when: String
            if left > 0 {
                when = language.say("\(day) (\(left) hari lagi)", "\(day) (\(left) \(left == 1 ? "day" : "days") left)")
            } else if left == 0 {
                when = language.say("\(day) (hari ini, sampai 24.00 WIB)", "\(day) (today, until 24.00 WIB)")
            } else {
                when = language.say("\(day) (sudah lewat)", "\(day) (past)")
            }
            let lines = missing.map { unit in
                let writing = unit.writing > 0 ? language.say(" (sedang mengisi)", " (writing)") : ""
                return "- \(unit.unit)\(writing)"
            }
            let sent = language.say(
                "Sudah mengirim: \(units.count - missing.count) dari \(units.count) unit.",
                "Sent: \(units.count - missing.count) of \(units.count) units.")
            let rest =
                missing.isEmpty
                ? [language.say("Semua unit sudah mengirim. Terima kasih.", "All units have sent theirs. Thank you.")]
                : [language.say("Yang masih ditunggu:", "Still awaited:")] + lines
            return
                ([language.say("\(collection.title), batas isian \(when)", "\(collection.title), due \(when)"), sent]
                + rest + [language.say("Isi di", "Write at") + " \(publicURL)/kerja/inovasi"])
                .joined(separator: "\n")
        }
        text = Phrase(body(.indonesian), body(.english))
    }
}

/// Why a date for the units is not set or not shown.
package enum CollectionRefusal: Refusal, Hashable {
    case incomplete([Problem])
    case unknown

    package var kind: RefusalKind { self == .unknown ? .missing : .invalid }

    package var message: Phrase {
        switch self {
        case .incomplete: Phrase("Lengkapi yang ditandai.", "Complete what is marked.")
        case .unknown: Phrase("Batas isian ini tidak ada.", "There is no such date.")
        }
    }

    package var problems: [Problem] {
        if case .incomplete(let problems) = self { problems } else { [] }
    }
}
