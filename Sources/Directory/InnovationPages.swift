import Hummingbird
import Institutions
import Kernel
import Web

/// The pages of one innovation: the record, its history, what changed between two revisions.
struct InnovationPages {
    let innovations: Innovations
    let catalogue: Catalogue
    let site: DirectorySite
    /// What other slices show on the page; App passes them in.
    let panels: [Panel]

    /// A part of an innovation's page that another slice draws.
    package typealias Panel = @Sendable (_ id: Int, _ frame: Frame) async throws -> HTML

    func add(to routes: Routes) {
        routes.page("/inovasi/{id}") { request, context in
            let frame = Frame(request, context, publicURL: site.publicURL)
            let shown = try await innovations.show(try number(context))
            if let elsewhere = try shown.elsewhere(frame) { return elsewhere }
            if let reason = shown.withdrawn { return gone(shown, reason, frame) }
            return try await page(shown, at: .now(), frame)
        }
        routes.page("/inovasi/{id}/riwayat") { request, context in
            let frame = Frame(request, context, publicURL: site.publicURL)
            let id = try number(context)
            let shown = try await innovations.show(id)
            if let elsewhere = try shown.elsewhere(frame, "riwayat") { return elsewhere }
            let lines = try await innovations.revisions(of: id).map { $0.line(frame.language) }
            return .page(
                HistoryView.page(
                    HistoryPage(id: String(id), name: ShownName(shown.innovation).name, lines: lines), frame))
        }
        routes.page("/inovasi/{id}/riwayat/{revision}") { request, context in
            let frame = Frame(request, context, publicURL: site.publicURL)
            let id = try number(context)
            let revision = try context.number("revision") { _ in DirectoryRefusal.unknownRevision(0) }
            let shown = try await innovations.show(id)
            if let elsewhere = try shown.elsewhere(frame, "riwayat") { return elsewhere }
            let older = try request.query().integer("dari", in: 1...1_000_000)
            return .page(ComparisonView.page(try await comparison(id, revision, since: older, frame), frame))
        }
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("id") { DirectoryRefusal.unknownInnovation(String($0.prefix(40))) }
    }

    private func gone(_ shown: Innovations.Shown, _ reason: String, _ frame: Frame) -> Answer {
        .personal(
            GoneView.page(
                GonePage(
                    id: String(shown.id), name: ShownName(shown.innovation).name, reason: reason,
                    on: shown.updatedAt.day()), frame), status: 410)
    }

    private func page(_ shown: Innovations.Shown, at now: Instant, _ frame: Frame) async throws -> Answer {
        let register = catalogue.register
        let record = shown.innovation
        let institution = register.institution(record.institution)
        let region = register.region(record.region) ?? register.region(institution?.region)
        let province = register.province(of: region?.code)
        let revisions = try await innovations.revisions(of: shown.id)
        var drawn: [HTML] = []
        for panel in panels { drawn.append(try await panel(shown.id, frame)) }
        let sources = shown.sources.map {
            SourceLine(name: $0.source, externalID: $0.externalID, origin: $0.reference, read: $0.changedAt)
        }
        let id = String(shown.id)
        let similar = try await similar(shown, register, at: now)
        let related = try await innovations.listed(innovations.related(to: shown.id)).map {
            Entry($0, register, at: now)
        }
        let page = InnovationView.page(
            InnovationPage(
                id: id, record: record, institution: institution.map { Named(code: $0.code, name: $0.name) },
                region: region.map { Named(code: $0.code, name: $0.name) },
                province: province.map { Named(code: $0.code, name: $0.name) },
                goals: site.goals.filter { record.sdgs.contains($0.number) }, sources: sources,
                provenance: ProvenanceRow.rows(
                    shown, try await innovations.stated(of: shown), register, site.goals, frame.language),
                completeness: record.completeness,
                revision: (revisions.first ?? RevisionEntry.unknown(shown)).line(frame.language),
                revisions: revisions.count, related: related, similar: similar,
                downloads: [
                    Download("JSON", .path("inovasi", id, "data.json")),
                    Download("CSV", .path("inovasi", id, "data.csv")),
                    Download("BibTeX", .path("inovasi", id, "kutipan.bib")),
                ],
                bibTeX: bibTeX(shown, institution: institution?.name, publicURL: site.publicURL), panels: drawn,
                jsonLD: LinkedData.innovation(
                    shown.id, record, institution: institution, region: region, updatedAt: shown.updatedAt,
                    validity: shown.validity,
                    publicURL: site.publicURL, frame.language), validity: shown.validity, at: now), frame)
        let until = [shown.validity.countsUntil(after: now), similar.changesAt, related.changesAt].compactMap(\.self)
            .min()
        return .page(page, until: until)
    }

    /// Records that share the most telling words of this one's title; the likeliest four, never itself.
    private func similar(_ shown: Innovations.Shown, _ register: Register, at now: Instant) async throws -> [Entry] {
        let found = try catalogue.find(Inquiry(text: shown.innovation.title.replacing("\"", with: " "), limit: 5))
        return try await innovations.listed(found.ids.filter { $0 != shown.id }.prefix(4).map(\.self))
            .map { Entry($0, register, at: now) }
    }

    /// What changed since an older revision, by default the one before.
    private func comparison(_ id: Int, _ revision: Int, since: Int?, _ frame: Frame) async throws -> ComparisonPage {
        let register = catalogue.register
        let entries = try await innovations.revisions(of: id)
        guard let newer = entries.first(where: { $0.number == revision }) else {
            throw DirectoryRefusal.unknownRevision(revision)
        }
        let older = entries.first { $0.number == since ?? (revision - 1) } ?? newer
        if let since, older.number != since || since > revision { throw DirectoryRefusal.unknownRevision(since) }
        let after = try await innovations.content(of: id, revision: revision)
        let before = older.number == revision ? nil : try await innovations.content(of: id, revision: older.number)
        func text(_ innovation: Innovation?, _ field: Innovation.Field) -> String? {
            innovation?.shown(field, register, goals: site.goals, frame.language)
        }
        let changes = Innovation.Field.allCases.compactMap { field -> ComparisonPage.Change? in
            let (old, new) = (text(before, field), text(after, field))
            return old == new ? nil : .init(field: field.key, before: old, after: new)
        }
        return ComparisonPage(
            id: String(id), name: ShownName(after).name, older: older.line(frame.language),
            newer: newer.line(frame.language), changes: changes,
            unchanged: after.known.filter { text(before, $0) == text(after, $0) }.count)
    }
}

private typealias RevisionEntry = Innovations.RevisionEntry

extension Innovations.RevisionEntry {
    /// The entry as the history shows it. Offices are named, and what came from a file says so.
    func line(_ language: Language) -> RevisionLine {
        RevisionLine(number: number, at: at, by: name(language), why: reason)
    }

    private func name(_ language: Language) -> String {
        guard actor.hasPrefix("import:") else { return actor }
        return language.say("impor data ", "data import ") + actor.dropFirst(7)
    }

    fileprivate static func unknown(_ shown: Innovations.Shown) -> Self {
        Self(number: shown.revision, at: shown.updatedAt, actor: "–", reason: "–")
    }
}

extension Innovations.Shown {
    /// Where the record lives that a merged one belongs to; throws `unknownInnovation` for one that waits for review,
    /// which to the public is not there.
    func elsewhere(_ frame: Frame, _ page: String? = nil) throws -> Answer? {
        switch absence {
        case .merged(let root):
            let root = String(root)
            return .moved(frame.to(page.map { .path("inovasi", root, $0) } ?? .path("inovasi", root)))
        case .waiting: throw DirectoryRefusal.unknownInnovation(String(id))
        case nil: return nil
        }
    }
}

/// A BibTeX entry that cites the record at its revision.
func bibTeX(_ shown: Innovations.Shown, institution: String?, publicURL: String) -> String {
    func braced(_ text: String) -> String { "{" + text.replacing("{", with: "(").replacing("}", with: ")") + "}" }
    let record = shown.innovation
    return """
        @misc{simpul\(shown.id),
          author = {\(braced(institution ?? record.institutionAsGiven ?? "–"))},
          title = {\(braced(ShownName(record).name))},
          year = {\(record.year.map(String.init) ?? "t.t.")},
          howpublished = {Simpul},
          note = {revisi \(shown.revision), \(shown.updatedAt.day().iso)},
          url = {\(publicURL)/inovasi/\(shown.id)}
        }

        """
}
