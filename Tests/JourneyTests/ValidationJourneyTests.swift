import Database
import Foundation
import Kernel
import People
import Support
import Testing

@Suite struct ValidationJourneyTests {
    static let fields = [
        ("title", "Antar Dokumen"), ("shortName", ""), ("expansion", ""), ("unit", "Dinas Contoh"),
        ("yearOfIdea", "2025"), ("stage", "initiative"), ("category", "kesehatan"), ("sdgs", "16"),
        ("summary", "Dokumen diantar ke rumah warga."), ("background", "Kantor jauh."),
        ("purpose", "Warga menerima dokumen di rumah."), ("novelty", "Bersama puskesmas keliling."),
    ]
    static let steps = ["nama", "ringkasan", "latar", "kebaruan"]
    static let pdf = Array(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
            .utf8)

    /// Two people of one unit and a validator, at Jawa Tengah's own institution.
    struct Cast {
        let writer: Signed
        let colleague: Signed
        let validator: Signed

        init(_ site: Served) async throws {
            try await site.database.write(at: .now()) { db in
                try db.insert(
                    "unit", ["id", "institution", "name", "custodian", "created_at"],
                    [[1.sqlValue, "P33".sqlValue, "Dinas Contoh".sqlValue, false.sqlValue, db.at.sqlValue]])
            }
            let unit = Grant(.unit, institution: "P33", unit: 1)
            writer = try await Signed(site, unit, office: "Dinas Contoh")
            colleague = try await Signed(site, unit, office: "Dinas Contoh")
            validator = try await Signed(site, Grant(.validator, institution: "P33"), office: "Biro Organisasi Contoh")
        }

        /// A new draft with every field that an idea needs; returns its address.
        func written() async throws -> String {
            let begun = try await writer.send("/kerja/inovasi/baru", [("title", "Antar Dokumen")])
            let draft = try #require(begun["location"]).replacing("/nama", with: "")
            for step in ValidationJourneyTests.steps {
                let saved = try await writer.send("\(draft)/\(step)", ValidationJourneyTests.fields)
                #expect(saved.status == 303, "\(step): \(saved.text)")
            }
            return draft
        }
    }

    @Test(arguments: Engine.tested)
    func `an innovation is written, proved, returned, corrected, validated and shown with its evidence`(engine: Engine)
        async throws
    {
        try await Served.with(engine) { site in
            let cast = try await Cast(site)
            let draft = try await cast.written()
            let number = try #require(draft.split(separator: "/").last)

            let claim = try #require(
                try await cast.writer.send(
                    "\(draft)/klaim/baru", from: "\(draft)/klaim/baru?jenis=legal",
                    [
                        ("jenis", "legal"), ("level", "unit-decree"), ("number", "18/2025"), ("about", "Antar Dokumen"),
                        ("date", "2025-03-21"), ("signedBy", "Kepala Dinas Contoh"),
                    ])["location"]
            ).replacing("?selesai=tersimpan", with: "")
            let attached = try await cast.writer.upload(
                "\(claim)/bukti", from: claim, field: "bukti", name: "../Keputusan.pdf", Self.pdf)
            #expect(attached.status == 303, "\(attached.text)")
            #expect(try await cast.writer.get(claim).text.contains("Keputusan.pdf"))

            let sent = try await cast.writer.send("\(draft)/periksa", [])
            #expect(sent["location"] == "/kerja/inovasi?selesai=terkirim", "\(sent.text)")

            let queue = try await cast.validator.get("/kerja/antrean").text
            #expect(queue.contains("1 inovasi menunggu diperiksa"))
            #expect(queue.contains("<td data-label=\"Isi\">baru</td>"))
            let returned = try await cast.validator.send(
                "/kerja/periksa/\(number)",
                [("decision", "return"), ("comment.summary", "Sebutkan kecamatannya.")])
            #expect(returned["location"] == "/kerja/antrean?selesai=kembali", "\(returned.text)")

            #expect(try await cast.writer.get("\(draft)/ringkasan").text.contains("Sebutkan kecamatannya."))
            _ = try await cast.writer.send(
                "\(draft)/ringkasan", [("summary", "Dokumen diantar ke rumah warga di dua kecamatan.")])
            _ = try await cast.writer.send("\(draft)/periksa", [])

            #expect(try await cast.validator.get("/kerja/antrean").text.contains("diperbaiki, 1 bagian berubah"))
            let check = try await cast.validator.get("/kerja/periksa/\(number)").text
            #expect(check.matches(of: /<section class="compare"/).count == 1)
            #expect(check.contains("<ins>warga di dua kecamatan.</ins>"))
            let validated = try await cast.validator.send("/kerja/periksa/\(number)", [("decision", "validate")])
            #expect(validated["location"] == "/kerja/antrean?selesai=sah", "\(validated.text)")

            let page = try await site.client.get("/inovasi/1").text
            #expect(page.contains("Biro Organisasi Contoh"))
            #expect(page.contains("1 dari 1 klaim disertai bukti"))
            let until = Instant.now().day().year + 1
            #expect(page.contains("\(until)"))
            let evidence = try #require(page.firstMatch(of: /href="(\/inovasi\/1\/bukti\/\d+)"/)).1
            let file = try await site.client.get(String(evidence))
            #expect(file.body == Self.pdf)
            #expect(file["content-type"] == "application/pdf")
            #expect(file["x-content-type-options"] == "nosniff")
            #expect(file["content-disposition"] == "inline; filename=\"Keputusan.pdf\"; filename*=UTF-8''Keputusan.pdf")
        }
    }

    @Test(arguments: Engine.tested)
    func `evidence of a draft is for those who may see it, and not yet public`(engine: Engine) async throws {
        try await Served.with(engine) { site in
            let cast = try await Cast(site)
            let draft = try await cast.written()
            let claim = try #require(
                try await cast.writer.send(
                    "\(draft)/klaim/baru", from: "\(draft)/klaim/baru?jenis=procedure",
                    [("jenis", "procedure"), ("title", "SOP 1")])["location"]
            ).replacing("?selesai=tersimpan", with: "")
            _ = try await cast.writer.upload("\(claim)/bukti", from: claim, field: "bukti", name: "SOP.pdf", Self.pdf)
            let wrong = try await cast.writer.upload(
                "\(claim)/bukti", from: claim, field: "bukti", name: "SOP.pdf", Array("<html>bukan PDF</html>".utf8))
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("Perlu diperbaiki"))
            let evidence = try #require(
                try await cast.writer.get(claim).text.firstMatch(of: /href="(\/kerja\/bukti\/\d+)"/)
            ).1
            #expect(try await cast.colleague.get(String(evidence)).body == Self.pdf)
            #expect(try await site.client.get(String(evidence)).status == 303)
            let stranger = try await Signed(site, Grant(.agencyAdmin, institution: "P32"), office: "Lain")
            #expect(try await stranger.get(String(evidence)).status == 404)
            #expect(try await stranger.get("\(draft)/nama").status == 404)
            #expect(try await site.client.get("/inovasi/1/bukti/1").status == 404)
        }
    }

    @Test(arguments: Engine.tested)
    func `two people who write at once both see both texts, and nothing is overwritten`(engine: Engine) async throws {
        try await Served.with(engine) { site in
            let cast = try await Cast(site)
            let draft = try await cast.written()
            let page = try await cast.writer.get("\(draft)/ringkasan").text
            let version = try #require(page.firstMatch(of: /name="versi" value="(\d+)"/)).1
            _ = try await cast.colleague.send("\(draft)/ringkasan", [("summary", "Tulisan rekan.")])
            let clash = try await cast.writer.send(
                "\(draft)/ringkasan", [("summary", "Tulisan saya sendiri."), ("versi", String(version))])
            #expect(clash.status == 409)
            #expect(clash.text.contains("rekan."))
            #expect(clash.text.contains("saya sendiri."))
            #expect(try await cast.writer.get("\(draft)/ringkasan").text.contains("Tulisan rekan."))
            let script = try await cast.writer.send(
                "\(draft)/ringkasan", [("summary", "Lagi."), ("versi", String(version)), ("otomatis", "1")])
            #expect(script.status == 409)
            let saved = try await cast.writer.send("\(draft)/ringkasan", [("summary", "Lagi."), ("otomatis", "1")])
            #expect(saved.text.firstMatch(of: /^\{"version":\d+,"saved":"\d\d\.\d\d"\}$/) != nil, "\(saved.text)")
        }
    }

    @Test(arguments: Engine.tested)
    func `what was typed before the session ended comes back in the answer`(engine: Engine) async throws {
        try await Served.with(engine) { site in
            let cast = try await Cast(site)
            let draft = try await cast.written()
            let lost = try await site.client.post(
                "\(draft)/ringkasan",
                form: [("token", "lama"), ("versi", "1"), ("summary", "Tulisan panjang yang tidak boleh hilang.")])
            #expect(lost.status == 403)
            #expect(lost.text.contains("Tulisan panjang yang tidak boleh hilang."))
            #expect(lost.text.contains("action=\"\(draft)/ringkasan\""))
            #expect(!lost.text.contains("value=\"lama\""))
            let bare = try await site.client.post(
                "\(draft)/ringkasan", form: [("summary", "Tulisan tanpa tanda kami.")])
            #expect(bare.status == 403)
            #expect(!bare.text.contains("Tulisan tanpa tanda kami."))
        }
    }
}
