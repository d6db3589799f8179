import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

/// Every form of the desk with fields that no page of ours would send: never a fault of ours.
@Suite struct DoorFuzzTests {
    private static let rounds = ProcessInfo.processInfo.environment["SIMPUL_SOAK"] == nil ? 12 : 400

    private static let names = [
        "versi", "round", "decision", "comment.summary", "comment.claim.1", "comment.", "summary", "title", "shortName",
        "unit",
        "yearOfIdea", "yearOfTrial", "stage", "category", "sdgs", "continuity", "asal.summary", "otomatis", "keluar",
        "tambah",
        "ubah", "hapus", "lepas", "jenis", "level", "number", "date", "before", "after", "beforeDate", "indicator",
        "link",
        "institution", "innovation", "instansi", "judul", "batas", "isi", "judul_en", "isi_en", "koreksi", "terbit",
        "tarik",
        "pada", "pratinjau", "jawaban", "pertanyaan", "hasil", "catatan", "name", "office", "phone", "language",
        "digest",
        "email", "role", "peran", "orang", "custodian", "tindakan", "sesi", "code", "current", "password", "again",
        "v11",
        "k11", "a11", "t11", "semua", "nama", "tanggal", "dari", "sampai", "mulai", "surel", "ke",
    ]

    private static let values = [
        "", " ", "0", "1", "-1", "2", "11", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "1e309",
        "NaN", "0x10", "01", "1,5", "1.000.000", "2026-02-30", "2026-11-22", "9999-12-31", "0000-00-00", "-2026-01-01",
        "2026-11-22T25:61", "validate", "return", "stopped", "continuing", "accepted", "procedure", "legal",
        "indicator",
        "photo", "video", "secretariat", "validator", "unit", "tutup", "nama", "P33", "P32", "R33.24", "XX", "1, 2, 99",
        "palsu@contoh.test", "a@b", "@", "javascript:alert(1)", "http://[::1", "https://contoh.test/a b",
        "//contoh.test",
        "' OR '1'='1", "\"; DROP TABLE draft; --", "%00", "\u{0}", "a\u{0}b", "\u{FEFF}", "\u{202E}kebalik", "\u{200D}",
        "👩🏽‍🚀", "e\u{301}\u{301}\u{301}", "\u{10FFFF}", "\r\n.\r\nSet-Cookie: a=b", "<script>alert(1)</script>", "{{7*7}}",
        "../../etc/passwd", "# Judul\n\n[a](javascript:b)\n```", String(repeating: "a ", count: 4_000),
        String(repeating: "Ж", count: 20_000), String(repeating: "[", count: 3_000),
        String(repeating: "> ", count: 2_000),
    ]

    @Test(arguments: Engine.tested)
    func `whatever a form of the desk is sent, the answer is never a fault of ours`(engine: Engine) async throws {
        try await Served.with(engine, csv: tenRecords) { site in
            let bureau = try await Bureau(site)
            let hidden = try await bureau.hide()
            var random = SeededRandom(20_261_122)
            var sent = 0
            for door in site.portal.doors() where door.method == "POST" {
                let address = "POST \(door.path)"
                let letters = RoleTable.letters.filter { RoleTable.desk[address]?.contains($0.letter) == true }
                for (_, role) in letters.prefix(2) {
                    let grant =
                        switch role.scope {
                        case .nation: Grant(role)
                        case .institution: Grant(role, institution: "P33")
                        case .unit: Grant(role, institution: "P33", unit: 1)
                        case .edition: Grant(role, edition: "2026")
                        }
                    // A fresh one each: some forms end sessions.
                    let person = try await Signed(site, grant, office: "Kantor")
                    for path in bureau.targets(door.path, hidden) {
                        for _ in 0..<Self.rounds {
                            var fields = [("token", person.token)]
                            for _ in 0..<Int.random(in: 0...12, using: &random) {
                                fields.append(
                                    (
                                        Self.names.randomElement(using: &random) ?? "",
                                        Self.values.randomElement(using: &random) ?? ""
                                    ))
                            }
                            let answer =
                                try await RoleTable.uploads.contains(address)
                                ? person.parts(
                                    path, fields,
                                    file: Bool.random(using: &random)
                                        ? nil : ("berkas", "a.pdf", Array((fields.last?.1 ?? "").utf8)))
                                : person.post(path, fields)
                            #expect(answer.status < 500, "\(role) \(address): \(answer.status) to \(fields)")
                            sent += 1
                        }
                    }
                    // What is no text at all, and what is no form.
                    for body in ["token=\(person.token)&title=%FF%FE", "token=\(person.token)&&&=&%zz", "\u{0}"] {
                        let answer = try await person.client.request(
                            "POST", bureau.targets(door.path, hidden)[0],
                            headers: [
                                "Cookie": person.cookie, "Content-Type": "application/x-www-form-urlencoded",
                            ], body: Array(body.utf8))
                        #expect(
                            (400..<500).contains(answer.status) || answer.status == 303,
                            "\(address) to \(body): \(answer.status)")
                        sent += 1
                    }
                }
            }
            print("fuzz: \(sent) forms at the desk, none answered with a fault on \(engine)")
        }
    }
}
