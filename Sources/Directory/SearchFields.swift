import Foundation
import Kernel
import Search

/// What of an innovation can be searched, and how much each part counts.
///
/// The order of `schema.fields` is the order of `document`'s texts. Change `version` with every change of either, so
/// that saved indexes are rebuilt.
package enum SearchFields {
    package static let schema = Schema(
        fields: [
            Field("title", weight: 5, lengthEffect: 0.3, usualLength: 9),
            Field("shortName", weight: 4, lengthEffect: 0, usualLength: 2),
            Field("acronym", weight: 2, lengthEffect: 0, usualLength: 1),
            Field("category", weight: 2, lengthEffect: 0.2, usualLength: 3),
            Field("unit", weight: 1.5, lengthEffect: 0.3, usualLength: 5),
            Field("institution", weight: 1.5, lengthEffect: 0.2, usualLength: 5),
            Field("region", weight: 1.2, lengthEffect: 0.2, usualLength: 4),
            Field("summary", weight: 2, lengthEffect: 0.5, usualLength: 25),
            Field("texts", weight: 0.7, lengthEffect: 0.6, usualLength: 120),
            Field("awards", weight: 0.8, lengthEffect: 0.2, usualLength: 6),
        ],
        facets: ["year", "province", "institution", "kind", "category", "affair", "sdg", "award", "status"],
        keys: ["newest", "year"], synonyms: synonyms, saturation: 2, coordination: 0.6, version: 1)

    /// What a document holds beside the record itself: names that others know, and values for the facets.
    package struct Surroundings: Sendable {
        /// The institution's present and former names.
        package var institutionNames: [String] = []
        /// The region's name, its province's and other names of both.
        package var regionNames: [String] = []
        /// Facet name to values; names outside `schema.facets` are left out.
        package var facets: [String: [String]] = [:]
        /// What newest first goes by, e.g. the milliseconds of the record's last change.
        package var newest: Int64 = 0
        package var year: Int64 = 0

        package init() {}
    }

    package static func document(id: Int64, _ innovation: Innovation, _ around: Surroundings) -> Document {
        let short = innovation.shortName ?? ShortName.read(fromTitle: innovation.title)?.short ?? ""
        let expansion = innovation.expansion ?? ""
        let institution = around.institutionNames + [innovation.institutionAsGiven].compactMap { $0 }
        let region = around.regionNames + [innovation.regionAsGiven].compactMap { $0 }
        var texts = innovation.texts
        let summary = texts.removeValue(forKey: .summary) ?? ""
        let rest =
            Innovation.Section.allCases.compactMap { texts[$0] }
            + Innovation.Criterion.allCases.compactMap { innovation.criteria[$0] } + innovation.notes
        let awards = innovation.awards.map { [$0.programme, $0.rank ?? "", $0.year.map(String.init) ?? ""] }
        return Document(
            id: id,
            texts: [
                expansion.isEmpty || place(of: expansion, in: innovation.title) != nil
                    ? innovation.title : innovation.title + ". " + expansion,
                short,
                acronym(of: innovation.title),
                [innovation.category, innovation.affair].compactMap { $0 }.joined(separator: ". "),
                innovation.unit ?? "",
                distinct(institution),
                distinct(region),
                summary,
                rest.joined(separator: "\n"),
                awards.map { $0.joined(separator: " ") }.joined(separator: ". "),
            ],
            facets: schema.facets.map { around.facets[$0] ?? [] },
            keys: [around.newest, around.year])
    }

    /// The first letters of a title's words, when there are three to eight: people ask for "SSW" and mean Surabaya
    /// Single Window, whether or not the title says so.
    static func acronym(of title: String) -> String {
        let plain = title.prefix { $0 != "(" && $0 != ":" }
        let words = plain.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
        let telling = words.filter { !["dan", "di", "untuk", "dengan", "bagi", "pada", "yang"].contains($0) }
        guard (3...8).contains(telling.count) else { return "" }
        return String(telling.compactMap(\.first))
    }

    private static func distinct(_ names: [String]) -> String {
        var seen: Set<String> = []
        return names.filter { seen.insert($0.lowercased()).inserted }.joined(separator: ". ")
    }

    private static let synonyms: Synonyms = {
        guard let address = Bundle.module.url(forResource: "synonyms", withExtension: "tsv", subdirectory: "Reference"),
            let table = try? String(contentsOf: address, encoding: .utf8)
        else { return Synonyms() }
        return Synonyms(table: table)
    }()
}
