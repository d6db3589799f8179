import Foundation
import Kernel

/// A figure that someone else published, with where and when. Rows with the same key are the same figure by different
/// sources and are shown together.
package struct Figure: Sendable, Hashable {
    package let key: String
    package let value: Int
    package let label: Phrase
    package let detail: Phrase
    package let source: String
    package let address: String?
    /// The day or, as `2024-10`, the month of publication.
    package let date: String
    /// Whether it stands on the home page.
    package let home: Bool

    /// Reads a row of `Reference/figures.csv`, by column name; nil when a column is missing or the value no number.
    package init?(row: [String: String]) {
        guard let key = row["key"], let value = row["value"].flatMap({ Int($0) }),
            let label = row["label_id"], let labelEnglish = row["label_en"],
            let detail = row["detail_id"], let detailEnglish = row["detail_en"],
            let source = row["source"], let date = row["date"]
        else { return nil }
        self.key = key
        self.value = value
        self.label = Phrase(label, labelEnglish)
        self.detail = Phrase(detail, detailEnglish)
        self.source = source
        self.address = row["address"].flatMap { $0.isEmpty ? nil : $0 }
        self.date = date
        self.home = row["home"] == "1"
    }

    /// `8 Oktober 2024`, or `Oktober 2024` where only the month is known; the stored text for anything else.
    package func when(_ language: Language) -> String {
        if let day = Day(iso: date) { return day.long(language) }
        if let first = Day(iso: date + "-01") { return String(first.long(language).dropFirst(2)) }
        return date
    }
}
