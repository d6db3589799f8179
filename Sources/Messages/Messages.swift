import Database
import Kernel

extension Messages {
    /// Writes messages in the transaction of the fact they tell of; one that was written before for the same fact and
    /// address is left out.
    package static func add(_ messages: [Message], due: Instant? = nil, _ db: Writer) throws {
        for message in messages {
            let known = try db.count(
                "SELECT COUNT(*) FROM message WHERE fact = \(message.fact) AND address = \(message.address)")
            guard known == 0 else { continue }
            try db.insert(
                "message",
                [
                    "id", "fact", "account", "address", "language", "subject", "body", "daily", "state", "made_at",
                    "due_at",
                ],
                [
                    [
                        try db.nextID("message").sqlValue, message.fact.sqlValue, message.account.sqlValue,
                        message.address.sqlValue, message.language.rawValue.sqlValue, message.subject.sqlValue,
                        message.body.sqlValue, message.daily.sqlValue, .text("waiting"), db.at.sqlValue,
                        (due ?? db.at).sqlValue,
                    ]
                ])
        }
    }
}
