import Foundation

/// The editions that ship with the program, reconstructed from what is publicly known; what is not sourced says so.
package enum ShippedEditions {
    /// Code and tables of each, oldest first. Throws when a file of the program is damaged.
    package static func all() throws -> [(code: String, tables: EditionTables)] {
        guard let folder = Bundle.module.url(forResource: "Reference", withExtension: nil) else { return [] }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        return try files.map { file in
            (
                file.deletingPathExtension().lastPathComponent,
                try EditionTables(json: String(decoding: try Data(contentsOf: file), as: UTF8.self))
            )
        }.sorted { $0.tables[.facts].first?["year"] ?? "" < $1.tables[.facts].first?["year"] ?? "" }
    }
}
