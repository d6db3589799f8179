import Kernel
import Messages
import People

extension Recipient {
    /// A message to them about a fact, in their language.
    func told(_ fact: String, _ subject: Phrase, _ body: Phrase, daily: Bool = false) -> Message {
        Message(
            fact: fact, account: account, address: email, language: language, subject: subject, body: body,
            daily: daily)
    }
}
