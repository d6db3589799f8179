import Database
import Kernel
import Support
import Testing
import Web

@testable import Competition

@Suite struct ProposalPageTests {
    @Test(arguments: Engine.tested)
    func `a unit proposes, writes, is saved as it types, and registers`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            try await office.serve { client in
                let choose = try await client.get("/kerja/usulan/baru", as: "unit")
                #expect(choose.text.contains("/kerja/usulan/baru?inovasi=1"))
                #expect(!choose.text.contains("/kerja/usulan/baru?inovasi=4"))
                #expect(try await client.get("/kerja/usulan/baru?inovasi=4", as: "unit").status == 403)
                let edition = try await client.get("/kerja/usulan/baru?inovasi=1", as: "unit")
                #expect(edition.text.contains("Pendaftaran sampai 3 Juni 2027 24.00 WIB"))
                let made = try await client.post(
                    "/kerja/usulan/baru", as: "unit", [("inovasi", "1"), ("edisi", "kipp-2027")])
                #expect(made["location"] == "/kerja/usulan/1")
                let again = try await client.post(
                    "/kerja/usulan/baru", as: "unit", [("inovasi", "1"), ("edisi", "kipp-2027")])
                #expect(again.status == 409)
                #expect(again.text.contains("usulan nomor 1. Lanjutkan usulan itu."))

                let page = try await client.get("/kerja/usulan/1", as: "unit")
                #expect(page.text.contains("3 syarat belum terpenuhi"))
                #expect(page.text.contains("3 kata dari paling banyak 200"))
                #expect(page.text.contains("data-autosave=\"usulan-1-1\""))

                let origin = ProposalFormView.origin("Ringkasan dari data.")
                let typed = [("versi", "1"), ("asal.bagian.ringkasan", origin), ("bagian.ringkasan", "Ditulis unit.")]
                let script = try await client.post(
                    "/kerja/usulan/1/simpan", as: "unit", typed + [("otomatis", "1")])
                #expect(script.status == 200)
                #expect(script.text.contains("\"version\":2"))
                let clash = [("versi", "1"), ("asal.bagian.ringkasan", origin), ("bagian.ringkasan", "Ditulis admin.")]
                let told = try await client.post("/kerja/usulan/1/simpan", as: "admin", clash + [("otomatis", "1")])
                #expect(told.status == 409)
                let both = try await client.post("/kerja/usulan/1/simpan", as: "admin", clash)
                #expect(both.status == 409)
                #expect(both.text.contains("Ditulis unit."))
                #expect(both.text.contains("Ditulis admin."))
                #expect(both.text.contains("name=\"versi\" value=\"2\""))

                let registered = try await client.post(
                    "/kerja/usulan/1/simpan", as: "unit",
                    [
                        ("versi", "2"), ("asal.kelompok", ProposalFormView.origin(nil)), ("kelompok", "umum"),
                        ("lanjut", "daftar"),
                    ])
                #expect(registered["location"] == "/kerja/usulan/1")
                let list = try await client.get("/kerja/usulan", as: "unit")
                #expect(list.text.contains("Usulan: 1 terdaftar, 0 terkirim"))
                #expect(list.text.contains("Sisa kuota instansi: 2 dari 2."))
                let edited = try await client.post("/kerja/usulan/1/simpan", as: "unit", typed)
                #expect(edited.status == 409)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the agency's page refuses to submit early and says when`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.ready(1)
            try await office.serve { client in
                let sent = try await client.post("/kerja/usulan/\(id)/kirim", as: "admin", [])
                #expect(sent.status == 409)
                #expect(sent.text.contains("Pendaftaran baru dibuka 8 April 2027 00.00 WIB."))
                let returned = try await client.post("/kerja/usulan/\(id)/kembalikan", as: "admin", [])
                #expect(returned.status == 422)
                #expect(returned.text.contains("Tulis apa yang harus diperbaiki unit."))
                #expect(
                    try await client.post("/kerja/usulan/\(id)/urutan", as: "admin", [("arah", "naik")]).status == 303)
                #expect(try await client.post("/kerja/usulan/\(id)/tarik", as: "admin", []).status == 303)
                #expect(
                    try await client.get("/kerja/usulan/\(id)", as: "admin").text.contains("<strong>Ditarik</strong>"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `another agency and another unit are told that there is no such proposal`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.ready(1, to: .submitted)
            try await office.serve { client in
                for name in ["tetangga", "lain"] {
                    #expect(try await client.get("/kerja/usulan/\(id)", as: name).status == 404)
                    #expect(try await client.get("/kerja/usulan/\(id)/dokumen/kesediaan", as: name).status == 404)
                    for act in ["simpan", "daftar", "kirim", "tarik", "kembalikan", "urutan"] {
                        let answer = try await client.post("/kerja/usulan/\(id)/\(act)", as: name, [("catatan", "x")])
                        #expect(answer.status == 404, "\(act)")
                    }
                    #expect(!(try await client.get("/kerja/usulan", as: name).text.contains("Layanan 1")))
                }
                #expect(try await client.get("/kerja/usulan/\(id)", as: "sekretariat").status == 403)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `the public page counts what is registered and what is submitted, and the organiser checks it`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            let (waiting, sent) = (try await office.ready(1), try await office.ready(2, to: .submitted))
            try await office.serve { client in
                let page = try await client.get("/kompetisi/kipp-2027")
                #expect(page.text.contains("2 usulan terdaftar"))
                #expect(page.text.contains("1 di antaranya terkirim"))
                let place = "/kerja/kompetisi/kipp-2027/usulan"
                let list = try await client.get(place, as: "sekretariat")
                #expect(list.text.contains("1 usulan terkirim"))
                #expect(list.text.contains("Provinsi Jawa Tengah"))
                #expect(!list.text.contains("Layanan 1"))
                #expect(try await client.get("\(place)/\(waiting)", as: "sekretariat").status == 404)
                #expect(try await client.get(place, as: "admin").status == 403)
                #expect(
                    try await client.get("\(place)/\(sent)", as: "sekretariat").text
                        .contains("Menurut aturan saat usulan dikirim."))
                let none = try await client.post("\(place)/\(sent)", as: "sekretariat", [("hasil", "gagal")])
                #expect(none.status == 422)
                let passed = try await client.post("\(place)/\(sent)", as: "sekretariat", [("hasil", "lulus")])
                #expect(passed.status == 303)
                #expect(try await client.get("/kerja/usulan/\(sent)", as: "admin").text.contains("Lulus administrasi"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a document is uploaded, named with its size, and given back`(_ engine: Engine) async throws {
        try await ProposalOffice.with(engine) { office in
            let id = try await office.proposals.start(
                1, in: "kipp-2027", by: office.actor("unit"), at: ProposalOffice.now)
            let path = "/kerja/usulan/\(id)/dokumen/kesediaan"
            let pdf = Array(
                """
                %PDF-1.4
                1 0 obj
                << /Type /Catalog /Pages 2 0 R >>
                endobj
                2 0 obj
                << /Type /Pages /Kids [3 0 R] /Count 1 >>
                endobj
                3 0 obj
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>
                endobj
                trailer << /Root 1 0 R >>
                startxref
                0
                %%EOF

                """.utf8)
            try await office.serve { client in
                let wrong = try await client.upload(path, as: "unit", Array("bukan surat".utf8), "surat.pdf")
                #expect(wrong.status == 422)
                let sent = try await client.upload(path, as: "unit", pdf, "Surat kesediaan.pdf")
                #expect(sent["location"] == "/kerja/usulan/\(id)")
                #expect(
                    try await client.get("/kerja/usulan/\(id)", as: "unit").text.contains("Surat kesediaan.pdf</a>"))
                #expect(try await client.get(path, as: "unit").body == pdf)
                #expect(try await client.upload(path, as: "lain", pdf, "x.pdf").status == 404)
                #expect(
                    try await client.upload("/kerja/usulan/\(id)/dokumen/lain", as: "unit", pdf, "x.pdf").status == 404)
            }
        }
    }
}

extension HTTPClient {
    fileprivate func upload(_ path: String, as name: String, _ file: [UInt8], _ called: String) async throws -> Response
    {
        var body = Array("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\ntoken-\(name)\r\n".utf8)
        body += Array("--b\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"\(called)\"\r\n\r\n".utf8)
        body += file + Array("\r\n--b--\r\n".utf8)
        return try await request(
            "POST", path, headers: ["Content-Type": "multipart/form-data; boundary=b", "Cookie": "sesi=\(name)"],
            body: body)
    }
}
