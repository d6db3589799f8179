import Kernel
import Web

/// What was sent to an edition, for those who hold it: the list, and one with its frozen verdicts and the check.
enum SubmissionView {
    static func list(
        _ stored: Editions.Stored, _ lines: [Proposals.Line], names: [String: String], _ frame: Frame
    ) -> HTML {
        let title = frame.count(lines.count, "usulan terkirim", "submitted proposal", "submitted proposals")
        let edition = frame.language.say(stored.edition.name)
        let rows = lines.map { line in
            let choices = [
                stored.edition.groups.first { $0.code == line.group }?.name,
                stored.edition.categories.first { $0.code == line.category }?.name,
            ]
            let address = Address.path("kerja", "kompetisi", stored.code, "usulan", String(line.id))
            return StackView.Row(
                "<a class=\"name\" href=\"\(frame.to(address))\"\(frame.record)>\(line.title)</a>",
                "\(names[line.institution] ?? line.institution)",
                "\(choices.compactMap { $0.map(frame.language.say) }.joined(separator: ", "))",
                "\(line.submittedAt.map { frame.language.say($0.moment(in: stored.edition.zone)) } ?? "–")",
                "\(frame.language.say(line.state.name))")
        }
        return Layout.page(
            frame, PageHead("\(title) · \(edition)", description: title, crumbs: crumbs(stored, frame), indexed: false),
            """
            <h1>\(title)</h1><p>\(edition)</p>
            \(StackView.table(
                caption: frame.say("Menurut waktu kirim", "By the time of submission"),
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Instansi", "Institution"),
                    frame.say("Kelompok dan kategori", "Group and category"), frame.say("Terkirim", "Submitted"),
                    frame.say("Keadaan", "State"),
                ], rows))
            """)
    }

    private static func crumbs(_ stored: Editions.Stored, _ frame: Frame) -> [Crumb] {
        [Crumb(frame.language.say(stored.edition.name), frame.to(.path("kerja", "kompetisi", stored.code)))]
    }

    static func page(
        _ sheet: Proposals.Sheet, institution: String, reason: String, _ problems: FormProblems, account: Int,
        at now: Instant, _ frame: Frame
    ) -> HTML {
        let (proposal, form) = (sheet.proposal, FormView(frame, problems))
        let list = Address.path("kerja", "kompetisi", proposal.editionCode, "usulan")
        let model = ProposalFormView.Model(sheet: sheet, account: account, isAdmin: false, now: now)
        return Layout.page(
            frame,
            PageHead(
                form.title(proposal.title), description: frame.say("Usulan", "Proposal"),
                crumbs: [Crumb(frame.say("Usulan terkirim", "Submitted proposals"), frame.to(list))], indexed: false),
            """
            \(form.summary())<h1\(frame.record)>\(proposal.title)</h1>
            <p>\(institution). \(frame.language.say(proposal.state.name)).\(html(proposal.reason) { " \($0)" })</p>
            <div class="cols"><div>
            \(ProposalFormView.fixed(proposal, sheet.edition, frame))\(ProposalFormView.documents(model, isOpen: false, frame))
            \(proposal.state == .submitted ? check(proposal, reason, form) : .empty)
            </div><aside class="stay">\(ProposalView.verdicts(sheet.verdicts, isFrozen: true, frame))</aside></div>
            """)
    }

    private static func check(_ proposal: Proposal, _ reason: String, _ form: FormView) -> HTML {
        let frame = form.frame
        return """
            <section aria-labelledby="periksa"><h2 id="periksa">\(frame.say("Pemeriksaan administrasi", "Administrative check"))</h2>
            \(form.form(
                to: .path("kerja", "kompetisi", proposal.editionCode, "usulan", String(proposal.id)),
                form.area(
                    "alasan", label: frame.say("Alasan", "Reason"), value: reason,
                    hint: frame.say("Wajib bila tidak lulus; pengusul membacanya.", "Needed to fail it; the proposer reads it."),
                    small: true)
                    + form.actions(
                        form.button(frame.say("Lulus", "Pass"), name: "hasil", value: "lulus"),
                        form.button(frame.say("Tidak lulus", "Fail"), .danger, name: "hasil", value: "gagal"))))</section>
            """
    }
}
