import Directory
import Hummingbird
import Institutions
import Kernel
import Linkage
import People
import Web

/// `/kerja/kembar`: the queue of pairs and the page on which one is decided.
package struct PairPages: Sendable {
    private let pairs: Pairs
    private let register: @Sendable () -> Register

    package init(_ pairs: Pairs, register: @escaping @Sendable () -> Register) {
        self.pairs = pairs
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kembar", .reviewTwins) { request, _, person, frame in
            .personal(try await list(try request.query(), person, frame))
        }
        desk.page("/kerja/kembar/{pair}", .reviewTwins) { request, context, person, frame in
            let query = try request.query()
            let pair = try await pairs.show(try number(context))
            let done = try await done(query, person)
            return .personal(PairDetailView.page(try await page(pair, source(query), done, person, frame), frame))
        }
        desk.submit("/kerja/kembar/{pair}", .reviewTwins) { form, _, context, person, frame in
            try await decide(try number(context), form, context, person, frame)
        }
        desk.submit("/kerja/kembar/{pair}/urungkan", .reviewTwins) { form, _, context, person, frame in
            let id = try number(context)
            try await pairs.takeBack(id, by: person.actor(from: context.clientAddress), at: .now())
            let source = try source(form).map { [("sumber", String($0))] } ?? []
            return .seeOther(frame.to(.path("kerja", "kembar", String(id), query: [("selesai", String(id))] + source)))
        }
    }

    private func number(_ context: Context) throws -> Int { try context.number("pair") { _ in PairRefusal.unknown } }

    private func source(_ query: Query) throws -> Int? { try query.integer("sumber", in: 1...Int(Int32.max)) }

    private var institution: @Sendable (String) -> String {
        let register = register()
        return { register.institution($0)?.name ?? $0 }
    }

    // MARK: The queue

    private func list(_ query: Query, _ person: Person, _ frame: Frame) async throws -> HTML {
        let part = try query.choice("keadaan", of: Pairs.Part.self) ?? .open
        let source = try source(query)
        let trail = Trail(query)
        let page = try await pairs.list(part, source: source, after: trail.last.flatMap(Pairs.Marker.init))
        return PairView.page(
            PairListPage(
                part: part, source: source, page: page,
                pager: trail.pager(
                    .path("kerja", "kembar"), PairView.query(part, source), shown: page.lines.count,
                    total: page.counts[part] ?? 0, next: page.next?.text, frame),
                institution: institution, done: try await done(query, person)), frame)
    }

    /// The decision that led here, if one did.
    private func done(_ query: Query, _ person: Person) async throws -> DonePair? {
        guard let id = try query.integer("selesai", in: 1...Int(Int32.max)) else { return nil }
        return try await pairs.decision(id).map {
            DonePair(pair: id, state: $0.state, mine: $0.account == person.account)
        }
    }

    // MARK: One pair

    private func page(
        _ pair: Pairs.Shown, _ source: Int?, _ done: DonePair?, _ person: Person, _ frame: Frame
    ) async throws -> PairPage {
        let ways = try await pairs.neighbours(of: pair.id, source: source)
        let register = register()
        let rows = Self.order.compactMap { field -> PairPage.Row? in
            func text(_ side: Pairs.Side) -> String? {
                side.record.shown(field, register, goals: [], frame.language).map {
                    shortened(field == .title ? titleCased($0) : $0, to: 800)
                }
            }
            let (left, right) = (text(pair.left), text(pair.right))
            return left == nil && right == nil ? nil : PairPage.Row(field: field, left: left, right: right)
        }
        let steps = pair.steps.map { step in
            Waterfall.Step(
                words: LinkageWords.phrase(WaterfallStep(name: step.name, level: step.level, weight: step.weight)),
                weight: step.weight)
        }
        return PairPage(
            pair: pair, rows: rows,
            waterfall: Waterfall(
                steps: steps.filter { $0.weight != 0 }, silent: steps.filter { $0.weight == 0 }.map(\.words),
                probability: pair.probability),
            previous: ways.previous, next: ways.next, source: source, account: person.account,
            institution: institution, done: done)
    }

    /// What tells records apart comes first.
    private static let order: [Innovation.Field] = {
        let first: [Innovation.Field] = [
            .title, .shortName, .expansion, .institution, .unit, .region, .yearStated, .yearOfIdea, .yearOfTrial,
            .yearOfStart, .awards, .category, .summary,
        ]
        return first + Innovation.Field.allCases.filter { !first.contains($0) }
    }()

    private func decide(
        _ id: Int, _ form: Query, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> Answer {
        guard let decision = try form.choice("keputusan", of: Pair.Decision.self) else {
            throw QueryRefusal.absent(name: "keputusan")
        }
        let reason = try form.text("alasan", limit: 20_000)
        let source = try source(form)
        let number = 1...Int(Int32.max)
        let seen = Pairs.Seen(
            try form.choice("keadaan", of: Pair.State.self) ?? .open, try form.integer("kiri", in: number) ?? 0,
            try form.integer("kanan", in: number) ?? 0)
        do {
            let outcome = try await pairs.decide(
                id, decision, seen: seen, reason: reason, source: source,
                by: person.actor(from: context.clientAddress), at: .now())
            let query = [("selesai", String(outcome.pair))] + (source.map { [("sumber", String($0))] } ?? [])
            guard let next = outcome.next else { return .seeOther(frame.to(.path("kerja", "kembar", query: query))) }
            return .seeOther(frame.to(.path("kerja", "kembar", String(next), query: query)))
        } catch let refusal as PairRefusal where refusal != .unknown {
            // Whoever was slower sees what the pair is now, with what they had written.
            var model = try await page(try await pairs.show(id), source, nil, person, frame)
            model.reason = reason ?? ""
            model.problems = FormProblems(refusal)
            return .personal(PairDetailView.page(model, frame), status: refusal.kind.status)
        }
    }
}
