import Kernel

/// The messages of a day as one mail.
enum DailyText {
    struct Part: Sendable, Hashable {
        let subject: String
        let body: String
    }

    static func subject(_ count: Int, on day: Day, _ language: Language) -> String {
        language.say(
            "\(language.number(count)) kabar dari Simpul, \(day.long(language))",
            "\(language.number(count)) messages from Simpul, \(day.long(language))")
    }

    /// First what there is, then each message whole.
    static func body(_ parts: [Part], _ language: Language) -> String {
        let opening = language.say(
            "Anda memilih menerima kabar sekali sehari. Hari ini:",
            "You chose to get messages once a day. Today:")
        let list = parts.enumerated().map { "\($0 + 1). \($1.subject)" }.joined(separator: "\n")
        let whole = parts.enumerated().map { "\($0 + 1). \($1.subject)\n\n\($1.body.trimmed)" }
        return ([opening + "\n\n" + list] + whole).joined(separator: "\n\n----------------------------------------\n\n")
            + "\n"
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
