import Kernel
import Web

/// One proposal's reads: given, taken back, added by hand.
enum HandReadsView {
    static func page(_ reads: Assignments.Reads, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let (stored, form) = (reads.stored, FormView(frame, problems))
        let title = frame.say("Penilai usulan \(reads.proposal)", "Evaluators of proposal \(reads.proposal)")
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title,
                crumbs: EditionMenuView.crumbs(stored, frame) + [
                    Crumb(
                        frame.say("Penugasan penilai", "Assignment of evaluators"),
                        frame.to(EditionMenuView.Place.assignment.path(stored.code)))
                ], indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .assignment, frame))
            <p\(frame.record)>\(reads.title)\(html(reads.category) { " (\(frame.language.say($0)))" })</p>
            \(given(reads, form))\(candidates(reads, form))\(conflicts(reads, frame))
            """)
    }

    private static func path(_ reads: Assignments.Reads, _ act: String) -> Address {
        .path("kerja", "kompetisi", reads.stored.code, "penugasan", "usulan", String(reads.proposal), act)
    }

    private static func given(_ reads: Assignments.Reads, _ form: FormView) -> HTML {
        let frame = form.frame
        let counting = reads.readers.filter(\.given.state.counts)
        let rows = reads.readers.map { reader in
            StackView.Row(
                "\(reader.name)", "\(frame.language.say(reader.given.state.name))",
                "\(frame.language.say((reader.given.endedAt ?? reader.given.givenAt).moment(in: reads.stored.edition.zone)))",
                "\(([reader.given.words].compactMap(\.self) + (reader.given.state.counts ? reader.given.conflicts.map { frame.language.say($0.why) } : [])).joined(separator: " "))"
            )
        }
        return """
            <section aria-labelledby="beri"><h2 id="beri">\(frame.say(
                "Dibaca \(counting.count) dari \(reads.stored.edition.reads ?? 0) kali",
                "Read by \(counting.count) of \(reads.stored.edition.reads ?? 0)"))</h2>
            \(rows.isEmpty
                ? "<p class=\"soft\">\(frame.say("Belum ada penilai.", "No evaluator yet."))</p>"
                : StackView.table(
                    labelled: "beri",
                    columns: [
                        frame.say("Penilai", "Evaluator"), frame.say("Keadaan", "State"), frame.say("Waktu", "When"),
                        frame.say("Catatan", "Note"),
                    ], rows))
            \(counting.isEmpty
                ? .empty
                : form.form(
                    to: path(reads, "tarik"),
                    form.pair(
                        form.select(
                            "penilaian", label: frame.say("Tarik dari", "Take back from"),
                            choices: counting.map { Choice(String($0.given.reading), $0.name) }),
                        form.text("alasan", label: frame.say("Alasan", "Reason"), required: true))
                        + form.actions(form.button(frame.say("Tarik", "Take back"), .danger))))</section>
            """
    }

    private static func candidates(_ reads: Assignments.Reads, _ form: FormView) -> HTML {
        let frame = form.frame
        guard !reads.candidates.isEmpty else {
            return NoticeView.notice(
                .soon, frame.say("Tidak ada penilai lain yang dapat membacanya.", "No other evaluator can read it."),
                "\(frame.say("Tambah penilai atau naikkan batas bebannya.", "Add evaluators or raise their limits."))")
        }
        return """
            <section aria-labelledby="tambah"><h2 id="tambah">\(frame.say("Berikan kepada penilai lain", "Give it to another evaluator"))</h2>
            \(form.form(
                to: path(reads, "beri"),
                form.select(
                    "penilai", label: frame.say("Penilai, yang paling cocok di atas", "Evaluators, the best fit first"),
                    choices: reads.candidates.map {
                        Choice(
                            String($0.evaluator),
                            frame.say(
                                "\($0.name) (biaya \($0.cost), sisa \($0.left))", "\($0.name) (cost \($0.cost), \($0.left) left)"))
                    })
                    + form.actions(form.button(frame.say("Berikan", "Give")))))
            \(form.form(
                to: path(reads, "tambah"),
                form.actions(
                    form.button(frame.say("Minta satu bacaan tambahan", "Ask for one extra read"), .second))))</section>
            """
    }

    private static func conflicts(_ reads: Assignments.Reads, _ frame: Frame) -> HTML {
        guard !reads.conflicts.isEmpty else { return .empty }
        return """
            <details><summary>\(frame.count(
                reads.conflicts.count, "penilai berbenturan", "evaluator is in conflict", "evaluators are in conflict"))</summary><ul>\
            \(reads.conflicts.html { one in
                "<li>\(one.name): \(one.why.map { frame.language.say($0.why) }.joined(separator: " "))</li>"
            })</ul></details>
            """
    }
}
