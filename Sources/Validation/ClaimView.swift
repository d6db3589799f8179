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

/// The step in which claims are listed.
struct ClaimsStepPage: Sendable {
    let draft: Int
    let name: String
    let heading: String
    let lead: String
    let steps: [ThreadView.Step]
    let claims: [ClaimLine]
    /// The kinds that can be added here: what is sent, and the words.
    let kinds: [Choice]
    let next: Address
    let isLocked: Bool
    let done: Phrase?
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
    let steps: [ThreadView.Step]
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
    static func list(_ model: ClaimsStepPage, _ frame: Frame) -> HTML {
        let form = FormView(frame)
        return DraftFrameView.page(
            title: model.heading, name: model.name, model.steps, frame,
            """
            \(html(model.done) { NoticeView.notice(.good, frame.language.say($0)) })
            \(ThreadView.place(model.steps, of: model.name, frame))
            <h1>\(model.heading)</h1><p>\(model.lead)</p>
            \(thread(model, form))
            \(model.isLocked ? .empty : add(model, frame))
            <div class="bottom"><a class="button" href="\(frame.to(model.next))">\(frame.say("Lanjut", "Go on"))</a>\
            <a href="\(frame.to(.path("kerja", "inovasi")))">\(frame.say("Keluar", "Leave"))</a></div>
            """)
    }

    private static func thread(_ model: ClaimsStepPage, _ form: FormView) -> HTML {
        guard !model.claims.isEmpty else {
            return "<p class=\"missing\">\(form.frame.say("Belum ada klaim.", "No claim yet."))</p>"
        }
        return "<ol class=\"thread\">\(model.claims.html { line($0, model, form) })</ol>"
    }

    private static func line(_ claim: ClaimLine, _ model: ClaimsStepPage, _ form: FormView) -> HTML {
        let frame = form.frame
        let proved = !claim.evidence.isEmpty || claim.link != nil
        let address = Address.path("kerja", "inovasi", String(model.draft), "klaim", String(claim.id))
        let change = """
            <p class="row"><a class="button second small" href="\(frame.to(address))">\(frame.say("Ubah dan lampirkan bukti", "Change and attach evidence"))\
            <span class="sr"> \(claim.title)</span></a></p>
            """ as HTML
        return """
            <li class="\(claim.remark != nil ? "snag" : proved ? "tied" : "loose")"><h2 class="knot"\(frame.record)>\(claim.title)</h2>\
            <p class="soft">\(claim.kind)</p>\(claim.lines.html { "<p\(frame.record)>\($0)</p>" })\
            \(claim.evidence.html { "<p>\(frame.say("Bukti", "Evidence")): \(EvidenceView.link($0, scans: true, frame))</p>" })\
            \(proved ? "" : "<p>\(frame.say("Belum ada bukti.", "No evidence yet."))</p>")\
            \(html(claim.remark) { "<p class=\"problem\">\(frame.say("Catatan validator", "The validator's comment")): <span\(frame.record)>\($0)</span></p>" })\
            \(model.isLocked ? "" : change)</li>

            """
    }

    private static func add(_ model: ClaimsStepPage, _ frame: Frame) -> HTML {
        let links = model.kinds.html { kind -> HTML in
            let address = Address.path("kerja", "inovasi", String(model.draft), "klaim", "baru", query: [("jenis", kind.value)])
            return "<li><a href=\"\(frame.to(address))\">\(kind.label)</a>\(html(kind.note) { " <span class=\"soft\">\($0)</span>" })</li>"
        }
        return """
            <h2>\(frame.say("Tambah klaim", "Add a claim"))</h2><ul>\(links)</ul>
            """
    }

    // MARK: one claim

    static func page(_ model: ClaimPage, _ frame: Frame) -> HTML {
        let form = FormView(frame, model.problems)
        let names = Dictionary(model.entries.map { ($0.name, $0.label) }) { first, _ in first }
        return DraftFrameView.page(
            title: form.title(model.heading), name: model.name, model.steps, frame,
            """
            \(html(model.done) { NoticeView.notice(.good, frame.language.say($0)) })
            \(form.summary(names: names))
            \(ThreadView.place(model.steps, of: model.name, frame))
            <p><a href="\(frame.to(model.back))">\(frame.say("Kembali ke daftar klaim", "Back to the claims"))</a></p>
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
        let place = Address.path("kerja", "inovasi", String(model.draft), "bukti")
        let upload = form.form(
            to: place, files: true,
            form.hidden("klaim", String(claim))
                + form.file(
                    "bukti", label: frame.say("Pilih berkas", "Choose a file"), hint: model.fileHint,
                    accept: model.accept)
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
            return "<li class=\"\(line.scan == .infected ? "snag" : "tied")\"><p>\(EvidenceView.link(line, scans: true, frame))</p>\(take)</li>"
        }
        return "<ul class=\"thread tight\">\(files)</ul>"
    }
}
