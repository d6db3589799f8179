import Kernel

/// A mistake that somebody reports on a public page. The institution of the record handles it; after 14 days without
/// an answer its Hub sees it too. Reports and their number are never public.
package struct MistakeReport: Sendable, Hashable, Identifiable {
    /// Days after which the Hub sees an open report.
    package static let daysToHandle = 14
    package static let length = 10...2000
    package static let contactLimit = 200

    package enum State: String, Sendable, Hashable, CaseIterable { case open, accepted, declined }

    package let id: Int
    package let innovation: Int
    package let institution: String?
    package let at: Instant
    package let text: String
    /// How the reporter wishes to be answered, if they gave it; shown only to those who handle the report.
    package let contact: String?
    package let state: State
    package let note: String?
    package let handledAt: Instant?

    package func isLate(at now: Instant) -> Bool { state == .open && now >= at.adding(days: Self.daysToHandle) }
}

/// What somebody reports, checked.
package struct MistakeNotice: Sendable, Hashable {
    package let text: String
    package let contact: String?

    /// Throws `MistakeRefusal.incomplete`.
    package init(text: String, contact: String) throws(MistakeRefusal) {
        var problems: [Problem] = []
        let plain = written(text, MistakeReport.length)
        if plain == nil {
            problems.append(
                Problem(
                    "isi",
                    Phrase(
                        "Tulis 10 sampai 2.000 karakter: apa yang keliru dan bagaimana seharusnya.",
                        "Write 10 to 2,000 characters: what is wrong and how it should be.")))
        }
        let reach = written(contact, 0...MistakeReport.contactLimit)
        if reach == nil {
            problems.append(
                Problem("kontak", Phrase("Paling banyak 200 karakter.", "At most 200 characters.")))
        }
        guard let plain, problems.isEmpty else { throw .incomplete(problems) }
        self.text = plain
        self.contact = reach?.isEmpty == false ? reach : nil
    }
}

/// Why a report is not taken or not handled.
package enum MistakeRefusal: Refusal, Hashable {
    case incomplete([Problem])
    case tooMany(again: Instant)
    case unknown
    case handled
    case noNote

    package var kind: RefusalKind {
        switch self {
        case .incomplete, .noNote: .invalid
        case .tooMany: .unavailable
        case .unknown: .missing
        case .handled: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .incomplete: Phrase("Lengkapi yang ditandai.", "Complete what is marked.")
        case .tooMany(let again):
            Phrase(
                "Dari jaringan Anda sudah banyak laporan masuk. Kirim lagi setelah pukul \(again.clock()) WIB, \(again.day().long(.indonesian)).",
                "Many reports came from your network already. Send it again after \(again.clock()) WIB on \(again.day().long(.english))."
            )
        case .unknown: Phrase("Laporan ini tidak ada.", "There is no such report.")
        case .handled:
            Phrase(
                "Laporan ini sudah ditangani. Lihat catatannya di daftar.",
                "This report was handled already. Its note is in the list.")
        case .noNote:
            Phrase("Tulis catatan 10 sampai 2.000 karakter.", "Write a note of 10 to 2,000 characters.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .incomplete(let problems): problems
        case .noNote: [Problem("catatan", message)]
        default: []
        }
    }
}
