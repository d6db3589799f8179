import Institutions

/// The shapes of innovations for programs; `InnovationJSON` writes them.
enum InnovationShapes {
    static let all: [(String, Shape)] = [
        (
            "InnovationPage",
            .object([
                ("total", .count), ("items", .list(.named("InnovationItem"))),
                ("facets", .map(.list(.named("Count")))), ("next", .textOrNull),
            ])
        ),
        ("Count", .object([("value", .text), ("count", .count)])),
        ("InnovationItem", .object([("id", number)] + core + [("summary", .textOrNull)] + ending)),
        (
            "Innovation",
            .object(
                [("id", number)] + core + rest + ending + [
                    ("created_at", .instant), ("provenance", .list(.named("Provenance"))),
                    ("revisions", .list(.named("RevisionEntry"))),
                ])
        ),
        ("Record", .object(core + rest)),
        ("Revision", .object([("innovation", number)] + revision + [("record", .named("Record"))])),
        ("RevisionEntry", .object(revision + [("url", .address)])),
        (
            "Provenance",
            .object([
                ("field", .choice(Innovation.Field.allCases.map(\.apiName))), ("value", .textOrNull),
                ("source", .orNull(.named("Source"))), ("on", .orNull(.day)),
            ])
        ),
        ("Source", .object([("name", .text), ("external_id", .text), ("reference", .textOrNull)])),
        (
            "Validation",
            .object([
                ("by", .text), ("at", .instant), ("until", .instant),
                ("instead", .orNull(.choice(Validity.Instead.allCases.map(\.rawValue)))),
            ])
        ),
        ("Coded", .object([("code", .text), ("name", .text)])),
        (
            "Award",
            .object([("programme", .text), ("year", .year), ("rank", .textOrNull), ("decree", .textOrNull)])
        ),
        (
            "Link",
            .object([("kind", .choice(["page", "video"])), ("address", .address), ("label", .textOrNull)])
        ),
        (
            "Activity",
            .object([
                ("kind", .choice(Innovation.Activity.Kind.allCases.map(\.rawValue))), ("on", .orNull(.day)),
                ("note", .text),
            ])
        ),
    ]

    private static let number = Shape.integer(1...999_999_999_999_999)

    private static let core: [(String, Shape)] = [
        ("nri", .textOrNull), ("title", .text), ("short_name", .textOrNull), ("expansion", .textOrNull),
        ("year", .year), ("institution", .orNull(.named("Coded"))), ("institution_as_given", .textOrNull),
        ("unit", .textOrNull), ("region", .orNull(.named("Coded"))), ("province", .orNull(.named("Coded"))),
        ("category", .textOrNull), ("affair", .textOrNull),
        ("stage", .orNull(.choice(Innovation.Stage.allCases.map(\.rawValue)))),
        ("form", .orNull(.choice(Innovation.Form.allCases.map(\.rawValue)))), ("digital", .orNull(.boolean)),
        ("sdgs", .list(.integer(1...17))), ("awards", .list(.named("Award"))),
        ("continuity", .orNull(.choice(Innovation.Continuity.allCases.map(\.rawValue)))),
        ("links", .list(.named("Link"))),
    ]

    private static let rest: [(String, Shape)] = [
        ("region_as_given", .textOrNull), ("year_stated", .year), ("year_of_idea", .year), ("year_of_trial", .year),
        ("year_of_start", .year),
        ("texts", .object(Innovation.Section.allCases.map { ($0.rawValue, .textOrNull) })),
        ("criteria", .object(Innovation.Criterion.allCases.map { ($0.rawValue, .textOrNull) })),
        ("continuity_reason", .textOrNull), ("continuity_on", .orNull(.day)),
        ("activities", .list(.named("Activity"))), ("notes", .list(.text)),
    ]

    private static let ending: [(String, Shape)] = [
        ("validation", .orNull(.named("Validation"))), ("clarifying_since", .orNull(.instant)),
        ("sources", .list(.named("Source"))), ("revision", .count), ("updated_at", .instant), ("url", .address),
    ]

    private static let revision: [(String, Shape)] = [
        ("number", .count), ("at", .instant), ("actor", .text), ("reason", .text),
    ]
}
