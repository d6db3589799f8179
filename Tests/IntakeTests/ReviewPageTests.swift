import Database
import Directory
import Foundation
import Kernel
import Support
import Testing

@testable import Intake

/// The pages on which persons decide, over HTTP.
struct ReviewPageTests {
    private func form(_ decision: String, _ state: String, _ left: Int, _ right: Int) -> [(String, String)] {
        [("keputusan", decision), ("keadaan", state), ("kiri", String(left)), ("kanan", String(right))]
    }

    @Test(arguments: Engine.tested)
    func `from the queue through a decision to the next pair, and back`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.serve { client in
                let queue = try await client.get("/kerja/kembar", as: "sari")
                #expect(queue.status == 200)
                #expect(queue.text.contains("<h1>3 pasangan menunggu diputuskan</h1>"))
                #expect(queue.text.contains("href=\"/kerja/kembar/1\""))
                let page = try await client.get("/kerja/kembar/1", as: "sari").text
                // Each decision has its key, in the page itself and for the script.
                for (key, decision) in [("1", "same"), ("2", "different"), ("3", "related")] {
                    #expect(
                        page.contains(
                            "name=\"keputusan\" value=\"\(decision)\" accesskey=\"\(key)\" data-key=\"\(key)\""))
                }
                #expect(page.contains("rel=\"next\" accesskey=\"j\" data-key=\"j\""))
                #expect(!page.contains("rel=\"prev\""))
                #expect(page.contains("<p class=\"soft\" data-keys hidden>"))
                #expect(page.contains("Antar Obat <del>ke Rumah</del>"))
                #expect(page.contains("Mengapa 50 persen"))
                #expect(page.contains("−7,8") && page.contains("+7,8"))
                #expect(!page.contains("style="))
                let decided = try await client.post("/kerja/kembar/1", as: "sari", form("same", "open", 5, 1))
                #expect(decided.status == 303)
                #expect(decided["location"] == "/kerja/kembar/2?selesai=1")
                let next = try await client.get("/kerja/kembar/2?selesai=1", as: "sari").text
                #expect(next.contains("action=\"/kerja/kembar/1/urungkan\""))
                // Somebody else is not offered to take it back.
                #expect(!(try await client.get("/kerja/kembar/2?selesai=1", as: "budi").text.contains("urungkan\"")))
                let back = try await client.post("/kerja/kembar/1/urungkan", as: "sari", [])
                #expect(back["location"] == "/kerja/kembar/1?selesai=1")
                #expect(try await desk.standing(5) == ["withdrawn", "waiting", "5"])
                let late = try await client.post("/kerja/kembar/1", as: "budi", form("same", "open", 5, 2))
                #expect(late.status == 409)
                #expect(late.text.contains("Pasangan ini berubah sejak halaman dibuka."))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a proposal, its agreement and the undoing of the merge`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.serve { client in
                let wrong = try await client.post(
                    "/kerja/gabungan", as: "sari", [("nomor", "satu"), ("lain", "2")])
                #expect(wrong.status == 422)
                #expect(wrong.text.contains("Tulis nomornya dengan angka, misalnya 2041."))
                let proposed = try await client.post("/kerja/gabungan", as: "sari", [("nomor", "1"), ("lain", "2")])
                let place = try #require(proposed["location"]).replacing("?selesai=4", with: "")
                #expect(place == "/kerja/kembar/4")
                // Who proposed is not offered to agree; what they send all the same is refused.
                #expect(!(try await client.get(place, as: "sari").text.contains("value=\"same\"")))
                #expect(try await client.post(place, as: "sari", form("same", "proposed", 1, 2)).status == 403)
                #expect(try await client.get(place, as: "budi").text.contains("Setuju, gabungkan"))
                #expect(try await client.post(place, as: "budi", form("same", "proposed", 1, 2)).status == 303)
                #expect(try await desk.standing(2) == ["withdrawn", "merged", "1"])
                let list = try await client.get("/kerja/gabungan", as: "sari").text
                #expect(list.contains("<h1>1 penggabungan berlaku</h1>"))
                #expect(try await client.get("/kerja/gabungan/1", as: "sari").text.contains("Yang dibawa tiap nomor"))
                #expect(try await client.post("/kerja/gabungan/1", as: "sari", [("alasan", " ")]).status == 422)
                #expect(try await client.post("/kerja/gabungan/1", as: "sari", [("alasan", "Beda")]).status == 303)
                #expect(try await desk.standing(2) == ["published", "-", "2"])
                #expect(try await client.get("/kerja/gabungan/9", as: "sari").status == 404)
                for path in ["/kerja/kembar", "/kerja/kembar/1", "/kerja/gabungan", "/kerja/gabungan/1"] {
                    #expect(try await client.get(path, as: "admin").status == 403, "\(path)")
                    #expect(try await client.get("/en" + path, as: "sari").status == 200, "\(path)")
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an agency answers many differences with one form, and no other agency sees them`(
        engine: Engine
    ) async throws {
        try await ReviewDesk.with(engine) { desk in
            try await desk.differ()
            let seen = String(ReviewDesk.now.adding(days: -4).milliseconds)
            try await desk.serve { client in
                let page = try await client.get("/kerja/perbedaan", as: "admin").text
                #expect(page.contains("<h1 id=\"beda\">2 nilai berbeda dari sumber lain</h1>"))
                #expect(page.contains("<del>Dinas Kesehatan</del>") && page.contains("<ins>RSUD</ins>"))
                #expect(page.contains("name=\"v1\" value=\"\(seen)\""))
                let other = try await client.get("/kerja/perbedaan", as: "tetangga").text
                #expect(!other.contains("RSUD") && !other.contains("Antar Obat"))
                let foreign = try await client.post(
                    "/kerja/perbedaan", as: "tetangga", [("v1", seen), ("b1", "take")])
                #expect(foreign.status == 422)
                #expect(!foreign.text.contains("RSUD"))
                #expect(try await client.post("/kerja/perbedaan", as: "admin", [("v1", seen)]).status == 422)
                let answered = try await client.post(
                    "/kerja/perbedaan", as: "admin", [("v1", seen), ("b1", "take"), ("v2", seen), ("b2", "keep")])
                #expect(answered["location"] == "/kerja/perbedaan?kami=1&sumber=1")
                #expect(
                    try await client.get("/kerja/perbedaan?kami=1&sumber=1", as: "admin").text
                        .contains("1 nilai kami dipertahankan, 1 diambil dari sumber."))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `what a source says is shown as text, never as HTML`(engine: Engine) async throws {
        try await ReviewDesk.with(engine) { desk in
            let evil = "<script>alert(1)</script>"
            let id = try await desk.database.write(at: ReviewDesk.now) { db in
                let row = SourceRow(
                    externalID: "\"><b>", reference: nil, content: "{\"<i>\":\"<img src=x>\"}",
                    innovation: ReviewDesk.record(evil))
                let id = try Innovations.take(
                    [(row, .wait)], from: 2, by: Actor(name: "import:sinovik"), reason: "Kiriman", db)[0].innovation
                return try Pairs.add(
                    id, 1, probability: 0.5, weight: 0, steps: [LinkStep(name: "<u>", level: "<s>", weight: 1)], db)
            }
            try await desk.serve { client in
                for path in ["/kerja/kembar", "/kerja/kembar/\(id)"] {
                    let text = try await client.get(path, as: "sari").text
                    #expect(text.contains("&lt;script&gt;"))
                    for raw in ["<script>alert", "<img src=x", "<b>", "<i>", "<u>", "<s>"] {
                        #expect(!text.contains(raw), "\(path) \(raw)")
                    }
                }
            }
        }
    }
}
