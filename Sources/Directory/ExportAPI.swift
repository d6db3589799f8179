import Hummingbird
import Kernel
import Web

/// The addresses of files to take away: any list as CSV, JSON Lines and XLSX, one record as JSON, CSV and BibTeX.
package struct ExportAPI: Sendable {
    private let exports: Exports
    private let innovations: Innovations
    private let catalogue: Catalogue
    private let publicURL: String

    package init(innovations: Innovations, catalogue: Catalogue, publicURL: String) {
        exports = Exports(innovations, publicURL: publicURL)
        self.innovations = innovations
        self.catalogue = catalogue
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        for format in Exports.Format.allCases {
            routes.get("/inovasi.\(format.rawValue)") { request, _ in
                let query = try request.query()
                try query.allow(only: Inquiry.names)
                var inquiry = try Inquiry({ query.all($0) }, known: { catalogue.known($0) })
                inquiry.cursor = nil
                // Asked first, so that a database that is away is said before the file begins.
                _ = try await innovations.numbers(after: 0, limit: 1)
                let scope: Exports.Scope =
                    inquiry.text.isEmpty && inquiry.filters.isEmpty
                    ? .everything(catalogue.register) : .found(inquiry, catalogue)
                return .download(name: "inovasi.\(format.rawValue)", type: format.type) { out in
                    try await exports.write(scope, as: format) { try await out.write($0) }
                }
            }
        }
        one(routes, "data.json") { shown in
            let revisions = try await innovations.revisions(of: shown.id)
            var json = JSON(capacity: 16 * 1024)
            InnovationJSON(catalogue.register, publicURL: publicURL).full(shown, revisions, into: &json)
            return .json(json.bytes).named("inovasi-\(shown.id).json")
        }
        one(routes, "data.csv") { shown in
            guard let listed = try await innovations.listed([shown.id]).first else {
                throw DirectoryRefusal.unknownInnovation(String(shown.id))
            }
            let table = exports.table(listed, catalogue.register)
            return .bytes(table, type: Exports.Format.csv.type, sharing: .everyone(until: nil))
                .named("inovasi-\(shown.id).csv")
        }
        one(routes, "kutipan.bib") { shown in
            let institution = catalogue.register.institution(shown.innovation.institution)
            return .text(
                bibTeX(shown, institution: institution?.name, publicURL: publicURL),
                type: "application/x-bibtex; charset=utf-8", sharing: .everyone(until: nil)
            ).named("inovasi-\(shown.id).bib")
        }
    }

    /// A file of one record; the address of a merged one leads to the record that it belongs to.
    private func one(
        _ routes: Routes, _ name: String, _ make: @escaping @Sendable (Innovations.Shown) async throws -> Answer
    ) {
        routes.get("/inovasi/{id}/\(name)") { _, context in
            do {
                return try await make(try await innovations.present(context.part("id")))
            } catch DirectoryRefusal.merged(let root) {
                return .moved(.path("inovasi", String(root), name))
            }
        }
    }
}

extension Answer {
    /// The answer as a file with a name of letters, digits, dots and dashes.
    fileprivate func named(_ name: String) -> Answer {
        with("Content-Disposition", "attachment; filename=\"\(name)\"")
    }
}
