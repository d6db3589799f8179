import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

/// What one institution works on is closed to every other: each address of the desk that names a record, asked by people
/// of other institutions with the right role.
@Suite struct IsolationTests {
    /// What every form of the desk might take; enough for each act, were it allowed.
    private static let fields = [
        ("versi", "1"), ("round", "1"), ("decision", "validate"), ("comment.summary", "Palsu"), ("summary", "Palsu"),
        ("title", "Palsu"), ("jawaban-1", "Palsu, palsu, palsu."), ("hasil", "accepted"),
        ("catatan-1", "Palsu, palsu, palsu."),
        ("pertanyaan", "Palsu, palsu, palsu."), ("tindakan", "tutup"), ("name", "Palsu"), ("peran", "1"),
        ("jenis", "procedure"),
        ("email", "palsu@contoh.test"), ("role", "validator"), ("nama", "Palsu"),
    ]

    /// People of Jawa Barat and of a regency in Jawa Tengah, each role that an institution has.
    private func foreigners(_ site: Served) async throws -> [(name: String, person: Signed)] {
        try await site.database.write(at: .now()) { db in
            for (id, institution) in [(2, "P32"), (3, "R33.24")] {
                try db.insert(
                    "unit", ["id", "institution", "name", "custodian", "created_at"],
                    [[id.sqlValue, institution.sqlValue, "Dinas \(id)".sqlValue, false.sqlValue, db.at.sqlValue]])
            }
        }
        var found: [(name: String, person: Signed)] = []
        for (institution, unit) in [("P32", 2), ("R33.24", 3)] {
            for role in [Role.agencyAdmin, .validator, .unit, .leader, .hubManager] {
                let grant = Grant(role, institution: institution, unit: role == .unit ? unit : nil)
                let person = try await Signed(site, grant, office: "Kantor \(institution)")
                found.append(("\(role.rawValue) of \(institution)", person))
            }
        }
        return found
    }

    @Test(arguments: Engine.tested)
    func `no record of an institution opens to people of another, and nothing they send changes anything`(
        engine: Engine
    ) async throws {
        try await Served.with(engine) { site in
            let bureau = try await Bureau(site)
            let hidden = try await bureau.hide()
            let foreigners = try await foreigners(site)
            let before = try await Bureau.rows(site.database)
            // News and guides are nobody's institution; messages are the secretariat's.
            let doors = site.portal.doors().filter {
                $0.path.contains("{") && !$0.path.hasPrefix("/kerja/tulis") && $0.path != "/kerja/surat/baru/{jenis}"
            }
            var asked = 0
            for (name, person) in foreigners {
                for door in doors {
                    for path in bureau.targets(door.path, hidden) {
                        let address = "\(door.method) \(path)"
                        var answers: [HTTPClient.Response] = []
                        if door.method == "GET" {
                            answers = [try await person.get(path)]
                        } else if RoleTable.uploads.contains("POST \(door.path)") {
                            for more in [[], [("instansi", "P33")]] as [[(String, String)]] {
                                answers.append(
                                    try await person.parts(
                                        path, [("token", person.token)] + more + Self.fields,
                                        file: ("bukti", "a.pdf", ValidationJourneyTests.pdf)))
                            }
                        } else {
                            for more in [[], [("instansi", "P33")]] as [[(String, String)]] {
                                answers.append(
                                    try await person.post(path, [("token", person.token)] + more + Self.fields))
                            }
                        }
                        for answer in answers {
                            #expect([403, 404].contains(answer.status), "\(name) \(address): \(answer.status)")
                            #expect(!answer.text.contains(Bureau.mark), "\(name) \(address) shows it")
                            asked += 1
                        }
                    }
                }
            }
            #expect(try await Bureau.rows(site.database) == before)
            let left = try FileManager.default.contentsOfDirectory(atPath: site.portal.files.temporaryFolder)
            #expect(left == [])
            print(
                "isolation: \(doors.count) addresses × \(foreigners.count) foreigners, \(asked) requests on \(engine)")
        }
    }

    @Test(arguments: Engine.tested)
    func `a form or an address that names another institution is refused`(engine: Engine) async throws {
        try await Served.with(engine) { site in
            let bureau = try await Bureau(site)
            let hidden = try await bureau.hide()
            let foreigners = try await foreigners(site)
            let before = try await Bureau.rows(site.database)
            for (name, person) in foreigners {
                for path in [
                    "/kerja/orang?instansi=P33", "/kerja/unit?instansi=P33", "/kerja/inovasi?institution=P33",
                    "/kerja/inovasi/baru?institution=P33", "/kerja/surat/baru/akun?instansi=P33",
                ] {
                    #expect(try await person.get(path).status == 403, "\(name) GET \(path)")
                }
                for (path, fields) in [
                    ("/kerja/unit", [("instansi", "P33"), ("name", "Palsu")]),
                    ("/kerja/batas", [("instansi", "P33"), ("judul", "Palsu"), ("batas", "2027-06-30")]),
                    ("/kerja/inovasi/baru", [("institution", "P33"), ("title", "Palsu")]),
                    ("/kerja/inovasi/baru", [("innovation", String(bureau.published))]),
                    ("/kerja/orang/konfirmasi", [("instansi", "P33"), ("orang", "\(hidden.invited)")]),
                    ("/kerja/surat/baru/akun", [("instansi", "P33"), ("nama", "Palsu"), ("peran", "validator")]),
                ] as [(String, [(String, String)])] {
                    let answer = try await person.post(path, [("token", person.token)] + fields)
                    #expect([403, 404].contains(answer.status), "\(name) POST \(path): \(answer.status)")
                }
                for (path, fields) in [
                    ("/kerja/orang", [("email", "palsu@contoh.test"), ("role", "validator"), ("instansi", "P33")]),
                    ("/kerja/inovasi/unggah", [("instansi", "P33")]),
                ] as [(String, [(String, String)])] {
                    let answer = try await person.parts(
                        path, [("token", person.token)] + fields, file: ("berkas", "a.csv", Array("a,b\n1,2\n".utf8)))
                    #expect([403, 404].contains(answer.status), "\(name) POST \(path): \(answer.status)")
                }
                // The renewal of many passes over what is not theirs.
                _ = try await person.post(
                    "/kerja/perpanjang",
                    [("token", person.token), ("v\(bureau.published)", "1"), ("k\(bureau.published)", "stopped")])
                // Lists hold only what is theirs.
                // The page of codes keeps a secret for its own reader's account.
                for door in site.portal.doors()
                where door.method == "GET" && !door.path.contains("{") && door.path != "/akun/kode" {
                    let answer = try await person.get(door.path)
                    #expect(!answer.text.contains(Bureau.mark), "\(name) GET \(door.path) shows it")
                }
            }
            let after = try await Bureau.rows(site.database)
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
        }
    }

    @Test(arguments: Engine.tested)
    func `who reads everything decides nothing`(engine: Engine) async throws {
        try await Served.with(engine) { site in
            let bureau = try await Bureau(site)
            let hidden = try await bureau.hide()
            let auditor = try await Signed(site, Grant(.auditor), office: "Inspektorat")
            let secretariat = try await Signed(site, Grant(.secretariat), office: "Sekretariat")
            let reader = try await Signed(site, Grant(.leader, institution: "P33"), office: "Sekretaris Daerah")
            let before = try await Bureau.rows(site.database)
            let open = RoleTable.desk.filter { $0.key.hasPrefix("POST /kerja") && $0.value.contains("X") }.keys
            #expect(
                Set(open) == [
                    "POST /kerja/periksa/{draft}", "POST /kerja/surat/baru/{jenis}", "POST /kerja/surat/{id}/tertanda",
                ])
            for decision in ["validate", "return"] {
                for (name, person) in [("auditor", auditor), ("secretariat", secretariat), ("leader", reader)] {
                    let path = "/kerja/periksa/\(hidden.waiting)"
                    #expect(try await person.get(path).status == 200, "\(name) reads \(path)")
                    let answer = try await person.post(
                        path,
                        [
                            ("token", person.token), ("round", "1"), ("decision", decision),
                            ("comment.summary", "Palsu"),
                        ])
                    #expect([403, 409].contains(answer.status), "\(name) \(decision): \(answer.status)")
                }
            }
            for person in [auditor, reader] {
                let letter = try await person.post(
                    "/kerja/surat/baru/akun", [("token", person.token), ("instansi", "P33"), ("nama", "Palsu")])
                #expect([403, 404].contains(letter.status), "\(letter.status)")
                let signed = try await person.parts(
                    "/kerja/surat/1/tertanda", [("token", person.token)],
                    file: ("berkas", "a.pdf", ValidationJourneyTests.pdf))
                #expect([403, 404].contains(signed.status), "\(signed.status)")
            }
            #expect(try await Bureau.rows(site.database) == before)
        }
    }
}
