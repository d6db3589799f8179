import Documents
import Foundation
import Institutions
import Kernel

/// One column of an exported table. The first columns carry the names that `ImportColumn` reads, so that an exported
/// file can be imported again.
struct ExportColumn: Sendable {
    typealias Cell = Documents.Cell

    /// What a row is made from.
    struct Row: Sendable {
        let listed: Listed
        let institution: Institution?
        /// The region that the record itself names.
        let named: Region?
        /// The same, or where its institution sits.
        let region: Region?
        let province: Region?
        let publicURL: String

        init(_ listed: Listed, _ register: Register, publicURL: String) {
            self.listed = listed
            self.publicURL = publicURL
            institution = register.institution(listed.innovation.institution)
            named = register.region(listed.innovation.region)
            region = named ?? register.region(institution?.region)
            province = register.province(of: region?.code)
        }
    }

    let name: String
    let cell: @Sendable (Row) -> Cell

    static let all: [ExportColumn] =
        ImportColumn.allCases.map { column in ExportColumn(name: column.rawValue) { imported(column, $0) } }
        + [
            text("institution_code") { $0.institution?.code },
            text("institution_name") { $0.institution?.name },
            text("region_code") { $0.region?.code },
            text("region_name") { $0.region?.name },
            text("province_code") { $0.province?.code },
            text("province_name") { $0.province?.name },
            text("category_code") { $0.listed.innovation.category },
            text("digital") { $0.listed.innovation.digital.map { $0 ? "ya" : "tidak" } },
            text("continuity_on") { $0.listed.innovation.continuityOn?.iso },
        ]
        + Innovation.Criterion.allCases.map { criterion in
            text("criterion_\(criterion.rawValue)") { $0.listed.innovation.criteria[criterion] }
        }
        + [
            text("links") { joined($0.listed.innovation.links.map(\.address)) },
            text("activities") { row in
                joined(
                    row.listed.innovation.activities.map {
                        "\($0.kind.rawValue)\($0.on.map { " \($0.iso)" } ?? ""): \($0.note)"
                    })
            },
            text("sources") { joined($0.listed.sources.map { "\($0.source) \($0.externalID)" }) },
            text("source_references") { joined($0.listed.sources.compactMap(\.reference)) },
            text("validated_by") { $0.listed.validity.validation?.by },
            text("validated_at") { $0.listed.validity.validation?.at.rfc3339 },
            text("valid_until") { $0.listed.validity.validation?.until.rfc3339 },
            text("validated_instead") { $0.listed.validity.validation?.instead?.rawValue },
            text("clarifying_since") { $0.listed.validity.clarifyingSince?.rfc3339 },
            ExportColumn(name: "revision") { .number($0.listed.revision) },
            text("updated_at") { $0.listed.updatedAt.rfc3339 },
            text("url") { "\($0.publicURL)/inovasi/\($0.listed.id)" },
        ]

    private static func text(_ name: String, _ value: @escaping @Sendable (Row) -> String?) -> ExportColumn {
        ExportColumn(name: name) { cell(value($0)) }
    }

    private static func cell(_ text: String?) -> Cell { text.map(Cell.text) ?? .none }

    private static func joined(_ texts: [String]) -> String? { texts.isEmpty ? nil : texts.joined(separator: "; ") }

    private static func imported(_ column: ImportColumn, _ row: Row) -> Cell {
        let i = row.listed.innovation
        return switch column {
        case .id: .number(row.listed.id)
        case .title: .text(i.title)
        case .agency: cell(i.institutionAsGiven ?? row.institution?.name)
        case .unit: cell(i.unit)
        case .region: cell(i.regionAsGiven ?? row.named?.name)
        case .year: i.yearStated.map(Cell.number) ?? .none
        case .award: cell(joined(i.awards.map(\.cell)))
        case .category: cell(i.category.map { Category.named($0)?.indonesian ?? $0 })
        case .description: cell(i.texts[.summary])
        case .source: cell(row.listed.sources.first?.reference)
        case .note: i.notes.isEmpty ? .none : .text(i.notes.joined(separator: "\n"))
        case .nri: cell(i.nri)
        case .shortName: cell(i.shortName)
        case .expansion: cell(i.expansion)
        case .stage: cell(i.stage.map(word))
        case .form: cell(i.form.map(word))
        case .affair: cell(i.affair)
        case .sdgs: i.sdgs.isEmpty ? .none : .text(i.sdgs.map(String.init).joined(separator: ", "))
        case .video: cell(i.links.first { $0.kind == .video }?.address)
        case .continuity: cell(i.continuity?.name.indonesian)
        case .continuityReason: cell(i.continuityReason)
        case .yearOfIdea: i.yearOfIdea.map(Cell.number) ?? .none
        case .yearOfTrial: i.yearOfTrial.map(Cell.number) ?? .none
        case .yearOfStart: i.yearOfStart.map(Cell.number) ?? .none
        case .background: cell(i.texts[.background])
        case .purpose: cell(i.texts[.purpose])
        case .novelty: cell(i.texts[.novelty])
        case .impact: cell(i.texts[.impact])
        case .adaptability: cell(i.texts[.adaptability])
        case .resources: cell(i.texts[.resources])
        case .sustainability: cell(i.texts[.sustainability])
        }
    }

    // The words that `RowReader` knows.
    private static func word(_ stage: Innovation.Stage) -> String { stage.name.indonesian }

    private static func word(_ form: Innovation.Form) -> String {
        switch form {
        case .service: "Pelayanan publik"
        case .governance: "Tata kelola"
        case .citizen: "Inovasi masyarakat"
        case .other: "Lainnya"
        }
    }
}

extension Innovation.Award {
    /// The award in one cell, in the order of words that is read back as the same award where one is.
    fileprivate var cell: String {
        let decree = decree.map { "(\($0))" }
        let year = year.map(String.init)
        let orders = [[rank, programme, year, decree], [programme, year, rank, decree]]
            .map { $0.compactMap(\.self).joined(separator: " ") }
        return orders.first { AwardPatterns.read($0).awards == [self] } ?? orders[0]
    }
}
