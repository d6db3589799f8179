import Database
import Kernel

/// Failed tries, counted by what they were made on. Nothing here names a person: subjects are digests.
enum Attempts {
    /// Something that failures are counted on, and by which rule.
    struct Subject: Sendable {
        let key: String
        let rule: SlowDown

        /// Strangers at an e-mail address, whether an account has it or not.
        static func account(_ email: String) -> Subject { Subject(key: digest("account", email), rule: .account) }
        /// One browser or address at an account that it signed in to before.
        static func familiar(_ mark: String, _ email: String) -> Subject {
            Subject(key: digest("familiar", mark + "\0" + email), rule: .account)
        }
        static func address(_ address: String) -> Subject {
            Subject(key: digest("address", SlowDown.network(address)), rule: .address)
        }
        /// One-time codes of an account, after the right password.
        static func code(_ account: Int) -> Subject { Subject(key: digest("code", String(account)), rule: .account) }
        /// Mails asked for, to an address or from one.
        static func mail(_ subject: String) -> Subject { Subject(key: digest("mail", subject), rule: .account) }

        private static func digest(_ kind: String, _ text: String) -> String { Token.digest("\(kind)\0\(text)") }
    }

    /// Throws `SignInRefusal.slowDown` while one of the subjects waits; else counts a failure on each beforehand, so that
    /// many tries at once are not all free.
    static func begin(_ subjects: [Subject], _ db: Writer) throws {
        for subject in subjects {
            if let opens = subject.rule.opens(try record(subject, db), at: db.at) {
                throw SignInRefusal.slowDown(opens)
            }
        }
        for subject in subjects {
            let record = subject.rule.failed(try record(subject, db), at: db.at)
            try db.execute("DELETE FROM attempt WHERE subject = \(subject.key)")
            try db.insert(
                "attempt", ["subject", "failures", "last_at"],
                [[subject.key.sqlValue, record.failures.sqlValue, record.last.sqlValue]])
        }
    }

    /// Takes back what `begin` counted: it was no failure.
    static func takeBack(_ subjects: [Subject], _ db: Writer) throws {
        for subject in subjects {
            try db.execute("UPDATE attempt SET failures = failures - 1 WHERE subject = \(subject.key) AND failures > 0")
        }
    }

    /// Forgets every failure on them: whoever succeeded is no guesser.
    static func forget(_ subjects: [Subject], _ db: Writer) throws {
        try db.execute("DELETE FROM attempt WHERE subject IN \(subjects.map(\.key))")
        // By then every rule has forgotten them.
        try db.execute("DELETE FROM attempt WHERE last_at < \(db.at.adding(days: -2))")
    }

    private static func record(_ subject: Subject, _ db: Reader) throws -> SlowDown.Record? {
        try db.first("SELECT failures, last_at FROM attempt WHERE subject = \(subject.key)").map {
            SlowDown.Record(failures: try $0.int("failures"), last: try $0.instant("last_at"))
        }
    }
}
