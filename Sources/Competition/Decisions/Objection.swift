import Kernel

/// What somebody says against or for a finalist during the public window.
package struct Objection: Sendable, Hashable {
    package static let words = 20...5000
    package static let nameLimit = 200
    package static let contactLimit = 200

    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case objection, support

        package var name: Phrase {
            switch self {
            case .objection: Phrase("Sanggahan", "Objection")
            case .support: Phrase("Dukungan", "Support")
            }
        }
    }

    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case upheld, rejected, noted

        package var name: Phrase {
            switch self {
            case .upheld: Phrase("Diterima", "Upheld")
            case .rejected: Phrase("Ditolak", "Rejected")
            case .noted: Phrase("Dicatat", "Noted")
            }
        }
    }

    /// The organiser's answer.
    package struct Answer: Sendable, Hashable {
        package let outcome: Outcome
        package let words: String
        /// What was said as everybody may read it: without names of persons.
        package let published: String
        package let at: Instant
    }

    package let id: Int
    package let edition: Int
    package let proposal: Int
    package let kind: Kind
    package let words: String
    /// Only for the organiser.
    package let name: String
    package let contact: String
    /// The digest of the evidence.
    package let evidence: String?
    package let at: Instant
    package let answer: Answer?
}

/// What somebody says, checked.
package struct ObjectionNotice: Sendable, Hashable {
    package let kind: Objection.Kind
    package let words: String
    package let name: String
    package let contact: String

    /// Throws `ObjectionRefusal.incomplete`.
    package init(kind: Objection.Kind?, words: String, name: String, contact: String) throws(ObjectionRefusal) {
        var problems: [Problem] = []
        if kind == nil { problems.append(Problem("jenis", Phrase("Pilih salah satu.", "Choose one."))) }
        if !Objection.words.contains(words.unicodeScalars.count) {
            problems.append(
                Problem(
                    "isi",
                    Phrase(
                        "Tulis 20 sampai 5.000 karakter: apa yang Anda ketahui dan dari mana.",
                        "Write 20 to 5,000 characters: what you know and from where.")))
        }
        if name.isEmpty || name.count > Objection.nameLimit {
            problems.append(
                Problem(
                    "nama",
                    Phrase("Tulis nama Anda, paling banyak 200 karakter.", "Write your name, 200 characters at most.")))
        }
        if contact.isEmpty || contact.count > Objection.contactLimit {
            problems.append(
                Problem(
                    "kontak",
                    Phrase("Tulis surel atau nomor telepon Anda.", "Write your mail address or telephone number.")))
        }
        guard let kind, problems.isEmpty else { throw .incomplete(problems) }
        (self.kind, self.words, self.name, self.contact) = (kind, words, name, contact)
    }
}

/// Why an objection is not taken, shown or answered.
package enum ObjectionRefusal: Refusal, Hashable {
    case incomplete([Problem])
    /// Outside the window, with its dates where it has any.
    case closed(opens: Phrase?, closes: Phrase?)
    case tooMany(again: Instant)
    case missing
    case answered

    package var kind: RefusalKind {
        switch self {
        case .incomplete: .invalid
        case .closed, .answered: .conflict
        case .tooMany: .unavailable
        case .missing: .missing
        }
    }

    package var message: Phrase {
        switch self {
        case .incomplete: Phrase("Lengkapi yang ditandai.", "Complete what is marked.")
        case .closed(let opens?, let closes?):
            Phrase(
                "Uji publik berlangsung \(opens.indonesian) sampai \(closes.indonesian). Di luar masa itu sanggahan dan dukungan tidak diterima.",
                "The public window lasts from \(opens.english) to \(closes.english). Outside it neither objections nor support are taken."
            )
        case .closed:
            Phrase(
                "Uji publik edisi ini sedang tidak dibuka.", "The public window of this edition is not open now.")
        case .tooMany(let again):
            Phrase(
                "Dari jaringan Anda sudah banyak kiriman masuk. Kirim lagi setelah pukul \(again.clock()) WIB, \(again.day().long(.indonesian)).",
                "Much came from your network already. Send it again after \(again.clock()) WIB on \(again.day().long(.english))."
            )
        case .missing: Phrase("Sanggahan ini tidak ada.", "There is no such objection.")
        case .answered: Phrase("Ini sudah dijawab.", "This was answered already.")
        }
    }

    package var problems: [Problem] { if case .incomplete(let problems) = self { problems } else { [] } }
}

extension EditionStage {
    /// Why nothing is taken outside this stage.
    func closedWindow(_ zone: Zone) -> ObjectionRefusal {
        .closed(opens: opens?.moment(in: zone, starting: true), closes: closes?.moment(in: zone))
    }
}
