import Kernel
import Web

/// What was sent to an edition, for those who hold it: the list, and one with its documents beside its frozen verdicts.
enum SubmissionView {
    struct List: Sendable {
        let stored: Editions.Stored
        let lines: [Proposals.Line]
        /// Of all, whatever is shown.
        let total: Int
        /// Shown are only those that are the organiser's turn.
        let isDueOnly: Bool
        let due: Int
        let names: [String: String]
        let pager: Pager?
    }

    static func list(_ model: List, _ frame: Frame) -> HTML {
        let stored = model.stored
        let title = frame.count(model.total, "usulan terkirim", "submitted proposal", "submitted proposals")
        let edition = frame.language.say(stored.edition.name)
        let all = EditionMenuView.Place.submissions.path(stored.code)
        let other: HTML =
            !model.isDueOnly && model.due == 0
            ? .empty
            : model.isDueOnly
                ? "<a href=\"\(frame.to(all))\">\(frame.say("Lihat semua", "See all"))</a>"
                : "<a href=\"\(frame.to(all.adding([("giliran", "1")])))\">\(frame.say("Lihat yang menunggu Anda", "See what waits for you"))</a>"
        return Layout.page(
            frame,
            PageHead(
                "\(title) · \(edition)", description: title, crumbs: EditionMenuView.crumbs(stored, frame),
                indexed: false),
            """
            <h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .submissions, frame))
            <p>\(edition). \(due(model.due, frame)) \(other)</p>
            \(StackView.table(
                caption: frame.say("Menurut waktu kirim", "By the time of submission"),
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Instansi", "Institution"),
                    frame.say("Kelompok dan kategori", "Group and category"), frame.say("Terkirim", "Submitted"),
                    frame.say("Keadaan", "State"),
                ], model.lines.map { row($0, model, frame) }))
            \(html(model.pager) { $0.view(frame) })
            """)
    }

    private static func row(_ line: Proposals.Line, _ model: List, _ frame: Frame) -> StackView.Row {
        let edition = model.stored.edition
        let choices = [
            edition.groups.first { $0.code == line.group }?.name,
            edition.categories.first { $0.code == line.category }?.name,
        ]
        let address = Address.path("kerja", "kompetisi", model.stored.code, "usulan", String(line.id))
        let state: Phrase =
            switch line.check {
            case .curing: Phrase("Sedang dilengkapi", "Being completed")
            case .cured: Phrase("Selesai dilengkapi", "Completed")
            case .appealed: Phrase("Banding menunggu jawaban", "Appeal waits for an answer")
            default: line.state.name
            }
        return StackView.Row(
            "<a class=\"name\" href=\"\(frame.to(address))\"\(frame.record)>\(line.title)</a>",
            "\(model.names[line.institution] ?? line.institution)",
            "\(choices.compactMap { $0.map(frame.language.say) }.joined(separator: ", "))",
            "\(line.submittedAt.map { frame.language.say($0.moment(in: edition.zone)) } ?? "–")",
            "\(frame.language.say(state))")
    }

    // MARK: one

    /// What was typed into the forms of the check.
    struct Typed: Sendable {
        var reasons: [AdministrativeReason] = []
        var reason = ""
        var answer = ""
    }

    struct Model: Sendable {
        let stored: Editions.Stored
        let sheet: Proposals.Sheet
        let queue: Proposals.QueuePlace
        let institution: String
        var typed = Typed()
        var problems = FormProblems.none
        let account: Int
        let now: Instant
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (sheet, proposal, form) = (model.sheet, model.sheet.proposal, FormView(frame, model.problems))
        let unit = proposal.unitName.map { "\($0), " } ?? ""
        return Layout.page(
            frame,
            PageHead(
                form.title(proposal.title), description: frame.say("Usulan", "Proposal"),
                crumbs: EditionMenuView.crumbs(model.stored, frame) + [
                    Crumb(
                        frame.say("Usulan terkirim", "Submitted proposals"),
                        frame.to(EditionMenuView.Place.submissions.path(model.stored.code)))
                ], indexed: false),
            """
            \(form.summary())<h1\(frame.record)>\(proposal.title)</h1>\
            \(EditionMenuView.menu(model.stored, at: .submissions, frame))
            <p>\(unit)\(model.institution). \(frame.language.say(proposal.state.name)).\(html(proposal.reason) { " <span\(frame.record)>\($0)</span>" })</p>
            \(queue(model, frame))\(cure(model, frame))\(html(sheet.appeal) { ProposalAfterView.said($0, frame) })
            <div class="cols"><div>
            \(documents(model, frame))\(check(model, form))\(ProposalFormView.fixed(proposal, sheet.edition, frame))
            </div><aside class="stay">\(ProposalView.verdicts(sheet.verdicts, isFrozen: true, frame))\
            \(ProposalSignView.signs(sheet, compare: { place(proposal, "sanding", String($0)) }, frame))</aside></div>
            """)
    }

    private static func place(_ proposal: Proposal, _ parts: String...) -> Address {
        let own = Address.path("kerja", "kompetisi", proposal.editionCode, "usulan", String(proposal.id))
        return parts.reduce(own) { Address("\($0.text)/\(percentEncoded($1))") ?? $0 }
    }

    private static func queue(_ model: Model, _ frame: Frame) -> HTML {
        func link(_ id: Int?, _ words: String, _ relation: HTML) -> HTML {
            html(id) { id in
                let address = Address.path("kerja", "kompetisi", model.stored.code, "usulan", String(id))
                return " <a rel=\"\(relation)\" href=\"\(frame.to(address))\">\(words)</a>"
            }
        }
        return """
            <p class="row"><span>\(due(model.queue.due, frame))</span>\
            \(link(model.queue.previous, frame.say("Sebelumnya", "Previous"), "prev"))\(link(model.queue.next, frame.say("Berikutnya", "Next"), "next"))</p>
            """
    }

    private static func due(_ count: Int, _ frame: Frame) -> String {
        count == 0
            ? frame.say("Tidak ada yang menunggu Anda.", "Nothing waits for you.")
            : frame.say("\(frame.number(count)) menunggu Anda.", "\(frame.number(count)) wait for you.")
    }

    private static func cure(_ model: Model, _ frame: Frame) -> HTML {
        guard let cure = model.sheet.proposal.cure else { return .empty }
        let until = frame.language.say(cure.until.moment(in: model.stored.edition.zone))
        let state: String =
            if cure.endedAt != nil {
                frame.say("Sudah diserahkan kembali", "Handed back")
            } else if cure.isOpen(at: model.now) {
                frame.say("Instansi masih melengkapi, sampai \(until)", "The agency is completing it, until \(until)")
            } else {
                frame.say("Masa melengkapi berakhir \(until)", "The time to complete it ended on \(until)")
            }
        return """
            <section aria-labelledby="lengkapi"><h2 id="lengkapi">\(frame.say("Kelengkapan yang diminta", "What was asked for"))</h2>
            <p><strong>\(state)</strong></p><dl class="facts"><dt>\(frame.say("Diminta", "Asked"))</dt><dd\(frame.record)>\(cure.asked)</dd>\
            \(html(cure.answer) { "<dt>\(frame.say("Jawaban", "Answer"))</dt><dd\(frame.record)>\($0)</dd>" })</dl></section>
            """
    }

    /// Each document beside what the rules say of it.
    private static func documents(_ model: Model, _ frame: Frame) -> HTML {
        let (proposal, edition) = (model.sheet.proposal, model.sheet.edition)
        let asked = edition.documents(of: proposal.group)
        guard !asked.isEmpty else { return .empty }
        let rows = asked.map { document -> StackView.Row in
            let verdict = model.sheet.verdicts.first { $0.rule == Eligibility.rule(for: document) }
            let said = verdict.map { frame.language.say($0.because) } ?? frame.say("Bila ada.", "If there is one.")
            let file = proposal.documents.first { $0.code == document.code }
            let isLater = file.map { $0.at > proposal.submittedAt ?? $0.at } ?? false
            return StackView.Row(
                "\(frame.language.say(document.name))", ProposalFormView.given(document, proposal, frame),
                "\(StateView.state(verdict?.answer == .unmet ? .late : .valid, said))\(isLater ? "<br>\(frame.say("Diunggah saat melengkapi.", "Uploaded while it was completed."))" : "")"
            )
        }
        return """
            <section aria-labelledby="dokumen"><h2 id="dokumen">\(frame.say("Dokumen dan syarat", "Documents and rules"))</h2>
            \(StackView.table(
                labelled: "dokumen",
                columns: [
                    frame.say("Dokumen", "Document"), frame.say("Berkas", "File"),
                    frame.say("Saat dikirim", "When submitted"),
                ], rows))</section>
            """
    }

    private static func check(_ model: Model, _ form: FormView) -> HTML {
        let (proposal, frame) = (model.sheet.proposal, form.frame)
        if proposal.state == .failed, model.sheet.appeal?.outcome == nil, model.sheet.appeal != nil {
            return answer(model, form)
        }
        guard proposal.state == .submitted, !(proposal.cure?.isOpen(at: model.now) ?? false) else { return .empty }
        let cureEnd = proposal.cure == nil ? model.stored.edition.cureEnd(from: model.now) : nil
        let ask: HTML = html(cureEnd) { until in
            let words = frame.language.say(until.moment(in: model.stored.edition.zone))
            return form.button(
                frame.say("Minta dilengkapi sampai \(words)", "Ask to complete it until \(words)"), .second,
                name: "hasil", value: "lengkapi")
        }
        return """
            <section aria-labelledby="periksa"><h2 id="periksa">\(frame.say("Pemeriksaan administrasi", "Administrative check"))</h2>
            \(form.form(
                to: place(proposal),
                form.checks(
                    "dasar", label: frame.say("Yang ditemukan", "What was found"),
                    choices: AdministrativeReason.allCases.map { Choice($0.rawValue, frame.language.say($0.sentence)) },
                    values: Set(model.typed.reasons.map(\.rawValue)))
                    + form.area(
                        "alasan", label: frame.say("Alasan", "Reason"), value: model.typed.reason,
                        hint: frame.say(
                            "Wajib bila tidak lulus atau perlu dilengkapi, kecuali sudah ditandai di atas; pengusul membacanya.",
                            "Needed to fail it or to have it completed, unless something is ticked above; the proposer reads it."),
                        limit: .characters(Proposals.longestWords), small: true)
                    + form.actions(
                        form.button(frame.say("Lulus", "Pass"), name: "hasil", value: "lulus"), ask,
                        form.button(frame.say("Tidak lulus", "Fail"), .danger, name: "hasil", value: "gagal"))))</section>
            """
    }

    private static func answer(_ model: Model, _ form: FormView) -> HTML {
        let frame = form.frame
        return """
            <section aria-labelledby="jawab"><h2 id="jawab">\(frame.say("Jawab banding", "Answer the appeal"))</h2>
            \(form.form(
                to: place(model.sheet.proposal, "banding"),
                form.area(
                    "jawaban", label: frame.say("Jawaban", "Answer"), value: model.typed.answer,
                    hint: frame.say("Pengusul membacanya.", "The proposer reads it."),
                    limit: .characters(Proposals.longestWords), small: true)
                    + form.actions(
                        form.button(
                            frame.say("Terima banding: lulus administrasi", "Uphold: it has passed"), name: "hasil",
                            value: "terima"),
                        form.button(frame.say("Tolak banding", "Reject"), .danger, name: "hasil", value: "tolak"))))</section>
            """
    }
}
