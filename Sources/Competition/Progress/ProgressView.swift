import Kernel
import Web

/// How evaluation goes, in few figures: what is done, who is late, and whose scores deserve a look.
enum ProgressView {
    static func page(_ report: ProgressReports.Report, told: Int?, at now: Instant, _ frame: Frame) -> HTML {
        let stored = report.stored
        let title = frame.say("Pemantauan penilaian", "Progress of evaluation")
        return Layout.page(
            frame,
            PageHead(
                "\(title) · \(frame.language.say(stored.edition.name))", description: title,
                crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            <h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .progress, frame))
            \(told.map { nudged($0, frame) } ?? .empty)
            \(figures(report, at: now, frame))\(AssignmentView.hidden(report.hidden, frame))
            \(late(report, frame))\(categories(report, frame))\(evaluators(report, frame))
            """)
    }

    private static func nudged(_ told: Int, _ frame: Frame) -> HTML {
        told == 0
            ? NoticeView.notice(
                .plain, frame.say("Tidak ada yang perlu diingatkan lagi hari ini.", "Nobody is left to remind today."))
            : NoticeView.notice(
                .good,
                frame.count(told, "penilai diingatkan lewat surel.", "evaluator reminded.", "evaluators reminded."))
    }

    private static func figures(_ report: ProgressReports.Report, at now: Instant, _ frame: Frame) -> HTML {
        let (done, given) = (
            report.categories.reduce(0) { $0 + $1.done }, report.categories.reduce(0) { $0 + $1.given }
        )
        let left = report.closes.map { closes in
            let days = Progress.daysLeft(until: closes, at: now)
            return days == 0
                ? frame.say("Penilaian sudah ditutup", "Evaluation is closed")
                : days < 1
                    ? frame.say("Kurang dari sehari lagi", "Less than a day left")
                    : frame.count(Int(days.rounded(.down)), "hari lagi", "day left", "days left")
        }
        let close = report.closes.map { frame.language.say($0.moment(in: report.stored.edition.zone)) }
        return """
            <dl class="figures"><div><dt>\(frame.say("Penilaian selesai", "Readings done"))</dt>
            <dd class="n">\(frame.number(done))</dd><dd>\(frame.say("dari", "of")) \(frame.number(given))</dd></div>
            <div><dt>\(frame.say("Penilai terlambat atau tertinggal", "Evaluators late or behind"))</dt>
            <dd class="n">\(frame.number(report.late.count))</dd></div>
            \(html(left) { """
                <div><dt>\($0)</dt><dd>\(close.map { frame.say("Sampai \($0)", "Until \($0)") } ?? "")</dd></div>
                """ })</dl>
            <p>\(report.difference.map { difference in
                frame.say(
                    "Dua penilai usulan yang sama rata-rata berbeda \(decimal(difference, frame)) angka (\(report.pairs) pasang nilai).",
                    "Two evaluators of one proposal differ by \(decimal(difference, frame)) points on average (\(report.pairs) pairs of scores).")
            } ?? frame.say(
                "Nilai bersama masih terlalu sedikit untuk mengukur kesepakatan (\(report.pairs) pasang, perlu \(Progress.fewestShared)).",
                "Too few shared scores to measure agreement (\(report.pairs) pairs, \(Progress.fewestShared) are needed)."))</p>
            """
    }

    private static func late(_ report: ProgressReports.Report, _ frame: Frame) -> HTML {
        guard !report.late.isEmpty else { return .empty }
        let form = FormView(frame)
        return """
            \(NoticeView.notice(
                .soon,
                frame.count(
                    report.late.count, "penilai terlambat atau tertinggal.", "evaluator is late or behind.",
                    "evaluators are late or behind."),
                "\(report.late.map { $0.evaluator.name }.joined(separator: ", "))."))
            \(form.form(
                to: .path("kerja", "kompetisi", report.stored.code, "pemantauan", "ingatkan"),
                form.actions(
                    form.button(frame.say("Ingatkan lewat surel", "Remind them by mail"), .second))
                    + "<p class=\"hint\">\(frame.say("Setiap orang paling banyak sekali sehari.", "Each of them once a day at most."))</p>"))
            """
    }

    private static func categories(_ report: ProgressReports.Report, _ frame: Frame) -> HTML {
        let rows = report.categories.map { category in
            StackView.Row(
                "\(category.name.map(frame.language.say) ?? frame.say("Tanpa kategori", "Without a category"))",
                "\(frame.number(category.proposals))", "\(frame.number(category.done))",
                "\(frame.number(category.given))",
                category.given < category.needed
                    ? StateView.state(
                        .due,
                        frame.say(
                            "kurang \(frame.number(category.needed - category.given))",
                            "\(frame.number(category.needed - category.given)) lacking"))
                    : "\(frame.say("cukup", "enough"))")
        }
        return """
            <section aria-labelledby="kategori"><h2 id="kategori">\(frame.say("Menurut kategori", "By category"))</h2>
            \(StackView.table(
                labelled: "kategori",
                columns: [
                    frame.say("Kategori", "Category"), frame.say("Usulan", "Proposals"), frame.say("Selesai", "Done"),
                    frame.say("Ditugaskan", "Given"), frame.say("Kebutuhan", "Need"),
                ], rows))</section>
            """
    }

    private static func evaluators(_ report: ProgressReports.Report, _ frame: Frame) -> HTML {
        guard !report.lines.isEmpty else {
            return "<p class=\"soft\">\(frame.say("Belum ada penilai.", "No evaluators yet."))</p>"
        }
        let rows = report.lines.map { line in
            let address = Address.path("kerja", "kompetisi", report.stored.code, "penilai", String(line.evaluator.id))
            return StackView.Row(
                "<a href=\"\(frame.to(address))\">\(line.evaluator.name)</a>",
                "\(frame.number(line.done)) / \(frame.number(line.given))\(line.begun == 0 ? "" : frame.say(", \(line.begun) dimulai", ", \(line.begun) begun"))\(line.abstained == 0 ? "" : frame.say(", \(line.abstained) tidak menilai", ", \(line.abstained) abstained"))",
                pace(line, frame),
                "\(line.last.map { frame.language.say($0.moment(in: report.stored.edition.zone)) } ?? "–")",
                "\(scores(line, frame))")
        }
        return """
            <section aria-labelledby="penilai"><h2 id="penilai">\(frame.say("Menurut penilai", "By evaluator"))</h2>
            <p class="soft">\(frame.say(
                "Pergeseran: separuh nilai terakhir dibanding separuh pertama. Beda: rata-rata selisih dengan penilai lain atas usulan yang sama.",
                "Drift: the later half of the scores against the earlier. Difference: the mean distance from others on the same proposals."))</p>
            \(StackView.table(
                labelled: "penilai",
                columns: [
                    frame.say("Penilai", "Evaluator"), frame.say("Selesai / ditugaskan", "Done / given"),
                    frame.say("Laju", "Pace"), frame.say("Terakhir aktif", "Last active"),
                    frame.say("Nilai", "Scores"),
                ], rows))</section>
            """
    }

    private static func pace(_ line: ProgressReports.Line, _ frame: Frame) -> HTML {
        switch line.pace {
        case .finished where line.given == 0: "\(frame.say("belum ditugasi", "nothing given"))"
        case .finished: StateView.state(.valid, frame.say("selesai", "finished"))
        case .onTime: "\(frame.say("lancar", "on time"))"
        case .behind: StateView.state(.due, frame.say("tertinggal, sisa \(line.open)", "behind, \(line.open) left"))
        case .late:
            StateView.state(
                .late,
                frame.say(
                    "terlambat, sisa \(line.open): lebih dari \(Progress.day) sehari",
                    "late, \(line.open) left: more than \(Progress.day) a day"))
        }
    }

    private static func scores(_ line: ProgressReports.Line, _ frame: Frame) -> String {
        guard line.done > 0 else { return "–" }
        var parts: [String] = []
        if line.isConstant { parts.append(frame.say("semua nilainya sama", "all scores are the same")) }
        if let drift = line.drift {
            parts.append(
                frame.say("pergeseran ", "drift ") + (drift > 0 ? "+" : "") + decimal(drift, frame))
        }
        if let difference = line.difference {
            parts.append(frame.say("beda ", "difference ") + decimal(difference, frame))
        }
        return parts.isEmpty ? frame.say("terlalu sedikit", "too few") : parts.joined(separator: "; ")
    }

    /// One decimal in the language's spelling; a true minus.
    private static func decimal(_ value: Double, _ frame: Frame) -> String {
        let tenths = Int((value * 10).rounded())
        let mark = frame.language == .indonesian ? "," : "."
        return (tenths < 0 ? "−" : "") + frame.number(abs(tenths) / 10) + mark + String(abs(tenths) % 10)
    }
}
