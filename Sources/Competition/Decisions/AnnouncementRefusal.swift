import Kernel

/// Why something about an announcement is not done, or not shown.
package enum AnnouncementRefusal: Refusal, Hashable {
    case missing
    /// Not public: the same words whether something waits or nothing does.
    case notOut
    case invalid([Problem])
    case waiting(Announcement.Subject)
    case published
    case cancelled
    case noReason

    package var kind: RefusalKind {
        switch self {
        case .missing, .notOut: .missing
        case .invalid, .noReason: .invalid
        case .waiting, .published, .cancelled: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .missing: Phrase("Pengumuman ini tidak ada.", "There is no such announcement.")
        case .notOut:
            Phrase(
                "Tidak ada yang diumumkan di sini. Jadwal edisi ada di halaman kompetisinya.",
                "Nothing is announced here. The edition's page has its dates.")
        case .invalid: Phrase("Perbaiki isian yang ditandai.", "Correct the fields marked.")
        case .waiting(let subject):
            Phrase(
                "Sudah ada pengumuman \(subject.name.indonesian.lowercased()) yang menunggu waktunya. Batalkan dahulu.",
                "An announcement of \(subject.name.english.lowercased()) waits already. Cancel it first.")
        case .published:
            Phrase(
                "Pengumuman ini sudah terbit. Buat pengumuman baru yang menyebut apa yang berubah.",
                "This announcement is public already. Make a new one that says what changed.")
        case .cancelled: Phrase("Pengumuman ini sudah dibatalkan.", "This announcement was cancelled already.")
        case .noReason: Phrase("Tulis alasan pembatalan.", "Write why it is cancelled.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .noReason: [Problem("alasan", message)]
        default: []
        }
    }
}

/// An announcement as it is prepared.
package struct AnnouncementDraft: Sendable, Hashable {
    package var subject: Announcement.Subject
    package var sitting: Int?
    package var decree: String?
    package var decreeOn: Day?
    package var words: String?
    package var publishAt: Instant?

    package init(
        _ subject: Announcement.Subject, sitting: Int? = nil, decree: String? = nil, decreeOn: Day? = nil,
        words: String? = nil, publishAt: Instant?
    ) {
        (self.subject, self.sitting, self.decree) = (subject, sitting, decree)
        (self.decreeOn, self.words, self.publishAt) = (decreeOn, words, publishAt)
    }

    /// What must be corrected, whatever is stored.
    ///
    /// - Parameter isAnew: whether another announcement of the subject is public, which this one replaces.
    func problems(at now: Instant, isAnew: Bool) -> [Problem] {
        var found: [Problem] = []
        func wrong(_ field: String, _ indonesian: String, _ english: String) {
            found.append(Problem(field, Phrase(indonesian, english)))
        }
        if publishAt.map({ $0 < now }) ?? true {
            wrong(
                "tanggal", "Pilih tanggal dan jam terbit yang belum lewat, misalnya 10.00.",
                "Choose a day and a time that are not over, e.g. 10.00.")
        }
        if subject == .awards, decree == nil || decreeOn == nil {
            wrong(
                "keputusan", "Tulis nomor dan tanggal keputusan: setiap penghargaan memuatnya.",
                "Write the decree's number and date: every award carries it.")
        }
        if (decree == nil) != (decreeOn == nil), subject != .awards {
            wrong("keputusan", "Tulis nomor beserta tanggalnya.", "Write the number with its date.")
        }
        if (decree?.count ?? 0) > 200 { wrong("keputusan", "Paling banyak 200 karakter.", "200 characters at most.") }
        if (words?.count ?? 0) > 5000 { wrong("kata", "Paling banyak 5.000 karakter.", "5,000 characters at most.") }
        if isAnew, (words?.count ?? 0) < 20 {
            wrong(
                "kata", "Tulis apa yang berubah dari pengumuman sebelumnya, sedikitnya 20 karakter.",
                "Write what changed since the one before, 20 characters at least.")
        }
        return found
    }
}
