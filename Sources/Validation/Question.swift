import Kernel

/// A question to an agency about a claim it validated: asked in private first; shown in public only after the agency
/// was heard, or had 14 days to answer.
package struct Question: Sendable, Hashable, Identifiable {
    /// Days an agency has before its silence counts as having been heard.
    package static let daysToAnswer = 14
    package static let length = 10...2000

    package let id: Int
    package let innovation: Int
    /// The institution that validated.
    package let institution: String
    package let askedAt: Instant
    /// The office that asks, and its account.
    package let office: String
    package let askedBy: Int
    package let text: String
    package let answeredAt: Instant?
    package let answer: String?
    package let shownAt: Instant?
    package let closedAt: Instant?

    package enum State: Sendable, Hashable {
        /// The agency has until then to answer.
        case waiting(until: Instant)
        /// The agency let its days pass.
        case unanswered
        case answered
        case shown
        case closed
    }

    package var answerDue: Instant { askedAt.adding(days: Self.daysToAnswer) }

    package func state(at now: Instant) -> State {
        if closedAt != nil { return .closed }
        if shownAt != nil { return .shown }
        if answeredAt != nil { return .answered }
        return now < answerDue ? .waiting(until: answerDue) : .unanswered
    }

    /// Whether the public may be told: only an open question after the agency was heard.
    package func mayBeShown(at now: Instant) -> Bool {
        switch state(at: now) {
        case .answered, .unanswered: true
        case .waiting, .shown, .closed: false
        }
    }

    package func checkShow(at now: Instant) throws(QuestionRefusal) {
        switch state(at: now) {
        case .answered, .unanswered: return
        case .waiting(let until): throw .notHeard(until.day())
        case .shown, .closed: throw .changed
        }
    }

    package func checkAnswer() throws(QuestionRefusal) {
        guard closedAt == nil, answeredAt == nil else { throw .changed }
    }

    package func checkClose() throws(QuestionRefusal) {
        guard closedAt == nil else { throw .changed }
    }
}

/// Why a question is not asked, answered or shown.
package enum QuestionRefusal: Refusal, Hashable {
    case unknown
    case notValidated
    case alreadyAsked
    case text(field: String)
    case notHeard(Day)
    case changed

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .notValidated, .text: .invalid
        case .alreadyAsked, .notHeard, .changed: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown: Phrase("Pertanyaan ini tidak ada.", "There is no such question.")
        case .notValidated:
            Phrase(
                "Data ini belum divalidasi, jadi belum ada instansi yang dapat ditanya tentangnya.",
                "This record was never validated, so there is no institution to ask about it.")
        case .alreadyAsked:
            Phrase(
                "Masih ada pertanyaan terbuka tentang data ini. Tutup dahulu yang lama.",
                "There is still an open question about this record. Close that one first.")
        case .text:
            Phrase(
                "Tulis 10 sampai 2.000 karakter, misalnya: \u{201C}Dari mana angka 1.120 keluarga?\u{201D}",
                "Write 10 to 2,000 characters, for instance: \u{201C}Where does the figure of 1,120 families come from?\u{201D}"
            )
        case .notHeard(let day):
            Phrase(
                "Instansi dapat menjawab sampai \(day.long(.indonesian)). Sesudah dijawab atau lewat hari itu, pertanyaan boleh ditampilkan.",
                "The institution can answer until \(day.long(.english)). Once answered, or after that day, the question may be shown."
            )
        case .changed:
            Phrase(
                "Keadaannya sudah berubah sejak halaman dibuka. Lihat yang terbaru.",
                "Things have changed since the page was opened. See how they stand now.")
        }
    }

    package var problems: [Problem] {
        if case .text(let field) = self { [Problem(field, message)] } else { [] }
    }
}

/// A text someone typed, without white space around it, of a length within limits; nil otherwise. Counted in Unicode
/// scalars.
func written(_ text: String, _ length: ClosedRange<Int>) -> String? {
    let text = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    let plain = String(text)
    return length.contains(plain.unicodeScalars.count) ? plain : nil
}
