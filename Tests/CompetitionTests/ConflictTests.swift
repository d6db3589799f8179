import Database
import Directory
import Kernel
import People
import Support
import Testing

@testable import Competition

@Suite struct ConflictTests {
    @Test func `titles, degrees and spelling of a telephone do not hide that two accounts are one person`() {
        let known = SameName(name: "Dr. Budi  Santoso, M.Si.", phone: "+62 812-3456-789")
        #expect(known.matches(SameName(name: "budi santoso", phone: nil)))
        #expect(known.matches(SameName(name: "Orang Lain", phone: "0812 3456 789")))
        #expect(!known.matches(SameName(name: "Budi Santosa", phone: "081234567")))
        #expect(!SameName(name: "Budi", phone: "123").matches(SameName(name: "Budi", phone: "123")))
    }

    @Test(arguments: Engine.tested)
    func `nobody is in conflict in a season without ties`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let edition = try await season.stored().id
            #expect(try await season.database.read { try Conflicts.all(in: edition, $0) } == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `posts now or before, regions, authorship, Hubs and look-alike accounts are found`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            let edition = try await season.stored().id
            try await season.database.write(at: Season.evaluating) { db in
                // The first evaluator's other account, never confirmed, is an agency admin of P33's predecessor.
                try db.insert(
                    "institution", ["code", "name", "kind", "source"],
                    [[.text("P-LAMA"), .text("Karesidenan"), .text("province"), .text("uji")]])
                try db.insert(
                    "institution_succession", ["institution", "successor", "source"],
                    [[.text("P-LAMA"), .text("P33"), .text("uji")]])
                try db.execute("UPDATE account SET name = 'Dr. Ani Lestari, M.Si.' WHERE id = 7")
                try db.insert(
                    "account", ["id", "email", "name", "language", "state", "created_at"],
                    [
                        [
                            90.sqlValue, .text("ani@lama.example"), .text("ANI LESTARI"), .text("id"), .text("invited"),
                            1.sqlValue,
                        ]
                    ])
                try Self.post(90, 90, .agencyAdmin, at: "P-LAMA", until: nil, db)
                // The second had a role at P34; the third manages the Hub of P35's province and lives in it.
                try Self.post(91, 8, .validator, at: "P34", until: 5, db)
                try db.insert(
                    "region", ["code", "name", "level", "province", "autonomous", "source"],
                    [
                        [.text("35"), .text("Jawa Timur"), .text("province"), .text("35"), 1.sqlValue, .text("uji")],
                        [.text("35.01"), .text("Pacitan"), .text("regency"), .text("35"), 1.sqlValue, .text("uji")],
                    ])
                try db.execute("UPDATE institution SET region = '35' WHERE code = 'P35'")
                try db.execute("UPDATE evaluator SET region = '35.01' WHERE id = 3")
                // The fourth corrected proposal 2 before somebody else did.
                try Audit.note("correct", "proposal", "2", by: Actor(name: "account:10", account: 10), db)
            }
            let found = try await season.database.read { try Conflicts.all(in: edition, $0) }
            #expect(
                found.map { "\($0.proposal) \($0.evaluator) \($0.kind)" } == [
                    "1 1 works", "2 2 worked", "2 4 author", "3 3 province", "4 1 works", "5 2 worked", "6 3 province",
                ])
            #expect(found[0].why.indonesian.contains("Akun lain dengan nama atau telepon yang sama bertugas"))
            let pair = try await season.database.read { try Conflicts.between(proposal: 2, evaluator: 4, $0) }
            #expect(pair == found.filter { $0.pair == Conflict.Pair(2, 4) })
            let own = try await season.database.read { try Conflicts.of(3, in: edition, $0) }
            #expect(own == found.filter { $0.evaluator == 3 })
        }
    }

    @Test(arguments: Engine.tested)
    func `ties reach predecessors, merged records and single proposals, and no others`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let edition = try await season.stored().id
            try await season.database.write(at: Season.evaluating) { db in
                try db.insert(
                    "unit", ["id", "institution", "name", "custodian", "created_at"],
                    [
                        [1.sqlValue, .text("P34"), .text("RSUD"), 0.sqlValue, 1.sqlValue],
                        [2.sqlValue, .text("P34"), .text("Dinas"), 0.sqlValue, 1.sqlValue],
                    ])
                try db.execute("UPDATE proposal SET unit = 1 WHERE id = 2")
                try db.execute("UPDATE proposal SET unit = 2 WHERE id = 5")
                try db.insert("belonging", ["innovation", "belongs_to"], [[4.sqlValue, 1.sqlValue]])
                let at = db.at.sqlValue
                try db.insert(
                    "tie",
                    [
                        "id", "evaluator", "kind", "institution", "unit", "innovation", "proposal", "words", "at",
                        "by_account",
                    ],
                    [
                        [
                            1.sqlValue, 1.sqlValue, .text("mentor"), .null, 1.sqlValue, .null, .null, .text("2025"), at,
                            7.sqlValue,
                        ],
                        [
                            2.sqlValue, 2.sqlValue, .text("author"), .null, .null, 4.sqlValue, .null, .null, at,
                            1.sqlValue,
                        ],
                        [
                            3.sqlValue, 3.sqlValue, .text("other"), .null, .null, .null, 6.sqlValue, .null, at,
                            9.sqlValue,
                        ],
                        [
                            4.sqlValue, 4.sqlValue, .text("worked"), .null, 1.sqlValue, .null, .null, .null, at,
                            1.sqlValue,
                        ],
                    ])
            }
            let found = try await season.database.read { try Conflicts.all(in: edition, $0) }
            #expect(
                found.map { "\($0.proposal) \($0.evaluator) \($0.kind)" } == [
                    "1 2 author", "2 1 mentor", "2 4 worked", "4 2 author", "5 4 worked", "6 3 declared",
                ])
            #expect(found[1].why.indonesian == "Dinyatakan sendiri (mendampingi pengusul): 2025")
            #expect(found[0].why.indonesian == "Dicatat penyelenggara (ikut menulis atau mencipta)")
            try await season.database.write(at: Season.evaluating) { db in
                try db.execute("DELETE FROM belonging WHERE innovation = 4")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who sits on the panel reads nothing, and does not judge what was read before`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            let edition = try await season.stored().id
            try await season.finished(3, by: 1, score: 80)
            try await season.database.write(at: Season.evaluating) { db in
                try db.insert(
                    "evaluator",
                    ["id", "edition", "account", "role", "expertise", "languages", "least", "most"],
                    [
                        [
                            7.sqlValue, edition.sqlValue, 7.sqlValue, .text("panelist"), .text(""), .text("id"),
                            0.sqlValue, 6.sqlValue,
                        ]
                    ])
            }
            let found = try await season.database.read { try Conflicts.all(in: edition, $0) }
            #expect(
                found.map { "\($0.proposal) \($0.evaluator) \($0.kind)" } == [
                    "1 1 panel", "2 1 panel", "3 7 panel", "4 1 panel", "5 1 panel", "6 1 panel",
                ])
        }
    }

    private static func post(
        _ id: Int, _ account: Int, _ role: Role, at institution: String, until: Int?, _ db: Writer
    ) throws {
        try db.insert(
            "role_grant", ["id", "account", "role", "institution", "from_at", "certified_at", "until_at"],
            [
                [
                    id.sqlValue, account.sqlValue, role.sqlValue, institution.sqlValue, 1.sqlValue, 1.sqlValue,
                    until.sqlValue,
                ]
            ])
    }
}
