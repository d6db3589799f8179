import Kernel

/// A message to one person about one fact.
package struct Message: Sendable, Hashable {
    /// What it tells of, e.g. `draft:12:returned:1`; one address gets one message for one fact, ever.
    package let fact: String
    package let account: Int?
    package let address: String
    package let language: Language
    package let subject: String
    package let body: String
    /// True when it may wait for the day's digest.
    package let daily: Bool

    package init(
        fact: String, account: Int?, address: String, language: Language, subject: Phrase, body: Phrase,
        daily: Bool = false
    ) {
        self.fact = fact
        self.account = account
        self.address = address
        self.language = language
        self.subject = language.say(subject)
        self.body = language.say(body)
        self.daily = daily
    }
}
