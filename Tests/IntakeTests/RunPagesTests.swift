import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Intake

@Suite struct RunPagesTests {
    private func rows(_ numbers: ClosedRange<Int>, year: (Int) -> String = { _ in "2019" }) -> [UInt8] {
        Sheets.csv(
            ["Nomor", "Judul Inovasi", "Instansi", "Tahun"],
            numbers.map { ["A\($0)", "Inovasi Contoh \(Self.word($0))", "Kota Semarang", year($0)] })
    }

    /// Words that no two rows share, so that none is taken for another's twin.
    private static func word(_ number: Int) -> String {
        let syllables = ["ba", "ku", "ti", "ro", "le", "ma", "su", "ni", "go", "pa"]
        return String(number).map { syllables[Int(String($0)) ?? 0] }.joined() + "x" + String(number * 7919)
    }

    @Test(arguments: Engine.tested)
    func `the six sums add up to the rows read, each lists its rows, and each row shows what came`(
        engine: Engine
    ) async throws {
        try await CounterDesk.with(engine) { desk, client in
            let source = try await desk.counter.source("KIPP")
            // The 61st is wrong: less than what makes a delivery ask.
            let run = try await desk.counter.deliver(rows(1...61) { $0 == 61 ? "<i>dulu" : "2019" }, to: source)
            #expect(run.state == .done)
            let page = try await client.get("/kerja/kiriman/1", as: "auditor")
            let (parts, sum) = try sums(page.text)
            #expect(parts.reduce(0, +) == sum)
            #expect(sum == 61)
            #expect(parts.count == 6)
            #expect(parts[5] == 1)
            #expect(page.text.contains("1–50 dari 61"))
            #expect(!page.text.contains("<form method=\"post\" action=\"/kerja/kiriman"))
            let next = try #require(page.text.firstMatch(of: /rel="next" href="([^"]+)"/)).1
            #expect(try await client.get(String(next), as: "auditor").text.contains("51–61 dari 61"))
            let rejected = try await client.get("/kerja/kiriman/1?hasil=ditolak", as: "auditor").text
            #expect(rejected.contains("Baris: ditolak (1)"))
            #expect(rejected.contains("Tahun: Tulis tahun dengan empat angka"))
            #expect(rejected.contains("/kerja/kiriman/1/baris/62"))
            #expect(try await client.get("/kerja/kiriman/1?hasil=salah", as: "auditor").status == 422)
            let row = try await client.get("/kerja/kiriman/1/baris/62", as: "auditor").text
            #expect(row.contains("<dt>Tahun</dt><dd>&lt;i&gt;dulu</dd>"))
            #expect(row.contains("<strong>Tahun</strong>: Tulis tahun"))
            #expect(row.contains("<strong>Ditolak.</strong>"))
            let made = try await client.get("/kerja/kiriman/1/baris/2", as: "auditor").text
            #expect(made.contains("<a href=\"/inovasi/"))
            #expect(try await client.get("/kerja/kiriman/1/baris/999", as: "auditor").status == 404)
            #expect(try await client.get("/kerja/kiriman/9", as: "auditor").status == 404)
        }
    }

    @Test(arguments: Engine.tested)
    func `a delivery with doubts says them, and one press goes on or stops`(engine: Engine) async throws {
        try await CounterDesk.with(engine) { desk, client in
            let source = try await desk.counter.source("KIPP")
            let half = rows(1...20) { $0 % 2 == 0 ? "?" : "2019" }
            let first = try await desk.counter.deliver(half, to: source)
            #expect(first.state == .asking)
            let asked = try await client.get("/kerja/kiriman/1", as: "sekretariat").text
            #expect(asked.contains("10 dari 20 baris tidak terbaca"))
            #expect(asked.contains("Lanjutkan dan simpan"))
            let reader = try await client.get("/kerja/kiriman/1", as: "auditor").text
            #expect(reader.contains("Sekretariat yang menjawabnya."))
            #expect(!reader.contains("Lanjutkan dan simpan"))
            #expect(
                try await client.get("/kerja/sumber", as: "sekretariat").text.contains(
                    "1 kiriman menunggu jawaban Anda"))
            #expect(try await client.post("/kerja/kiriman/1/henti", as: "sekretariat", []).status == 303)
            let stopped = try await client.get("/kerja/kiriman/1", as: "sekretariat").text
            #expect(stopped.contains("<h1>Kiriman dihentikan</h1>"))
            #expect(stopped.contains("Tidak ada yang berubah di direktori."))
            #expect(try await client.post("/kerja/kiriman/1/lanjut", as: "sekretariat", []).status == 409)

            _ = try await desk.counter.deliver(half, to: source)
            #expect(try await client.post("/kerja/kiriman/2/lanjut", as: "sekretariat", []).status == 303)
            try await desk.work()
            let done = try await client.get("/kerja/kiriman/2", as: "sekretariat").text
            let (parts, sum) = try sums(done)
            #expect(parts.reduce(0, +) == sum)
            #expect(sum == 20)
            #expect(done.contains("Dilanjutkan oleh Kantor sekretariat"))
        }
    }

    @Test(arguments: Engine.tested)
    func `a delivery's page runs as many statements for 1 row as for 60`(engine: Engine) async throws {
        try await CounterDesk.with(engine) { desk, client in
            var counts: [[Int]] = []
            for (number, last) in [1, 60].enumerated() {
                let source = try await desk.counter.source("Sumber \(number)")
                _ = try await desk.counter.deliver(rows((number * 100 + 1)...(number * 100 + last)), to: source)
                var found: [Int] = []
                for path in [
                    "/kerja/kiriman/\(number + 1)", "/kerja/kiriman/\(number + 1)/baris/2", "/kerja/sumber/\(source)",
                ] {
                    _ = try await client.get(path, as: "sekretariat")
                    let before = desk.counter.database.statements
                    #expect(try await client.get(path, as: "sekretariat").status == 200)
                    found.append(desk.counter.database.statements - before)
                }
                counts.append(found)
            }
            #expect(counts[0] == counts[1])
        }
    }

    // MARK: Progress

    @Test(arguments: Engine.tested)
    func `whoever looks on is told how far it is until it ends, and nothing of it is kept`(
        engine: Engine
    ) async throws {
        try await CounterDesk.with(engine) { desk, client in
            let source = try await desk.counter.source("KIPP")
            _ = try await CounterDesk.upload(rows(1...30), name: "a.csv", to: source, client)
            let file = try await desk.counter.hand(rows(1...30), for: source)
            try await desk.counter.mappings.save(
                .suggest(["Nomor", "Judul Inovasi", "Instansi", "Tahun"]), for: source,
                header: ["Nomor", "Judul Inovasi", "Instansi", "Tahun"], by: Counter.clerk, at: .now())
            _ = try await desk.counter.runs.start(file, name: "a.csv", for: source, by: Counter.clerk, at: .now())
            let waiting = try await client.get("/kerja/kiriman/1", as: "sekretariat").text
            #expect(waiting.contains("data-events=\"/kerja/kiriman/1/kemajuan\""))
            #expect(waiting.contains("Muat ulang"))
            async let told = client.get("/kerja/kiriman/1/kemajuan", as: "auditor")
            try await Task.sleep(for: .milliseconds(300))
            try await desk.work()
            let answer = try await told
            #expect(answer["content-type"] == "text/event-stream")
            #expect(answer["cache-control"] == "no-store")
            #expect(answer["content-encoding"] == nil)
            let events = answer.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
            #expect(events.first == "retry: 2000")
            #expect(events.count >= 4)
            #expect(events[1].contains("Menunggu giliran"))
            #expect(events.last == "event: end\ndata:")
            let last = events[events.count - 2].components(separatedBy: "\n").map { $0.dropFirst(6) }.joined(
                separator: "\n")
            #expect(try sums(last).sum == 30)
            #expect(try sums(last).parts.reduce(0, +) == 30)
            #expect(desk.feed.places.count == 0)
            let after = try await client.get("/kerja/kiriman/1", as: "sekretariat").text
            #expect(!after.contains("data-events"))
        }
    }

    @Test func `time ends a stream without saying that the delivery ended`() async throws {
        try await CounterDesk.with(.sqlite, longest: .seconds(1)) { desk, client in
            try await waiting(desk)
            let timed = try await client.get("/kerja/kiriman/1/kemajuan", as: "auditor")
            #expect(timed.text.hasPrefix("retry: 2000\n\n"))
            #expect(!timed.text.contains("event: end"))
            #expect(desk.feed.places.count == 0)
            try await desk.counter.runs.stop(1, by: Counter.clerk, at: .now())
        }
    }

    @Test func `nobody holds more places than six, and a reader who left frees the place`() async throws {
        // Streams last far longer than the patience below: only leaving can free their places.
        try await CounterDesk.with(.sqlite, longest: .seconds(600)) { desk, client in
            try await waiting(desk)
            let others = (0..<6).map { _ in HTTPClient(port: client.port) }
            for other in others {
                try await other.send(
                    "GET /kerja/kiriman/1/kemajuan HTTP/1.1\r\nHost: x\r\nCookie: sesi=sekretariat\r\n\r\n")
            }
            while desk.feed.places.count < 6 { try await Task.sleep(for: .milliseconds(10)) }
            let full = try await client.get("/kerja/kiriman/1/kemajuan", as: "sekretariat")
            #expect(full.text == "event: full\ndata:\n\n")
            for other in others { try await other.close() }
            let patience = ContinuousClock.now + .seconds(60)
            while desk.feed.places.count > 0, ContinuousClock.now < patience {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(desk.feed.places.count == 0)
            try await desk.counter.runs.stop(1, by: Counter.clerk, at: .now())
        }
    }

    /// A delivery that nobody works on.
    private func waiting(_ desk: CounterDesk) async throws {
        let source = try await desk.counter.source("KIPP")
        _ = try await desk.counter.hand(rows(1...3), for: source)
        try await desk.counter.database.write(at: .now()) { db in
            try db.execute(
                "INSERT INTO run (id, source, name, state, at, actor) VALUES (1, \(source), 'a', 'waiting', \(db.at), 'system')"
            )
        }
    }
}
