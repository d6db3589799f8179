import Kernel
import Web

/// Hiding names: the list of a blind edition's proposals, and one with what is proposed.
enum RedactionView {
    static func list(
        _ stored: Editions.Stored, _ lines: [Redactions.Line], _ names: [String: String], _ frame: Frame
    ) -> HTML {
        let waiting = lines.count { $0.confirmedAt == nil }
        let title =
            waiting == 0
            ? frame.say("Semua usulan sudah disamarkan", "All proposals are cleared")
            : frame.count(
                waiting, "usulan menunggu penyamaran nama", "proposal waits for its names to be hidden",
                "proposals wait for their names to be hidden")
        let rows = lines.map { line in
            let to = Address.path("kerja", "kompetisi", stored.code, "penyamaran", String(line.proposal))
            return StackView.Row(
                "<a class=\"name\" href=\"\(frame.to(to))\"\(frame.record)>\(line.title)</a>",
                "\(names[line.institution] ?? line.institution)",
                line.confirmedAt.map {
                    "\(frame.say("Terbuka sejak", "Open since")) \(frame.language.say($0.moment(in: stored.edition.zone)))"
                }
                    ?? "\(frame.say("Belum, jadi belum terbuka", "Not yet, so it is not open"))")
        }
        return Layout.page(
            frame,
            PageHead(title, description: title, crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            <h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .redaction, frame))
            <p>\(frame.say(
                "Usulan terbuka bagi penilai sesudah Anda memeriksa samarannya.",
                "A proposal opens to evaluators once you looked over what is hidden."))</p>
            \(StackView.table(
                caption: frame.say("Usulan yang dinilai", "Proposals that are evaluated"),
                columns: [frame.say("Usulan", "Proposal"), frame.say("Instansi", "Institution"), frame.say("Penyamaran", "Redaction")],
                rows))
            """)
    }

    static func page(
        _ sheet: Redactions.Sheet, _ typed: Redaction?, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let (stored, proposal, form) = (sheet.stored, sheet.proposal, FormView(frame, problems))
        let shown = typed ?? sheet.offered
        let crumbs =
            EditionMenuView.crumbs(stored, frame)
            + [Crumb(frame.say("Penyamaran", "Redaction"), frame.to(EditionMenuView.Place.redaction.path(stored.code)))]
        var fields = [(Proposal.titleField, frame.say("Judul", "Title"))]
        fields += stored.edition.form(of: proposal.group).map { (Proposal.field($0), frame.language.say($0.name)) }
        let names = Dictionary(fields, uniquingKeysWith: { a, _ in a })
        let state =
            sheet.confirmed == nil
            ? frame.say(
                "Yang tampak di bawah ini usul samaran; periksa sebelum menyetujuinya.",
                "What stands below is proposed; look it over before you confirm it.")
            : frame.say(
                "Sudah disetujui; perubahan berlaku seketika bagi penilai.",
                "Confirmed; a change holds for evaluators at once.")
        return Layout.page(
            frame,
            PageHead(form.title(proposal.title), description: proposal.title, crumbs: crumbs, indexed: false),
            """
            \(form.summary(names: names))<h1\(frame.record)>\(proposal.title)</h1>\(EditionMenuView.menu(stored, at: .redaction, frame))
            <p>\(state)</p>
            \(form.form(
                to: .path("kerja", "kompetisi", stored.code, "penyamaran", String(proposal.id)),
                fields.html { field($0.0, $0.1, shown, proposal, form) } + documents(shown, sheet, form)
                    + (problems.isEmpty ? HTML.empty : form.check("tetap", label: frame.say("Yang ditandai itu memang boleh tampil", "What is marked may stay")))
                    + form.actions(form.button(frame.say("Setujui dan buka bagi penilai", "Confirm and open to evaluators")))))
            """)
    }

    private static func field(
        _ name: String, _ label: String, _ shown: Redaction, _ proposal: Proposal, _ form: FormView
    ) -> HTML {
        guard let before = proposal.content[name] else { return .empty }
        let now = shown.texts[name] ?? ""
        let original: HTML =
            now == before
            ? .empty
            : """
            <details><summary>\(form.frame.say("Naskah asli", "As submitted"))<span class="sr"> \(label)</span></summary>\
            \(before.split(whereSeparator: \.isNewline).map(String.init).html { "<p\(form.frame.record)>\($0)</p>" })</details>
            """
        return name == Proposal.titleField
            ? form.text(name, label: label, value: now) + original
            : form.area(name, label: label, value: now) + original
    }

    private static func documents(_ shown: Redaction, _ sheet: Redactions.Sheet, _ form: FormView) -> HTML {
        let frame = form.frame
        guard !sheet.proposal.documents.isEmpty else { return .empty }
        return form.checks(
            "dokumen", label: frame.say("Dokumen yang boleh dibuka penilai", "Documents that evaluators may open"),
            choices: sheet.proposal.documents.map { document in
                let name = sheet.stored.edition.documents.first { $0.code == document.code }?.name
                return Choice(document.code, name.map(frame.language.say) ?? document.code, note: document.name)
            }, values: Set(shown.documents),
            hint: frame.say(
                "Tandai hanya yang tidak memuat nama, logo, atau kop.",
                "Mark only those without names, logos or letterheads."))
    }
}
