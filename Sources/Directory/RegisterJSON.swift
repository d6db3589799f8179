import Institutions
import Kernel
import Web

/// Writes institutions and regions as JSON, with how many innovations are held here.
struct RegisterJSON: Sendable {
    let register: Register
    let publicURL: String
    /// Innovations by institution and by province.
    private let byInstitution: [String: Int]
    private let byProvince: [String: Int]
    private let bySeat: [String: Int]

    init(_ catalogue: Catalogue, publicURL: String) {
        register = catalogue.register
        self.publicURL = publicURL
        byInstitution = catalogue.counts(.institution)
        byProvince = catalogue.counts(.province)
        var bySeat: [String: Int] = [:]
        for (code, count) in byInstitution {
            if let region = register.institution(code)?.region { bySeat[region, default: 0] += count }
        }
        self.bySeat = bySeat
    }

    func institution(_ institution: Institution, whole: Bool, into json: inout JSON) {
        let region = register.region(institution.region)
        json.object {
            $0.set("code", institution.code)
            $0.set("name", institution.name)
            $0.set("kind", institution.kind.rawValue)
            $0.coded("region", region.map { ($0.code, $0.name) })
            $0.set("from", institution.from)
            $0.set("until", institution.until)
            $0.set("innovations", byInstitution[institution.code] ?? 0)
            $0.set("url", publicURL + Address.path("instansi", institution.code).text)
            if whole { history(institution, into: &$0) }
        }
    }

    private func history(_ institution: Institution, into json: inout JSON) {
        let code = institution.code
        json.set("source", institution.source)
        json.list("names", register.names(of: code)) { json, name in
            json.object {
                $0.set("name", name.name)
                $0.set("kind", name.kind.rawValue)
                $0.set("from", name.from)
                $0.set("until", name.until)
                $0.set("source", name.source)
            }
        }
        json.list("predecessors", register.successions.filter { $0.successor == code }) {
            kin($1.institution, $1, into: &$0)
        }
        json.list("successors", register.successions.filter { $0.institution == code }) {
            kin($1.successor, $1, into: &$0)
        }
        json.list("hub_designations", register.hubs.filter { $0.institution == code }) { json, hub in
            json.object {
                $0.set("year", hub.year)
                $0.set("decree", hub.decree)
                $0.set("source", hub.source)
            }
        }
    }

    private func kin(_ code: String, _ succession: Succession, into json: inout JSON) {
        json.object {
            $0.set("code", code)
            $0.set("name", register.institution(code)?.name ?? code)
            $0.set("year", succession.year)
            $0.set("source", succession.source)
        }
    }

    /// A province counts all innovations in it, a regency or city those of the institutions that sit there.
    func region(_ region: Region, into json: inout JSON) {
        let government = register.institution(region.level == .province ? "P\(region.code)" : "R\(region.code)")
        json.object {
            $0.set("code", region.code)
            $0.set("name", region.name)
            $0.set("level", region.level.rawValue)
            $0.set("autonomous", region.autonomous)
            $0.coded("province", register.province(of: region.code).map { ($0.code, $0.name) })
            $0.coded("government", government.map { ($0.code, $0.name) })
            $0.set("innovations", (region.level == .province ? byProvince : bySeat)[region.code] ?? 0)
            $0.set("url", publicURL + Address.path("wilayah", region.code).text)
        }
    }
}

/// The shapes that `RegisterJSON` and `StatisticsJSON` write.
enum RegisterShapes {
    static let all: [(String, Shape)] = [
        ("InstitutionPage", page("InstitutionItem")),
        ("InstitutionItem", .object(institution)),
        (
            "Institution",
            .object(
                institution + [
                    ("source", .text), ("names", .list(.named("InstitutionName"))),
                    ("predecessors", .list(.named("Kin"))), ("successors", .list(.named("Kin"))),
                    ("hub_designations", .list(.named("HubDesignation"))),
                ])
        ),
        (
            "InstitutionName",
            .object([
                ("name", .text), ("kind", .choice(InstitutionName.Kind.allCases.map(\.rawValue))), ("from", .year),
                ("until", .year), ("source", .text),
            ])
        ),
        ("Kin", .object([("code", .text), ("name", .text), ("year", .year), ("source", .text)])),
        ("HubDesignation", .object([("year", .year), ("decree", .text), ("source", .text)])),
        ("RegionPage", page("Region")),
        (
            "Region",
            .object([
                ("code", .text), ("name", .text), ("level", .choice(["province", "regency", "city"])),
                ("autonomous", .boolean), ("province", .orNull(.named("Coded"))),
                ("government", .orNull(.named("Coded"))), ("innovations", .count), ("url", .address),
            ])
        ),
        (
            "Statistics",
            .object([
                ("innovations", .count),
                (
                    "participation",
                    .object([
                        ("provinces_with_innovations", .named("Share")), ("provincial_governments", .named("Share")),
                        ("autonomous_regencies_and_cities", .named("Share")),
                    ])
                ),
                ("unknown", .map(.count)), ("counts", .map(.list(.named("NamedCount")))),
                ("sources", .list(.object([("name", .text), ("records", .count)]))), ("note", .text),
            ])
        ),
        ("Share", .object([("count", .count), ("of", .count)])),
        ("NamedCount", .object([("value", .text), ("name", .textOrNull), ("count", .count)])),
    ]

    private static func page(_ item: String) -> Shape {
        .object([("total", .count), ("items", .list(.named(item))), ("next", .textOrNull)])
    }

    private static let institution: [(String, Shape)] = [
        ("code", .text), ("name", .text), ("kind", .choice(Institution.Kind.allCases.map(\.rawValue))),
        ("region", .orNull(.named("Coded"))), ("from", .year), ("until", .year), ("innovations", .count),
        ("url", .address),
    ]
}
