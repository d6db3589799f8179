import Kernel
import Web

/// Every reading of one proposal, for its organiser, and which comments its proposers may read.
enum ReadingClearanceView {
    static func page(
        _ sheet: ReadingClearances.Sheet, institution: String, typed: [String: String], _ problems: FormProblems,
        _ frame: Frame
    ) -> HTML {
        let (stored, proposal, form) = (sheet.stored, sheet.proposal, FormView(frame, problems))
        let crumbs =
            EditionMenuView.crumbs(stored, frame)
            + [Crumb(frame.say("Nilai", "Scores"), frame.to(EditionMenuView.Place.scores.path(stored.code)))]
        return Layout.page(
            frame,
            PageHead(form.title(proposal.title), description: proposal.title, crumbs: crumbs, indexed: false),
            """
            \(form.summary())<h1\(frame.record)>\(proposal.title)</h1>\(EditionMenuView.menu(stored, at: .scores, frame))
            <p>\(institution). \(frame.say("Usulan nomor", "Proposal")) \(proposal.id).</p>
            \(table(sheet, frame))\(clearing(sheet, typed, form))
            """)
    }

    private static func table(_ sheet: ReadingClearances.Sheet, _ frame: Frame) -> HTML {
        guard !sheet.entries.isEmpty else {
            return "<p>\(frame.say("Belum diberikan kepada penilai.", "Not given to an evaluator yet."))</p>"
        }
        let sections = sheet.stored.edition.form(of: sheet.proposal.group)
        let rows = sheet.entries.map { entry in
            let total: HTML =
                entry.reading.state == .done
                ? "<strong>\(frame.language.number(sheet.stored.edition.total(Dictionary(entry.scores.compactMap { score in score.value.map { (score.section, $0) } }, uniquingKeysWith: { a, _ in a }))))</strong>"
                : "–"
            let why = entry.reading.state == .abstained ? entry.reading.words.map { ": " + $0 } ?? "" : ""
            return StackView.Row(
                "\(entry.evaluator)",
                ["\(frame.language.say(entry.reading.state.name))\(why)", total]
                    + sections.map { section in
                        let value = entry.scores.first { $0.section == section.code }?.value
                        return "\(value.map(String.init) ?? "–")"
                    })
        }
        return StackView.table(
            caption: frame.say("Penilaian", "Readings"),
            columns: [
                frame.say("Penilai", "Evaluator"), frame.say("Keadaan", "State"), frame.say("Berbobot", "Weighted"),
            ]
                + sections.map { frame.language.say($0.name) }, rows)
    }

    private static func clearing(
        _ sheet: ReadingClearances.Sheet, _ typed: [String: String], _ form: FormView
    ) -> HTML {
        let frame = form.frame
        let comments = sheet.done.flatMap { entry in
            entry.scores.filter { $0.words != nil }.map { (entry: entry, score: $0) }
        }
        guard !comments.isEmpty else { return .empty }
        let sections = sheet.stored.edition.sections
        let place = Address.path(
            "kerja", "kompetisi", sheet.stored.code, "nilai", String(sheet.proposal.id), "loloskan")
        return """
            <section aria-labelledby="catatan"><h2 id="catatan">\(frame.say("Catatan untuk pengusul", "Comments for the proposers"))</h2>
            <p>\(frame.say(
                "Pengusul membaca hanya yang ditandai, tanpa nama penilai, sejak tahap yang ditetapkan edisi. Sunting bila ada yang menunjuk orang.",
                "Proposers read only what is marked, without names, from the stage that the edition sets. Edit what points to a person."))</p>
            \(form.form(
                to: place,
                comments.html { pair in
                    let section = sections.first { $0.code == pair.score.section }
                    return comment(pair.entry, pair.score, section, typed, form)
                }
                    + form.actions(
                        form.button(frame.say("Simpan pilihan", "Save the choice")),
                        form.button(frame.say("Loloskan semua", "Release all"), .second, name: "semua"))))</section>
            """
    }

    private static func comment(
        _ entry: ReadingClearances.Entry, _ score: SectionScore, _ section: EditionSection?, _ typed: [String: String],
        _ form: FormView
    ) -> HTML {
        let frame = form.frame
        let place = "\(entry.reading.id).\(score.section)"
        let name = section.map { frame.language.say($0.name) } ?? score.section
        let isReleased = typed.isEmpty ? score.cleared != nil : typed["lepas.\(place)"] != nil
        // What the evaluator rewrote is shown as it is now, whatever was typed over the old words.
        let words = form.problems["bersih.\(place)"] == nil ? typed["bersih.\(place)"] : nil
        return """
            \(form.hidden("versi.\(place)", String(score.version)))\
            \(form.area(
                "bersih.\(place)", label: "\(name), \(entry.evaluator)", value: words ?? score.cleared ?? score.words ?? "",
                small: true))\
            \(form.check(
                "lepas.\(place)", label: frame.say("Boleh dibaca pengusul", "Proposers may read it"), checked: isReleased))
            """
    }
}
