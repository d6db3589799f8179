import Directory
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/inovasi`: what is being written and what is published, and the start of something new.
struct OurInnovationsPages: Sendable {
    let drafts: Drafts
    let ours: OurInnovations
    let words: DraftWords

    func add(to desk: Desk) {
        desk.page("/kerja/inovasi", .write) { request, _, person, frame in
            .personal(try await list(try request.query(), person, frame))
        }
        desk.page("/kerja/inovasi/baru", .write) { request, _, person, frame in
            .personal(try await new(try request.query(), .none, person, frame))
        }
        desk.submit("/kerja/inovasi/baru", .write) { form, _, context, person, frame in
            do {
                let draft = try await start(form, person.actor(from: context.clientAddress), person)
                return .seeOther(frame.to(.path("kerja", "inovasi", String(draft), Step.nama.rawValue)))
            } catch let refusal as DraftRefusal {
                // Whoever asks for the second time goes on with what is open.
                if case .alreadyOpen(let draft) = refusal {
                    return .seeOther(frame.to(.path("kerja", "inovasi", String(draft))))
                }
                guard refusal.kind == .invalid else { throw refusal }
                return .personal(try await new(form, FormProblems(refusal), person, frame), status: 422)
            }
        }
    }

    private func start(_ form: Query, _ actor: Actor, _ person: Person) async throws -> Int {
        let unit = try form.integer("unit", in: 1...Int.max)
        if let innovation = try form.integer("innovation", in: 1...Int.max) {
            return try await drafts.start(from: innovation, unit: unit, by: actor, at: .now()).draft
        }
        let title = try form.text("title", limit: 500) ?? ""
        guard !title.isEmpty else {
            throw DraftRefusal.invalid([Problem("title", Phrase("Tulis judulnya.", "Write its title."))])
        }
        let institution = try institution(form, person)
        return try await drafts.start(at: institution, unit: unit, [.title: title], by: actor, at: .now()).draft
    }

    /// The institution that is asked for, else the person's first.
    private func institution(_ query: Query, _ person: Person) throws -> String {
        let own = institutions(person)
        guard let first = own.first else { throw DraftRefusal.noInstitution }
        guard let asked = try query.one("institution") else { return first }
        guard own.contains(asked) else { throw DraftRefusal.notYours }
        return asked
    }

    private func institutions(_ person: Person) -> [String] {
        var found: [String] = []
        for code in person.grants(for: .write).compactMap(\.institution) where !found.contains(code) {
            found.append(code)
        }
        return found
    }

    private func choices(_ institution: String, _ person: Person) async throws -> [Choice] {
        guard person.unit(at: institution) == nil else { return [] }
        return try await ours.units(of: institution).map { Choice(String($0.id), $0.name) }
    }

    private func new(_ query: Query, _ problems: FormProblems, _ person: Person, _ frame: Frame) async throws -> HTML {
        let institution = try institution(query, person)
        return NewInnovationView.page(
            NewInnovationPage(
                institutions: institutions(person).map { Choice($0, words.institution($0)) },
                units: try await choices(institution, person), title: query.all("title").first ?? "",
                institution: institution, unit: query.all("unit").first ?? "", problems: problems), frame)
    }

    private func list(_ query: Query, _ person: Person, _ frame: Frame) async throws -> HTML {
        let now = Instant.now()
        let institution = try institution(query, person)
        let choices = try await choices(institution, person)
        let asked = try query.integer("unit", in: 1...Int.max)
        let unit = person.unit(at: institution) ?? asked
        let trail = Trail(query)
        let open = try await drafts.list(
            at: institution, states: [.returned, .draft, .submitted], limit: 200, for: person, at: now)
        let published = try await ours.published(
            at: institution, units: unit.map { [$0] }, after: trail.last.flatMap { Int($0) }, on: now)
        let lines = open.lines.filter { unit == nil || $0.unit == unit }
        let place = Address.path("kerja", "inovasi")
        let kept = [
            asked.map { ("unit", String($0)) }, institutions(person).count > 1 ? ("institution", institution) : nil,
        ]
        return OurInnovationsView.page(
            OurInnovationsPage(
                drafts: lines.map(line),
                published: published.rows.map { row in
                    OurInnovationsPage.Published(
                        innovation: row.innovation, name: row.shortName ?? titleCased(row.title), unit: row.unit,
                        validUntil: row.validUntil, draft: row.draft)
                },
                total: published.total,
                pager: trail.pager(
                    place, kept.compactMap(\.self), shown: published.rows.count, total: published.total,
                    next: published.next.map(String.init), frame),
                units: choices, unit: asked.map(String.init) ?? "", mayWrite: true, done: done(query), now: now), frame)
    }

    private func line(_ draft: DraftLine) -> OurInnovationsPage.Line {
        OurInnovationsPage.Line(
            id: draft.id, name: draft.title.isEmpty ? "–" : draft.title, unit: draft.unitName, state: draft.state,
            isChange: draft.innovation != nil, at: draft.submittedAt ?? draft.updatedAt)
    }

    private func done(_ query: Query) -> Phrase? {
        switch query.all("selesai").first {
        case "terkirim":
            Phrase(
                "Terkirim. Validator instansi Anda sudah diberi tahu.", "Sent. Your institution's validators were told."
            )
        case "tersimpan":
            Phrase("Tersimpan. Anda dapat melanjutkan kapan saja.", "Saved. You can go on whenever you like.")
        default: nil
        }
    }
}
