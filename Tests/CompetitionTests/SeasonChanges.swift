import Database
import Institutions
import Kernel
import Support
import Testing
import Web

@testable import Competition
@testable import Files

// What tests of the evaluation change in a season.
extension Season {
    /// Amends facts of the edition: `["blind": "yes"]`.
    func amend(_ facts: [String: String]) async throws {
        var rows = try await stored().tables[.facts]
        rows[0].merge(facts) { $1 }
        try await amend(.facts, rows)
    }

    /// Leaves the dates of registration and gives these to other stages, which have none besides: pages answer now, years
    /// before or after the dates of a season. `("2020-01-01 00.00", nil)` opens long ago.
    func amend(stages: [EditionStage.Kind: (opens: String?, closes: String?)]) async throws {
        var rows = try await stored().tables[.stages]
        for (place, row) in rows.enumerated() {
            guard let kind = row["kind"].flatMap(EditionStage.Kind.init(rawValue:)) else { continue }
            let dates = kind == .registration ? ("2019-01-01 00.00", "2019-12-31 24.00") : stages[kind]
            rows[place]["opens"] = dates?.opens
            rows[place]["closes"] = dates?.closes
        }
        try await amend(.stages, rows)
    }

    private func amend(_ part: EditionPart, _ rows: [[String: String]]) async throws {
        try await editions.change(
            Season.code, part, to: rows, reason: "Uji.", basedOn: try await stored().version,
            by: try actor("sekretariat"), at: Season.noon("2027-06-14"))
    }

    /// Pages of the evaluation on a free port.
    func evaluation(_ body: (HTTPClient) async throws -> Void) async throws {
        let register = try await Register.load(database)
        let inquiries = Inquiries(database, publicURL: "https://simpul.example")
        try await serve(
            { _, desk in
                ReadingPages(Readings(database), inquiries, files: files).add(to: desk)
                InquiryPages(inquiries).add(to: desk)
                StandingPages(database, Assignments(database), register: { register }).add(to: desk)
                RedactionPages(Redactions(database), register: { register }).add(to: desk)
                FeedbackPages(Feedbacks(database)).add(to: desk)
                ProposalPages(Proposals(database), editions, files: files).add(to: desk)
            }, body)
    }

    func sql(_ statement: SQL) async throws {
        try await database.write(at: Season.evaluating) { db in try db.execute(statement) }
    }
}
