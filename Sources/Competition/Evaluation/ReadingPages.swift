import Files
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/penilaian`: an evaluator's queue and desk. Every act counts from the moment its request began.
package struct ReadingPages: Sendable {
    private let readings: Readings
    private let inquiries: Inquiries
    private let files: FileStore

    package init(_ readings: Readings, _ inquiries: Inquiries, files: FileStore) {
        self.readings = readings
        self.inquiries = inquiries
        self.files = files
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/penilaian", .evaluate) { _, context, person, frame in
            .personal(ReadingQueueView.page(try await readings.queues(for: person), at: context.began, frame))
        }
        desk.page("/kerja/penilaian/{reading}", .evaluate) { _, context, person, frame in
            do {
                return .personal(try await page(try number(context), context, person, frame))
            } catch ReadingRefusal.undeclared(let code) {
                return .seeOther(frame.to(.path("kerja", "benturan", code)))
            }
        }
        desk.submit("/kerja/penilaian/{reading}/simpan", .evaluate) { form, _, context, person, frame in
            try await save(try number(context), form, context, person, frame)
        }
        desk.submit("/kerja/penilaian/{reading}/buka-lagi", .evaluate) { _, _, context, person, frame in
            let id = try number(context)
            return try await shown(id, Query.empty, context, person, frame) {
                try await readings.reopen(id, by: person.actor(from: context.clientAddress), at: context.began)
                return here(id, frame)
            }
        }
        desk.submit("/kerja/penilaian/{reading}/tidak-menilai", .evaluate) { form, _, context, person, frame in
            let id = try number(context)
            return try await shown(id, form, context, person, frame) {
                try await readings.abstain(
                    id, words: try form.one("alasan") ?? "", by: person.actor(from: context.clientAddress),
                    at: context.began)
                return .seeOther(frame.to(.path("kerja", "penilaian")))
            }
        }
        desk.submit("/kerja/penilaian/{reading}/tanya", .evaluate) { form, _, context, person, frame in
            let id = try number(context)
            return try await shown(id, form, context, person, frame) {
                try await inquiries.ask(
                    try form.one("pertanyaan") ?? "", about: id, by: person.actor(from: context.clientAddress),
                    at: context.began)
                return .seeOther(frame.to(.path("kerja", "penilaian", String(id), fragment: "tanya")))
            }
        }
        desk.page("/kerja/penilaian/{reading}/dokumen/{code}", .evaluate) { _, context, person, _ in
            let document = try await readings.document(
                try context.part("code"), of: try number(context), for: person, at: context.began)
            let stored = try await files.open(document.digest)
            let files = files
            // Its own name may say whose it is.
            return Answer.stream(type: stored.type) { out in
                try await files.chunks(of: document.digest) { try await out.write($0) }
            }.with("Content-Disposition", FileName.disposition(document.code, type: stored.type))
        }
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("reading") { _ in ReadingRefusal.missing }
    }

    private func here(_ id: Int, _ frame: Frame) -> Answer {
        .seeOther(frame.to(.path("kerja", "penilaian", String(id))))
    }

    // MARK: saving

    private func save(
        _ id: Int, _ form: Query, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> Answer {
        let isScript = !form.all("otomatis").isEmpty
        let version = try form.integer("versi", in: 0...Int.max) ?? 0
        let typed = ReadingFormView.typed(form)
        let actor = person.actor(from: context.clientAddress)
        if isScript {
            do {
                let saved = try await readings.save(id, typed, basedOn: version, by: actor, at: context.began)
                return .json(
                    Array("{\"version\":\(saved.version),\"saved\":\"\(Instant.now().clock())\"}".utf8),
                    sharing: .personal)
            } catch let refusal as ReadingRefusal where refusal.kind == .conflict {
                let words = jsonQuoted(frame.language.say(refusal.message))
                return .bytes(
                    Array("{\"message\":\(words)}".utf8), type: "application/json", sharing: .personal, status: 409)
            }
        }
        return try await shown(id, form, context, person, frame) {
            switch try form.choice("lanjut", among: ["selesai"]) {
            case "selesai":
                let next = try await readings.finish(id, typed, basedOn: version, by: actor, at: context.began)
                return next.map { here($0, frame) } ?? .seeOther(frame.to(.path("kerja", "penilaian")))
            default:
                let saved = try await readings.save(id, typed, basedOn: version, by: actor, at: context.began)
                guard saved.problems.isEmpty else { throw ReadingRefusal.invalid(saved.problems) }
                return here(id, frame)
            }
        }
    }

    /// Acts; where it is refused for a reason that can be mended, the desk is shown again with all that was typed.
    private func shown(
        _ id: Int, _ form: Query, _ context: Context, _ person: Person, _ frame: Frame,
        _ act: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await act()
        } catch let refusal as ReadingRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return .personal(
                try await page(id, form: form, refusal: refusal, context, person, frame), status: refusal.kind.status)
        }
    }

    private func page(
        _ id: Int, form: Query = .empty, refusal: ReadingRefusal? = nil, _ context: Context, _ person: Person,
        _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await readings.sheet(id, for: person, at: context.began)
        var model = ReadingFormView.Model(sheet: sheet, account: person.account, now: context.began)
        model.typed = ReadingFormView.typed(form)
        model.question = try form.one("pertanyaan") ?? ""
        model.reason = try form.one("alasan") ?? ""
        model.problems = refusal.map { FormProblems($0) } ?? .none
        if case .changedMeanwhile(let clashes, _)? = refusal { model.theirs = clashes }
        return ReadingView.page(model, frame)
    }
}
