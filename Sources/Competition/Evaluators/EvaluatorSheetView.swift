import Kernel
import Web

/// One evaluator or panelist: what they know and carry, their ties and conflicts, what they read, and their removal.
enum EvaluatorSheetView {
    static func page(
        _ sheet: Evaluators.Sheet, _ draft: EvaluatorDraft, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let (stored, evaluator, form) = (sheet.stored, sheet.evaluator, FormView(frame, problems))
        let base = path(sheet)
        let list = EditionMenuView.Place.evaluators.path(stored.code)
        return Layout.page(
            frame,
            PageHead(
                form.title(evaluator.name), description: frame.language.say(evaluator.seat.name),
                crumbs: EditionMenuView.crumbs(stored, frame) + [
                    Crumb(frame.say("Penilai dan panelis", "Evaluators and panelists"), frame.to(list))
                ], indexed: false),
            """
            \(form.summary())<h1>\(evaluator.name)</h1>\(EditionMenuView.menu(stored, at: .evaluators, frame))
            \(facts(sheet, frame))
            \(reads(sheet, frame))\(ties(sheet, form))\(conflicts(sheet, frame))
            \(evaluator.removedAt == nil
                ? """
                <section aria-labelledby="ubah"><h2 id="ubah">\(frame.say("Keahlian dan beban", "Expertise and load"))</h2>
                \(form.form(
                    to: base,
                    EvaluatorView.fields(draft, stored.edition, sheet.regions, form)
                        + form.actions(form.button(frame.say("Simpan", "Save")))))</section>
                \(removal(sheet, form))
                """
                : reinstatement(sheet, form))
            """)
    }

    private static func path(_ sheet: Evaluators.Sheet, _ act: String? = nil) -> Address {
        let (code, id) = (sheet.stored.code, String(sheet.evaluator.id))
        return act.map { .path("kerja", "kompetisi", code, "penilai", id, $0) }
            ?? .path("kerja", "kompetisi", code, "penilai", id)
    }

    private static func facts(_ sheet: Evaluators.Sheet, _ frame: Frame) -> HTML {
        let evaluator = sheet.evaluator
        let declared =
            evaluator.declaredAt.map { frame.language.say($0.moment(in: sheet.stored.edition.zone)) }
            ?? frame.say("belum; proposal belum terbuka baginya", "not yet; no proposal opens to them")
        return """
            <dl class="facts"><dt>\(frame.say("Sebagai", "As"))</dt><dd>\(frame.language.say(evaluator.seat.name))</dd>
            \(html(sheet.email) { "<dt>\(frame.say("Surel", "E-mail"))</dt><dd>\($0)\(sheet.isActive ? "" : " (\(frame.say("belum masuk", "has not signed in")))")</dd>" })
            <dt>\(frame.say("Keahlian", "Expertise"))</dt><dd>\(EvaluatorView.expertise(evaluator, sheet.stored.edition, frame))</dd>
            <dt>\(frame.say("Benturan dinyatakan", "Conflicts declared"))</dt><dd>\(declared)</dd>
            \(html(sheet.removal) { "<dt>\(frame.say("Diberhentikan karena", "Removed because"))</dt><dd>\($0)</dd>" })</dl>
            """
    }

    private static func reads(_ sheet: Evaluators.Sheet, _ frame: Frame) -> HTML {
        guard sheet.evaluator.seat == .evaluator else { return .empty }
        let wrong = sheet.given.filter { $0.state.counts && !$0.conflicts.isEmpty }
        let lost = sheet.given.filter { $0.state == .removed }
        let rows = sheet.given.map { given in
            StackView.Row(
                "<a href=\"\(frame.to(AssignmentView.proposal(sheet.stored.code, given.proposal)))\"\(frame.record)>\(given.title)</a>",
                "\(frame.language.say(given.state.name))",
                "\(frame.language.say((given.endedAt ?? given.givenAt).moment(in: sheet.stored.edition.zone)))",
                "\(([given.words].compactMap(\.self) + (given.state.counts ? given.conflicts.map { frame.language.say($0.why) } : [])).joined(separator: " "))"
            )
        }
        return """
            <section aria-labelledby="baca"><h2 id="baca">\(frame.say("Usulan yang ditugaskan", "Proposals given"))</h2>
            \(wrong.isEmpty ? .empty : NoticeView.notice(
                .bad,
                frame.count(
                    wrong.count, "penilaian ternyata berbenturan.", "reading turns out to be in conflict.",
                    "readings turn out to be in conflict."),
                "\(frame.say("Tarik penilaian itu lewat halaman usulannya.", "Take them back on the proposals' pages."))"))
            \(lost.isEmpty ? .empty : NoticeView.notice(
                .soon,
                frame.count(lost.count, "penilaian ditarik.", "reading was taken back.", "readings were taken back."),
                "<a href=\"\(frame.to(EditionMenuView.Place.assignment.path(sheet.stored.code)))\">\(frame.say("Pastikan usulannya diberikan kepada penilai lain", "See that others get these proposals"))</a>."))
            \(rows.isEmpty
                ? "<p class=\"soft\">\(frame.say("Belum ada yang ditugaskan.", "Nothing is given yet."))</p>"
                : StackView.table(
                    labelled: "baca",
                    columns: [
                        frame.say("Usulan", "Proposal"), frame.say("Keadaan", "State"), frame.say("Waktu", "When"),
                        frame.say("Catatan", "Note"),
                    ], rows))</section>
            """
    }

    private static func ties(_ sheet: Evaluators.Sheet, _ form: FormView) -> HTML {
        let frame = form.frame
        let rows = sheet.ties.map { tie in
            StackView.Row(
                "\(tie.subject)", "\(frame.language.say(tie.kind.words))\(html(tie.words) { ". \($0)" })",
                "\(tie.isOwn ? frame.say("dinyatakan sendiri", "declared") : frame.say("dicatat penyelenggara", "entered by the organiser")), \(tie.at.day().long(frame.language))",
                form.form(
                    to: path(sheet, "hapus-hubungan"),
                    form.hidden("hubungan", String(tie.id))
                        + form.button(frame.say("Hapus", "Strike out"), .second, small: true, about: tie.subject)))
        }
        return """
            <section aria-labelledby="ikatan"><h2 id="ikatan">\(frame.say("Hubungan yang dinyatakan atau dicatat", "Ties declared or entered"))</h2>
            \(rows.isEmpty
                ? "<p class=\"soft\">\(frame.say("Belum ada.", "None yet."))</p>"
                : StackView.table(
                    labelled: "ikatan",
                    columns: [
                        frame.say("Dengan", "With"), frame.say("Hubungan", "Tie"), frame.say("Asal", "From"),
                        frame.say("Tindakan", "Act"),
                    ], rows))
            <details\(form.problems["apa"] == nil ? "" : " open")><summary>\(frame.say("Catat hubungan", "Enter a tie"))</summary>
            \(form.form(
                to: path(sheet, "hubungan"),
                form.pair(
                    form.select(
                        "jenis", label: frame.say("Hubungan", "Tie"),
                        choices: ConflictSide.Tie.Kind.allCases.map { Choice($0.rawValue, frame.language.say($0.words)) }),
                    form.select(
                        "objek", label: frame.say("Dengan", "With"),
                        choices: TieDraft.Subject.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) }))
                    + form.text("apa", label: frame.say("Kode, nama, atau nomor", "Code, name or number"))
                    + form.text("catatan", label: frame.say("Catatan", "Note"))
                    + form.actions(form.button(frame.say("Catat", "Enter"), .second))))</details></section>
            """
    }

    private static func conflicts(_ sheet: Evaluators.Sheet, _ frame: Frame) -> HTML {
        guard !sheet.conflicts.isEmpty else { return .empty }
        let shown = sheet.conflicts.prefix(200)
        return """
            <details><summary>\(frame.count(
                sheet.conflicts.count, "usulan tidak akan pernah diberikan", "proposal is never given",
                "proposals are never given"))</summary><ul>\
            \(shown.html { conflict in
                "<li><span\(frame.record)>\(conflict.title)</span>: \(conflict.why.map { frame.language.say($0.why) }.joined(separator: " "))</li>"
            })</ul>\(shown.count < sheet.conflicts.count
                ? "<p class=\"soft\">\(frame.say("dan \(sheet.conflicts.count - shown.count) lagi", "and \(sheet.conflicts.count - shown.count) more"))</p>"
                : .empty)</details>
            """
    }

    private static func removal(_ sheet: Evaluators.Sheet, _ form: FormView) -> HTML {
        let frame = form.frame
        return """
            <section aria-labelledby="henti"><h2 id="henti">\(frame.say("Berhentikan", "Remove"))</h2>
            <p>\(frame.say(
                "Yang belum selesai dibaca ditarik dan menunggu diberikan kepada penilai lain. Nilai yang sudah selesai tetap dihitung.",
                "What is not finished is taken back and waits to be given to others. Finished readings go on counting."))</p>
            \(form.form(
                to: path(sheet, "berhentikan"),
                form.area("alasan", label: frame.say("Alasan", "Reason"), required: true, small: true)
                    + form.check(
                        "tanpa-nilai",
                        label: frame.say(
                            "Jangan hitung juga nilai yang sudah selesai.", "Do not count the finished readings either."))
                    + form.actions(form.button(frame.say("Berhentikan", "Remove"), .danger))))</section>
            """
    }

    private static func reinstatement(_ sheet: Evaluators.Sheet, _ form: FormView) -> HTML {
        let frame = form.frame
        return """
            <section aria-labelledby="aktif"><h2 id="aktif">\(frame.say("Aktifkan kembali", "Reinstate"))</h2>
            <p>\(frame.say(
                "Yang sudah ditarik tidak kembali dengan sendirinya.", "What was taken back does not come back by itself."))</p>
            \(form.form(
                to: path(sheet, "aktifkan"),
                form.actions(form.button(frame.say("Aktifkan kembali", "Reinstate"), .second))))</section>
            """
    }
}
