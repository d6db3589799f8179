import Files
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/usulan`: proposals written by units, ordered and submitted by their agencies. Every act counts from the moment
/// its request began.
package struct ProposalPages: Sendable {
    private let proposals: Proposals
    private let editions: Editions
    private let files: FileStore

    package init(_ proposals: Proposals, _ editions: Editions, files: FileStore) {
        self.proposals = proposals
        self.editions = editions
        self.files = files
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/usulan", .write) { _, context, person, frame in
            .personal(try await list(.none, context, person, frame))
        }
        desk.page("/kerja/usulan/baru", .write) { request, context, person, frame in
            .personal(try await new(try request.query(), .none, context, person, frame))
        }
        desk.submit("/kerja/usulan/baru", .write) { form, _, context, person, frame in
            do {
                let id = try await proposals.start(
                    try form.integer("inovasi", in: 1...Int.max) ?? 0, in: try form.text("edisi", limit: 60) ?? "",
                    unit: try form.integer("unit", in: 1...Int.max),
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "usulan", String(id))))
            } catch let refusal as ProposalRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    try await new(form, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
            }
        }
        desk.page("/kerja/usulan/{proposal}", .write) { _, context, person, frame in
            .personal(try await page(try number(context), context, person, frame))
        }
        desk.submit("/kerja/usulan/{proposal}/simpan", .write) { form, _, context, person, frame in
            try await save(try number(context), form, context, person, frame)
        }
        act("daftar", desk) { try await proposals.register($0, by: $2, at: $3) }
        act("kirim", desk) { try await proposals.submit($0, by: $2, at: $3) }
        act("tarik", desk) { try await proposals.withdraw($0, by: $2, at: $3) }
        act("kembalikan", desk) {
            try await proposals.giveBack($0, remark: try $1.text("catatan", limit: 2000) ?? "", by: $2, at: $3)
        }
        after("perbaikan", "jawaban", desk) { try await proposals.handBack($0, answer: $1, by: $2, at: $3) }
        after("banding", "banding", desk) { try await proposals.appeal($0, words: $1, by: $2, at: $3) }
        desk.submit("/kerja/usulan/{proposal}/urutan", .write) { form, _, context, person, frame in
            let direction = try form.choice("arah", among: ["naik", "turun"])
            try await proposals.move(
                try number(context), up: direction != "turun", by: person.actor(from: context.clientAddress),
                at: context.began)
            return .seeOther(frame.to(.path("kerja", "usulan")))
        }
        addDocuments(to: desk)
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("proposal") { ProposalRefusal.missing(Int($0) ?? 0) }
    }

    /// One button's address: it acts and shows the proposal, with the refusal above it where there is one.
    private func act(
        _ name: String, _ desk: Desk,
        _ body: @escaping @Sendable (_ id: Int, _ form: Query, Actor, _ began: Instant) async throws -> Void
    ) {
        desk.submit("/kerja/usulan/{proposal}/\(name)", .write) { form, _, context, person, frame in
            let id = try number(context)
            return try await shown(id, context, person, frame) {
                try await body(id, form, person.actor(from: context.clientAddress), context.began)
            }
        }
    }

    /// The address of a form with one text, which is shown again when it is refused.
    private func after(
        _ name: String, _ field: String, _ desk: Desk,
        _ body: @escaping @Sendable (_ id: Int, _ words: String, Actor, _ began: Instant) async throws -> Void
    ) {
        desk.submit("/kerja/usulan/{proposal}/\(name)", .write) { form, _, context, person, frame in
            let id = try number(context)
            // First: whether it is theirs to see.
            _ = try await proposals.open(id, for: person, at: context.began)
            let words = try form.text(field, limit: Proposals.longestWords) ?? ""
            return try await shown(id, typed: [field: words], context, person, frame) {
                try await body(id, words, person.actor(from: context.clientAddress), context.began)
            }
        }
    }

    private func shown(
        _ id: Int, typed: [String: String] = [:], _ context: Context, _ person: Person, _ frame: Frame,
        _ body: () async throws -> Void
    ) async throws -> Answer {
        do {
            try await body()
            return .seeOther(frame.to(.path("kerja", "usulan", String(id))))
        } catch let refusal as ProposalRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return .personal(
                try await page(id, typed: typed, problems: FormProblems(refusal), context, person, frame),
                status: refusal.kind.status)
        }
    }

    // MARK: saving

    private func save(
        _ id: Int, _ form: Query, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> Answer {
        let isScript = !form.all("otomatis").isEmpty
        let version = try form.integer("versi", in: 0...Int.max) ?? 0
        let actor = person.actor(from: context.clientAddress)
        let typed = changes(form)
        do {
            let saved = try await proposals.save(id, typed, basedOn: version, by: actor, at: context.began)
            if isScript { return ProposalPages.saved(saved.version, at: .now()) }
            guard saved.problems.isEmpty else {
                return .personal(
                    try await page(id, typed: typed, problems: FormProblems(saved.problems), context, person, frame),
                    status: 422)
            }
        } catch ProposalRefusal.changedMeanwhile(let clashes, let version) {
            if isScript { return ProposalPages.savedElsewhere(version) }
            let refusal = ProposalRefusal.changedMeanwhile(clashes, version: version)
            let theirs = Dictionary(clashes.map { ($0.field, $0.theirs) }) { first, _ in first }
            return .personal(
                try await page(
                    id, typed: typed, theirs: theirs, problems: FormProblems(refusal), context, person, frame),
                status: 409)
        }
        return try await shown(id, context, person, frame) {
            switch try form.choice("lanjut", among: ["daftar", "kirim"]) {
            case "daftar": try await proposals.register(id, by: actor, at: context.began)
            case "kirim": try await proposals.submit(id, by: actor, at: context.began)
            default: break
            }
        }
    }

    /// The fields that the form holds and that differ from what it began with.
    private func changes(_ form: Query) -> [String: String] {
        let sent = Dictionary(form.parameters.map { ($0.name, $0.value) }) { first, _ in first }
        return sent.filter { field, value in
            guard let began = sent["asal." + field] else { return false }
            let text = value.replacing("\r\n", with: "\n")
            return ProposalFormView.origin(text) != began
        }
    }

    /// What the script that saves as one types is told.
    private static func saved(_ version: Int, at: Instant) -> Answer {
        .json(Array("{\"version\":\(version),\"saved\":\"\(at.clock())\"}".utf8), sharing: .personal)
    }

    private static func savedElsewhere(_ version: Int) -> Answer {
        .bytes(Array("{\"version\":\(version)}".utf8), type: "application/json", sharing: .personal, status: 409)
    }

    // MARK: documents

    private func addDocuments(to desk: Desk) {
        desk.upload(
            "/kerja/usulan/{proposal}/dokumen/{code}", .write, into: files.temporaryFolder,
            limits: UploadLimits(files: 1, file: FileKind.letter.mostBytes)
        ) { upload, _, context, person, frame in
            let (id, code) = (try number(context), try context.part("code"))
            // Whoever may not write here gets no file checked.
            _ = try await proposals.open(id, for: person, at: context.began)
            return try await shown(id, context, person, frame) {
                do {
                    guard let file = upload.files.first else { throw FileRefusal.empty }
                    let admitted = try await files.admit(file.path, name: file.name, kind: .letter)
                    try await proposals.attach(
                        admitted, as: code, to: id, by: person.actor(from: context.clientAddress), at: context.began)
                } catch let refusal as FileRefusal {
                    throw ProposalRefusal.invalid([refusal.problem(at: "berkas-" + code)])
                }
            }
        }
        desk.page("/kerja/usulan/{proposal}/dokumen/{code}", .enterDesk) { _, context, person, _ in
            let document = try await proposals.document(
                try context.part("code"), of: try number(context), for: person, at: context.began)
            let stored = try await files.open(document.digest)
            // Beside the rules, a letter is read rather than saved.
            let isShown = stored.type == FileType.pdf.rawValue
            let files = files
            return Answer.stream(type: stored.type) { out in
                try await files.chunks(of: document.digest) { try await out.write($0) }
            }.with("Content-Disposition", FileName.disposition(document.name, type: stored.type, inline: isShown))
        }
    }

    // MARK: pages

    private func page(
        _ id: Int, typed: [String: String] = [:], theirs: [String: String] = [:], problems: FormProblems = .none,
        _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await proposals.open(id, for: person, at: context.began)
        return ProposalView.page(
            ProposalFormView.Model(
                sheet: sheet, typed: typed, theirs: theirs, problems: problems, account: person.account,
                isAdmin: sheet.proposal.isAdmin(person.grants), now: context.began), frame)
    }

    private func list(
        _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        ProposalListView.list(
            .init(
                groups: try await proposals.list(for: person, at: context.began),
                isAdmin: person.grants(for: .write).contains { $0.role.scope == .institution }, problems: problems,
                now: context.began), frame)
    }

    private func new(
        _ query: Query, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let now = context.began
        let asked = try query.integer("inovasi", in: 1...Int.max)
        let words = try query.text("q", limit: 200)
        let candidates = try await proposals.candidates(for: person, asked, words: words, at: now)
        if asked != nil, candidates.isEmpty { throw ProposalRefusal.notYours }
        let open = try await editions.all().filter { stored in
            stored.state == .open && stored.edition.programme == .competition
                && stored.edition.stage(.registration)?.closes.map { now < $0 } ?? false
        }
        let units = try await proposals.units(for: person).map { Choice(String($0.id), $0.name) }
        return ProposalListView.new(
            .init(
                candidates: candidates, chosen: asked == nil ? nil : candidates.first, words: words ?? "",
                editions: open, units: units, edition: try query.text("edisi", limit: 60) ?? open.first?.code ?? "",
                unit: try query.text("unit", limit: 20) ?? "", problems: problems, now: now), frame)
    }
}
