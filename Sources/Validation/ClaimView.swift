import Kernel
import Web

/// One claim of a draft as the list of claims shows it.
struct ClaimLine: Sendable {
    let id: Int
    /// What the claim is: `Dasar hukum`, `Ukuran perubahan`.
    let kind: String
    let title: String
    let lines: [String]
    let evidence: [EvidenceLine]
    let link: Address?
    let remark: String?
}

/// One claim being written, with its evidence.
struct ClaimPage: Sendable {
    let draft: Int
    /// Nil for a claim that is not stored yet.
    let claim: Int?
    let kind: String
    let name: String
    let heading: String
    let lead: String
    let entries: [InnovationDraftPage.Entry]
    let evidence: [EvidenceLine]
    /// What may be attached, in words, and what a browser offers to choose.
    let fileHint: String
    let accept: [String]
    /// Where the list of claims is.
    let back: Address
    let version: Int
    let problems: FormProblems
    let done: Phrase?
}

enum ClaimView {
    /// The claims of a step inside its form: each button saves the step first, so that nothing typed beside it is lost.
    static func section(_ model: InnovationDraftPage, _ form: FormView) -> HTML {
        guard !model.kinds.isEmpty else { return .empty }
        let frame = form.frame
        let list: HTML =
            model.claims.isEmpty
            ? "<p class=\"missing\">\(frame.say("Belum ada yang ditulis.", "Nothing is written yet."))</p>"
            : "<ol class=\"thread\">\(model.claims.html { line($0, model, form) })</ol>"
        return """
            <section aria-labelledby="klaim"><h2 id="klaim">\(frame.say("Klaim dan buktinya", "Claims and their evidence"))</h2>
            \(list)
            \(model.isLocked ? "" : "<p class=\"row\">\(model.kinds.html { add($0, form) })</p>")</section>

            """
    }

    private static func add(_ kind: Choice, _ form: FormView) -> HTML {
        form.button(
            form.frame.say("Tambah \(kind.label)", "Add: \(kind.label)"), .second, name: "tambah", value: kind.value,
            small: true)
    }

    private static func line(_ claim: ClaimLine, _ model: InnovationDraftPage, _ form: FormView) -> HTML {
        let frame = form.frame
        let proved = !claim.evidence.isEmpty || claim.link != nil
        let change = form.button(
            frame.say("Ubah dan lampirkan bukti", "Change and attach evidence"), .second, name: "ubah",
            value: String(claim.id), small: true, about: claim.title)
        let proof = frame.say("Bukti", "Evidence")
        return """
            <li class="\(claim.remark != nil ? "snag" : proved ? "tied" : "loose")"><h3\(frame.record)>\(claim.title)</h3>\
            \(claim.title.hasPrefix(claim.kind) ? "" : "<p class=\"soft\">\(claim.kind)</p>")\(claim.lines.html { "<p\(frame.record)>\($0)</p>" })\
            \(claim.evidence.html { "<p>\(proof): \(EvidenceView.link($0, scans: true, frame))</p>" })\
            \(proved ? "" : "<p>\(frame.say("Belum ada bukti.", "No evidence yet."))</p>")\
            \(html(claim.remark) { InnovationDraftView.remark($0, frame) })\
            \(model.isLocked ? "" : "<p>\(change)</p>")</li>

            """
    }

    // MARK: one claim

    static func page(_ model: ClaimPage, _ frame: Frame) -> HTML {
        let form = FormView(frame, model.problems)
        let names = Dictionary(model.entries.map { ($0.name, $0.label) }) { first, _ in first }
        return DraftFrameView.page(
            title: form.title(model.heading), name: model.name, [], frame,
            """
            \(html(model.done) { NoticeView.notice(.good, frame.language.say($0)) })
            \(form.summary(names: names))
            <p><a href="\(frame.to(model.back))">\(frame.say("Kembali ke daftar klaim", "Back to the claims"))</a> \
            <span class="soft">\(model.name)</span></p>
            <h1>\(model.heading)</h1><p>\(model.lead)</p>
            \(form.form(to: place(model), words(model, form)))
            \(model.claim == nil ? .empty : evidence(model, form))
            """)
    }

    private static func place(_ model: ClaimPage) -> Address {
        model.claim.map { .path("kerja", "inovasi", String(model.draft), "klaim", String($0)) }
            ?? .path("kerja", "inovasi", String(model.draft), "klaim", "baru")
    }

    private static func words(_ model: ClaimPage, _ form: FormView) -> HTML {
        let frame = form.frame
        let save = form.button(
            model.claim == nil
                ? frame.say("Simpan, lalu lampirkan bukti", "Save, then attach evidence")
                : frame.say("Simpan klaim", "Save the claim"))
        let remove =
            model.claim == nil
            ? HTML.empty : form.button(frame.say("Hapus klaim ini", "Remove this claim"), .danger, name: "hapus")
        return form.hidden("jenis", model.kind) + form.hidden("versi", String(model.version))
            + model.entries.html { InnovationDraftView.entry($0, form) } + form.actions(save, remove)
    }

    private static func evidence(_ model: ClaimPage, _ form: FormView) -> HTML {
        let frame = form.frame
        guard let claim = model.claim else { return .empty }
        let place = Address.path("kerja", "inovasi", String(model.draft), "klaim", String(claim), "bukti")
        let upload = form.form(
            to: place, files: true,
            form.file(
                "bukti", label: frame.say("Pilih berkas", "Choose a file"), hint: model.fileHint, accept: model.accept)
                + "<p>\(form.button(frame.say("Lampirkan", "Attach"), .second))</p>")
        return """
            <section aria-labelledby="berkas"><h2 id="berkas">\(frame.say("Bukti untuk klaim ini", "Evidence for this claim"))</h2>
            \(attached(model, claim, form))
            \(upload)</section>
            """
    }

    private static func attached(_ model: ClaimPage, _ claim: Int, _ form: FormView) -> HTML {
        let frame = form.frame
        guard !model.evidence.isEmpty else {
            return "<p class=\"missing\">\(frame.say("Belum ada berkas.", "No file yet."))</p>"
        }
        let place = Address.path("kerja", "inovasi", String(model.draft), "klaim", String(claim))
        let files = model.evidence.html { line -> HTML in
            let take = form.form(
                to: place,
                form.hidden("lepas", String(line.id))
                    + form.button(frame.say("Lepas", "Detach"), .second, small: true, about: line.name))
            return
                "<li class=\"\(line.scan == .infected ? "snag" : "tied")\"><p>\(EvidenceView.link(line, scans: true, frame))</p>\(take)</li>"
        }
        return "<ul class=\"thread tight\">\(files)</ul>"
    }
}
