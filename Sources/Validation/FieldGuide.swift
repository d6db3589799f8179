import Directory
import Foundation
import Kernel
import Text

/// What the form says beside a field, held as data in `Reference/fields.csv`.
package struct FieldGuide: Sendable, Hashable {
    package let field: Innovation.Field
    package let step: Step
    package let label: Phrase
    /// What to write.
    package let help: Phrase
    /// An invented example; empty where the choice speaks for itself.
    package let example: Phrase
    /// The limit in words, shared with the field before it where the source counts them together; nil without one.
    package let wordsMax: Int?
    /// Where the limit comes from, with the standing of that source; empty without a limit.
    package let source: String

    /// Every field of the form, in the order of the form.
    package static let all: [FieldGuide] = ReferenceTable.rows("fields").compactMap(FieldGuide.init)

    package static func guide(to field: Innovation.Field) -> FieldGuide? { byField[field] }

    package static func fields(of step: Step) -> [FieldGuide] { all.filter { $0.step == step } }

    private static let byField = Dictionary(all.map { ($0.field, $0) }, uniquingKeysWith: { a, _ in a })

    private init?(_ row: [String: String]) {
        guard let field = row["field"].flatMap(Innovation.Field.init), let step = row["step"].flatMap(Step.init),
            let label = row["label_id"], let labelEnglish = row["label_en"], let help = row["help_id"],
            let helpEnglish = row["help_en"]
        else { return nil }
        self.field = field
        self.step = step
        self.label = Phrase(label, labelEnglish)
        self.help = Phrase(help, helpEnglish)
        example = Phrase(row["example_id"] ?? "", row["example_en"] ?? "")
        wordsMax = row["words_max"].flatMap { Int($0) }
        source = row["source"] ?? ""
    }
}

/// The tables that ship inside this slice.
enum ReferenceTable {
    /// The rows by column name; empty when the file is not there, which a test rules out.
    static func rows(_ name: String) -> [[String: String]] {
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Reference"),
            let data = try? Data(contentsOf: url)
        else { return [] }
        return (try? CSVReader(data).table()) ?? []
    }
}
