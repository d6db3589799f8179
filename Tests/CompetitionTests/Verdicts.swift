import Database
import Foundation
import Kernel

@testable import Competition

/// What a result needs besides reads: sittings that closed, announcements, and a folder of keys.
extension Season {
    /// A closed sitting; `chosen` are its verdicts by proposal: a tier, or nil for one that was not chosen.
    @discardableResult
    func sit(_ subject: Sitting.Subject, chosen: [Int: String?], at: Instant) async throws -> Int {
        let edition = try await stored().id
        return try await database.write(at: at) { db in
            let id = try db.nextID("sitting")
            try db.insert(
                "sitting",
                [
                    "id", "edition", "body", "subject", "title", "place", "held_at", "attendance", "tabled", "decided",
                    "why", "version", "made_by", "closed_at", "digest",
                ],
                [
                    [
                        id.sqlValue, edition.sqlValue, .text("panel"), subject.sqlValue, .text("Pleno"),
                        .text("Jakarta"), at.sqlValue, .text("[]"), .text("Daftar"), .text("Putusan"), .text("Sebab"),
                        1.sqlValue, 1.sqlValue, at.sqlValue,
                        .text(String(repeating: String(id % 10), count: 64)),
                    ]
                ])
            for (proposal, tier) in chosen.sorted(by: { $0.key < $1.key }) {
                try db.insert(
                    "decision", ["sitting", "proposal", "verdict", "award"],
                    [
                        [
                            id.sqlValue, proposal.sqlValue, (tier == nil ? Decision.Verdict.not : .chosen).sqlValue,
                            (subject == .awards ? tier : nil).sqlValue,
                        ]
                    ])
            }
            return id
        }
    }

    func announce(
        _ subject: Announcement.Subject, sitting: Int?, publishAt: Instant, decree: String? = "7 Tahun 2027"
    ) async throws {
        let edition = try await stored().id
        try await database.write(at: publishAt) { db in
            try db.insert(
                "announcement",
                ["id", "edition", "subject", "sitting", "decree", "decree_on", "publish_at", "at", "by_account"],
                [
                    [
                        try db.nextID("announcement").sqlValue, edition.sqlValue, subject.sqlValue, sitting.sqlValue,
                        decree.sqlValue, (decree == nil ? nil : "2027-08-30").sqlValue, publishAt.sqlValue,
                        publishAt.sqlValue, 1.sqlValue,
                    ]
                ])
            db.changed("edition", Season.code)
        }
    }

    /// Two reads of each proposal, the first ones the best, and one closed sitting on awards that gives proposals 1 and 2
    /// the one tier.
    @discardableResult
    func judged() async throws -> Int {
        for proposal in Self.proposals {
            try await finished(proposal, by: 1 + proposal % 4, score: 95 - 5 * proposal)
            try await finished(proposal, by: 1 + (proposal + 1) % 4, score: 93 - 5 * proposal)
        }
        try await sit(.finalists, chosen: [1: "", 2: "", 3: "", 4: nil], at: Self.noon("2027-07-15"))
        return try await sit(.awards, chosen: [1: "terpuji", 2: "terpuji", 3: nil], at: Self.noon("2027-08-25"))
    }

    /// A folder of keys that goes with the body.
    func withKeys<T>(_ body: (SigningKeys) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(SigningKeys(database, folder: folder))
    }
}
