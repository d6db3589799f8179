import Kernel
import Web

/// One proposal's page: what it says, what the rules say about it, and what can be done with it.
enum ProposalView {
    static func page(_ model: ProposalFormView.Model, _ frame: Frame) -> HTML {
        let (sheet, form) = (model.sheet, FormView(frame, model.problems))
        let proposal = sheet.proposal
        let edition = frame.language.say(sheet.edition.name)
        let isOver = sheet.edition.stage(.registration)?.closes.map { $0 <= model.now } ?? false
        let isOpen = !isOver && (proposal.state == .draft || (proposal.state == .registered && model.isAdmin))
        let isCuring = proposal.state == .submitted && proposal.cure?.isOpen(at: model.now) ?? false
        let names = ProposalFormView.names(proposal, sheet.edition, frame)
        return Layout.page(
            frame,
            PageHead(
                "\(form.title(proposal.title)) · \(edition)", description: frame.say("Usulan", "Proposal"),
                crumbs: [Crumb(frame.say("Usulan", "Proposals"), frame.to(.path("kerja", "usulan")))], indexed: false),
            """
            \(form.summary(names: names))<h1\(frame.record)>\(proposal.title)</h1>
            <p>\(frame.say("Usulan nomor", "Proposal")) \(proposal.id), \(edition). \
            <strong>\(frame.language.say(proposal.state.name))</strong>. \(record(sheet, frame))</p>
            \(notices(model, isOver: isOver, frame))\(ProposalAfterView.cure(model, frame))\
            \(FeedbackView.link(proposal, sheet.edition, at: model.now, frame))\(sheet.presents ? PresenterView.link(proposal.id, frame) : .empty)
            <div class="cols"><div>
            \(ProposalAfterView.appeal(model, frame))
            \(isOpen ? ProposalFormView.form(model, frame) : ProposalFormView.fixed(proposal, sheet.edition, frame))
            \(ProposalFormView.documents(model, isOpen: isOpen || isCuring, frame))
            \(EarlierView.list(sheet.earlier, of: proposal.id, frame))
            \(acts(model, isOver: isOver, form))
            </div><aside class="stay">\(deadline(sheet.edition, at: model.now, frame))\
            \(isOpen ? form.saved(ProposalFormView.autosave(model)) : .empty)\
            \(verdicts(sheet.verdicts, isFrozen: proposal.verdicts != nil, frame))\
            \(ProposalSignView.signs(sheet, compare: nil, frame))</aside></div>
            """)
    }

    private static func record(_ sheet: Proposals.Sheet, _ frame: Frame) -> HTML {
        let proposal = sheet.proposal
        let history = Address.path("inovasi", String(proposal.innovation), "riwayat")
        let changed: HTML =
            sheet.newest.map { $0 > proposal.revision } ?? false
            ? " <a href=\"\(frame.to(history))\">\(frame.say("Datanya sudah berubah sejak itu.", "The record has changed since."))</a>"
            : .empty
        return """
            \(frame.say("Dibuat dari", "Made from")) <a href="\(frame.to(.path("inovasi", String(proposal.innovation))))">\
            \(frame.say("inovasi", "innovation")) \(proposal.innovation)</a> \(frame.say("revisi", "revision")) \(proposal.revision).\(changed)
            """
    }

    private static func notices(_ model: ProposalFormView.Model, isOver: Bool, _ frame: Frame) -> HTML {
        let proposal = model.sheet.proposal
        if proposal.state == .draft, let remark = proposal.remark {
            return NoticeView.notice(
                .soon, frame.say("Dikembalikan admin instansi:", "Returned by the agency admin:"), "\(remark)")
        }
        // What passed without remarks is said above already.
        if proposal.state == .failed || (proposal.state == .passed && proposal.reason?.isEmpty == false) {
            return NoticeView.notice(
                proposal.state == .passed ? .good : .bad, frame.language.say(proposal.state.name) + ".",
                "\(proposal.reason ?? "")")
        }
        if proposal.state == .registered, !model.isAdmin, !isOver {
            return NoticeView.notice(
                .plain, frame.say("Sudah terdaftar.", "Registered."),
                "\(frame.say("Admin instansi memeriksa, mengurutkan, lalu mengirimnya.", "The agency admin checks, orders and submits it."))"
            )
        }
        return .empty
    }

    /// The exact close of registration and how far off it is.
    static func deadline(_ edition: Edition, at now: Instant, _ frame: Frame) -> HTML {
        guard let stage = edition.stage(.registration), let closes = stage.closes else { return .empty }
        let deadline = ProposalDeadline(closes: closes, zone: edition.zone)
        let moment = frame.language.say(deadline.moment)
        guard let left = deadline.left(at: now) else {
            return """
                <p>\(StateView.state(.late, frame.say("Pendaftaran ditutup \(moment)", "Registration closed on \(moment)")))</p>
                """
        }
        if let opens = stage.opens, now < opens {
            let from = frame.language.say(opens.moment(in: edition.zone, starting: true))
            return """
                <p>\(StateView.state(.valid, frame.say("Pendaftaran \(from) sampai \(moment)", "Registration from \(from) until \(moment)")))</p>
                """
        }
        let isNear = closes.milliseconds - now.milliseconds <= 7 * 86_400_000
        return """
            <p>\(StateView.state(isNear ? .due : .valid, frame.say("Pendaftaran sampai \(moment)", "Registration until \(moment)")))<br>\
            \(countdown(left, to: closes, at: now, frame))</p>
            """
    }

    /// How far off a moment is; the script goes on counting from what the server said.
    static func countdown(_ left: Phrase, to moment: Instant, at now: Instant, _ frame: Frame) -> HTML {
        let seconds = Int((moment.milliseconds - now.milliseconds) / 1000)
        return """
            <strong data-left="\(seconds)">\(frame.language.say(left))</strong> \
            <span class="soft">\(frame.say("menurut jam server", "by the server's clock"))</span>
            """
    }

    /// The verdicts: what is unmet first, with what to do; what is met stays quiet.
    static func verdicts(_ verdicts: [Verdict], isFrozen: Bool, _ frame: Frame) -> HTML {
        let open = verdicts.filter { $0.answer == .unmet } + verdicts.filter { $0.answer == .unknown }
        let met = verdicts.filter { $0.answer == .met }
        let title =
            open.isEmpty
            ? frame.count(met.count, "syarat terpenuhi", "condition met", "conditions met")
            : frame.count(open.count, "syarat belum terpenuhi", "condition not met", "conditions not met")
        let knots: [(knot: ThreadView.Knot, content: HTML)] = open.map {
            ($0.answer == .unmet ? .snag : .loose, verdict($0, frame))
        }
        let tied: [(knot: ThreadView.Knot, content: HTML)] = met.map { (.tied, verdict($0, frame)) }
        let frozen: HTML =
            isFrozen
            ? "<p class=\"soft\">\(frame.say("Menurut aturan saat usulan dikirim.", "By the rules when it was submitted."))</p>"
            : .empty
        let quiet: HTML =
            met.isEmpty
            ? .empty
            : """
            <details><summary>\(frame.count(met.count, "terpenuhi", "met", "met"))</summary>\
            \(ThreadView.list(tied, tight: true))</details>
            """
        return """
            <h2 id="syarat">\(title)</h2>
            \(frozen)\(knots.isEmpty ? HTML.empty : ThreadView.list(knots, tight: true))\(quiet)
            """
    }

    private static func verdict(_ verdict: Verdict, _ frame: Frame) -> HTML {
        """
        <p><strong>\(frame.language.say(verdict.rule))</strong>\(verdict.answer == .unknown ? " (\(frame.say("belum dapat dinilai", "cannot be told yet")))" : ""). \
        \(frame.language.say(verdict.because))\(html(verdict.change) { " \(frame.language.say($0))" })\
        <br><span class="soft small">\(html(verdict.source) { "\(frame.say("Sumber", "Source")): \($0)" })\
        \(verdict.source == nil ? frame.say("Aturan edisi, belum bersumber", "A rule of the edition, not sourced yet") : "")</span></p>
        """
    }

    private static func acts(_ model: ProposalFormView.Model, isOver: Bool, _ form: FormView) -> HTML {
        let (proposal, frame) = (model.sheet.proposal, form.frame)
        guard !isOver else { return .empty }
        func place(_ act: String) -> Address { .path("kerja", "usulan", String(proposal.id), act) }
        var parts: [HTML] = []
        if proposal.state == .registered, model.isAdmin {
            parts.append(
                form.form(
                    to: place("kembalikan"),
                    form.area(
                        "catatan", label: frame.say("Yang harus diperbaiki unit", "What the unit has to correct"),
                        small: true)
                        + "<p>\(form.button(frame.say("Kembalikan ke unit", "Return to the unit"), .second, small: true))</p>"
                ))
        }
        if proposal.state == .draft || (model.isAdmin && [.registered, .submitted].contains(proposal.state)) {
            parts.append(
                form.form(
                    to: place("tarik"),
                    """
                    <p>\(frame.say(
                        "Usulan yang ditarik tidak ikut lagi; inovasinya dapat diusulkan dari awal.",
                        "A withdrawn proposal takes no part any more; the innovation can be proposed anew."))</p>\
                    <p>\(form.button(frame.say("Tarik usulan", "Withdraw"), .danger, small: true))</p>
                    """))
        }
        guard !parts.isEmpty else { return .empty }
        return """
            <section aria-labelledby="lain"><h2 id="lain">\(frame.say("Tindakan lain", "Other acts"))</h2>
            \(parts.html { $0 })</section>
            """
    }
}
