import Directory
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/perbedaan`: an agency answers where sources say something else than its own records.
package struct DifferencePages: Sendable {
    private let differences: Differences
    private let register: @Sendable () -> Register

    package init(_ differences: Differences, register: @escaping @Sendable () -> Register) {
        self.differences = differences
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/perbedaan", .answerDifferences) { request, _, person, frame in
            let query = try request.query()
            let codes = institutions(of: person)
            let page = try await differences.list(
                at: codes, after: try query.integer("sesudah", in: 1...Int(Int32.max)), now: .now())
            var model = model(page.lines, total: page.total, next: page.next, codes, frame)
            model.done = try done(query)
            return .personal(DifferenceView.page(model, frame))
        }
        desk.submit("/kerja/perbedaan", .answerDifferences) { form, _, context, person, frame in
            try await answer(form, context, person, frame)
        }
    }

    private func answer(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let ids = Set(form.parameters.compactMap { $0.name.first == "v" ? Int($0.name.dropFirst()) : nil }).sorted()
        var chosen: [Int: Difference.Choice] = [:]
        var answers: [Differences.Answer] = []
        for id in ids.prefix(200) {
            guard let choice = try form.choice("b\(id)", of: Difference.Choice.self) else { continue }
            chosen[id] = choice
            let seen = Instant(milliseconds: try form.one("v\(id)").flatMap { Int64($0) } ?? 0)
            answers.append(Differences.Answer(id, seen: seen, choice))
        }
        do {
            let outcome = try await differences.answer(
                answers, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(
                frame.to(
                    .path(
                        "kerja", "perbedaan",
                        query: [("kami", String(outcome.kept)), ("sumber", String(outcome.taken))])))
        } catch let refusal as DifferenceRefusal {
            let codes = institutions(of: person)
            let lines = try await differences.lines(Array(ids.prefix(200)), at: codes, now: .now())
            var model = model(lines, total: lines.count, next: nil, codes, frame)
            model.chosen = chosen
            model.problems = FormProblems(refusal)
            return .personal(DifferenceView.page(model, frame), status: refusal.kind.status)
        }
    }

    private func model(
        _ lines: [Differences.Line], total: Int, next: Int?, _ codes: [String], _ frame: Frame
    ) -> DifferencePage {
        let register = register()
        let rows = lines.map { line in
            DifferencePage.Row(
                line: line, ours: line.ours.shown(line.field, register, goals: [], frame.language),
                theirs: line.theirs?.shown(line.field, register, goals: [], frame.language) ?? line.theirText)
        }
        return DifferencePage(
            rows: rows, total: total,
            next: next.map { frame.to(.path("kerja", "perbedaan", query: [("sesudah", String($0))])) },
            names: Dictionary(codes.map { ($0, register.institution($0)?.name ?? $0) }, uniquingKeysWith: { a, _ in a })
        )
    }

    private func done(_ query: Query) throws -> Phrase? {
        guard let kept = try query.integer("kami", in: 0...200) else { return nil }
        let taken = try query.integer("sumber", in: 0...200) ?? 0
        return Phrase(
            "\(kept) nilai kami dipertahankan, \(taken) diambil dari sumber.",
            "\(kept) of our values kept, \(taken) taken from the source.")
    }

    private func institutions(of person: Person) -> [String] {
        Array(Set(person.grants(for: .answerDifferences).compactMap(\.institution))).sorted()
    }
}
