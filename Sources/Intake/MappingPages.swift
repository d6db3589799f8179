import Directory
import Files
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/sumber/{source}/pemetaan`: which column means what, tried on the real rows, saved in versions.
package struct MappingPages: Sendable {
    private let sources: Sources
    private let mappings: Mappings
    private let runs: Runs
    private let register: @Sendable () -> Register

    package init(_ sources: Sources, _ mappings: Mappings, _ runs: Runs, register: @escaping @Sendable () -> Register) {
        self.sources = sources
        self.mappings = mappings
        self.runs = runs
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/sumber/{source}/pemetaan", .manageSources) { request, context, _, frame in
            let query = try request.query()
            let source = try await sources.source(try SourcePages.number(context))
            let file = try await file(query, source)
            return .personal(MappingView.page(try await page(source, file), frame))
        }
        desk.submit("/kerja/sumber/{source}/pemetaan", .manageSources) { form, _, context, person, frame in
            let source = try await sources.source(try SourcePages.number(context))
            let file = try await file(form, source)
            var page = try await page(source, file)
            try Self.read(form, into: &page)
            let header = page.columns.map(\.name)
            do {
                if try form.one("coba") != nil {
                    try page.mapping.check(for: header)
                    page.trial = try await mappings.preview(file.digest, page.mapping)
                    return .personal(MappingView.page(page, frame))
                }
                let actor = person.actor(from: context.clientAddress)
                try await mappings.save(page.mapping, for: source.id, header: header, by: actor, at: .now())
                let run = try await runs.start(file.digest, name: file.name, for: source.id, by: actor, at: .now())
                return .seeOther(frame.to(.path("kerja", "kiriman", String(run))))
            } catch let refusal as MappingRefusal {
                page.problems = FormProblems(page.named(refusal.problems))
                return .personal(MappingView.page(page, frame), status: 422)
            }
        }
    }

    private struct File {
        let digest: String
        let name: String
    }

    /// The file that the address names, else the one that was delivered last.
    private func file(_ query: Query, _ source: Source) async throws -> File {
        if let digest = try query.text("berkas", limit: 64) {
            return File(digest: digest, name: try query.text("nama", limit: 300) ?? "")
        }
        let last = try await runs.list(of: source.id, limit: 20).first { $0.file != nil }
        guard let last, let digest = last.file else { throw MappingRefusal.none }
        return File(digest: digest, name: last.name)
    }

    private func page(_ source: Source, _ file: File) async throws -> MappingPage {
        let table = try await mappings.table(file.digest)
        let samples = try await Self.samples(table)
        let newest = try await mappings.newest(of: source.id)
        let guessed = Mapping.suggest(table.header)
        let mapping = newest?.mapping ?? guessed
        let change = newest?.mapping.change(in: table.header)
        let columns = table.header.enumerated().map { place, name in
            let isNew = change?.new.contains(name) ?? false
            return MappingColumn(
                name: name, samples: samples[place],
                field: mapping.columns[name] ?? (isNew ? guessed.columns[name] : nil), isNew: isNew)
        }
        let register = register()
        return MappingPage(
            source: source.id, name: source.name, file: file.name, digest: file.digest, columns: columns,
            constants: mapping.constants, gone: change?.missing ?? [], version: newest?.version,
            derivesID: mapping.derivesID, institution: { register.institution($0)?.name ?? $0 })
    }

    /// Three different values of each column, from its first rows.
    private static func samples(_ table: TableReader) async throws -> [[String]] {
        try await apart {
            var (table, rows) = (table, 0)
            var samples = [[String]](repeating: [], count: table.header.count)
            while rows < 200, let row = try table.next() {
                rows += 1
                for (place, cell) in row.cells.prefix(samples.count).enumerated() {
                    let text = String(cell.prefix(200))
                    if samples[place].count < 3, !text.isEmpty, !samples[place].contains(text) {
                        samples[place].append(text)
                    }
                }
            }
            return samples
        }
    }

    private static func read(_ form: Query, into page: inout MappingPage) throws {
        let known = ImportColumn.allCases.map(\.rawValue)
        for place in page.columns.indices {
            page.columns[place].field = try form.choice("kolom\(place)", among: known).flatMap(
                ImportColumn.init(rawValue:))
        }
        page.constants = [:]
        for field in MappingView.constantFields {
            page.constants[field] = try form.text("tetap-\(field.rawValue)", limit: 1000)
        }
        page.derivesID = try form.one("nomor") != nil
    }
}

extension MappingPage {
    /// What the page says, as it is kept.
    var mapping: Mapping {
        let chosen = columns.compactMap { column in column.field.map { (column.name, $0) } }
        return Mapping(
            columns: Dictionary(chosen) { first, _ in first }, constants: constants, derivesID: derivesID,
            header: columns.map(\.name))
    }

    /// Problems of columns, beside the controls that chose them.
    func named(_ problems: [Problem]) -> [Problem] {
        problems.map { problem in
            let place = columns.firstIndex { $0.name == problem.field }
            return Problem(place.map { "kolom\($0)" } ?? "", problem.message)
        }
    }
}
