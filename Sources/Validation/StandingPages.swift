import Directory
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// The desk where an agency renews what it stands by.
package struct StandingPages: Sendable {
    private let renewals: Renewals
    private let drafts: Drafts
    private let term: Term
    private let register: @Sendable () -> Register

    package init(
        _ renewals: Renewals, drafts: Drafts, term: Term = Term(), register: @escaping @Sendable () -> Register
    ) {
        self.renewals = renewals
        self.drafts = drafts
        self.term = term
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/perpanjang", .validate) { request, _, person, frame in
            let query = try request.query()
            let all = try query.one("semua") == "1"
            var marker: Renewals.Marker?
            if let text = try query.one("sesudah") {
                marker = Renewals.Marker(text)
                guard marker != nil else { throw QueryRefusal.unknownValue(name: "sesudah", allowed: []) }
            }
            let now = Instant.now()
            let codes = institutions(of: person)
            let page = try await renewals.list(at: codes, all: all, after: marker, now: now)
            var model = RenewalPage(lines: page.lines, now: now, until: until(now))
            model.counts = page
            model.all = all
            model.names = names(codes)
            model.next = page.next.map {
                frame.to(
                    .path("kerja", "perpanjang", query: (all ? [("semua", "1")] : []) + [("sesudah", $0.text)]))
            }
            model.done = try done(query)
            return .personal(RenewalView.page(model, frame))
        }
        desk.submit("/kerja/perpanjang", .validate) { form, _, context, person, frame in
            try await renew(form, context, person, frame)
        }
    }

    private func renew(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let now = Instant.now()
        let codes = institutions(of: person)
        let ids = form.parameters.compactMap { $0.name.first == "v" ? Int($0.name.dropFirst()) : nil }
        let lines = try await renewals.lines(Array(Set(ids).sorted().prefix(500)), at: codes, now: now)
        var model = RenewalPage(lines: lines, now: now, until: until(now))
        model.names = names(codes)
        for line in lines {
            var chosen = RenewalPage.Chosen()
            chosen.choice = try form.choice("k\(line.id)", of: Renewal.Choice.self)
            chosen.reason = try form.one("a\(line.id)") ?? ""
            chosen.note = try form.text("t\(line.id)", limit: 5000) ?? ""
            model.chosen[line.id] = chosen
        }
        func answers() throws -> [Renewals.Answer] {
            try lines.compactMap { line in
                guard let chosen = model.chosen[line.id], let choice = chosen.choice else { return nil }
                return Renewals.Answer(
                    id: line.id, revision: try form.integer("v\(line.id)", in: 1...Int(Int32.max)) ?? 0,
                    Renewal(
                        choice, reason: Renewal.Reason(rawValue: chosen.reason),
                        note: chosen.note.isEmpty ? nil : chosen.note))
            }
        }
        do {
            if try form.one("semua") != nil {
                // What is wrong is said before anything is asked.
                let problems = try answers().flatMap { $0.renewal.problems(of: $0.id) }
                guard problems.isEmpty else { throw RenewalRefusal.incomplete(problems) }
                for line in lines where model.chosen[line.id]?.choice == nil {
                    model.chosen[line.id]?.choice = Renewal.Choice(keeping: line.continuity)
                }
                return .personal(RenewalView.confirm(model, frame))
            }
            let actor = person.actor(from: context.clientAddress)
            let outcome = try await renewals.renew(try answers(), by: actor, at: now)
            for id in outcome.changing where lines.first(where: { $0.id == id })?.draft == nil {
                guard person.may(.write, at: lines.first { $0.id == id }?.institution ?? "") else { continue }
                // One that cannot be opened now is still asked for by message.
                _ = try? await drafts.start(from: id, by: actor, at: now)
            }
            return .seeOther(
                frame.to(
                    .path(
                        "kerja", "perpanjang",
                        query: [
                            ("benar", String(outcome.renewed.count)), ("berhenti", String(outcome.stopped.count)),
                            ("ubah", String(outcome.changing.count)),
                        ])))
        } catch let refusal as RenewalRefusal {
            model.problems = FormProblems(refusal)
            return .personal(RenewalView.page(model, frame), status: 422)
        }
    }

    private func done(_ query: Query) throws -> Phrase? {
        let range = 0...500
        guard let renewed = try query.integer("benar", in: range) else { return nil }
        let stopped = try query.integer("berhenti", in: range) ?? 0
        let changing = try query.integer("ubah", in: range) ?? 0
        return Phrase(
            "\(renewed) diperpanjang, \(stopped) dinyatakan berhenti, \(changing) menunggu diubah.",
            "\(renewed) renewed, \(stopped) registered as stopped, \(changing) waiting to be changed.")
    }

    private func until(_ now: Instant) -> Instant { term.end(for: Innovation(), from: now) }

    private func institutions(of person: Person) -> [String] {
        Array(Set(person.grants(for: .validate).compactMap(\.institution))).sorted()
    }

    private func names(_ codes: [String]) -> [String: String] {
        let register = register()
        return Dictionary(uniqueKeysWithValues: codes.map { ($0, register.institution($0)?.name ?? $0) })
    }
}
