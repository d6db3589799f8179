import Foundation
import Kernel
import Linkage
import Text

/// Innovations as the model `innovations` compares them.
package enum LinkageRecords {
    /// The model that ships with the program; throws `LinkageRefusal` when it cannot be read.
    package static func model() throws -> LinkageModel {
        guard
            let url = Bundle.module.url(
                forResource: "linkage-innovations", withExtension: "json", subdirectory: "Reference")
        else { throw LinkageRefusal.unreadableModel("linkage-innovations.json") }
        return try LinkageModel(json: Data(contentsOf: url))
    }

    /// The record of one row with the columns of an import (id, title, agency, unit, region, year, award, category,
    /// description). `resolve` answers the code of an institution for a spelling, a region and a year.
    package static func record(
        _ row: [String: String], resolve: (String, String?, Int?) -> String?
    ) -> LinkageRecord {
        let title = row["title"] ?? ""
        let agency = trimmed(row["agency"] ?? "")
        let year = (row["year"]?.prefix(4)).flatMap { Int($0) }
        let code = agency.isEmpty ? nil : resolve(agency, row["region"], year)
        var fields = row
        // Who is not in the register is at least the same as others of its spelling.
        fields["institution"] = code ?? fold(agency)
        let own = Set(fold(agency).split(separator: " ")).subtracting(common)
        let name = without(own, fold(title))
        fields["name"] = name
        fields["words"] = sound(name)
        let short = ShortName.read(fromTitle: title)
        fields["short"] = short?.short
        fields["expansion"] = (short?.expansion ?? inBrackets(title)).map { without(own, fold($0)) }
        fields["handle"] = without(own, fold(short?.short ?? head(of: title)))
        fields["unit"] = row["unit"].map { without(own, fold($0)) }
        fields["year"] = year.map(String.init)
        if case .category(let category) = Categories.shipped.category(for: row["category"] ?? "") {
            fields["category"] = category
        } else {
            fields["category"] = nil
        }
        return LinkageRecord(id: row["id"] ?? "", fields: fields)
    }

    /// The words of an institution's name that are no names.
    private static let common: Set<Substring> = [
        "pemerintah", "kota", "kabupaten", "provinsi", "daerah", "dan", "kementerian", "badan", "dinas", "republik",
        "indonesia", "nasional", "pt", "rumah", "sakit", "umum", "persero", "pusat", "negara",
    ]

    /// A folded text without the name of its own place, which tells nothing within that place.
    private static func without(_ own: Set<Substring>, _ text: String) -> String {
        let kept = text.split(separator: " ").filter { !own.contains($0) }
        return kept.isEmpty ? text : kept.joined(separator: " ")
    }

    /// One spelling for loan words: "hoax" and "hoaks", "clinic" and "klinik".
    private static func sound(_ text: String) -> String {
        text.replacing("ph", with: "f").replacing("x", with: "ks").replacing("ch", with: "h").replacing("c", with: "k")
    }

    /// What stands before an explanation in brackets or after a colon or a dash; else the whole title.
    private static func head(of title: String) -> String {
        let signs = ["(", ": ", " : ", " - ", " – ", " — "]
        let ends = signs.compactMap { place(of: $0, in: title)?.lowerBound }
        guard let end = ends.min(), end > title.startIndex else { return title }
        let head = trimmed(String(title[..<end]))
        return head.isEmpty ? title : head
    }

    private static func inBrackets(_ title: String) -> String? {
        guard let open = title.firstIndex(of: "("), open > title.startIndex else { return nil }
        let inside = trimmed(String(title[title.index(after: open)...].prefix { $0 != ")" }))
        return inside.isEmpty ? nil : inside
    }
}
