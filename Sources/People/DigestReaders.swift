import Database

/// Who gets the day's messages together instead of one by one.
package enum DigestReaders {
    package static func contains(_ account: Int, _ db: Reader) throws -> Bool {
        try db.count("SELECT COUNT(*) FROM account WHERE id = \(account) AND digest = 1 AND state = 'active'") > 0
    }
}
