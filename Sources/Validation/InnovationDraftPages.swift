import Directory
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/inovasi/{draft}/{step}`: the form in steps, saved as it goes, and what it says before it is submitted.
struct InnovationDraftPages: Sendable {
    let drafts: Drafts
    let reviews: Reviews
    let ours: OurInnovations
    let words: DraftWords

    func add(to desk: Desk) {
        desk.page("/kerja/inovasi/{draft}", .write) { _, context, person, frame in
            let (draft, _) = try await drafts.open(try context.number("draft"), for: person, at: .now())
            let first: Step = draft.state == .draft ? .nama : .periksa
            return .seeOther(frame.to(.path("kerja", "inovasi", String(draft.id), first.rawValue)))
        }
        desk.page("/kerja/inovasi/{draft}/{step}", .write) { _, context, person, frame in
            let sheet = try await reviews.sheet(try context.number("draft"), for: person, at: .now())
            let step = try step(context)
            return .personal(
                step == .periksa
                    ? try await submitPage(sheet, .none, person, frame) : page(sheet, step, nil, .none, person, frame))
        }
        desk.submit("/kerja/inovasi/{draft}/{step}", .write) { form, _, context, person, frame in
            let (id, step) = (try context.number("draft"), try step(context))
            let actor = person.actor(from: context.clientAddress)
            if step == .periksa { return try await submit(id, form, actor, person, frame) }
            return try await save(id, step, form, actor, person, frame)
        }
    }

    private func step(_ context: Context) throws -> Step {
        guard let step = Step(rawValue: try context.part("step")) else { throw DraftRefusal.missing(0) }
        return step
    }

    // MARK: saving

    private func save(
        _ id: Int, _ step: Step, _ form: Query, _ actor: Actor, _ person: Person, _ frame: Frame
    ) async throws -> Answer {
        let isScript = !form.all("otomatis").isEmpty
        let version = try form.integer("versi", in: 0...Int.max) ?? 0
        let now = Instant.now()
        do {
            let saved = try await drafts.save(id, changes(step, form), basedOn: version, by: actor, at: now)
            if isScript { return .saved(saved.version, at: now) }
            guard saved.problems.isEmpty else {
                let sheet = try await reviews.sheet(id, for: person, at: now)
                return .personal(page(sheet, step, form, FormProblems(saved.problems), person, frame), status: 422)
            }
            return .seeOther(frame.to(next(id, step, form)))
        } catch let refusal as DraftRefusal {
            guard case .changedMeanwhile(let differences, let version) = refusal else { throw refusal }
            if isScript { return .savedElsewhere(version) }
            let sheet = try await reviews.sheet(id, for: person, at: now)
            return .personal(conflict(sheet, step, form, differences, version, person, frame), status: 409)
        }
    }

    /// What was typed in the fields of a step that the form holds and that differ from what it began with.
    private func changes(_ step: Step, _ form: Query) -> [Innovation.Field: String] {
        let sent = Set(form.parameters.map(\.name))
        var found: [Innovation.Field: String] = [:]
        for field in FieldGuide.fields(of: step).map(\.field) {
            let origin = "asal." + field.rawValue
            guard sent.contains(field.rawValue) || sent.contains(origin) else { continue }
            let typed = form.all(field.rawValue).joined(separator: ", ")
            if let began = form.all(origin).first, began == DraftEntryView.origin(read(field, typed)) { continue }
            found[field] = typed
        }
        return found
    }

    /// What a text would be stored as; the text itself where it cannot be read, which then counts as changed.
    private func read(_ field: Innovation.Field, _ typed: String) -> String? {
        var probe = Innovation()
        return probe.set(field, to: typed) == nil ? stored(probe, field) : typed
    }

    // A title that is not there yet is an empty text, not an unknown one.
    private func stored(_ content: Innovation, _ field: Innovation.Field) -> String? {
        content[field].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func next(_ id: Int, _ step: Step, _ form: Query) -> Address {
        let draft = String(id)
        if let kind = form.all("tambah").first.flatMap(ClaimKind.init(rawValue:)) {
            return .path("kerja", "inovasi", draft, "klaim", "baru", query: [("jenis", kind.rawValue)])
        }
        if let claim = form.all("ubah").first.flatMap({ Int($0) }) {
            return .path("kerja", "inovasi", draft, "klaim", String(claim))
        }
        if !form.all("keluar").isEmpty { return .path("kerja", "inovasi", query: [("selesai", "tersimpan")]) }
        return .path("kerja", "inovasi", draft, (step.next ?? .periksa).rawValue)
    }

    // MARK: pages

    private func page(
        _ sheet: ReviewSheet, _ step: Step, _ typed: Query?, _ problems: FormProblems, _ person: Person, _ frame: Frame
    ) -> HTML {
        let (draft, language) = (sheet.draft, frame.language)
        let isLocked = draft.mayEdit(person) != nil
        return InnovationDraftView.page(
            InnovationDraftPage(
                draft: draft.id, name: draft.title, heading: language.say(step.name), lead: nil,
                steps: StepsView.steps(sheet, at: step, language),
                entries: FieldGuide.fields(of: step).map { guide in
                    let remark = draft.state == .returned ? sheet.comments[.field(guide.field)]?.text : nil
                    return DraftEntryView.entry(
                        guide, draft.content, typed: typed.map { $0.all(guide.field.rawValue) }, remark: remark,
                        words.goals, language)
                },
                claims: sheet.claims.filter { $0.kind.step == step }.map { line($0, sheet, language) },
                kinds: step.claims.map { Choice($0.rawValue, language.say($0.name)) },
                autosave: FormView.Autosave(
                    key: "draf-\(draft.id)-\(step.rawValue)-\(person.account)", version: draft.version,
                    saved: draft.updatedAt.clock()),
                place: .path("kerja", "inovasi", String(draft.id), step.rawValue), problems: problems,
                notice: isLocked ? draft.mayEdit(person)?.message : nil, isLocked: isLocked), frame)
    }

    private func line(_ claim: Claim, _ sheet: ReviewSheet, _ language: Language) -> ClaimLine {
        let remark = sheet.draft.state == .returned ? sheet.comments[.claim(claim.id)]?.text : nil
        return ClaimLine(claim, remark: remark, language)
    }

    private func conflict(
        _ sheet: ReviewSheet, _ step: Step, _ form: Query, _ differences: [FieldDifference], _ version: Int,
        _ person: Person, _ frame: Frame
    ) -> HTML {
        let language = frame.language
        let clashing = Dictionary(differences.map { ($0.field, $0) }) { first, _ in first }
        func entry(_ field: Innovation.Field) -> InnovationDraftPage.Entry? {
            FieldGuide.guide(to: field).map {
                DraftEntryView.entry(
                    $0, sheet.draft.content, typed: form.all(field.rawValue), words.goals, language)
            }
        }
        let clashes = differences.compactMap { difference -> DraftConflictPage.Clash? in
            entry(difference.field).map {
                DraftConflictPage.Clash(
                    entry: $0, stored: words.shown(difference.field, difference.theirs, language) ?? "",
                    sent: words.shown(difference.field, difference.mine, language) ?? "")
            }
        }
        return DraftConflictView.page(
            DraftConflictPage(
                name: sheet.draft.title, steps: StepsView.steps(sheet, at: step, language),
                place: .path("kerja", "inovasi", String(sheet.draft.id), step.rawValue), version: version,
                by: frame.say("Rekan Anda", "A colleague"), at: sheet.draft.updatedAt, clashes: clashes,
                agreed: changes(step, form).keys.filter { clashing[$0] == nil }.compactMap(entry)), frame)
    }

    // MARK: submitting

    private func submit(
        _ id: Int, _ form: Query, _ actor: Actor, _ person: Person, _ frame: Frame
    ) async throws -> Answer {
        let here = Address.path("kerja", "inovasi", String(id), Step.periksa.rawValue)
        if !form.all("tarik").isEmpty {
            try await reviews.withdraw(id, by: actor, at: .now())
            return .seeOther(frame.to(here))
        }
        do {
            try await reviews.submit(id, by: actor, at: .now())
            return .seeOther(frame.to(.path("kerja", "inovasi", query: [("selesai", "terkirim")])))
        } catch let refusal as DraftRefusal where refusal.kind == .invalid {
            let sheet = try await reviews.sheet(id, for: person, at: .now())
            // What is missing stands in the list itself, first of all.
            let problem = FormProblems([
                Problem("", Phrase("Lengkapi dulu yang belum ada di bawah ini.", "First add what is missing below."))
            ])
            return .personal(try await submitPage(sheet, problem, person, frame), status: 422)
        }
    }

    private func submitPage(
        _ sheet: ReviewSheet, _ problems: FormProblems, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let (draft, language) = (sheet.draft, frame.language)
        let reviewers = try await ours.reviewers(of: draft, at: .now())
        return SubmitView.page(
            SubmitPage(
                draft: draft.id, name: draft.title, steps: StepsView.steps(sheet, at: .periksa, language),
                rules: StepsView.rules(sheet), isComplete: Completeness.isComplete(sheet.findings),
                validator: validator(reviewers, words.institution(draft.institution)), state: draft.state,
                submittedAt: draft.submittedAt,
                notes: sheet.comments.sorted { $0.key.name < $1.key.name }.map { subject, comment in
                    CheckPage.Note(
                        name: words.name(of: subject, sheet.claims, language), text: comment.text,
                        place: place(of: subject, sheet))
                },
                returnedAt: sheet.comments.values.map(\.at).max(), problems: problems,
                mayWrite: draft.mayEdit(person) == nil || draft.mayWithdraw(person) == nil), frame)
    }

    /// The step in which what a comment stands beside is written.
    private func place(of subject: CommentSubject, _ sheet: ReviewSheet) -> Address? {
        let step: Step? =
            switch subject {
            case .field(let field): FieldGuide.guide(to: field)?.step
            case .claim(let id): sheet.claims.first { $0.id == id }?.kind.step
            case .whole: nil
            }
        return step.map { .path("kerja", "inovasi", String(sheet.draft.id), $0.rawValue) }
    }

    private func validator(_ reviewers: Int, _ institution: String) -> Phrase {
        reviewers > 0
            ? Phrase(
                "Yang dapat memvalidasi di \(institution) dan tidak ikut menulis: \(reviewers) orang.",
                "Those at \(institution) who can validate and did not write it: \(reviewers).")
            : Phrase(
                "\(institution) belum punya validator selain penulisnya. Pimpinan instansi atau Hub dapat memvalidasi; halaman publik menyebutkannya.",
                "\(institution) has no validator besides its writer. Its leader or the Hub can validate; the public page says so."
            )
    }
}

extension Answer {
    /// What the script that saves as one types is told.
    fileprivate static func saved(_ version: Int, at: Instant) -> Answer {
        json(Array("{\"version\":\(version),\"saved\":\"\(at.clock())\"}".utf8), sharing: .personal)
    }

    /// Somebody else saved these fields first: the script stops, the person's own sending shows both.
    fileprivate static func savedElsewhere(_ version: Int) -> Answer {
        .bytes(
            Array("{\"version\":\(version)}".utf8), type: "application/json", sharing: .personal, status: 409)
    }
}
