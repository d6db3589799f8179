import Database
import Institutions
import Kernel
import Support
import Testing
import Web

@testable import Competition

@Suite struct ReadingPageTests {
    private static let open: [EditionStage.Kind: (opens: String?, closes: String?)] = [
        .evaluation: ("2020-01-01 00.00", nil)
    ]

    private func field(_ section: String, _ value: String, _ words: String = "", band: String = "") -> [(
        String, String
    )] {
        [("nilai.\(section)", value), ("catatan.\(section)", words), ("tingkat.\(section)", band)]
    }

    @Test(arguments: Engine.tested)
    func `an evaluator reads, is saved as they type, finishes and is led to the next`(engine: Engine) async throws {
        try await Season.with(engine) { season in
            try await season.amend(stages: Self.open)
            for proposal in [1, 2, 4] { try await season.give(proposal, to: 1) }
            try await season.evaluation { client in
                let queue = try await client.get("/kerja/penilaian", as: "penilai1")
                #expect(queue.text.contains("3 usulan menunggu penilaian Anda"))
                #expect(queue.text.contains("0 dari 3 usulan dinilai"))
                #expect(queue.text.contains("Kesehatan: 0 dari 2"))
                #expect(!queue.text.contains("/kerja/penilaian/4\""))
                let desk = try await client.get("/kerja/penilaian/1", as: "penilai1")
                #expect(desk.text.contains("data-autosave=\"penilaian-1-7\""))
                #expect(desk.text.contains("Isi kebaruan usulan 1."))
                #expect(desk.text.contains("4 kata dari paling banyak 200"))
                #expect(desk.text.contains("name=\"tingkat.kebaruan\" value=\"80-100\" data-key=\"1\""))
                #expect(desk.text.contains("Bukti lengkap"))
                let typing = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1",
                    [("versi", "1"), ("otomatis", "1")] + field("kebaruan", "81"))
                #expect(typing.status == 200)
                #expect(typing.text.hasPrefix("{\"version\":2,\"saved\":\""))
                // Without a script: the level alone, and the button that saves.
                let saved = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1",
                    [("versi", "2")] + field("kebaruan", "81") + field("signifikansi", "", band: "0-49"))
                #expect(saved["location"] == "/kerja/penilaian/1")
                let lacking = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1",
                    [("versi", "3"), ("lanjut", "selesai")] + field("kebaruan", "81") + field("signifikansi", "24"))
                #expect(lacking.status == 422)
                #expect(lacking.text.contains("Tulis alasan untuk nilai di bawah 50."))
                let done = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1",
                    [("versi", "3"), ("lanjut", "selesai")] + field("kebaruan", "81")
                        + field("signifikansi", "24", "Tanpa data."))
                #expect(done["location"] == "/kerja/penilaian/2")
                let fixed = try await client.get("/kerja/penilaian/1", as: "penilai1")
                #expect(fixed.text.contains("Penilaian ini selesai."))
                #expect(!fixed.text.contains("name=\"nilai.kebaruan\""))
                #expect(
                    try await client.get("/kerja/penilaian", as: "penilai1").text.contains("1 dari 3 usulan dinilai"))
                #expect(try await client.post("/kerja/penilaian/1/buka-lagi", as: "penilai1", []).status == 303)
                let away = try await client.post(
                    "/kerja/penilaian/2/tidak-menilai", as: "penilai1", [("alasan", "Bukan bidang saya.")])
                #expect(away["location"] == "/kerja/penilaian")
                #expect(try await client.get("/kerja/penilaian/2", as: "penilai1").status == 404)
                let english = try await client.get("/en/kerja/penilaian/1", as: "penilai1")
                #expect(english.text.contains("Score of"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `scores that are none and words too long are told beside their field, the rest is kept`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.amend(stages: Self.open)
            try await season.give(1, to: 1)
            try await season.evaluation { client in
                var version = 1
                for wrong in ["101", "-1", "delapan puluh", "80<script>alert(1)</script>"] {
                    let answer = try await client.post(
                        "/kerja/penilaian/1/simpan", as: "penilai1",
                        [("versi", String(version))] + field("kebaruan", wrong) + field("signifikansi", "6\(version)"))
                    #expect(answer.status == 422, "\(wrong)")
                    #expect(answer.text.contains("Tulis angka bulat 0 sampai 100."), "\(wrong)")
                    #expect(!answer.text.contains("<script>alert"))
                    version += 1
                }
                let evil = "\"><script>alert(2)</script>"
                let kept = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1",
                    [("versi", String(version))] + field("kebaruan", "80", evil) + field("signifikansi", "64"))
                #expect(kept.status == 303)
                let page = try await client.get("/kerja/penilaian/1", as: "penilai1")
                #expect(!page.text.contains("<script>alert"))
                #expect(page.text.contains("&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt;"))
                let long = String(repeating: "kata ", count: 20_000)
                let refused = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1",
                    [("versi", String(version + 1))] + field("kebaruan", "82", long))
                #expect(refused.status == 422)
                #expect(refused.text.contains("Paling banyak 10.000 karakter; ringkas alasannya."))
                #expect(refused.text.contains(long.prefix(90_000)))
                let scores = try await season.database.read { try Readings.scores(of: 1, $0) }
                #expect(scores.map(\.value) == [82, 64])
                #expect(scores.map(\.words) == [evil, nil])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `two windows with the same section are shown both values, and after the close nothing typed is lost`(
        engine: Engine
    ) async throws {
        try await Season.with(engine) { season in
            try await season.amend(stages: Self.open)
            try await season.give(1, to: 1)
            try await season.evaluation { client in
                let first = [("versi", "1")] + field("kebaruan", "88", "Dari jendela satu.")
                #expect(try await client.post("/kerja/penilaian/1/simpan", as: "penilai1", first).status == 303)
                let second = [("versi", "1")] + field("kebaruan", "55", "Dari jendela dua.")
                let script = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1", second + [("otomatis", "1")])
                #expect(script.status == 409)
                #expect(script.text.contains("Jendela lain mengubah bagian yang sama."))
                let both = try await client.post("/kerja/penilaian/1/simpan", as: "penilai1", second)
                #expect(both.status == 409)
                #expect(both.text.contains("<strong>Tersimpan dari jendela lain:</strong> 88"))
                #expect(both.text.contains("Dari jendela satu."))
                #expect(both.text.contains("Dari jendela dua."))
                #expect(both.text.contains("name=\"nilai.kebaruan\" value=\"55\""))
                #expect(both.text.contains("name=\"versi\" value=\"2\""))
                #expect(
                    try await client.post(
                        "/kerja/penilaian/1/simpan", as: "penilai1", [("versi", "2")] + second.dropFirst()
                    ).status == 303)
                try await season.amend(stages: [.evaluation: ("2020-01-01 00.00", "2020-02-01 24.00")])
                let typed = [("versi", "3")] + field("kebaruan", "99", "Ditulis sesudah tutup.")
                let late = try await client.post("/kerja/penilaian/1/simpan", as: "penilai1", typed)
                #expect(late.status == 409)
                #expect(late.text.contains("Penilaian ditutup 1 Februari 2020 24.00 WIB."))
                #expect(late.text.contains("Ditulis sesudah tutup."))
                #expect(late.text.contains("name=\"nilai.kebaruan\" value=\"99\""))
                #expect(!late.text.contains("data-autosave"))
                let told = try await client.post(
                    "/kerja/penilaian/1/simpan", as: "penilai1", typed + [("otomatis", "1")])
                #expect(told.status == 409)
                #expect(told.text.contains("Penilaian ditutup 1 Februari 2020 24.00 WIB."))
                let scores = try await season.database.read { try Readings.scores(of: 1, $0) }
                #expect(scores.map(\.value) == [55])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `who did not declare is led there, and to everybody else the desk does not exist`(engine: Engine) async throws
    {
        try await Season.with(engine) { season in
            try await season.amend(stages: Self.open)
            try await season.give(1, to: 1)
            try await season.evaluation { client in
                for name in ["penilai2"] {
                    let there = try await client.get("/kerja/penilaian/1", as: name)
                    let nowhere = try await client.get("/kerja/penilaian/77", as: name)
                    #expect(there.status == 404)
                    #expect(there.text == nowhere.text)
                    for act in ["simpan", "buka-lagi", "tidak-menilai", "tanya"] {
                        // A form that would be refused for its content is refused for its address first.
                        #expect(
                            try await client.post("/kerja/penilaian/1/\(act)", as: name, [("nilai.kebaruan", "x")])
                                .status
                                == 404, "\(act)")
                    }
                    #expect(try await client.get("/kerja/penilaian/1/dokumen/surat", as: name).status == 404)
                }
                for name in ["sekretariat", "admin1", "panelis1"] {
                    #expect(try await client.get("/kerja/penilaian/1", as: name).status == 403)
                }
                try await season.sql("UPDATE evaluator SET declared_at = NULL WHERE id = 1")
                let led = try await client.get("/kerja/penilaian/1", as: "penilai1")
                #expect(led["location"] == "/kerja/benturan/kipp-2027")
                let queue = try await client.get("/kerja/penilaian", as: "penilai1")
                #expect(queue.text.contains("Nyatakan benturan kepentingan"))
                #expect(!queue.text.contains("Layanan"))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a blind edition opens a proposal once its names are hidden, and then gives nobody away`(engine: Engine)
        async throws
    {
        try await Season.with(engine) { season in
            try await season.amend(stages: Self.open)
            try await season.amend(["blind": "yes"])
            let secret = "Layanan Provinsi Jawa Tengah"
            try await season.sql(
                """
                INSERT INTO unit (id, institution, name, custodian, created_at)
                VALUES (1, 'P33', 'Dinas Rahasia', 0, \(Season.evaluating))
                """)
            let content = try Proposals.json([
                "judul": secret, "kelompok": "umum", "kategori": "kesehatan",
                "bagian.kebaruan": "Di Jawa Tengah, Dinas Rahasia menulis ke admin1@jateng.example.",
                "bagian.signifikansi": "Warga JAWA TENGAH puas; telepon 024-8311174.",
            ])
            try await season.sql("UPDATE proposal SET content = \(content), title = \(secret), unit = 1 WHERE id = 1")
            let file = String(repeating: "b", count: 64)
            try await season.sql(
                """
                INSERT INTO file (digest, size, type, at, scan)
                VALUES (\(file), 9, 'application/pdf', \(Season.evaluating), 'waiting')
                """)
            try await season.sql(
                """
                INSERT INTO proposal_document (proposal, code, file, name, at)
                VALUES (1, 'kop', \(file), 'Jawa Tengah.pdf', \(Season.evaluating))
                """)
            let id = try await season.give(1, to: 2)
            try await season.evaluation { client in
                let early = try await client.get("/kerja/penilaian", as: "penilai2")
                #expect(early.text.contains("menunggu penyamaran nama"))
                #expect(try await client.get("/kerja/penilaian/\(id)", as: "penilai2").status == 409)
                let place = "/kerja/kompetisi/kipp-2027/penyamaran"
                let list = try await client.get(place, as: "sekretariat")
                #expect(list.text.contains("6 usulan menunggu penyamaran nama"))
                let sheet = try await client.get("\(place)/1", as: "sekretariat")
                #expect(sheet.text.contains("value=\"Layanan ▇▇▇\""))
                #expect(sheet.text.contains("Jawa Tengah.pdf"))
                #expect(try await client.get("\(place)/1", as: "penilai2").status == 403)
                let leaking = [
                    ("judul", "Layanan ▇▇▇"), ("bagian.kebaruan", "Di ▇▇▇"),
                    ("bagian.signifikansi", "Warga Jawa Tengah"),
                ]
                let asked = try await client.post("\(place)/1", as: "sekretariat", leaking)
                #expect(asked.status == 422)
                #expect(asked.text.contains("Masih memuat nama, alamat, atau nomor."))
                #expect(asked.text.contains("name=\"tetap\""))
                let hidden = leaking.dropLast() + [("bagian.signifikansi", "Warga ▇▇▇ puas")]
                #expect(try await client.post("\(place)/1", as: "sekretariat", Array(hidden)).status == 303)
                for page in ["/kerja/penilaian", "/kerja/penilaian/\(id)", "/en/kerja/penilaian/\(id)"] {
                    let seen = try await client.get(page, as: "penilai2")
                    #expect(seen.status == 200)
                    #expect(seen.text.contains("Layanan ▇▇▇"))
                    for name in [
                        "Jawa Tengah", "JAWA TENGAH", "Rahasia", "P33", "admin1", "8311174", "inovasi/1", ".pdf",
                    ] {
                        #expect(!seen.text.contains(name), "\(page): \(name)")
                    }
                }
                #expect(try await client.get("/kerja/penilaian/\(id)/dokumen/kop", as: "penilai2").status == 404)
                #expect(try await client.get("\(place)/1", as: "hub").status == 403)
            }
        }
    }
}
