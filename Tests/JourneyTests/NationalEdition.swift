import Competition
import Database
import Directory
import Foundation
import Kernel
import People
import Support
import Testing
import Text

@testable import App

/// An edition held by the ministry on a served portal, with sixty real records to propose. Its stages are moved by
/// amendments, so that each act happens within its own.
struct NationalEdition {
    static let code = "kipp-2027"
    static let order: [EditionStage.Kind] = [
        .registration, .administrative, .cure, .evaluation, .plenary, .finalists, .objection, .rating, .presentation,
        .field, .panel, .award,
    ]

    let site: Served
    let editions: Editions
    let secretariat: Signed
    let auditor: Signed
    /// Each record with the institution that may propose it.
    let records: [(innovation: Int, institution: String)]

    struct Stuck: Error { let answer: String }

    /// Sixty records of the sample, at most three an institution, with a year of start and a goal that the rules ask for.
    static func csv(_ count: Int = 60) throws -> String {
        let rows = try CSVReader(Data(try Served.sample.utf8)).table()
        var perAgency: [String: Int] = [:]
        var titles: Set<String> = []
        var out = "id,title,agency,region,description,year_of_start,sdgs\n"
        var taken = 0
        for row in rows where taken < count {
            let agency = row["agency"] ?? "", title = row["title"] ?? ""
            guard agency.hasPrefix("Kota ") || agency.hasPrefix("Kabupaten ") || agency.hasPrefix("Provinsi "),
                perAgency[agency.lowercased(), default: 0] < 3, titles.insert(title.lowercased()).inserted
            else { continue }
            perAgency[agency.lowercased(), default: 0] += 1
            taken += 1
            let cells = [row["id"] ?? "", title, agency, row["region"] ?? "", row["description"] ?? "", "2021", "3"]
            out += cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
        }
        return out
    }

    init(_ site: Served) async throws {
        self.site = site
        editions = Editions(site.database)
        secretariat = try await Signed(site, Grant(.secretariat), office: "Sekretariat KIPP")
        auditor = try await Signed(site, Grant(.auditor), office: "Inspektorat")
        records = try await site.database.read { db in
            try db.rows(
                """
                SELECT id, institution FROM innovation WHERE state = 'published' AND institution IS NOT NULL ORDER BY id
                """
            ) { (try $0.int("id"), try $0.text("institution")) }
        }
    }

    /// A form that was taken leads on; its address.
    @discardableResult
    static func led(_ answer: HTTPClient.Response) throws -> String {
        guard answer.status == 303, let place = answer["location"] else {
            throw Stuck(answer: "\(answer.status) \(answer.text)")
        }
        return place
    }

    // MARK: the edition

    /// Copies 2025's rules, sets this year's, and opens it through the pages, with registration open.
    func open(_ change: (inout EditionTables) -> Void = { _ in }) async throws {
        try await editions.loadShipped(at: .now())
        try Self.led(
            await secretariat.send(
                "/kerja/kompetisi",
                [
                    ("dari", "kipp-2025"), ("code", Self.code), ("tahun", "2027"), ("penyelenggara", "K-KEMENPANRB"),
                ]))
        var tables = try await editions.show(Self.code, draft: true).tables
        tables[.facts][0].merge(
            [
                "reads": "3", "passing": "60", "finalists": "15", "band": "1", "gap": "30", "draw": "10",
                "cure_days": "3", "blind": "no",
            ]) { $1 }
        tables[.stages] = Self.stages(at: .registration)
        tables[.sections] = [
            ["code": "ringkasan", "name_id": "Ringkasan", "name_en": "Summary", "words": "200", "weight": "0"],
            ["code": "kebaruan", "name_id": "Kebaruan", "name_en": "Novelty", "words": "200", "weight": "40"],
            [
                "code": "signifikansi", "name_id": "Signifikansi", "name_en": "Significance", "words": "600",
                "weight": "60",
            ],
        ]
        tables[.documents] = tables[.documents].filter { $0["code"] == "kesediaan" }
        tables[.presentation] = [
            ["code": "paparan", "name_id": "Paparan", "name_en": "Talk", "minutes": "7", "weight": "60"],
            ["code": "tanya", "name_id": "Tanya jawab", "name_en": "Questions", "minutes": "20", "weight": "40"],
        ]
        tables[.rubric] = [
            ["from": "0", "to": "49", "anchor_id": "Belum ada bukti", "anchor_en": "No evidence"],
            ["from": "50", "to": "79", "anchor_id": "Bukti sebagian", "anchor_en": "Some evidence"],
            ["from": "80", "to": "100", "anchor_id": "Bukti lengkap", "anchor_en": "Full evidence"],
        ]
        tables[.checks] = [
            ["code": "berjalan", "name_id": "Layanan berjalan?", "name_en": "Is it running?", "answer": "yesno"]
        ]
        tables[.selection] = [
            ["subject": "finalists", "kind": "institution", "value": "*", "most": "2"],
            ["subject": "finalists", "kind": "category", "value": "kesehatan", "least": "2"],
        ]
        tables[.awards] = [
            ["code": "top", "name_id": "Top Inovasi", "name_en": "Top innovation", "most": "5"]
        ]
        tables[.visibility] = [
            ["what": "scores", "who": "proposer", "stage": "award"],
            ["what": "standing", "who": "proposer", "stage": "award"],
            ["what": "scores", "who": "panelist", "stage": "presentation"],
        ]
        change(&tables)
        let office = Actor(name: "uji", account: secretariat.account)
        for part in EditionPart.allCases {
            let stored = try await editions.show(Self.code, draft: true)
            guard stored.tables[part] != tables[part] else { continue }
            try await editions.change(
                Self.code, part, to: tables[part], reason: nil, basedOn: stored.version, by: office, at: .now())
        }
        try Self.led(
            await secretariat.send("/kerja/kompetisi/\(Self.code)/buka", from: "/kerja/kompetisi/\(Self.code)", []))
    }

    /// Ends the stages before one and opens it, by an amendment with its reason.
    func move(to stage: EditionStage.Kind) async throws {
        let stored = try await editions.show(Self.code)
        try await editions.change(
            Self.code, .stages, to: Self.stages(at: stage), reason: "Tahap \(stage.name.indonesian) dimulai.",
            basedOn: stored.version, by: Actor(name: "uji", account: secretariat.account), at: .now())
    }

    /// The stages when one of them is open: those before are over, those after lie ahead.
    static func stages(at current: EditionStage.Kind) -> [[String: String]] {
        let minute = Instant(milliseconds: Instant.now().milliseconds / 60_000 * 60_000)
        let place = order.firstIndex(of: current) ?? 0
        return order.enumerated().map { index, kind in
            let (opens, closes) =
                switch index {
                case place: (minute, minute.adding(days: 1))
                case ..<place:
                    (
                        minute.adding(days: index == 0 ? -30 : index - 20),
                        minute.adding(days: index == 0 && place > 1 ? -20 : 0)
                    )
                default: (minute.adding(days: index), minute.adding(days: index + 1))
                }
            return [
                "code": kind.rawValue, "kind": kind.rawValue, "name_id": kind.name.indonesian,
                "name_en": kind.name.english, "opens": written(opens), "closes": written(closes),
            ]
        }
    }

    private static func written(_ moment: Instant) -> String {
        "\(moment.day(in: .wib).iso) \(moment.clock(in: .wib))"
    }

    // MARK: proposals

    /// The admin of each institution that has records.
    func admins() async throws -> [String: Signed] {
        var found: [String: Signed] = [:]
        for code in Set(records.map(\.institution)).sorted() {
            found[code] = try await Signed(site, Grant(.agencyAdmin, institution: code), office: "Bagian Organisasi")
        }
        return found
    }

    /// One proposal as its agency makes it through the pages, up to its being sent; its number.
    func propose(_ innovation: Int, by admin: Signed, category: String, texts: [String: String]) async throws -> Int {
        let place = try Self.led(
            await admin.send(
                "/kerja/usulan/baru", from: "/kerja/usulan/baru?inovasi=\(innovation)",
                [("inovasi", String(innovation)), ("edisi", Self.code)]))
        let shown = try await admin.get(place).text
        var fields = [("kelompok", "umum"), ("kategori", category)]
        fields += texts.sorted { $0.key < $1.key }.map { ("bagian." + $0.key, $0.value) }
        // A form says what each field began with; what differs is saved.
        fields += fields.map { ("asal." + $0.0, "-") }
        let version = shown.firstMatch(of: /name="versi" value="(\d+)"/).map { String($0.1) } ?? "1"
        try Self.led(await admin.send("\(place)/simpan", from: place, fields + [("versi", version)]))
        try Self.led(
            await admin.upload(
                "\(place)/dokumen/kesediaan", from: place, field: "berkas", name: "kesediaan.pdf",
                ValidationJourneyTests.pdf))
        try Self.led(await admin.send("\(place)/daftar", from: place, []))
        try Self.led(await admin.send("\(place)/kirim", from: place, []))
        return try #require(place.split(separator: "/").last.flatMap { Int($0) })
    }
}
