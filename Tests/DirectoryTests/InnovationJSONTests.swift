import Foundation
import Kernel
import Testing

@testable import Directory

@Test func `a record with everything known reads back as it was written`() throws {
    var record = Innovation()
    record.title = "Layanan \"Jemput Bola\"\nuntuk warga é 😀 \\ /"
    record.nri = "519966"
    record.shortName = "LJB"
    record.expansion = "Layanan Jemput Bola"
    record.institution = "R33.72"
    record.institutionAsGiven = "KOTA SURAKARTA"
    record.unit = "Disdukcapil"
    record.region = "33.72"
    record.regionAsGiven = "Kota Surakarta"
    record.yearStated = 2019
    record.yearOfIdea = 2017
    record.yearOfTrial = 2018
    record.yearOfStart = 2019
    record.stage = .implementation
    record.form = .service
    record.digital = false
    record.category = "kependudukan"
    record.affair = "kependudukan"
    record.sdgs = [10, 16]
    record.criteria = [.novelty: "baru", .benefit: "\u{1}\t"]
    record.texts = [.summary: "ringkas", .background: "latar", .sustainability: "lanjut"]
    record.continuity = .developing
    record.continuityReason = "dianggarkan"
    record.continuityOn = Day(2025, 3, 1)
    record.awards = [Innovation.Award(programme: "KIPP", year: 2019, rank: "Top 99", decree: "Kepmen 1/2019")]
    record.links = [Innovation.Link(kind: .video, address: "https://example.org/a?b=c&d", label: "Video")]
    record.activities = [Innovation.Activity(kind: .creation, on: Day(2018, 1, 2), note: "lokakarya")]
    record.notes = ["satu", "dua"]
    #expect(try Innovation(json: record.json()) == record)
    let object = try JSONSerialization.jsonObject(with: Data(record.json().utf8)) as? [String: Any]
    #expect(object?["title"] as? String == record.title)
}

@Test func `a record is stored with only what is known, its keys in order`() {
    var record = Innovation()
    record.title = "Klinik"
    record.yearStated = 2020
    record.sdgs = [3]
    record.texts = [.summary: "a", .impact: "b"]
    #expect(
        record.json() == #"{"sdgs":[3],"texts":{"impact":"b","summary":"a"},"title":"Klinik","yearStated":2020}"#)
}

@Test func `a record written by another version is read, unknown names and nulls aside`() throws {
    let text = #"{"later":{"a":[1,-2.5e3,true,null,"x"]}, "nri":null, "title":"\u0041\ud83d\ude00\n", "stage":"later"}"#
    var record = Innovation()
    record.title = "A😀\n"
    #expect(try Innovation(json: text) == record)
}

@Test(arguments: [
    "", "{", "[]", "{}", #"{"title":"#, #"{"title":"a""#, #"{"title":7}"#, #"{"title":"a","sdgs":["3"]}"#,
])
func `what is no record's JSON is refused`(text: String) {
    #expect(throws: JSONScanner.Malformed.self) { try Innovation(json: text) }
}
