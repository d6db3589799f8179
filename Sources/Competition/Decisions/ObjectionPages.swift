import Files
import Hummingbird
import Kernel
import People
import Web

/// Objections to finalists and support: sent by anybody during the public window, answered at the organiser's desk.
package struct ObjectionPages: Sendable {
    private let objections: Objections
    private let outcomes: Outcomes
    private let files: FileStore
    private let attempts: NetworkRate
    private let sent: NetworkRate
    private let publicURL: String
    private let clock: OutcomePages.Clock

    package init(
        _ objections: Objections, _ outcomes: Outcomes, files: FileStore,
        attempts: NetworkRate = NetworkRate(perHour: 40, perDay: 200),
        sent: NetworkRate = NetworkRate(perHour: 5, perDay: 20), publicURL: String,
        clock: @escaping OutcomePages.Clock = { $0.began }
    ) {
        self.objections = objections
        self.outcomes = outcomes
        self.files = files
        self.attempts = attempts
        self.sent = sent
        self.publicURL = publicURL
        self.clock = clock
    }

    package func add(to routes: Routes) {
        let place = "/kompetisi/{edition}/finalis/{proposal}/sanggah"
        routes.page(place) { request, context in
            let finalist = try await finalist(context)
            guard try request.query().one("terkirim") != "1" else {
                return .personal(ObjectionView.thanks(finalist, Frame(request, context, publicURL: publicURL)))
            }
            return form(finalist, .init(), request, context)
        }
        let limits = UploadLimits(
            files: 1, file: FileKind.letter.mostBytes, field: 32 * 1024, fields: 64 * 1024, parts: 20)
        routes.upload(place, limit: limits.body) { request, context in
            // Whether it is there at all comes before anything that was sent.
            let finalist = try await finalist(context)
            let now = clock(context)
            if let again = attempts.count(from: context.clientAddress, at: now) {
                throw ObjectionRefusal.tooMany(again: again)
            }
            let upload = try await request.upload(into: files.temporaryFolder, limits: limits) { first in
                try FormToken.check(first, request, context)
            }
            defer { upload.discard() }
            return try await take(upload, finalist, request, context, at: now)
        }
    }

    private func take(
        _ upload: Upload, _ finalist: Outcomes.Finalist, _ request: Request, _ context: Context, at now: Instant
    ) async throws -> Answer {
        let (fields, code) = (upload.fields, finalist.stored.code)
        let proposal = finalist.line.proposal
        let typed = ObjectionView.Typed(
            kind: try fields.text("jenis", limit: 40) ?? "",
            words: (try fields.text("isi", limit: 30_000) ?? "").replacing("\r\n", with: "\n"),
            name: try fields.text("nama", limit: 4000) ?? "", contact: try fields.text("kontak", limit: 4000) ?? "")
        let done = Answer.seeOther(
            Frame(request, context, publicURL: publicURL).to(
                .path("kompetisi", code, "finalis", String(proposal), "sanggah", query: [("terkirim", "1")])))
        // A program that fills in everything is told what people are told.
        guard try fields.one(ObjectionView.trap) == nil else { return done }
        do {
            try Objections.requireOpen(finalist.stored.edition, at: now)
            let notice = try ObjectionNotice(
                kind: Objection.Kind(rawValue: typed.kind), words: typed.words, name: typed.name,
                contact: typed.contact)
            var evidence: AdmittedFile?
            if let file = upload.files.first {
                evidence = try await files.admit(file.path, name: file.name, kind: .letter)
            }
            if let again = sent.count(from: context.clientAddress, at: now) {
                throw ObjectionRefusal.tooMany(again: again)
            }
            try await objections.send(notice, evidence: evidence, about: proposal, in: code, at: now)
            return done
        } catch let refusal as ObjectionRefusal where refusal != .missing {
            return form(
                finalist, typed, request, context, problems: FormProblems(refusal), status: refusal.kind.status)
        } catch let refusal as FileRefusal {
            return form(
                finalist, typed, request, context, problems: FormProblems([refusal.problem(at: "bukti")]),
                status: refusal.kind.status)
        }
    }

    private func form(
        _ finalist: Outcomes.Finalist, _ typed: ObjectionView.Typed, _ request: Request, _ context: Context,
        problems: FormProblems = .none, status: Int = 200
    ) -> Answer {
        let (token, cookie) = FormToken.issue(request, context)
        let frame = Frame(request, context, publicURL: publicURL, formToken: token)
        let answer = Answer.personal(
            ObjectionView.form(finalist, typed, problems, at: clock(context), frame), status: status)
        return cookie.map { answer.with($0.name, $0.value) } ?? answer
    }

    private func finalist(_ context: Context) async throws -> Outcomes.Finalist {
        let number = try context.number("proposal") { _ in AnnouncementRefusal.notOut }
        return try await outcomes.finalist(
            number, in: try context.part("edition"), cookie: nil, from: "", at: clock(context))
    }

    // MARK: the organiser

    package func add(to desk: Desk) {
        let place = "/kerja/kompetisi/{edition}/sanggahan"
        desk.page(place, .manageEditions) { _, context, person, frame in
            .personal(try await list(nil, context, person, frame))
        }
        desk.submit(place + "/{objection}", .manageEditions) { form, _, context, person, frame in
            let (code, id) = (try context.part("edition"), try number(context))
            let (_, all) = try await objections.list(in: code, for: person)
            guard all.contains(where: { $0.objection.id == id }) else { throw ObjectionRefusal.missing }
            let words = (try form.text("jawaban-\(id)", limit: 30_000) ?? "").replacing("\r\n", with: "\n")
            let published = (try form.text("terbit-\(id)", limit: 30_000) ?? "").replacing("\r\n", with: "\n")
            let outcome = try form.choice("hasil-\(id)", of: Objection.Outcome.self)
            do {
                try await objections.answer(
                    id, outcome, words: words, published: published, in: code,
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(EditionMenuView.Place.objections.path(code)))
            } catch let refusal as ObjectionRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                let failed = ObjectionView.Failed(
                    id: id, outcome: outcome, words: words, published: published, problems: FormProblems(refusal))
                return .personal(try await list(failed, context, person, frame), status: refusal.kind.status)
            }
        }
        desk.page(place + "/{objection}/bukti", .manageEditions) { _, context, person, _ in
            let digest = try await objections.evidence(
                try number(context), in: try context.part("edition"), for: person)
            let (stored, files) = (try await files.open(digest), files)
            return Answer.stream(type: stored.type) { out in
                try await files.chunks(of: digest) { try await out.write($0) }
            }.with("Content-Disposition", FileName.disposition("bukti-\(try number(context))", type: stored.type))
        }
    }

    private func list(
        _ failed: ObjectionView.Failed?, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let (stored, all) = try await objections.list(in: try context.part("edition"), for: person)
        return ObjectionView.desk(stored, all, failed, frame)
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("objection") { _ in ObjectionRefusal.missing }
    }
}
