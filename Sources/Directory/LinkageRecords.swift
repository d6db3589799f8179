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
        let (own, wording) = (OwnPlace(agency), TitleWording.shipped)
        let reading = TitleReading(title, of: own)
        func plain(_ text: String) -> String { own.without(fold(text)) }

        fields["name"] = TitleWording.sound(plain(title))
        fields["bare"] = TitleWording.sound(withoutKind(plain(reading.names[0])))
        let names = reading.names.map { withoutKind(plain($0)) }.filter(canBeName)
        fields["names"] = names.map(TitleWording.sound).joined(separator: "|")
        // What surely names the whole, not its first part only.
        let shorts = [reading.names[0], reading.short ?? "", reading.short == nil ? "" : reading.explanation ?? ""]
        fields["shorts"] = shorts.map { withoutKind(plain($0)) }.filter(canBeName).map(TitleWording.sound)
            .joined(separator: "|")
        fields["beginnings"] = (names + [reading.beginning.map { withoutKind(plain($0)) } ?? ""].filter { !$0.isEmpty })
            .joined(separator: "|")
        fields["aim"] = reading.aim.map { wording.normal(plain($0)) }
        let words = wording.normal(plain(reading.plain))
        fields["words"] = words
        fields["short"] = reading.short
        fields["explanation"] = reading.explanation.map { wording.normal(plain($0)) }
        let handle = wording.normal(
            plain(reading.short ?? (reading.names.count > 1 ? reading.names[1] : reading.names[0])))
        fields["handle"] = telling(handle).isEmpty ? handle : telling(handle)
        fields["about"] = words + " " + wording.normal(plain(product(row["description"] ?? "")))
        let core = telling(words)
        fields["core"] = core
        fields["number"] = reading.numbers.isEmpty ? nil : reading.numbers.joined(separator: " ")
        fields["edition"] = reading.edition ?? "none"
        let unit = wording.normal(plain(row["unit"] ?? ""))
        // A list that says "all" names no unit.
        fields["unit"] = unit.hasPrefix("semua ") || unit.hasPrefix("seluruh ") ? nil : unit
        fields["office"] = office(unit)
        fields["year"] = year.map(String.init)
        if case .category(let category) = Categories.shipped.category(for: row["category"] ?? "") {
            fields["category"] = category
        } else {
            fields["category"] = nil
        }
        return LinkageRecord(id: row["id"] ?? "", fields: fields)
    }

    /// A name without the words before it that say only what kind of thing it is.
    private static func withoutKind(_ name: String) -> String {
        let words = name.split(separator: " ")
        let kinds: Set<Substring> = [
            "program", "inovasi", "aplikasi", "penerapan", "implementasi", "pelaksanaan", "penyelenggaraan",
            "pembentukan", "kegiatan", "penerbitan", "layanan", "pelayanan",
        ]
        return words.drop { kinds.contains($0) }.joined(separator: " ")
    }

    /// The words of a text that say more than that something is done.
    private static func telling(_ text: String) -> String {
        text.split(separator: " ").filter { !TitleReading.isWeak(String($0)) }.joined(separator: " ")
    }

    /// Whether a text can be a name: one word at least that is more than a kind of thing or a manner.
    private static func canBeName(_ text: String) -> Bool {
        text.utf8.count >= 3
            && text.split(separator: " ").contains { !TitleReading.isWeak(String($0)) && !$0.allSatisfy(\.isNumber) }
    }

    /// What a description names first, without the label that directories put before it.
    private static func product(_ description: String) -> String {
        let text = description.hasPrefix("Produk:") ? description.dropFirst(7) : description[...]
        return text.split(separator: " ").prefix(15).joined(separator: " ")
    }

    /// A unit as short forms are made of it, figures spelled out: "BP4K" is "bppppk", "Dinas KP3" is "kppp".
    private static func office(_ unit: String) -> String? {
        let words = unit.split(separator: " ")
        let kept = words.count == 2 && kinds.contains(words[0]) ? words.dropFirst() : words[...]
        let spelled = kept.map { word -> String in
            guard word.contains(where: \.isNumber), word.contains(where: \.isLetter) else { return String(word) }
            var out = ""
            for letter in word {
                if let times = letter.wholeNumberValue, let last = out.last {
                    out += String(repeating: last, count: max(0, min(times, 9) - 1))
                } else {
                    out.append(letter)
                }
            }
            return out
        }
        return spelled.isEmpty ? nil : spelled.joined(separator: " ")
    }

    private static let kinds: Set<Substring> = ["dinas", "badan", "kantor", "upt", "uptd", "biro", "bagian"]
}
