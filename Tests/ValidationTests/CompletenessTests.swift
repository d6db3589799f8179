import Directory
import Files
import Kernel
import Testing

@testable import Validation

@Suite struct CompletenessTests {
    private func claim(_ kind: ClaimKind, _ form: [String: String], proved: Bool = true) throws -> Claim {
        let evidence = Evidence(
            id: 1, claim: 1, digest: String(repeating: "a", count: 64), name: "a.pdf", type: "application/pdf", size: 1,
            scan: .clean, at: Office.start)
        return Claim(
            id: 1, draft: 1, content: try ClaimContent(kind, form: form), version: 1, copyOf: nil, at: Office.start,
            evidence: proved ? [evidence] : [])
    }

    private let legal = ["level": "law", "number": "1", "date": "2024-01-02", "signedBy": "Bupati"]
    private let indicator = [
        "indicator": "lama tunggu", "unit": "hari", "before": "14", "beforeDate": "2022-12-31", "after": "3",
        "afterDate": "2024-12-31", "source": "laporan",
    ]

    private func missing(_ record: Innovation, _ claims: [Claim]) -> [String] {
        Completeness.check(record, claims).filter { !$0.met && $0.rule.need == .required }.map(\.rule.code)
    }

    private var service: Innovation {
        var record = Innovation()
        _ = record.set(Office.idea)
        _ = record.set([
            .stage: "implementation", .yearOfStart: "2025", .impact: "Cepat.", .adaptability: "Mudah.",
            .resources: "Dua orang.", .sustainability: "Peraturan.", .continuity: "continuing",
        ])
        record.institution = Office.code
        return record
    }

    @Test func `every rule and every field is read from its table, with text and source in both languages`() {
        #expect(Completeness.rules.count == ReferenceTable.rows("completeness").count)
        #expect(Set(Completeness.rules.map(\.code)).count == Completeness.rules.count)
        for rule in Completeness.rules {
            #expect(rule.kind != nil || !rule.fields.isEmpty, "\(rule.code)")
            #expect(!rule.text.indonesian.isEmpty && !rule.text.english.isEmpty && !rule.source.isEmpty, "\(rule.code)")
        }
        #expect(FieldGuide.all.count == ReferenceTable.rows("fields").count)
        #expect(Set(FieldGuide.all.map(\.field)) == Set(Innovation.Field.written))
        #expect(Step.allCases.filter { FieldGuide.fields(of: $0).isEmpty && $0.claims.isEmpty } == [.periksa])
    }

    @Test func `an empty draft is told everything that is required`() {
        #expect(
            missing(Innovation(), []) == [
                "judul", "instansi", "unit", "tahun-mulai", "tahapan", "kategori",
                "sdg", "ringkasan", "latar", "tujuan", "kebaruan", "dampak", "indikator", "dasar-hukum",
                "adaptabilitas", "sumber-daya", "keberlanjutan", "status-keberlanjutan",
            ])
    }

    @Test func `a service without its legal document is not complete, with it it is`() throws {
        let proved = try [claim(.legal, legal), claim(.indicator, indicator)]
        #expect(missing(service, proved) == [])
        #expect(
            try missing(service, [claim(.legal, legal, proved: false), claim(.indicator, indicator)]) == ["dasar-hukum"]
        )
        #expect(
            try missing(service, [claim(.legal, ["number": "1"]), claim(.indicator, indicator)]) == ["dasar-hukum"])
        #expect(try missing(service, [claim(.legal, legal)]) == ["indikator"])
        #expect(Completeness.isComplete(Completeness.check(service, proved)))
    }

    @Test func `an indicator needs both ends`() throws {
        let half = indicator.filter { $0.key != "after" }
        #expect(try missing(service, [claim(.legal, legal), claim(.indicator, half)]) == ["indikator"])
    }

    @Test func `an idea needs neither impact nor legal basis`() {
        var idea = Innovation()
        _ = idea.set(Office.idea)
        idea.institution = Office.code
        #expect(missing(idea, []) == [])
    }

    @Test func `years may not run backwards`() throws {
        var record = service
        record.yearOfTrial = 2026
        #expect(try missing(record, [claim(.legal, legal), claim(.indicator, indicator)]) == ["urutan-tahun"])
    }

    @Test func `words are counted as word processors count them, and a long summary is advised against`() {
        #expect(Completeness.words(in: "Satu dua-dua,  tiga – 4.\nlima") == 5)
        var record = service
        record.texts[.summary] = Array(repeating: "kata", count: 201).joined(separator: " ")
        let advised = Completeness.check(record, []).filter { !$0.met && $0.rule.need == .advised }.map(\.rule.code)
        #expect(advised.contains("ringkasan-batas"))
        record.texts[.summary] = Array(repeating: "kata", count: 200).joined(separator: " ")
        #expect(Completeness.check(record, []).first { $0.rule.code == "ringkasan-batas" }?.met == true)
    }

    @Test func `background and purpose share one limit`() {
        var record = service
        record.texts[.background] = Array(repeating: "kata", count: 200).joined(separator: " ")
        record.texts[.purpose] = Array(repeating: "kata", count: 101).joined(separator: " ")
        #expect(Completeness.check(record, []).first { $0.rule.code == "latar-batas" }?.met == false)
    }
}
