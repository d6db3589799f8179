import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Intake

@Suite struct SourcePagesTests {
    private static let header = ["Nomor", "Judul Inovasi", "Instansi", "Tahun"]
    private static let rows = [
        ["A1", "Antar Obat <b>Pasien</b>", "Kota Semarang", "2019"],
        ["A2", "Jemput Bola Akta", "Kabupaten Kendal", "2020"], ["A3", "Kelas Ibu", "Kota Semarang", "dua ribu"],
    ]

    @Test(arguments: Engine.tested)
    func `a source is declared with what is wrong beside its field, changed, paused and put in order`(
        engine: Engine
    ) async throws {
        try await CounterDesk.with(engine) { desk, client in
            let empty = try await client.get("/kerja/sumber", as: "sekretariat")
            #expect(empty.text.contains("<h1>Belum ada sumber data</h1>"))
            let wrong = try await client.post(
                "/kerja/sumber/baru", as: "sekretariat",
                [("name", ""), ("owner", "LAN"), ("kind", "address"), ("address", "ftp://x"), ("complete", "1")])
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("<p class=\"problem\" id=\"f-name-e\">"))
            #expect(wrong.text.contains("<p class=\"problem\" id=\"f-address-e\">"))
            #expect(wrong.text.contains("value=\"LAN\""))
            #expect(try await desk.counter.sources.all().isEmpty)
            for name in ["KIPP", "LAN", "Daerah"] {
                let made = try await client.post(
                    "/kerja/sumber/baru", as: "sekretariat", [("name", name), ("kind", "file"), ("complete", "0")])
                #expect(made.status == 303)
            }
            #expect(try await desk.counter.sources.all().map(\.source.name) == ["KIPP", "LAN", "Daerah"])
            let again = try await client.post("/kerja/sumber/baru", as: "sekretariat", [("name", "LAN")])
            #expect(again.status == 422)
            let moved = try await client.post("/kerja/sumber/3/urutan", as: "sekretariat", [("arah", "naik")])
            #expect(moved["location"] == "/kerja/sumber#urutan")
            #expect(try await desk.counter.sources.all().map(\.source.name) == ["KIPP", "Daerah", "LAN"])
            _ = try await client.post("/kerja/sumber/1/urutan", as: "sekretariat", [("arah", "naik")])
            #expect(try await desk.counter.sources.all().map(\.source.terms.trust) == [10, 20, 30])

            let changed = try await client.post(
                "/kerja/sumber/2/ubah", as: "sekretariat",
                [
                    ("name", "LAN"), ("kind", "address"), ("address", "https://data.contoh.go.id/a.json"),
                    ("hours", "168"), ("licence", "CC BY 4.0"),
                ])
            #expect(changed["location"] == "/kerja/sumber/2")
            let page = try await client.get("/kerja/sumber/2", as: "sekretariat")
            #expect(page.text.contains("setiap minggu"))
            #expect(page.text.contains("Ambil sekarang"))
            _ = try await client.post("/kerja/sumber/2/jeda", as: "sekretariat", [("jeda", "1")])
            #expect(try await desk.counter.sources.source(2).terms.isPaused)
            _ = try await client.post("/kerja/sumber/2/jeda", as: "sekretariat", [("lanjut", "1")])
            #expect(try await !desk.counter.sources.source(2).terms.isPaused)
            let read = try await client.get("/kerja/sumber/2", as: "auditor")
            #expect(read.status == 200)
            #expect(!read.text.contains("action=\"/kerja/sumber/2"))
        }
    }

    @Test(arguments: Engine.tested)
    func `a file leads to its columns, is tried without a trace, and runs; another time it runs at once`(
        engine: Engine
    ) async throws {
        try await CounterDesk.with(engine) { desk, client in
            let source = try await desk.counter.source("KIPP")
            let file = Sheets.csv(Self.header, Self.rows)
            let place = try #require(
                try await CounterDesk.upload(file, name: "a b.csv", to: source, client)["location"])
            #expect(place.hasPrefix("/kerja/sumber/1/pemetaan?berkas="))
            let page = try await client.get(place, as: "sekretariat")
            #expect(page.text.contains("<option value=\"agency\" selected>Instansi</option>"))
            #expect(page.text.contains("<li>Antar Obat &lt;b&gt;Pasien&lt;/b&gt;</li>"))
            #expect(page.text.contains("a b.csv"))
            let digest = try #require(place.firstMatch(of: /berkas=([0-9a-f]{64})/)).1
            let form = [
                ("berkas", String(digest)), ("nama", "a b.csv"), ("kolom0", "id"), ("kolom1", "title"),
                ("kolom2", "agency"), ("kolom3", "year"), ("tetap-award", "KIPP"),
            ]
            let tried = try await client.post("\(place.prefix(24))", as: "sekretariat", form + [("coba", "1")])
            #expect(tried.status == 200)
            #expect(tried.text.contains("2 dari 3 baris terbaca, 1 akan ditolak"))
            #expect(tried.text.contains("<strong>Tahun, 1 baris</strong>: Tulis tahun dengan empat angka"))
            #expect(tried.text.contains("value=\"KIPP\""))
            #expect(try await desk.counter.mappings.newest(of: source) == nil)
            #expect(try await desk.counter.runs.list(of: source) == [])

            let twice = form.map { $0.0 == "kolom2" ? ("kolom2", "title") : $0 }
            let refused = try await client.post("\(place.prefix(24))", as: "sekretariat", twice + [("jalankan", "1")])
            #expect(refused.status == 422)
            #expect(refused.text.contains("id=\"f-kolom1-e\""))
            #expect(try await desk.counter.mappings.newest(of: source) == nil)

            let run = try await client.post("\(place.prefix(24))", as: "sekretariat", form + [("jalankan", "1")])
            #expect(run["location"] == "/kerja/kiriman/1")
            try await desk.work()
            let second = try await CounterDesk.upload(file, name: "a.csv", to: source, client)
            #expect(second["location"] == "/kerja/kiriman/2")
            try await desk.work()
            #expect(try await desk.counter.runs.run(2).sums[.unchanged] == 2)

            let other = Sheets.csv(["Nomor", "Nama", "Tahun", "Judul Inovasi"], [["A9", "x", "2019", "Lain"]])
            let changed = try #require(
                try await CounterDesk.upload(other, name: "c.csv", to: source, client)["location"])
            let shown = try await client.get(changed, as: "sekretariat").text
            #expect(shown.contains("Kolom berkas ini berbeda dari kiriman sebelumnya"))
            #expect(shown.contains("Hilang: Instansi. Baru: Nama."))
            #expect(shown.components(separatedBy: "<span class=\"tag\">kolom baru</span>").count == 2)
        }
    }

    @Test(arguments: Engine.tested)
    func `a file that is no table is refused beside its field, and nothing runs`(engine: Engine) async throws {
        try await CounterDesk.with(engine) { desk, client in
            let source = try await desk.counter.source("KIPP")
            for (name, text) in [("a.csv", "<!doctype html><p>Masuk"), ("b.json", "[1, 2"), ("kosong.csv", "")] {
                let answer = try await CounterDesk.upload(Array(text.utf8), name: name, to: source, client)
                #expect(answer.status == 422, "\(name)")
                #expect(answer.text.contains("id=\"f-berkas-e\""), "\(name)")
            }
            #expect(try await desk.counter.runs.list() == [])
        }
    }
}
