import Foundation
import Kernel
import Text

extension Category {
    /// The categories that ship with the program (`Reference/categories.csv`), in the file's order.
    package static let shipped: [Category] = {
        guard let url = Bundle.module.url(forResource: "categories", withExtension: "csv", subdirectory: "Reference"),
            let rows = try? CSVReader(Data(contentsOf: url)).table()
        else { return [] }
        return rows.compactMap { row in
            guard let code = row["code"], let indonesian = row["name_id"], let english = row["name_en"] else {
                return nil
            }
            let spellings =
                row["spellings"]?.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
            return Category(code: code, indonesian: indonesian, english: english, spellings: spellings)
        }
    }()

    private static let names = Dictionary(
        shipped.map { ($0.code, Phrase($0.indonesian, $0.english)) }, uniquingKeysWith: { a, _ in a })

    /// The name of a category by its code; nil for one that is kept as a source gave it.
    package static func named(_ code: String) -> Phrase? { names[code] }
}

extension Categories {
    /// The shipped categories, ready to read spellings.
    package static let shipped = Categories(Category.shipped)
}
