import Kernel
import Web

/// An edition's sittings, and one of them with its minutes.
enum SittingView {
    /// One sitting as its page shows it, with what was typed where something was wrong.
    struct Model {
        let sheet: Sittings.Sheet
        /// The place of the first proposal shown.
        let start: Int
        let draft: SittingDraft?
        let typed: [Int: Decision?]
        let exception: String
        let problems: FormProblems
    }

    static func path(_ edition: String, _ sitting: Int, _ rest: String...) -> Address {
        let tail = rest.map { "/" + percentEncoded($0) }.joined()
        let path = Address.path("kerja", "kompetisi", edition, "sidang", String(sitting))
        return Address(path.text + tail) ?? path
    }

    static func list(
        _ stored: Editions.Stored, _ list: [(sitting: Sitting, signatures: Int)], _ frame: Frame
    ) -> HTML {
        let title = frame.count(list.count, "sidang", "sitting", "sittings")
        let zone = stored.edition.zone
        let rows = list.map { entry in
            StackView.Row(
                "<a class=\"name\" href=\"\(frame.to(path(stored.code, entry.sitting.id)))\"\(frame.record)>\(entry.sitting.title)</a>",
                "\(frame.language.say(entry.sitting.body.name))", "\(frame.language.say(entry.sitting.subject.name))",
                "\(frame.language.say(entry.sitting.heldAt.moment(in: zone, starting: true)))",
                state(entry.sitting, entry.signatures, zone, frame))
        }
        let new = Address.path("kerja", "kompetisi", stored.code, "sidang", "baru")
        let table: HTML =
            rows.isEmpty
            ? "<p class=\"missing\">\(frame.say("Belum ada sidang.", "There are no sittings yet."))</p>"
            : StackView.table(
                caption: frame.say("Terbaru di atas", "The latest first"),
                columns: [
                    frame.say("Sidang", "Sitting"), frame.say("Badan", "Body"), frame.say("Pokok", "Subject"),
                    frame.say("Waktu", "Time"), frame.say("Keadaan", "State"),
                ], rows)
        return Layout.page(
            frame,
            PageHead(
                "\(title) · \(frame.language.say(stored.edition.name))", description: title,
                crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            <h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .sittings, frame))
            \(table)<p><a class="button" href="\(frame.to(new))">\(frame.say("Tulis berita acara baru", "Write new minutes"))</a></p>
            """)
    }

    private static func state(_ sitting: Sitting, _ signatures: Int, _ zone: Zone, _ frame: Frame) -> HTML {
        guard let closed = sitting.closedAt else {
            return StateView.state(.due, frame.say("masih ditulis", "being written"))
        }
        let day = closed.day(in: zone).long(frame.language)
        let signers = sitting.attendance.count { $0.account != nil }
        return StateView.state(
            .valid,
            frame.say(
                "ditutup \(day), \(signatures) dari \(signers) bertanda tangan",
                "closed on \(day), \(signatures) of \(signers) signed"))
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (sheet, form) = (model.sheet, FormView(frame, model.problems))
        let (sitting, stored) = (sheet.sitting, sheet.stored)
        let isOpen = sitting.closedAt == nil
        return Layout.page(
            frame,
            PageHead(
                form.title(sitting.title), description: frame.say("Sidang", "Sitting"),
                crumbs: EditionMenuView.crumbs(stored, frame) + [
                    Crumb(frame.say("Sidang", "Sittings"), frame.to(EditionMenuView.Place.sittings.path(stored.code)))
                ], indexed: false, script: isOpen),
            """
            \(form.summary())<h1\(frame.record)>\(sitting.title)</h1>\(EditionMenuView.menu(stored, at: .sittings, frame))
            \(facts(sheet, frame))\(isOpen ? .empty : closed(sheet, frame))
            \(isOpen ? SittingFormView.minutes(model, form) : minutes(sheet, account: nil, frame))
            \(SittingChoiceView.advice(sheet, frame))\
            \(isOpen ? SittingChoiceView.form(model, form) : SittingChoiceView.decided(sheet, frame))
            \(isOpen ? SittingFormView.closing(model, form) : signatures(sheet, frame))
            """)
    }

    private static func facts(_ sheet: Sittings.Sheet, _ frame: Frame) -> HTML {
        let (sitting, zone) = (sheet.sitting, sheet.stored.edition.zone)
        return """
            <p class="meta"><span>\(frame.language.say(sitting.body.name))</span>\
            <span>\(frame.language.say(sitting.subject.name))</span>\
            <span>\(frame.language.say(sitting.heldAt.moment(in: zone, starting: true)))</span><span>\(sitting.place)</span></p>

            """
    }

    /// What a closed sitting says about itself: its hash, and the way to put it right.
    private static func closed(_ sheet: Sittings.Sheet, _ frame: Frame) -> HTML {
        guard let at = sheet.sitting.closedAt, let digest = sheet.sitting.digest else { return .empty }
        let (code, id) = (sheet.stored.code, sheet.sitting.id)
        let moment = frame.language.say(at.moment(in: sheet.stored.edition.zone))
        let isIntact = sheet.isIntact ?? false
        let new = Address.path("kerja", "kompetisi", code, "sidang", "baru")
        return """
            \(NoticeView.notice(
                isIntact ? .good : .bad,
                isIntact
                    ? frame.say("Ditutup \(moment).", "Closed on \(moment).")
                    : frame.say("Isi berita acara tidak lagi cocok dengan sidiknya.", "The minutes no longer match their hash."),
                """
                \(frame.say("Tidak berubah lagi; perbaikan ditulis sebagai", "It changes no more; a correction is written as a")) \
                <a href="\(frame.to(new))">\(frame.say("sidang baru", "new sitting"))</a>.
                """))
            <p class="soft">SHA-256 <code>\(digest)</code></p>
            <p class="row"><a class="button second" href="\(frame.to(path(code, id, "berita-acara.docx")))">\(frame.say("Berita acara (DOCX)", "Minutes (DOCX)"))</a>
            <a class="button second" href="\(frame.to(path(code, id, "berita-acara.pdf")))">PDF</a></p>
            """
    }

    /// The minutes as they closed.
    ///
    /// - Parameter account: for somebody who attended, whose own leavings alone are shown.
    private static func minutes(_ sheet: Sittings.Sheet, account: Int?, _ frame: Frame) -> HTML {
        let sitting = sheet.sitting
        let people = sitting.attendance.map { attendee -> HTML in
            let shows = !attendee.left.isEmpty && (account == nil || attendee.account == account)
            let left = attendee.left.map(String.init).joined(separator: ", ")
            let gone = shows ? "; \(frame.say("keluar untuk usulan", "left for proposals")) \(left)" : ""
            return "<li>\(attendee.name), \(attendee.role)\(gone)</li>"
        }
        return """
            <h2>\(frame.count(people.count, "orang hadir", "person attended", "people attended"))</h2><ul\(frame.record)>\(people.html { $0 })</ul>
            \(text(frame.say("Yang diajukan", "What was put before it"), sheet.advice.words, frame))\
            \(text(frame.say("Yang diputuskan", "What it decided"), sitting.decided, frame))\
            \(text(frame.say("Alasan", "Why"), sitting.why, frame))
            """
    }

    static func text(_ title: String, _ text: String, _ frame: Frame) -> HTML {
        guard !text.isEmpty else { return .empty }
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        return "<h2>\(title)</h2>\(lines.html { "<p\(frame.record)>\($0)</p>" })\n"
    }

    private static func signatures(_ sheet: Sittings.Sheet, _ frame: Frame) -> HTML {
        let count = sheet.signatures.count
        let entries = sheet.signatures.map { signature -> (knot: ThreadView.Knot, content: HTML) in
            (
                signature.isTrue ? .tied : .snag,
                """
                <p>\(signature.name), \(signature.office), \
                \(frame.language.say(signature.at.moment(in: sheet.stored.edition.zone)))</p>
                """
            )
        }
        return """
            <h2>\(frame.count(count, "tanda tangan", "signature", "signatures"))</h2>
            \(entries.isEmpty ? "<p class=\"missing\">\(frame.say("Belum ada.", "None yet."))</p>" : ThreadView.list(entries, tight: true))
            """
    }

    // MARK: those who attended

    /// The closed sittings that somebody attended.
    static func own(_ list: [(sitting: Sitting, edition: Phrase, isSigned: Bool)], _ frame: Frame) -> HTML {
        let waiting = list.count { !$0.isSigned }
        let title =
            waiting == 0
            ? frame.say("Tidak ada berita acara yang menunggu tanda tangan Anda", "No minutes wait for your signature")
            : frame.count(
                waiting, "berita acara menunggu tanda tangan Anda", "record of minutes waits for your signature",
                "records of minutes wait for your signature")
        let rows = list.map { entry in
            StackView.Row(
                "<a class=\"name\" href=\"\(frame.to(.path("kerja", "sidang", String(entry.sitting.id))))\"\(frame.record)>\(entry.sitting.title)</a>",
                "\(frame.language.say(entry.edition))",
                entry.isSigned
                    ? StateView.state(.valid, frame.say("sudah Anda tanda tangani", "signed by you"))
                    : StateView.state(.due, frame.say("menunggu tanda tangan", "waits for your signature")))
        }
        let table: HTML =
            rows.isEmpty
            ? .empty
            : StackView.table(
                caption: frame.say("Sidang yang Anda hadiri", "Sittings that you attended"),
                columns: [
                    frame.say("Sidang", "Sitting"), frame.say("Edisi", "Edition"), frame.say("Keadaan", "State"),
                ],
                rows)
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false), "<h1>\(title)</h1>\n\(table)")
    }

    /// A closed sitting for somebody who attended it.
    static func attended(_ sheet: Sittings.Sheet, account: Int, _ frame: Frame) -> HTML {
        let (sitting, form) = (sheet.sitting, FormView(frame))
        let seat = sitting.attendance.first { $0.account == account }
        let isSigned = sheet.signatures.contains { $0.name == seat?.name && $0.office == seat?.role }
        let left = seat?.left ?? []
        return Layout.page(
            frame,
            PageHead(
                sitting.title, description: frame.say("Berita acara", "Minutes"),
                crumbs: [Crumb(frame.say("Sidang Anda", "Your sittings"), frame.to(.path("kerja", "sidang")))],
                indexed: false),
            """
            <h1\(frame.record)>\(sitting.title)</h1>\(facts(sheet, frame))
            \(left.isEmpty ? .empty : NoticeView.notice(
                .plain, frame.say("Usulan yang Anda tinggalkan tidak ditampilkan.", "Proposals that you left for are not shown.")))
            \(minutes(sheet, account: account, frame))\(SittingChoiceView.decided(sheet, frame))
            <p class="soft">SHA-256 <code>\(sitting.digest ?? "")</code></p>
            \(isSigned
                ? StateView.state(.valid, frame.say("sudah Anda tanda tangani", "signed by you"))
                : form.form(
                    to: .path("kerja", "sidang", String(sitting.id), "tandatangan"),
                    form.actions(form.button(frame.say("Tanda tangani berita acara ini", "Sign these minutes")))))
            """)
    }
}
