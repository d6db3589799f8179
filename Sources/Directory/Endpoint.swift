import Institutions
import Kernel
import Search

/// The addresses for programs: routes, document and readable page are all made from this list.
enum Endpoint: String, CaseIterable, Sendable {
    case innovations = "/api/v1/innovations"
    case innovation = "/api/v1/innovations/{id}"
    case revision = "/api/v1/innovations/{id}/revisions/{number}"
    case institutions = "/api/v1/institutions"
    case institution = "/api/v1/institutions/{code}"
    case regions = "/api/v1/regions"
    case region = "/api/v1/regions/{code}"
    case statistics = "/api/v1/statistics"

    /// The name of the operation in generated clients.
    var operation: String {
        switch self {
        case .innovations: "findInnovations"
        case .innovation: "showInnovation"
        case .revision: "showRevision"
        case .institutions: "listInstitutions"
        case .institution: "showInstitution"
        case .regions: "listRegions"
        case .region: "showRegion"
        case .statistics: "showStatistics"
        }
    }

    var summary: Phrase {
        switch self {
        case .innovations:
            Phrase("Mencari inovasi, dengan hitungan tiap saringan", "Finds innovations, with counts for each filter")
        case .innovation:
            Phrase(
                "Satu inovasi dengan semua uraian, asal tiap isian, dan riwayatnya",
                "One innovation with all texts, where each value comes from, and its history")
        case .revision: Phrase("Isi inovasi pada satu revisi", "What the record of an innovation was at one revision")
        case .institutions: Phrase("Daftar instansi", "Lists institutions")
        case .institution:
            Phrase(
                "Satu instansi dengan nama lain, pendahulu, dan penerusnya",
                "One institution with its other names, predecessors and successors")
        case .regions:
            Phrase(
                "Provinsi, kabupaten, dan kota dengan kode Kemendagri",
                "Provinces, regencies and cities with their codes of the Ministry of Home Affairs")
        case .region: Phrase("Satu wilayah", "One region")
        case .statistics:
            Phrase(
                "Jumlah inovasi yang dimuat di sini, dengan pembaginya",
                "Numbers of the innovations held here, with their denominators")
        }
    }

    /// The name of the shape it answers with.
    var answer: String {
        switch self {
        case .innovations: "InnovationPage"
        case .innovation: "Innovation"
        case .revision: "Revision"
        case .institutions: "InstitutionPage"
        case .institution: "Institution"
        case .regions: "RegionPage"
        case .region: "Region"
        case .statistics: "Statistics"
        }
    }

    /// Whether what it shows may live elsewhere since it was merged.
    var moves: Bool { self == .innovation || self == .revision }

    /// The refusals it may answer with; 405 belongs to no operation.
    var refusals: [Int] {
        switch self {
        case .innovation, .revision: [400, 404, 406, 410, 414, 422, 503]
        case .institution, .region: [400, 404, 406, 414, 422, 503]
        case .innovations, .institutions, .regions, .statistics: [400, 406, 414, 422, 503]
        }
    }

    var parameters: [APIParameter] {
        switch self {
        case .innovations: Self.words + Self.filters + Self.order + [Self.facets, Self.limit, Self.marker]
        case .innovation: [Self.id]
        case .revision:
            [
                Self.id,
                APIParameter(
                    name: "number", kind: .number,
                    meaning: Phrase("Nomor revisi, mulai dari 1", "The number of the revision, from 1"), example: "1"),
            ]
        case .institutions:
            Self.words + [
                APIParameter(
                    name: "kind", kind: .choice { _ in Institution.Kind.allCases.map(\.rawValue) }, repeated: true,
                    meaning: Phrase("Jenis instansi", "Kind of institution")),
                APIParameter(
                    name: "region", kind: .choice { $0.register.regions.map(\.code) },
                    meaning: Phrase(
                        "Kode wilayah; kode provinsi mencakup kabupaten dan kotanya",
                        "A region's code; a province's code includes its regencies and cities")),
                Self.limit, Self.codeMarker,
            ]
        case .institution: [Self.code("^[A-Z][A-Z0-9.-]{1,39}$", example: "P33")]
        case .regions:
            [
                APIParameter(
                    name: "level", kind: .choice { _ in ["province", "regency", "city"] }, repeated: true,
                    meaning: Phrase("Tingkat wilayah", "Level of the region")),
                APIParameter(
                    name: "province", kind: .choice { $0.register.provinces.map(\.code) }, repeated: true,
                    meaning: Phrase("Kode provinsi", "A province's code")),
                Self.limit, Self.codeMarker,
            ]
        case .region: [Self.code("^[0-9]{2}(\\.[0-9]{2})?$", example: "33.72")]
        case .statistics: []
        }
    }

    private static let words = [
        APIParameter(
            name: "q", kind: .text(limit: 500),
            meaning: Phrase(
                "Kata yang dicari; frasa dalam tanda kutip harus ada",
                "Words to look for; a phrase in quotes is required"))
    ]

    private static let filters = [
        Filter.province, .year, .institution, .kind, .category, .affair, .sdg, .award, .status,
    ].map {
        APIParameter(name: $0.rawValue, kind: .filter($0), repeated: true, meaning: $0.title)
    }

    private static let order = [
        APIParameter(
            name: "sort", kind: .choice { _ in ["relevance", "newest"] },
            meaning: Phrase(
                "Urutan; tanpa kata, yang terbaru dahulu. Menurut kecocokan sampai 1.000 data",
                "The order; without words, newest first. By relevance up to 1,000 records"))
    ]

    /// The filters counted when none is asked for.
    static let usualFacets: [Filter] = [.year, .province, .kind, .category, .sdg, .award, .status]

    private static let facets = APIParameter(
        name: "facet", kind: .choice { _ in Filter.allCases.map(\.rawValue) + ["none"] }, repeated: true,
        meaning: Phrase(
            "Saringan yang dihitung; none berarti tidak ada. Bila kosong: \(usualFacets.map(\.rawValue).joined(separator: ", "))",
            "The filters to count; none counts none. By default: \(usualFacets.map(\.rawValue).joined(separator: ", "))"
        ))

    private static let limit = APIParameter(
        name: "limit", kind: .integer(1...100), meaning: Phrase("Banyaknya data per halaman", "Records per page"),
        fallback: "20")

    private static let marker = APIParameter(
        name: "cursor",
        kind: .marker(pattern: "^(r\\.[0-9a-y]?[0-9a-z]{1,5}|k\\.[0-9a-z]{1,12})\\.[0-9a-z]{1,12}\\.[0-9]{1,9}$"),
        meaning: Phrase("Isi next dari halaman sebelumnya", "The value of next of the page before"))

    private static let codeMarker = APIParameter(
        name: "cursor", kind: .marker(pattern: "^[A-Z0-9][A-Z0-9.-]{0,39}$"),
        meaning: Phrase("Isi next dari halaman sebelumnya", "The value of next of the page before"))

    private static let id = APIParameter(
        name: "id", kind: .number,
        meaning: Phrase("Nomor inovasi", "The innovation's number"), example: "1")

    private static func code(_ pattern: String, example: String) -> APIParameter {
        APIParameter(
            name: "code", kind: .code(pattern: pattern), meaning: Phrase("Kode", "The code"), example: example)
    }
}
