import Directory
import Files
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/inovasi/{draft}/klaim/…`: one claim written, its evidence attached and taken off.
struct ClaimPages: Sendable {
    let drafts: Drafts
    let claims: Claims
    let files: FileStore

    func add(to desk: Desk) {
        desk.page("/kerja/inovasi/{draft}/klaim/baru", .write) { request, context, person, frame in
            let kind = try kind(try request.query())
            let (draft, _) = try await drafts.open(try context.number("draft"), for: person, at: .now())
            if let refusal = draft.mayEdit(person) { throw refusal }
            return .personal(page(draft, kind, nil, nil, .none, frame))
        }
        desk.submit("/kerja/inovasi/{draft}/klaim/baru", .write) { form, _, context, person, frame in
            let (id, kind) = (try context.number("draft"), try kind(form))
            do {
                let actor = person.actor(from: context.clientAddress)
                let claim = try await claims.add(
                    try ClaimContent(kind, form: typed(form)), to: id, by: actor, at: .now())
                return .seeOther(frame.to(place(id, claim).adding([("selesai", "tersimpan")])))
            } catch let refusal as ClaimRefusal where refusal.kind == .invalid {
                let (draft, _) = try await drafts.open(id, for: person, at: .now())
                return .personal(page(draft, kind, nil, form, FormProblems(refusal), frame), status: 422)
            }
        }
        desk.page("/kerja/inovasi/{draft}/klaim/{claim}", .write) { request, context, person, frame in
            let (draft, claim) = try await open(context, person)
            if let refusal = draft.mayEdit(person) { throw refusal }
            let done = ClaimPages.done(try request.query())
            return .personal(page(draft, claim.kind, claim, nil, .none, done: done, frame))
        }
        desk.submit("/kerja/inovasi/{draft}/klaim/{claim}", .write) { form, _, context, person, frame in
            try await change(form, context, person, frame)
        }
        desk.upload(
            "/kerja/inovasi/{draft}/klaim/{claim}/bukti", .write, into: files.temporaryFolder,
            limits: UploadLimits(files: 1, file: 60 << 20)
        ) { upload, _, context, person, frame in
            try await attach(upload, context, person, frame)
        }
    }

    private func kind(_ query: Query) throws -> ClaimKind {
        try query.choice("jenis", of: ClaimKind.self) ?? .legal
    }

    private func typed(_ form: Query) -> [String: String] {
        Dictionary(form.parameters.map { ($0.name, $0.value) }) { _, last in last }
    }

    private func place(_ draft: Int, _ claim: Int) -> Address {
        .path("kerja", "inovasi", String(draft), "klaim", String(claim))
    }

    private func open(_ context: Context, _ person: Person) async throws -> (Draft, Claim) {
        let (draft, all) = try await drafts.open(try context.number("draft"), for: person, at: .now())
        let id = try context.number("claim")
        guard let claim = all.first(where: { $0.id == id }) else { throw ClaimRefusal.missing(id) }
        return (draft, claim)
    }

    private func change(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let (draft, claim) = try await open(context, person)
        let actor = person.actor(from: context.clientAddress)
        let list = Address.path("kerja", "inovasi", String(draft.id), claim.kind.step.rawValue, fragment: "klaim")
        if !form.all("hapus").isEmpty {
            try await claims.remove(claim.id, by: actor, at: .now())
            return .seeOther(frame.to(list))
        }
        if let evidence = try form.integer("lepas", in: 1...Int.max) {
            guard claim.evidence.contains(where: { $0.id == evidence }) else { throw ClaimRefusal.missing(evidence) }
            try await claims.detach(evidence, by: actor, at: .now())
            return .seeOther(frame.to(place(draft.id, claim.id)))
        }
        do {
            let version = try form.integer("versi", in: 0...Int.max) ?? 0
            try await claims.change(claim.id, to: typed(form), basedOn: version, by: actor, at: .now())
            return .seeOther(frame.to(list))
        } catch let refusal as ClaimRefusal {
            switch refusal {
            case .changedMeanwhile(let theirs, let version):
                return .personal(conflict(draft, claim, form, theirs, version, frame), status: 409)
            case .invalid:
                return .personal(page(draft, claim.kind, claim, form, FormProblems(refusal), frame), status: 422)
            default: throw refusal
            }
        }
    }

    // MARK: evidence

    private func attach(_ upload: Upload, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let (draft, claim) = try await open(context, person)
        if let refusal = draft.mayEdit(person) { throw refusal }
        do {
            guard let file = upload.files.first else { throw FileRefusal.empty }
            let kind = Self.kind(of: file.name, for: claim.kind)
            let admitted = try await files.admit(file.path, name: file.name, kind: kind)
            _ = try await claims.attach(
                admitted, to: claim.id, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(place(draft.id, claim.id).adding([("selesai", "terlampir")])))
        } catch let refusal as FileRefusal {
            let problems = FormProblems([Problem("bukti", refusal.message)])
            return .personal(page(draft, claim.kind, claim, nil, problems, frame), status: 422)
        } catch let refusal as ClaimRefusal where refusal.kind != .missing {
            let problems = FormProblems([Problem("bukti", refusal.message)])
            return .personal(page(draft, claim.kind, claim, nil, problems, frame), status: refusal.kind.status)
        }
    }

    /// What kinds of file prove a claim.
    static func kinds(for claim: ClaimKind) -> [FileKind] {
        switch claim {
        case .photo: [.image]
        case .indicator, .budget: [.document, .spreadsheet, .image]
        case .legal, .procedure, .testimony, .video: [.document, .image]
        }
    }

    /// The kind that a file's name promises; its content is then held against it.
    static func kind(of name: String, for claim: ClaimKind) -> FileKind {
        let kinds = kinds(for: claim)
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return kinds.first { $0.types.contains { $0.endings.contains(ending) } } ?? kinds[0]
    }

    // MARK: pages

    private func page(
        _ draft: Draft, _ kind: ClaimKind, _ claim: Claim?, _ form: Query?, _ problems: FormProblems,
        done: Phrase? = nil, _ frame: Frame
    ) -> HTML {
        let language = frame.language
        let sent = form.map(typed)
        let kinds = Self.kinds(for: kind)
        return ClaimView.page(
            ClaimPage(
                draft: draft.id, claim: claim?.id, kind: kind.rawValue, name: draft.title,
                heading: language.say(kind.name), lead: language.say(Self.lead(kind)),
                entries: kind.fields.map { field in
                    DraftEntryView.entry(
                        field, claim?.content, typed: sent.map { $0[field.name] ?? "" }, language)
                },
                evidence: claim?.evidence.map { EvidenceLine($0, in: EvidencePages.desk) } ?? [],
                fileHint: kinds.map { language.say($0.hint) }.joined(separator: "; ") + ".",
                accept: kinds.map(\.accept),
                back: .path("kerja", "inovasi", String(draft.id), kind.step.rawValue, fragment: "klaim"),
                version: draft.version, problems: problems, done: done), frame)
    }

    private func conflict(
        _ draft: Draft, _ claim: Claim, _ form: Query, _ theirs: ClaimContent, _ version: Int, _ frame: Frame
    ) -> HTML {
        let (language, sent) = (frame.language, typed(form))
        var clashes: [DraftConflictPage.Clash] = []
        var agreed: [InnovationDraftPage.Entry] = []
        for field in claim.kind.fields {
            let entry = DraftEntryView.entry(field, nil, typed: sent[field.name] ?? "", language)
            if theirs.typed(field) == entry.value {
                agreed.append(entry)
            } else {
                clashes.append(.init(entry: entry, stored: theirs.shown(field, language) ?? "", sent: entry.value))
            }
        }
        return DraftConflictView.page(
            DraftConflictPage(
                name: draft.title, steps: [], place: place(draft.id, claim.id), version: version,
                by: frame.say("Rekan Anda", "A colleague"), at: draft.updatedAt, clashes: clashes, agreed: agreed),
            frame)
    }

    private static func lead(_ kind: ClaimKind) -> Phrase {
        switch kind {
        case .legal:
            Phrase(
                "Keputusan atau peraturan yang menetapkan inovasi ini. Peraturan kepala daerah lebih tahan pergantian pimpinan daripada keputusan kepala unit.",
                "The decision or regulation that establishes it. A regulation outlasts a change of leader better than a unit's decision."
            )
        case .indicator:
            Phrase(
                "Satu ukuran dengan nilai sebelum dan sesudah. Halaman publik menggambarnya.",
                "One measure with its value before and after. The public page draws it.")
        case .testimony:
            Phrase(
                "Kata orang yang merasakannya. Ditampilkan kepada umum hanya bila ia setuju.",
                "Words of somebody it served. Shown in public only if they agreed.")
        case .photo: Phrase("Foto kegiatan atau hasilnya.", "A photo of the work or its result.")
        case .video: Phrase("Tautan ke video yang dapat ditonton siapa saja.", "A link to a video anybody can watch.")
        case .budget: Phrase("Berapa biayanya dan dari mana.", "What it costs and who pays.")
        case .procedure: Phrase("Prosedur yang membuatnya tetap berjalan.", "The procedure that keeps it going.")
        }
    }

    private static func done(_ query: Query) -> Phrase? {
        switch query.all("selesai").first {
        case "tersimpan":
            Phrase("Klaim tersimpan. Lampirkan buktinya di bawah.", "The claim is saved. Attach its evidence below.")
        case "terlampir": Phrase("Berkas terlampir.", "The file is attached.")
        default: nil
        }
    }
}
