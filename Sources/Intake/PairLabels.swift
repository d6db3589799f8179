import Database
import Directory
import Institutions
import Kernel

extension Pairs {
    /// A decision as training and evaluation read it.
    package struct Label: Sendable, Hashable {
        package let a: Int
        package let b: Int
        /// Whether the two are one innovation; what is related is not.
        package let isMatch: Bool
    }

    /// Every decision that stands, in the order in which the pairs came.
    package func labels() async throws -> [Label] {
        try await database.read { db in
            try db.rows(
                "SELECT innovation, other, state FROM pair WHERE state IN ('same', 'different', 'related') ORDER BY id"
            ) {
                Label(
                    a: try $0.int("innovation"), b: try $0.int("other"),
                    isMatch: try $0.choice("state", Pair.State.self) == .same)
            }
        }
    }

    /// The columns of `labelled`, as the model `innovations` reads them.
    package static let columns = [
        "id", "title", "agency", "unit", "region", "year", "award", "category", "description",
    ]

    /// Every record in the directory and every one that a decision names, as rows of `columns`.
    package func labelled(_ register: Register, _ each: @escaping @Sendable ([String]) throws -> Void) async throws {
        try await database.read { db in
            try db.stream(
                """
                SELECT i.id, r.content FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
                WHERE i.state = 'published' OR i.id IN (SELECT innovation FROM pair WHERE state NOT IN ('open', 'proposed')
                    UNION SELECT other FROM pair WHERE state NOT IN ('open', 'proposed')) ORDER BY i.id
                """
            ) { row in
                let record = try Innovation(json: try row.text("content"))
                let agency = record.institutionAsGiven ?? register.institution(record.institution)?.name
                try each(
                    [
                        String(try row.int("id")), record.title, agency ?? record.institution ?? "", record.unit ?? "",
                        record.regionAsGiven ?? record.region ?? "", record.year.map(String.init) ?? "",
                        record[.awards] ?? "", record.category ?? "", record.texts[.summary] ?? "",
                    ])
            }
        }
    }
}
