import Foundation
import Institutions
import Kernel
import Text
import Web

/// What the directory's pages know beside the data: the portal's address, the program's version, the published figures
/// and the goals.
package struct DirectorySite: Sendable {
    package let publicURL: String
    package let version: String
    package let figures: [Figure]
    package let goals: [Goal]

    package init(publicURL: String, version: String) throws {
        self.publicURL = publicURL
        self.version = version
        figures = try Self.rows("figures").compactMap(Figure.init(row:))
        goals = try ReferenceFiles.rows(of: "sdgs").compactMap { row in
            guard let number = row["number"].flatMap({ Int($0) }), let title = row["title_id"],
                let english = row["title_en"]
            else { return nil }
            return Goal(number, Phrase(title, english))
        }
    }

    private static func rows(_ name: String) throws -> [[String: String]] {
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Reference") else {
            throw CSVRefusal.unreadable("Reference/\(name).csv")
        }
        return try CSVReader(Data(contentsOf: url)).table()
    }
}
