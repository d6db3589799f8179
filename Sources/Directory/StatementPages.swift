import Hummingbird
import Institutions
import Kernel
import Text
import Web

/// The page of what each source says of a record, and of what it was made.
struct StatementPages {
    let innovations: Innovations
    let catalogue: Catalogue
    let site: DirectorySite

    func add(to routes: Routes) {
        routes.page("/inovasi/{id}/sumber") { request, context in
            let frame = Frame(request, context, publicURL: site.publicURL)
            let shown = try await innovations.show(
                try context.number("id") { DirectoryRefusal.unknownInnovation(String($0.prefix(40))) })
            if let elsewhere = try shown.elsewhere(frame, "sumber") { return elsewhere }
            if let reason = shown.withdrawn {
                throw DirectoryRefusal.withdrawn(id: shown.id, reason: reason, on: shown.updatedAt.day())
            }
            let statements = try await innovations.statements(of: shown.id)
            let lineage = try await innovations.lineage(of: shown.id, isPublic: true)
            return .page(StatementView.page(page(shown, statements, lineage, frame.language), frame))
        }
    }

    private func page(
        _ shown: Innovations.Shown, _ statements: [Statement], _ lineage: [Lineage], _ language: Language
    ) -> StatementPage {
        let register = catalogue.register
        func text(_ innovation: Innovation, _ field: Innovation.Field) -> String? {
            innovation.shown(field, register, goals: site.goals, language)
        }
        let rows = Innovation.Field.allCases.compactMap { field -> StatementPage.Row? in
            let speaking = statements.filter { $0.fields.contains(field) }
            guard !speaking.isEmpty else { return nil }
            let used = shown.origin.sources(of: field)
            let cells = statements.map { statement -> StatementPage.Cell in
                guard statement.fields.contains(field) else { return .silent }
                guard let said = text(statement.innovation, field) else {
                    return used.contains(statement.id) ? .emptied : .silent
                }
                return .says(said, used: used.contains(statement.id))
            }
            let said = Set(speaking.compactMap { text($0.innovation, field) }.map { fold($0) })
            return StatementPage.Row(field: field.key, cells: cells, differ: said.count > 1, united: used.count > 1)
        }
        return StatementPage(
            id: shown.id, name: ShownName(shown.innovation).name, rows: rows,
            sources: statements, lineage: lineage)
    }
}
