import Files
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/sumber`: the sources, what is stated of them, and how their files come in.
package struct SourcePages: Sendable {
    private let sources: Sources
    private let mappings: Mappings
    private let runs: Runs
    private let files: FileStore

    package init(_ sources: Sources, _ mappings: Mappings, _ runs: Runs, files: FileStore) {
        self.sources = sources
        self.mappings = mappings
        self.runs = runs
        self.files = files
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/sumber", .readSources) { _, _, person, frame in
            let lines = try await sources.all().enumerated().map { SourceLine(line: $1, place: $0 + 1) }
            return .personal(
                SourceListView.page(SourceListPage(sources: lines, mayManage: person.may(.manageSources)), frame))
        }
        desk.page("/kerja/sumber/baru", .manageSources) { _, _, _, frame in
            let page = SourceFormView.Page(source: nil, name: nil, terms: Source.Terms(name: ""), hours: "")
            return .personal(SourceFormView.page(page, frame))
        }
        desk.submit("/kerja/sumber/baru", .manageSources) { form, _, context, person, frame in
            // A new source is believed last; who knows better moves it up.
            let last = try await sources.all().map(\.source.terms.trust).max() ?? 0
            return try await keep(form, nil, frame) { terms in
                var terms = terms
                terms.trust = min(999, last + 10)
                return try await sources.declare(terms, by: person.actor(from: context.clientAddress), at: .now())
            }
        }
        desk.page("/kerja/sumber/{source}", .readSources) { request, context, person, frame in
            let id = try Self.number(context)
            return .personal(SourceDetailView.page(try await page(id, request.query(), person, frame), frame))
        }
        desk.page("/kerja/sumber/{source}/ubah", .manageSources) { _, context, _, frame in
            let source = try await sources.source(try Self.number(context))
            return .personal(SourceFormView.page(Self.form(source), frame))
        }
        desk.submit("/kerja/sumber/{source}/ubah", .manageSources) { form, _, context, person, frame in
            let source = try await sources.source(try Self.number(context))
            return try await keep(form, source, frame) { terms in
                try await sources.change(
                    source.id, to: terms, by: person.actor(from: context.clientAddress), at: .now())
                return source.id
            }
        }
        addActs(to: desk)
    }

    private func addActs(to desk: Desk) {
        desk.submit("/kerja/sumber/{source}/urutan", .manageSources) { form, _, context, person, frame in
            let id = try Self.number(context)
            let up = try form.choice("arah", among: ["naik", "turun"]) == "naik"
            try await sources.move(id, up: up, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "sumber", fragment: "urutan")))
        }
        desk.submit("/kerja/sumber/{source}/jeda", .manageSources) { form, _, context, person, frame in
            let source = try await sources.source(try Self.number(context))
            var terms = source.terms
            terms.isPaused = try form.one("jeda") != nil
            try await sources.change(source.id, to: terms, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "sumber", String(source.id))))
        }
        desk.submit("/kerja/sumber/{source}/ambil", .manageSources) { _, _, context, person, frame in
            let source = try await sources.source(try Self.number(context))
            let run = try await runs.startPull(of: source.id, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "kiriman", String(run))))
        }
        desk.upload(
            "/kerja/sumber/{source}/berkas", .manageSources, into: files.temporaryFolder,
            limits: UploadLimits(files: 1, file: FileKind.delivery.mostBytes)
        ) { upload, _, context, person, frame in
            let source = try await sources.source(try Self.number(context))
            let actor = person.actor(from: context.clientAddress)
            do {
                guard let file = upload.files.first else { throw FileRefusal.empty }
                return try await take(file, source, actor, frame)
            } catch let refusal as any Refusal where refusal.kind == .invalid {
                var page = try await page(source.id, .empty, person, frame)
                page.problems = FormProblems([Problem("berkas", refusal.message)])
                return .personal(SourceDetailView.page(page, frame), status: 422)
            }
        }
    }

    private func page(_ id: Int, _ query: Query, _ person: Person, _ frame: Frame) async throws -> SourcePage {
        let all = try await sources.all()
        guard let place = all.firstIndex(where: { $0.source.id == id }) else { throw SourceRefusal.unknown }
        let trail = Trail(query)
        let found = try await runs.list(of: id, before: trail.last.flatMap { Int($0) }, limit: Trail.size + 1)
        let shown = Array(found.prefix(Trail.size))
        let pager = trail.pager(
            .path("kerja", "sumber", String(id)), [], shown: shown.count, total: try await runs.count(of: id),
            next: found.count > shown.count ? shown.last.map { String($0.id) } : nil, frame)
        return SourcePage(
            source: all[place].source, place: place + 1, runs: shown, last: all[place].run, pager: pager,
            versions: try await mappings.versions(of: id), mayManage: person.may(.manageSources))
    }

    /// Runs a file whose columns are known; else leads to where they are explained.
    private func take(_ file: UploadedFile, _ source: Source, _ actor: Actor, _ frame: Frame) async throws -> Answer {
        let kept = try await files.admit(file.path, name: file.name, kind: .delivery)
        let digest = try await runs.receive(kept, for: source.id, by: actor, at: .now())
        let header = try await mappings.table(digest).header
        let known = try await mappings.newest(of: source.id)?.mapping
        guard let known, known.change(in: header) == nil else {
            let query = [("berkas", digest), ("nama", kept.name)]
            return .seeOther(frame.to(.path("kerja", "sumber", String(source.id), "pemetaan", query: query)))
        }
        let run = try await runs.start(digest, name: kept.name, for: source.id, by: actor, at: .now())
        return .seeOther(frame.to(.path("kerja", "kiriman", String(run))))
    }

    private func keep(
        _ form: Query, _ source: Source?, _ frame: Frame, _ store: (Source.Terms) async throws -> Int
    ) async throws -> Answer {
        var page =
            source.map(Self.form)
            ?? SourceFormView.Page(source: nil, name: nil, terms: Source.Terms(name: ""), hours: "")
        page.terms.name = try form.text("name", limit: 500) ?? ""
        page.terms.owner = try form.text("owner", limit: 1000)
        page.terms.licence = try form.text("licence", limit: 1000)
        page.terms.kind = try form.choice("kind", of: Source.Kind.self) ?? .file
        page.terms.address = try form.text("address", limit: 4000)
        page.terms.isLocal = try form.one("local") != nil
        page.terms.isComplete = try form.one("complete") == "1"
        page.hours = try form.text("hours", limit: 20) ?? ""
        page.terms.hours = page.hours.isEmpty ? nil : Int(page.hours) ?? 0
        do {
            return .seeOther(frame.to(.path("kerja", "sumber", String(try await store(page.terms)))))
        } catch let refusal as SourceRefusal where refusal.kind == .invalid {
            page.problems = FormProblems(refusal)
            return .personal(SourceFormView.page(page, frame), status: 422)
        }
    }

    private static func form(_ source: Source) -> SourceFormView.Page {
        SourceFormView.Page(
            source: source.id, name: source.name, terms: source.terms, hours: source.terms.hours.map(String.init) ?? "")
    }

    static func number(_ context: Context) throws -> Int {
        try context.number("source") { _ in SourceRefusal.unknown }
    }
}
