import Database
import Files
import Foundation
import Kernel
import People
import Support
import Testing

@testable import Validation

@Suite struct LetterTests {
    private let request: [LetterField: String] = [
        .name: "Siti Aminah", .position: "Analis Kebijakan", .email: "siti@surakarta.go.id", .role: "admin",
    ]

    /// A PDF of one page with a signature dictionary, as signing tools add it: its bytes are what was signed.
    private static let signedPDF: [UInt8] = {
        var text =
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [4 0 R] >> >>\nendobj\n"
        text += "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        text += "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>\nendobj\n"
        text += "4 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Sig /T (ttd) /V 5 0 R /Rect [0 0 0 0] >>\nendobj\n"
        text += "5 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
        text += "/ByteRange [0 640 1664 120] /Contents <\(String(repeating: "0", count: 1024))> >>\nendobj\n"
        text += "trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
        return Array(text.utf8) + [0x0D, 0x0A, 0x00, 0xFF]
    }()

    @Test func `what is known stands in the letter and what is not stays open`() throws {
        var content = LetterContent(institution: "Pemerintah Kota Surakarta")
        for (field, text) in request { content[field] = text }
        let letter = LetterText.letter(.accountRequest, content)
        #expect(letter.head == ["PEMERINTAH KOTA SURAKARTA"])
        #expect(letter.number == "Nomor: …")
        #expect(letter.place == "…, …")
        #expect(letter.signer == "…")
        #expect(
            letter.parts[2]
                == .fields([
                    ("Nama", "Siti Aminah"), ("NIP", "…"), ("Jabatan", "Analis Kebijakan"), ("Unit kerja", "…"),
                    ("Surel dinas", "siti@surakarta.go.id"), ("Telepon", "…"), ("Peran yang dimohon", "Admin instansi"),
                ]))
        let text = try printed(by: "/usr/bin/pdftotext", ["-layout", "FILE", "-"], try letter.pdf())
        #expect(text.contains("SURAT PERMOHONAN AKUN"))
        #expect(text.contains(": Siti Aminah"))
        let word = try printed(by: "/usr/bin/unzip", ["-p", "FILE", "word/document.xml"], try letter.docx())
        #expect(word.contains(": siti@surakarta.go.id"))
    }

    @Test func `a date, a role or an address that cannot be read is named, and minutes need their period`() {
        var content = LetterContent(institution: "Pemerintah Kota Surakarta")
        content[.email] = "siti"
        content[.role] = "raja"
        content[.day] = "kemarin"
        content[.name] = String(repeating: "a", count: 201)
        #expect(content.problems(for: .accountRequest).map(\.field) == ["nama", "surel", "peran", "tanggal"])
        var minutes = LetterContent(institution: "Pemerintah Kota Surakarta")
        #expect(minutes.problems(for: .minutes).map(\.field) == ["dari", "sampai"])
        minutes[.from] = "2026-11-21"
        minutes[.until] = "2026-11-20"
        #expect(minutes.problems(for: .minutes).map(\.field) == ["sampai"])
        minutes[.until] = "21-11-2026"
        #expect(minutes.problems(for: .minutes) == [])
    }

    @Test(arguments: Engine.tested)
    func `those who manage or validate prepare letters, and only those who follow the institution see them`(
        _ engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            let letters = Letters(office.database)
            let city = StandingOffice.surakarta
            var made: [Int] = []
            for name in ["admin", "validator", "sekretariat"] {
                made.append(
                    try await letters.prepare(
                        .accountRequest, at: city, request, by: try office.actor(name), at: StandingOffice.now))
            }
            #expect(made == [1, 2, 3])
            for name in ["unit", "hub", "tetangga", "hubLain"] {
                await #expect(throws: LetterRefusal.notYours) {
                    try await letters.prepare(
                        .accountRequest, at: city, request, by: try office.actor(name), at: StandingOffice.now)
                }
            }
            for name in ["admin", "validator", "sekretariat", "hub"] {
                #expect(try await letters.list(for: try office.person(name)).map(\.id) == [3, 2, 1])
            }
            for name in ["tetangga", "hubLain", "unit"] {
                #expect(try await letters.list(for: try office.person(name)) == [])
                await #expect(throws: LetterRefusal.missing) {
                    try await letters.show(1, for: try office.person(name))
                }
            }
            let letter = try await letters.show(1, for: try office.person("hub"))
            #expect(letter.subject == "Permohonan akun admin instansi: Siti Aminah")
            #expect(letter.content.institution == "Pemerintah Kota Surakarta")
            #expect(letter.state == .prepared)
            // The audit trail can never be cleaned: no name and no address may be in it.
            let entries = try await office.database.read { try Audit.entries(AuditFilter(), $0) }
            #expect(entries.map(\.detail) == Array(repeating: "kind=account-request\ninstitution=R33.72", count: 3))
        }
    }

    @Test(arguments: Engine.tested)
    func `minutes hold what the agency validated in the period, with day and office`(_ engine: Engine) async throws {
        try await StandingOffice.with(engine) { office in
            let letters = Letters(office.database)
            let midnight = Instant(startOf: try #require(Day(2026, 3, 1)))
            let end = midnight.adding(days: 31)
            try await office.validate(1, at: midnight, until: midnight.adding(days: 365))
            try await office.validate(2, at: Instant(milliseconds: end.milliseconds - 1), until: end.adding(days: 100))
            try await office.validate(3, at: end, until: end.adding(days: 365))
            try await office.validate(4, at: midnight.adding(days: 2), until: end.adding(days: 365), by: "tetangga")
            let period: [LetterField: String] = [.from: "2026-03-01", .until: "2026-03-31"]
            let id = try await letters.prepare(
                .minutes, at: StandingOffice.surakarta, period, by: try office.actor("validator"),
                at: StandingOffice.now)
            let letter = try await letters.show(id, for: try office.person("validator"))
            #expect(letter.subject == "Validasi 1 Maret 2026 sampai 31 Maret 2026")
            #expect(
                letter.content.acts.map { "\($0.innovation) \($0.title) \($0.on.iso) \($0.office) \($0.lastDay.iso)" }
                    == [
                        "1 Inovasi 1 2026-03-01 Kantor admin 2027-02-28",
                        "2 Inovasi 2 2026-03-31 Kantor admin 2026-07-09",
                    ])
            await #expect(throws: LetterRefusal.nothingValidated) {
                try await letters.prepare(
                    .minutes, at: StandingOffice.surakarta, [.from: "2025-03-01", .until: "2025-03-31"],
                    by: try office.actor("validator"), at: StandingOffice.now)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a signed PDF comes back byte for byte, and only to those who follow the institution`(
        _ engine: Engine
    ) async throws {
        try await StandingOffice.with(engine) { office in
            try await LetterOffice.with(office) { letters in
                try await letters.serve { client in
                    let prepared = try await client.post(
                        "/kerja/surat/baru/tugas", as: "admin",
                        [
                            ("instansi", "R33.72"), ("nama", "Siti Aminah"), ("peran", "validator"),
                            ("mulai", "2026-12-01"),
                        ])
                    #expect(prepared.status == 303)
                    #expect(prepared["location"] == "/kerja/surat/1")
                    #expect(try await client.get("/kerja/surat/1", as: "admin").text.contains("Belum diunggah."))
                    #expect(try await client.get("/kerja/surat/1/tertanda", as: "admin").status == 404)
                    let pdf = try await client.get("/kerja/surat/1/surat.pdf", as: "admin")
                    #expect(pdf["content-type"] == "application/pdf")
                    let text = try printed(by: "/usr/bin/pdftotext", ["-layout", "FILE", "-"], pdf.body)
                    #expect(text.contains("SURAT TUGAS"))
                    #expect(
                        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("1 Desember 2026"))
                    let word = try await client.get("/kerja/surat/1/surat.docx", as: "admin")
                    #expect(
                        word["content-disposition"]
                            == "attachment; filename=\"surat-tugas-1.docx\"; filename*=UTF-8''surat-tugas-1.docx")
                    #expect(word.body.starts(with: [0x50, 0x4B, 3, 4]))

                    let there = "/kerja/surat/1/tertanda"
                    #expect(
                        try await client.upload(there, as: "hub", file: Self.signedPDF, named: "s.pdf").status == 403)
                    #expect(
                        try await client.upload(there, as: "tetangga", file: Self.signedPDF, named: "s.pdf").status
                            == 404)
                    #expect(
                        try await client.upload(there, as: "admin", token: "lain", file: Self.signedPDF, named: "s.pdf")
                            .status == 403)
                    let wrong = try await client.upload(there, as: "admin", file: Array("halo".utf8), named: "s.pdf")
                    #expect(wrong.status == 422)
                    #expect(wrong.text.contains("Untuk surat, unggah PDF"))
                    #expect(try await letters.letters.list(for: try office.person("admin")).map(\.state) == [.prepared])

                    let signed = try await client.upload(there, as: "admin", file: Self.signedPDF, named: "tugas.pdf")
                    #expect(signed.status == 303)
                    let back = try await client.get(there, as: "hub")
                    #expect(back.status == 200)
                    #expect(back["content-type"] == "application/pdf")
                    #expect(back.body == Self.signedPDF)
                    #expect(Digest(of: back.body).hex == Digest(of: Self.signedPDF).hex)
                    let page = try await client.get("/kerja/surat/1", as: "admin")
                    #expect(page.text.contains("SHA-256 <code>\(Digest(of: Self.signedPDF).hex)</code>"))
                    for name in ["tetangga", "hubLain"] {
                        for path in ["", "/surat.pdf", "/surat.docx", "/tertanda"] {
                            #expect(try await client.get("/kerja/surat/1\(path)", as: name).status == 404)
                        }
                    }
                    #expect(try await client.get("/kerja/surat", as: "unit").status == 403)
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: letters.files.temporaryFolder) == [])
            }
        }
    }

    @Test func `a form with something unreadable comes back with what was typed`() async throws {
        try await StandingOffice.with(.sqlite) { office in
            try await LetterOffice.with(office) { letters in
                try await letters.serve { client in
                    let empty = try await client.get("/kerja/surat/baru/tugas", as: "admin")
                    #expect(empty.text.contains("name=\"tempat\" value=\"Surakarta\""))
                    #expect(empty.text.contains("<option value=\"validator\">validator, Kantor validator</option>"))
                    let wrong = try await client.post(
                        "/kerja/surat/baru/akun", as: "admin",
                        [("instansi", "R33.72"), ("nama", "<Siti>"), ("surel", "siti")])
                    #expect(wrong.status == 422)
                    #expect(wrong.text.contains("name=\"nama\" value=\"&lt;Siti&gt;\""))
                    #expect(wrong.text.contains("Tulis surel lengkap"))
                    #expect(try await letters.count("letter") == 0)
                    // The secretariat writes for any institution, by code or name, and must say which.
                    let unnamed = try await client.post("/kerja/surat/baru/akun", as: "sekretariat", [("nama", "Siti")])
                    #expect(unnamed.status == 422)
                    let named = try await client.post(
                        "/kerja/surat/baru/akun", as: "sekretariat",
                        [("instansi", "pemerintah kota surakarta"), ("nama", "Siti")])
                    #expect(named.status == 303)
                    #expect(
                        try await client.post(
                            "/kerja/surat/baru/akun", as: "tetangga", [("instansi", "R33.72")]
                        ).status == 403)
                    #expect(try await client.get("/kerja/surat/baru/akun", as: "hub").status == 403)
                    #expect(try await client.get("/kerja/surat/baru/cinta", as: "admin").status == 404)
                    let list = try await client.get("/en/kerja/surat", as: "sekretariat")
                    #expect(list.text.contains("<a href=\"/en/kerja/surat/1\">Permohonan akun …: Siti</a>"))
                }
            }
        }
    }
}
