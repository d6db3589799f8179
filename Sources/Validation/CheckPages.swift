import Directory
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/periksa/{draft}`: what changed in one submission, and the decision on it.
struct CheckPages: Sendable {
    let reviews: Reviews
    let words: DraftWords

    func add(to desk: Desk) {
        desk.page("/kerja/periksa/{draft}", .followInstitution) { _, context, person, frame in
            let sheet = try await reviews.sheet(try context.number("draft"), for: person, at: .now())
            return .personal(CheckView.page(model(sheet, nil, .none, frame), frame))
        }
        desk.submit("/kerja/periksa/{draft}", .followInstitution) { form, _, context, person, frame in
            let id = try context.number("draft")
            let actor = person.actor(from: context.clientAddress)
            let round = try form.integer("round", in: 1...1_000_000) ?? 0
            do {
                switch try form.choice("decision", among: ["validate", "return"]) {
                case "validate":
                    try await reviews.validate(id, round: round, by: actor, at: .now())
                    return .seeOther(frame.to(.path("kerja", "antrean", query: [("selesai", "sah")])))
                default:
                    try await reviews.return(id, round: round, comments: comments(form), by: actor, at: .now())
                    return .seeOther(frame.to(.path("kerja", "antrean", query: [("selesai", "kembali")])))
                }
            } catch let refusal as DraftRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                let sheet = try await reviews.sheet(id, for: person, at: .now())
                let status = refusal.kind.status
                return .personal(
                    CheckView.page(model(sheet, form, FormProblems(refusal), frame), frame), status: status)
            }
        }
    }

    private func comments(_ form: Query) -> [CommentSubject: String] {
        var found: [CommentSubject: String] = [:]
        for parameter in form.parameters where parameter.name.hasPrefix("comment.") {
            guard let subject = CommentSubject(name: String(parameter.name.dropFirst(8))) else { continue }
            found[subject] = parameter.value
        }
        return found
    }

    private func model(_ sheet: ReviewSheet, _ form: Query?, _ problems: FormProblems, _ frame: Frame) -> CheckPage {
        let language = frame.language
        let typed = form.map(comments) ?? [:]
        let fields = sheet.differences.fields
        let claims = sheet.differences.claims
        let changed =
            fields.filter(\.changed).map { part($0, typed, language) }
            + claims.filter(\.changed).map { part($0, sheet.claims, typed, language) }
        let same =
            fields.filter { !$0.changed }.map { field in
                CheckPage.Same(
                    name: words.name(of: field.field, language),
                    text: words.shown(field.field, field.after, language) ?? "", evidence: [])
            }
            + claims.filter { !$0.changed }.compactMap { self.same($0, sheet.claims, language) }
        let (notYours, instead) = standing(sheet)
        return CheckPage(
            draft: sheet.draft.id, name: sheet.draft.title, unit: sheet.draft.unitName,
            beforeTitle: beforeTitle(sheet), changed: changed, same: same,
            returnedAt: sheet.comments.values.map(\.at).max(),
            notes: sheet.comments.sorted { $0.key.name < $1.key.name }.map { subject, comment in
                CheckPage.Note(name: words.name(of: subject, sheet.claims, language), text: comment.text)
            },
            validUntil: sheet.until.dayBefore, general: typed[.whole] ?? "", notYours: notYours, instead: instead,
            round: sheet.draft.round, problems: problems)
    }

    private func beforeTitle(_ sheet: ReviewSheet) -> Phrase? {
        switch sheet.differences.against {
        case .nothing: nil
        case .round: Phrase("Saat dikembalikan", "When it was returned")
        case .revision(let number): Phrase("Terbit sekarang, revisi \(number)", "Published now, revision \(number)")
        }
    }

    private func part(_ field: FieldChange, _ typed: [CommentSubject: String], _ language: Language) -> CheckPage.Part {
        CheckPage.Part(
            field: field.field.rawValue, name: words.name(of: field.field, language),
            before: words.shown(field.field, field.before, language),
            after: words.shown(field.field, field.after, language), evidence: [], link: nil,
            comment: typed[.field(field.field)] ?? "")
    }

    private func part(
        _ change: ClaimChange, _ claims: [Claim], _ typed: [CommentSubject: String], _ language: Language
    ) -> CheckPage.Part {
        let now = claims.first { $0.id == change.after?.id }
        let subject = CommentSubject.claim(change.after?.id ?? change.before?.id ?? 0)
        return CheckPage.Part(
            field: subject.name, name: change.kind.map { language.say($0.name) } ?? "",
            before: text(change.before, language), after: text(change.after, language), evidence: lines(now),
            link: now?.content["link"].flatMap { Address($0) }, comment: typed[subject] ?? "")
    }

    private func same(_ change: ClaimChange, _ claims: [Claim], _ language: Language) -> CheckPage.Same? {
        guard let claim = claims.first(where: { $0.id == change.after?.id }) else { return nil }
        return CheckPage.Same(
            name: language.say(claim.kind.name), text: claim.content.text(language), evidence: lines(claim))
    }

    private func lines(_ claim: Claim?) -> [EvidenceLine] {
        (claim?.evidence ?? []).map { EvidenceLine($0, in: EvidencePages.desk) }
    }

    /// What a claim said at a round, with the names of its files: a file exchanged for another is a change too.
    private func text(_ held: Submission.Held?, _ language: Language) -> String? {
        guard let held, let kind = held.kind, let content = try? ClaimContent(kind, values: held.values) else {
            return nil
        }
        let files = held.evidence.map(\.name).joined(separator: ", ")
        return content.text(language) + (files.isEmpty ? "" : "; \(language.say("berkas", "files")): \(files)")
    }

    /// Why the reader may not decide; else, where they do so in place of the office's validator, what will be said.
    private func standing(_ sheet: ReviewSheet) -> (notYours: Phrase?, instead: Phrase?) {
        switch sheet.mayValidate {
        case .failure(let refusal): (refusal.message, nil)
        case .success(.validator): (nil, nil)
        case .success(.instead(.leader)):
            (
                nil,
                Phrase(
                    "Instansi ini hanya punya penulisnya. Anda memvalidasi sebagai pimpinannya; halaman publik menyebutkannya.",
                    "This institution has only its writer. You validate as its leader; the public page says so.")
            )
        case .success(.instead(.hub)):
            (
                nil,
                Phrase(
                    "Instansi ini hanya punya penulisnya. Anda memvalidasi sebagai Hub; halaman publik menyebutkannya.",
                    "This institution has only its writer. You validate as the Hub; the public page says so.")
            )
        }
    }
}

extension Context {
    /// A part of the path that is a number; what is none does not exist.
    func number(_ name: String) throws -> Int { try number(name) { _ in DraftRefusal.missing(0) } }
}
