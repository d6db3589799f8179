import Hummingbird
import Kernel
import People
import Web

/// `/kerja/benturan/{edition}`: what evaluators and panelists declare of their conflicts. For anybody without
/// a seat there is no such page.
package struct DeclarationPages: Sendable {
    private let declarations: Declarations

    package init(_ declarations: Declarations) { self.declarations = declarations }

    package func add(to desk: Desk) {
        desk.page("/kerja/benturan/{edition}", .sit) { request, context, person, frame in
            .personal(try await page(try request.query().text("q", limit: 200), .none, context, person, frame))
        }
        desk.submit("/kerja/benturan/{edition}", .sit) { form, _, context, person, frame in
            let code = try context.part("edition")
            _ = try await declarations.sheet(code, words: nil, for: person)
            let kind = try form.choice("hubungan", of: ConflictSide.Tie.Kind.self) ?? .other
            let words = try form.text("catatan", limit: 500)
            let other = try form.text("apa", limit: 200)
            let ties =
                form.all("instansi").map { TieDraft(kind, .institution, $0, words: words) }
                + form.all("usulan").map { TieDraft(kind, .proposal, $0, words: words) }
                + (other.map { [TieDraft(kind, .institution, $0, words: words)] } ?? [])
            return try await acted(context, person, frame) {
                try await declarations.add(ties, in: code, by: $0, at: context.began)
            }
        }
        desk.submit("/kerja/benturan/{edition}/hapus", .sit) { form, _, context, person, frame in
            let (code, tie) = (try context.part("edition"), try form.integer("id", in: 1...Int.max) ?? 0)
            return try await acted(context, person, frame) {
                try await declarations.withdraw(tie: tie, in: code, by: $0, at: context.began)
            }
        }
        desk.submit("/kerja/benturan/{edition}/nyatakan", .sit) { _, _, context, person, frame in
            let code = try context.part("edition")
            return try await acted(context, person, frame) {
                try await declarations.declare(in: code, by: $0, at: context.began)
            }
        }
    }

    private func acted(
        _ context: Context, _ person: Person, _ frame: Frame, _ body: (Actor) async throws -> Void
    ) async throws -> Answer {
        do {
            try await body(person.actor(from: context.clientAddress))
            return .seeOther(frame.to(.path("kerja", "benturan", try context.part("edition"))))
        } catch let refusal as EvaluatorRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return .personal(
                try await page(nil, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
        }
    }

    private func page(
        _ words: String?, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await declarations.sheet(try context.part("edition"), words: words, for: person)
        return DeclarationView.page(sheet, words: words ?? "", problems, frame)
    }
}
