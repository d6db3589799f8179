import Files
import Kernel
import Testing
import Web

@testable import Validation

private let frame = Frame(
    language: .indonesian, here: .path("kerja"), publicURL: "http://simpul.test", asset: { .path("aset", $0) },
    formToken: "tanda")
private let now = Instant(milliseconds: 1_795_300_000_000)  // 21 November 2026

private func evidence(_ id: Int, scan: ScanState = .clean, name: String = "Keputusan.pdf") -> EvidenceLine {
    EvidenceLine(
        id: id, name: name, type: "application/pdf", size: 340_000, scan: scan,
        address: .path("kerja", "bukti", "\(id)"))
}

struct ClaimsPanelViewTests {
    private func measure(_ typed: String) throws -> Measure { try #require(Measure(typed: typed)) }

    private func panel(
        _ claims: [ClaimsPanel.Assertion] = [], _ indicators: [ClaimsPanel.Indicator] = [],
        _ testimonies: [ClaimsPanel.Testimony] = []
    ) -> String {
        ClaimsPanelView.panel(
            ClaimsPanel(claims: claims, indicators: indicators, testimonies: testimonies), frame
        ).text
    }

    @Test func `a record without claims shows no empty section`() {
        #expect(panel() == "")
    }

    @Test func `the heading counts the claims that come with evidence`() {
        let proved = ClaimsPanel.Assertion(
            title: "Punya dasar hukum", lines: [], evidence: [evidence(1)], link: nil, from: nil)
        let bare = ClaimsPanel.Assertion(title: "Anggaran 2024", lines: [], evidence: [], link: nil, from: nil)
        let text = panel([proved, bare])
        #expect(text.contains("1 dari 2 klaim disertai bukti"))
        #expect(text.matches(of: /<li class="tied">/).count == 1)
        #expect(text.matches(of: /<li class="loose">/).count == 1)
    }

    @Test func `each indicator has its own scale, and what is unknown is a dash and no bar`() throws {
        let falling = ClaimsPanel.Indicator(
            name: "Lama tunggu", unit: "menit", before: .init(value: try measure("50"), on: Day(2022, 12, 31)),
            after: .init(value: try measure("12,5"), on: Day(2024, 12, 31)), population: nil, source: nil, evidence: [])
        let unknown = ClaimsPanel.Indicator(
            name: "Pemohon", unit: "orang", before: nil, after: .init(value: try measure("400"), on: nil),
            population: nil,
            source: nil,
            evidence: [])
        let text = panel([], [falling, unknown])
        #expect(text.contains("<rect width=\"100.0%\" height=\"100%\" fill=\"url(#p-before)\"/>"))
        #expect(text.contains("<rect width=\"25.0%\" height=\"100%\" class=\"f-act\"/>"))
        #expect(text.contains("Sesudah 2024"))
        #expect(text.contains("<td class=\"num\">12,5</td>"))
        #expect(text.contains("<rect width=\"0.0%\" height=\"100%\" fill=\"url(#p-before)\"/>"))
        #expect(text.contains("<td class=\"num\">–</td>"))
    }

    @Test func `what a person wrote cannot become markup`() {
        let claim = ClaimsPanel.Assertion(
            title: "<script>alert(1)</script>", lines: ["<b>"], evidence: [evidence(1, name: "\"><img src=x>.pdf")],
            link: nil, from: nil)
        let text = panel([claim], [], [.init(text: "<i>", by: nil)])
        #expect(!text.contains("<script>"))
        #expect(!text.contains("<img"))
        #expect(!text.contains("<i>"))
        #expect(text.contains("&lt;script&gt;"))
    }

    @Test func `a harmful file is named and not linked`() {
        let claim = ClaimsPanel.Assertion(
            title: "Dasar", lines: [], evidence: [evidence(7, scan: .infected)], link: nil, from: nil)
        let text = panel([claim])
        #expect(!text.contains("href="))
        #expect(text.contains("ditahan"))
    }
}

struct CheckViewTests {
    private func page(notYours: Phrase? = nil, before: String? = "memberi makanan kepada ibu hamil") -> CheckPage {
        CheckPage(
            draft: 4, name: "Teras Bumil", unit: "Dinas Kesehatan",
            beforeTitle: before == nil ? nil : Phrase("Saat dikembalikan", "When returned"),
            changed: [
                .init(
                    field: "summary", name: "Ringkasan", before: before,
                    after: "memberi makanan dan konsultasi kepada ibu hamil", evidence: [evidence(3)], link: nil,
                    comment: "")
            ],
            same: [.init(name: "Judul", text: "Teras Bumil", evidence: [])], returnedAt: nil, notes: [],
            validUntil: Day(2027, 11, 21) ?? now.day(), general: "", notYours: notYours, instead: nil, round: 2,
            problems: .none)
    }

    @Test func `what came in is underlined, and the button says until when`() {
        let text = CheckView.page(page(), frame).text
        #expect(text.contains("<ins>dan konsultasi</ins>"))
        #expect(text.contains("Validasi sampai 21 November 2027"))
        #expect(text.contains("Lihat 1 bagian yang sama"))
        #expect(text.contains("name=\"comment.summary\""))
        #expect(text.contains("name=\"round\" value=\"2\""))
        #expect(text.contains("name=\"token\" value=\"tanda\""))
    }

    @Test func `a new innovation is shown as it is, with nothing marked`() {
        let text = CheckView.page(page(before: nil), frame).text
        #expect(!text.contains("<ins>"))
        #expect(text.contains("menulis inovasi baru"))
    }

    @Test func `whoever may not decide reads why and has no button`() {
        let text = CheckView.page(page(notYours: Phrase("Anda ikut menulisnya.", "You wrote in it.")), frame).text
        #expect(text.contains("Anda ikut menulisnya."))
        #expect(!text.contains("<form"))
        #expect(text.contains("<ins>dan konsultasi</ins>"))
    }
}

struct LanguageTests {
    @Test(arguments: [
        (999, "999 B"), (1000, "1 KB"), (340_000, "340 KB"), (1_100_000, "1,1 MB"), (50_000_000, "50 MB"),
    ])
    func `a size reads as people say it`(bytes: Int, shown: String) {
        #expect(Language.indonesian.size(bytes) == shown)
    }

    @Test func `a day is counted by the calendar of western Indonesia`() {
        let late = Instant(milliseconds: 1_795_280_340_000)  // 23.59 WIB
        #expect(Language.indonesian.since(late, late) == "hari ini")
        #expect(Language.indonesian.since(late, Instant(milliseconds: late.milliseconds + 120_000)) == "kemarin")
    }
}
