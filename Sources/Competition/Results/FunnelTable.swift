import Documents
import Kernel

/// The funnel by one property of the proposals, with names.
package struct FunnelTable: Sendable, Hashable {
    package enum Property: String, Sendable, Hashable, CaseIterable {
        case kind, province, group, category

        package var name: Phrase {
            switch self {
            case .kind: Phrase("Jenis instansi", "Kind of institution")
            case .province: Phrase("Provinsi", "Province")
            case .group: Phrase("Kelompok", "Group")
            case .category: Phrase("Kategori", "Category")
            }
        }

        /// What is said where a proposal has no value.
        package var unknown: Phrase {
            switch self {
            case .kind: Phrase("Jenis tidak diketahui", "Kind not known")
            case .province: Phrase("Tingkat nasional", "National level")
            case .group, .category: Phrase("Belum dipilih", "Not chosen yet")
            }
        }
    }

    package struct Line: Sendable, Hashable {
        package let code: String?
        package let name: String?
        package let counts: [Funnel.Stage: Int]
    }

    package let property: Property
    package let lines: [Line]

    package init(
        _ property: Property, _ funnel: Funnel, _ value: (Funnel.Entry) -> String?, name: (String?) -> String?
    ) {
        self.property = property
        lines = funnel.rows(value).map { Line(code: $0.code, name: name($0.code), counts: $0.counts) }
    }

    /// One row for each property and value; a stage that is not announced has no column.
    package static func csv(_ tables: [FunnelTable], _ stages: [Funnel.Stage]) -> [UInt8] {
        var bytes = DelimitedText.byteOrderMark
        DelimitedText.append(
            ["by", "code", "name"].map { .text($0) } + stages.map { .text($0.rawValue) }, to: &bytes)
        for table in tables {
            for line in table.lines {
                DelimitedText.append(
                    [
                        .text(table.property.rawValue), .text(line.code ?? ""),
                        .text(line.name ?? table.property.unknown.indonesian),
                    ] + stages.map { .number(line.counts[$0] ?? 0) }, to: &bytes)
            }
        }
        return bytes
    }

    /// The same as JSON, with the totals.
    package static func json(_ tables: [FunnelTable], _ stages: [Funnel.Stage], of edition: String) -> String {
        func counted(_ line: Line) -> [String: Canonical] {
            Dictionary(uniqueKeysWithValues: stages.map { ($0.rawValue, .whole(line.counts[$0] ?? 0)) })
        }
        var total: [String: Canonical] = [:]
        for stage in stages {
            total[stage.rawValue] = .whole(tables.first?.lines.reduce(0) { $0 + ($1.counts[stage] ?? 0) } ?? 0)
        }
        var by: [String: Canonical] = [:]
        for table in tables {
            by[table.property.rawValue] = .list(
                table.lines.map { line in
                    var members = counted(line)
                    if let code = line.code { members["code"] = .text(code) }
                    members["name"] = .text(line.name ?? table.property.unknown.indonesian)
                    return .object(members)
                })
        }
        return Canonical.object([
            "by": .object(by), "edition": .text(edition), "stages": .list(stages.map { .text($0.rawValue) }),
            "total": .object(total),
        ]).json
    }
}
