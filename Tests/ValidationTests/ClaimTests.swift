import Directory
import Kernel
import Testing

@testable import Validation

@Suite struct ClaimTests {
    @Test func `numbers are read as offices type them and kept exactly`() {
        let read = [
            "27,5": "27.5", "1.234,5": "1234.5", "1234": "1234", "1.234": "1234", "27.5": "27.5", "0.125": "0.125",
            "−3": "-3", " 12.400 ": "12400", "007": "7", "0,10": "0.10", "-0": "0", "1.234.567,89": "1234567.89",
        ]
        for (typed, digits) in read { #expect(Measure(typed: typed)?.digits == digits, "\(typed)") }
        for typed in [
            "", "-", "27,", ",5", "1,2,3", "12 orang", "1.2.3", "1,234.5", "١٢", "1e5", "1234567890123456", "27 %",
        ] {
            #expect(Measure(typed: typed) == nil, "\(typed)")
        }
        #expect(Measure(typed: "1.234,5")?.shown(.indonesian) == "1.234,5")
        #expect(Measure(typed: "1.234,5")?.shown(.english) == "1,234.5")
        #expect(Measure(typed: "-0,5")?.shown(.indonesian) == "−0,5")
    }

    @Test func `rupiah are whole`() {
        let read = [
            "Rp 1.500.000": 1_500_000, "1500000": 1_500_000, "Rp1.500.000,00": 1_500_000, "Rp. 75.000,-": 75_000,
            "0": 0,
        ]
        for (typed, amount) in read { #expect(Measure.rupiah(typed: typed) == amount, "\(typed)") }
        for typed in ["", "Rp", "1,5 juta", "1.50.000", "-5", "1500000,50", "9999999999999999"] {
            #expect(Measure.rupiah(typed: typed) == nil, "\(typed)")
        }
    }

    @Test func `days are read with a four-digit year and only when they exist`() {
        for typed in ["2026-11-21", "21-11-2026", "21/11/2026", "21.11.2026"] {
            #expect(Day(typed: typed)?.iso == "2026-11-21", "\(typed)")
        }
        for typed in ["21-11-26", "31-02-2026", "2026-13-01", "21 Nov", "0202-01-01", "1/1/1", "2026-11-21T00:00"] {
            #expect(Day(typed: typed) == nil, "\(typed)")
        }
    }

    @Test func `links lead to a web page with a name and carry nobody's password`() {
        #expect(ClaimField.link("https://video.contoh.test/a?b=1") == "https://video.contoh.test/a?b=1")
        for typed in [
            "javascript:alert(1)", "ftp://contoh.test", "//contoh.test", "contoh.test/video", "https://",
            "https://user:pass@contoh.test", "https://localhost", "data:text/html,x",
            "https://contoh.test/" + String(repeating: "a", count: 2000),
        ] {
            #expect(ClaimField.link(typed) == nil, "\(typed.prefix(40))")
        }
    }

    @Test func `each kind reads its fields, keeps them canonical and reads back what it stored`() throws {
        let forms: [ClaimKind: [String: String]] = [
            .legal: ["level": "head-decree", "number": "188/1/2024", "date": "21-03-2024", "signedBy": "Bupati"],
            .indicator: [
                "indicator": "lama tunggu", "unit": "hari", "before": "14,5", "beforeDate": "2022-12-31", "after": "3",
                "afterDate": "31-12-2024", "source": "laporan",
            ],
            .testimony: ["quote": "Cepat.\r\nSekali.", "who": "warga"],
            .photo: ["caption": "Petugas"], .video: ["link": "https://contoh.test/v"],
            .budget: ["year": "2024", "amount": "Rp150.000.000", "source": "APBD"],
            .procedure: ["title": "SOP 1", "date": "2024-01-02"],
        ]
        for kind in ClaimKind.allCases {
            let content = try ClaimContent(kind, form: forms[kind] ?? [:])
            #expect(content.gaps == [])
            #expect(try ClaimContent(kind, json: content.json()) == content)
            let again = try ClaimContent(
                kind, form: Dictionary(uniqueKeysWithValues: kind.fields.map { ($0.name, content.typed($0)) }))
            #expect(again == content)
        }
        let indicator = try ClaimContent(.indicator, form: forms[.indicator] ?? [:])
        #expect(indicator.change?.before.value == 14.5)
        #expect(indicator.change?.afterDate == Day(2024, 12, 31))
        #expect(try ClaimContent(.budget, form: forms[.budget] ?? [:]).whole("amount") == 150_000_000)
    }

    @Test func `what cannot be read is named field by field, dates must run forward, empty is refused`() {
        func problems(_ kind: ClaimKind, _ form: [String: String]) -> [String] {
            do {
                _ = try ClaimContent(kind, form: form)
                return []
            } catch { return error.problems.map(\.field) }
        }
        #expect(problems(.indicator, ["before": "banyak", "afterDate": "kemarin"]) == ["before", "afterDate"])
        #expect(problems(.indicator, ["beforeDate": "2024-01-01", "afterDate": "2024-01-01"]) == ["afterDate"])
        #expect(problems(.legal, ["level": "raja"]) == ["level"])
        #expect(problems(.testimony, ["quote": "a\0", "who": "warga"]) == ["quote"])
        #expect(problems(.photo, ["caption": "  ", "link": "https://contoh.test"]) == ["caption"])
        #expect(problems(.video, ["link": "javascript:alert(1)"]) == ["link"])
        #expect(problems(.budget, ["year": "24"]) == ["year"])
    }

    @Test func `what is missing stays missing without losing the rest`() throws {
        let content = try ClaimContent(.legal, form: ["number": "188/1/2024"])
        #expect(content.values == ["number": "188/1/2024"])
        #expect(content.gaps.map(\.name) == ["level", "date", "signedBy"])
    }
}
