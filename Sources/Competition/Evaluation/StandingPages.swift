import Database
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/nilai`: where proposals stand, raw beside calibrated; each with its readings, and what
/// proposers may read of them. `/kerja/nilai/{edition}` for those whom the edition shows it to.
package struct StandingPages: Sendable {
    private let tables: StandingTables
    private let clearances: ReadingClearances
    private let assignments: Assignments
    private let register: @Sendable () -> Register

    package init(_ database: Database, _ assignments: Assignments, register: @escaping @Sendable () -> Register) {
        tables = StandingTables(database)
        clearances = ReadingClearances(database)
        self.assignments = assignments
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/nilai", .manageEditions) { request, context, person, frame in
            .personal(try await table(request, .none, context, person, frame))
        }
        desk.page("/kerja/nilai/{edition}", .sit) { request, context, person, frame in
            let table = try await tables.table(
                of: try context.part("edition"), forSeatOf: person, at: context.began)
            return .personal(StandingView.seat(table, names(table), from: try start(request), frame))
        }
        desk.page("/kerja/kompetisi/{edition}/nilai/{proposal}", .manageEditions) { _, context, person, frame in
            .personal(try await readings(.none, .empty, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/nilai/{proposal}/tambahan", .manageEditions) {
            _, request, context, person, frame in
            let code = try context.part("edition")
            // First: whether it is there, of this edition, and theirs to see.
            let sheet = try await clearances.sheet(
                try number(context), in: code, for: person, at: context.began)
            do {
                try await assignments.giveExtra(
                    sheet.proposal.id, in: code, by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", code, "nilai", fragment: "baca-lagi")))
            } catch let refusal as any Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    try await table(
                        request, FormProblems([Problem("", refusal.message)]), context, person, frame),
                    status: refusal.kind.status)
            }
        }
        desk.submit("/kerja/kompetisi/{edition}/nilai/{proposal}/loloskan", .manageEditions) {
            form, _, context, person, frame in
            let (id, code) = (try number(context), try context.part("edition"))
            let sheet = try await clearances.sheet(id, in: code, for: person, at: context.began)
            do {
                try await clearances.clear(
                    try changes(form, sheet), of: id, in: code, by: person.actor(from: context.clientAddress),
                    at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", code, "nilai", String(id))))
            } catch let refusal as ReadingRefusal where refusal.kind == .invalid {
                return .personal(
                    try await readings(FormProblems(refusal), form, context, person, frame), status: 422)
            }
        }
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("proposal") { _ in ReadingRefusal.missing }
    }

    /// Every comment that the form holds: released with its words, or taken back.
    private func changes(_ form: Query, _ sheet: ReadingClearances.Sheet) throws -> [ReadingClearances.Change] {
        let isAll = !form.all("semua").isEmpty
        return try sheet.done.flatMap { entry in
            try entry.scores.compactMap { score -> ReadingClearances.Change? in
                let place = "\(entry.reading.id).\(score.section)"
                guard let version = try form.integer("versi.\(place)", in: 0...Int.max) else { return nil }
                let isReleased = isAll || !form.all("lepas.\(place)").isEmpty
                return .init(
                    reading: entry.reading.id, section: score.section,
                    words: isReleased ? try form.one("bersih.\(place)") : nil, version: version)
            }
        }
    }

    private func start(_ request: Request) throws -> Int {
        try request.query().integer("mulai", in: 1...1_000_000) ?? 1
    }

    private func table(
        _ request: Request, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let table = try await tables.table(of: try context.part("edition"), for: person, at: context.began)
        return StandingView.page(table, names(table), from: try start(request), problems, frame)
    }

    private func readings(
        _ problems: FormProblems, _ form: Query, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await clearances.sheet(
            try number(context), in: try context.part("edition"), for: person, at: context.began)
        let typed = Dictionary(form.parameters.map { ($0.name, $0.value) }) { first, _ in first }
        return ReadingClearanceView.page(
            sheet, institution: register().institution(sheet.proposal.institution)?.name ?? sheet.proposal.institution,
            typed: typed, problems, frame)
    }

    private func names(_ table: StandingTables.Table) -> [String: String] {
        let register = register()
        return Dictionary(
            table.titles.values.map { ($0.institution, register.institution($0.institution)?.name ?? $0.institution) },
            uniquingKeysWith: { a, _ in a })
    }
}
