import Database
import Institutions
import Kernel
import People

/// Who is told of a proposal: its unit's people and its agency's admins, at whichever institutions took its place.
enum ProposalRecipients {
    /// - Parameter unit: nil for what is written for the whole institution: then the admins alone.
    static func of(_ institution: String, unit: Int?, _ db: Writer) throws -> [Recipient] {
        var seen: Set<Int> = []
        // No unit has the number 0.
        return try Successors.read(at: db.at, db).offices(of: institution).flatMap {
            try Recipients.of(.write, at: $0, unit: unit ?? 0, on: db.at, db)
        }.filter { seen.insert($0.account).inserted }
    }
}
