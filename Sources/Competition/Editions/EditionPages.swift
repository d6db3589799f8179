import Hummingbird
import Institutions
import Kernel
import People
import Web

/// The addresses of editions: their rules for everybody, and their making for those who hold them.
package struct EditionPages: Sendable {
    private let editions: Editions
    private let proposals: Proposals
    private let register: @Sendable () -> Register
    private let publicURL: String
    private let panels: [Panel]

    /// What else is public of an edition at a moment, e.g. what was announced.
    package typealias Panel = @Sendable (Editions.Stored, Instant, Frame) async throws -> HTML

    package init(
        _ editions: Editions, _ proposals: Proposals, register: @escaping @Sendable () -> Register, publicURL: String,
        panels: [Panel] = []
    ) {
        self.editions = editions
        self.proposals = proposals
        self.register = register
        self.publicURL = publicURL
        self.panels = panels
    }

    package func add(to routes: Routes) {
        routes.page("/kompetisi") { request, context in
            let frame = Frame(request, context, publicURL: publicURL)
            let (all, now) = (try await editions.all(), Instant.now())
            return .page(
                EditionView.list(all, names: organisers(all), at: now, frame),
                until: all.compactMap { $0.edition.nextEdge(after: now) }.min())
        }
        routes.page("/kompetisi/{edition}") { request, context in
            let frame = Frame(request, context, publicURL: publicURL)
            let (stored, now) = (try await editions.show(context.part("edition")), Instant.now())
            let amendments = try await editions.amendments(of: stored.id)
            let counts = try await proposals.counts(in: stored.id)
            var more = HTML.empty
            for panel in panels { more += try await panel(stored, now, frame) }
            let minute = stored.state == .archive ? nil : Outcomes.until(after: now)
            return .page(
                EditionView.page(
                    stored, amendments, counts, organiser: name(stored.edition.organiser), more: more, at: now, frame),
                until: [stored.edition.nextEdge(after: now), minute].compactMap(\.self).min())
        }
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi", .manageEditions) { _, _, _, frame in
            .personal(try await list(.none, Query.empty, frame))
        }
        desk.submit("/kerja/kompetisi", .manageEditions) { form, _, context, person, frame in
            let code = try form.text("code", limit: 60) ?? ""
            do {
                try await editions.copy(
                    try form.required("dari", limit: 60), as: code,
                    year: try form.integer("tahun", in: 2000...2100) ?? Instant.now().day().year,
                    organiser: try form.text("penyelenggara", limit: 60) ?? "",
                    by: person.actor(from: context.clientAddress), at: .now())
                return .seeOther(frame.to(.path("kerja", "kompetisi", code)))
            } catch let refusal as EditionRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(try await list(FormProblems(refusal), form, frame), status: 422)
            }
        }
        desk.page("/kerja/kompetisi/{edition}", .manageEditions) { _, context, _, frame in
            let stored = try await editions.show(context.part("edition"), draft: true)
            return .personal(EditionDeskView.edition(stored, EditionCheck(stored.tables).problems, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/buka", .manageEditions) { _, _, context, person, frame in
            let code = try context.part("edition")
            do {
                try await editions.open(code, by: person.actor(from: context.clientAddress), at: .now())
                return .seeOther(frame.to(.path("kompetisi", code)))
            } catch EditionRefusal.contradictory(let problems) {
                let stored = try await editions.show(code, draft: true)
                return .personal(EditionDeskView.edition(stored, problems, frame), status: 422)
            }
        }
        desk.page("/kerja/kompetisi/{edition}/{part}", .manageEditions) { _, context, _, frame in
            let (stored, part) = try await found(context)
            return .personal(
                EditionDeskView.part(
                    .init(stored: stored, part: part, rows: stored.tables[part]), FormProblems.none, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/{part}", .manageEditions) { form, _, context, person, frame in
            let (stored, part) = try await found(context)
            let typed = try EditionForm.rows(form, part)
            let reason = try form.text("reason", limit: 500)
            let version = try form.integer("versi", in: 1...Int.max) ?? stored.version
            do {
                try await editions.change(
                    stored.code, part, to: typed, reason: reason, basedOn: version,
                    by: person.actor(from: context.clientAddress), at: .now())
                return .seeOther(frame.to(.path("kerja", "kompetisi", stored.code)))
            } catch let refusal as EditionRefusal where refusal.kind == .invalid || refusal == .changedMeanwhile {
                let page = EditionDeskView.Part(stored: stored, part: part, rows: typed, reason: reason ?? "")
                return .personal(
                    EditionDeskView.part(page, FormProblems(refusal), frame),
                    status: refusal == .changedMeanwhile ? 409 : 422)
            }
        }
    }

    private func found(_ context: Context) async throws -> (Editions.Stored, EditionPart) {
        let name = try context.part("part")
        guard let part = EditionPart(rawValue: name) else { throw EditionRefusal.unknownPart(name) }
        return (try await editions.show(context.part("edition"), draft: true), part)
    }

    private func list(_ problems: FormProblems, _ form: Query, _ frame: Frame) async throws -> HTML {
        let all = try await editions.all(withDrafts: true)
        return EditionDeskView.list(
            all, names: organisers(all),
            typed: .init(
                from: try form.text("dari", limit: 60) ?? all.first?.code ?? "",
                code: try form.text("code", limit: 60) ?? "", year: try form.text("tahun", limit: 10) ?? "",
                organiser: try form.text("penyelenggara", limit: 60) ?? ""), problems, frame)
    }

    private func name(_ organiser: String) -> String { register().institution(organiser)?.name ?? organiser }

    private func organisers(_ all: [Editions.Stored]) -> [String: String] {
        Dictionary(all.map { ($0.edition.organiser, name($0.edition.organiser)) }, uniquingKeysWith: { a, _ in a })
    }
}
