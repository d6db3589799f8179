import Kernel
import Web

/// Where proposals stand: raw beside calibrated with their uncertainty, the best first, with the cut between.
enum StandingView {
    static func page(
        _ table: StandingTables.Table, _ names: [String: String], from: Int, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let (stored, form) = (table.stored, FormView(frame, problems))
        let title = title(table, frame)
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title, crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .scores, frame))
            \(advice(table, frame))\(lists(table, names, linked: true, from: from, EditionMenuView.Place.scores.path(stored.code), frame))
            \(rereads(table, form))\(judges(table, frame))
            """)
    }

    /// The same for an evaluator or a panelist.
    static func seat(_ table: StandingTables.Table, _ names: [String: String], from: Int, _ frame: Frame) -> HTML {
        let title = title(table, frame)
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1><p>\(frame.language.say(table.stored.edition.name))</p>
            \(advice(table, frame))\(lists(table, names, linked: false, from: from, .path("kerja", "nilai", table.stored.code), frame))
            """)
    }

    private static func title(_ table: StandingTables.Table, _ frame: Frame) -> String {
        let (read, all) = (table.standing.lines.count { $0.reads > 0 }, table.standing.lines.count)
        return frame.say(
            "\(frame.number(read)) dari \(frame.number(all)) usulan bernilai",
            "\(frame.number(read)) of \(frame.number(all)) proposals have scores")
    }

    private static func advice(_ table: StandingTables.Table, _ frame: Frame) -> HTML {
        let hidden: HTML =
            table.hidden == 0
            ? .empty
            : """
            <p>\(frame.say(
                "\(table.hidden) usulan tidak tampil dan tidak ikut dihitung di sini karena benturan kepentingan Anda.",
                "\(table.hidden) proposals are neither shown nor counted here because of your conflict of interest."))</p>
            """
        guard table.showsChances else { return hidden }
        return NoticeView.notice(
            .plain, frame.say("Ini bahan pertimbangan, bukan keputusan.", "This advises; it decides nothing."),
            "\(frame.say("Nilai terkalibrasi sudah dibersihkan dari ketat atau longgarnya penilai; angka sesudah ± adalah ketidakpastiannya. Pleno yang memutuskan.", "Calibrated scores have the severity of evaluators taken out; the number after ± is their uncertainty. The plenary decides."))"
        ) + doubts(table, frame) + hidden
    }

    /// What the short words mean that stand in place of a chance.
    private static func doubts(_ table: StandingTables.Table, _ frame: Frame) -> HTML {
        let found = Set(table.standing.lines.filter { $0.reads > 0 }.compactMap(\.doubt))
            .compactMap(Calibration.Doubt.init(rawValue:)).sorted { $0.rawValue < $1.rawValue }
        return found.html {
            "<p class=\"soft\"><strong>\(frame.language.say($0.name))</strong>: \(frame.language.say($0.phrase))</p>"
        }
    }

    /// Proposals on a page.
    private static let most = 100

    /// Two tables with the cut between them; one where no number of finalists is set.
    private static func lists(
        _ table: StandingTables.Table, _ names: [String: String], linked: Bool, from: Int, _ here: Address,
        _ frame: Frame
    ) -> HTML {
        let scored = table.standing.lines.filter { $0.reads > 0 }
        let unread = table.standing.lines.filter { $0.reads == 0 }
        let places = table.stored.edition.finalists
        let start = min(from - 1, scored.count)
        let end = min(start + most, scored.count)
        let cut = max(start, min(places ?? scored.count, end))
        func part(_ lines: ArraySlice<Standing.Line>, _ caption: String) -> HTML {
            guard !lines.isEmpty else { return .empty }
            let rows = lines.indices.map { row(lines[$0], place: $0 + 1, table, names, linked: linked, frame) }
            return StackView.table(caption: caption, columns: columns(table, frame), rows)
        }
        let first =
            places.map {
                frame.say("Teratas, sebanyak tempat finalis (\($0))", "The best, as many as finalists (\($0))")
            }
            ?? frame.say("Menurut nilai", "By score")
        func page(_ from: Int) -> Address { frame.to(here.adding([("mulai", String(from))])) }
        let pager = Pager(
            from: start + 1, to: end, total: scored.count, previous: start > 0 ? page(max(1, start + 1 - most)) : nil,
            next: end < scored.count ? page(end + 1) : nil)
        return """
            \(part(scored[start..<cut], first))\(part(scored[cut..<end], frame.say("Di bawah batas finalis", "Below the cut")))
            \(pager.view(frame))\(unread.isEmpty ? HTML.empty : unreadList(unread, table, frame))
            """
    }

    private static func unreadList(
        _ lines: [Standing.Line], _ table: StandingTables.Table, _ frame: Frame
    ) -> HTML {
        """
        <h2>\(frame.count(lines.count, "usulan belum dibaca", "proposal not read yet", "proposals not read yet"))</h2>
        <ul>\(lines.prefix(most).html { "<li\(frame.record)>\(table.titles[$0.proposal]?.title ?? "")</li>" })\(rest(lines.count, frame))</ul>
        """
    }

    private static func rest(_ count: Int, _ frame: Frame) -> HTML {
        count > most ? "<li>\(frame.say("dan \(count - most) lainnya", "and \(count - most) more"))</li>" : .empty
    }

    private static func columns(_ table: StandingTables.Table, _ frame: Frame) -> [String] {
        let plain = [
            frame.say("Usulan", "Proposal"), frame.say("Penilaian", "Reads"), frame.say("Rata-rata mentah", "Raw mean"),
            frame.say("Selisih", "Gap"),
        ]
        return table.showsChances
            ? plain + [
                frame.say("Terkalibrasi", "Calibrated"), frame.say("Peluang mencapai ambang", "Chance to pass"),
                frame.say("Peluang masuk finalis", "Chance of a place"),
            ] : plain
    }

    private static func row(
        _ line: Standing.Line, place: Int, _ table: StandingTables.Table, _ names: [String: String], linked: Bool,
        _ frame: Frame
    ) -> StackView.Row {
        let (title, code) = (table.titles[line.proposal], table.stored.code)
        let to = Address.path("kerja", "kompetisi", code, "nilai", String(line.proposal))
        let name: HTML =
            linked
            ? "<a class=\"name\" href=\"\(frame.to(to))\"\(frame.record)>\(title?.title ?? "")</a>"
            : "<span class=\"name\"\(frame.record)>\(title?.title ?? "")</span>"
        let institution = title.map { names[$0.institution] ?? $0.institution } ?? ""
        var cells: [HTML] = [
            "\(line.reads)", number(line.raw, frame), number(line.gap, frame),
        ]
        if table.showsChances {
            cells += [
                calibrated(line, table.stored.edition, frame), chance(line, line.passing, frame),
                chance(line, line.top, frame),
            ]
        }
        return StackView.Row("\(place). \(name)<br><span class=\"soft small\">\(institution)</span>", cells)
    }

    private static func number(_ value: Double?, _ frame: Frame) -> HTML {
        value.map { "\(frame.language.number($0))" } ?? "–"
    }

    private static func calibrated(_ line: Standing.Line, _ edition: Edition, _ frame: Frame) -> HTML {
        guard let value = line.calibrated else { return "–" }
        let spread = line.deviation.map { " ± " + frame.language.number($0) } ?? ""
        let below = edition.passing.map { value < Double($0) } ?? false
        let words =
            below
            ? frame.say("di bawah ambang \(edition.passing ?? 0)", "below the grade of \(edition.passing ?? 0)") : ""
        return """
            <strong>\(frame.language.number(value))</strong>\(spread)\(below ? "<br><span class=\"soft small\">\(words)</span>" : HTML.empty)
            """
    }

    private static func chance(_ line: Standing.Line, _ value: Double?, _ frame: Frame) -> HTML {
        if let value { return "\(frame.language.chance(value))" }
        let doubt = line.doubt.flatMap { Calibration.Doubt(rawValue: $0) }
        return "<span class=\"soft\">\(doubt.map { frame.language.say($0.name) } ?? "–")</span>"
    }

    // MARK: what needs more reading, and who reads how

    private static func rereads(_ table: StandingTables.Table, _ form: FormView) -> HTML {
        let (frame, rereads) = (form.frame, table.rereads)
        let title = frame.count(
            rereads.count, "usulan perlu dibaca lagi", "proposal needs another read", "proposals need another read")
        guard !rereads.isEmpty else { return "<h2 id=\"baca-lagi\">\(title)</h2>" }
        let entries = rereads.prefix(most).map { reread -> (knot: ThreadView.Knot, content: HTML) in
            let title = table.titles[reread.proposal]?.title ?? ""
            let open = table.open[reread.proposal] ?? 0
            let act: HTML =
                open > 0
                ? "<p class=\"soft\">\(frame.say("Sedang dibaca \(open) penilai.", "Being read by \(open) more."))</p>"
                : form.form(
                    to: .path("kerja", "kompetisi", table.stored.code, "nilai", String(reread.proposal), "tambahan"),
                    form.button(
                        frame.say("Beri satu penilai lagi", "Give it one more evaluator"), .second, small: true,
                        about: title))
            return (
                open > 0 ? .now : .loose,
                """
                <p><strong\(frame.record)>\(title)</strong>. \(reread.causes.map { frame.language.say($0.phrase) }.joined(separator: " "))</p>\(act)
                """
            )
        }
        return """
            <section aria-labelledby="baca-lagi"><h2 id="baca-lagi">\(title)</h2>
            \(ThreadView.list(entries, tight: true))</section>
            """
    }

    private static func judges(_ table: StandingTables.Table, _ frame: Frame) -> HTML {
        let judges = table.standing.judges.filter { $0.reads > 0 }
        guard !judges.isEmpty else { return .empty }
        let rows = judges.map { judge in
            let sign = judge.severity > 0 ? "+" : ""
            return StackView.Row(
                "\(table.evaluators[judge.evaluator] ?? String(judge.evaluator))", "\(judge.reads)",
                "\(sign)\(frame.language.number(judge.severity)) ± \(frame.language.number(judge.deviation))",
                judge.isConstant
                    ? "\(frame.say("Semua nilainya sama: tidak membedakan usulan.", "All scores equal: tells proposals apart by nothing."))"
                    : "–")
        }
        return """
            <h2 id="penilai">\(frame.say("Ketat dan longgarnya penilai", "Severity of the evaluators"))</h2>
            <p class="soft">\(frame.say(
                "Di atas nol: memberi nilai lebih tinggi daripada penilai lain untuk usulan yang sama.",
                "Above zero: scores the same proposals higher than others do."))</p>
            \(StackView.table(
                labelled: "penilai",
                columns: [
                    frame.say("Penilai", "Evaluator"), frame.say("Selesai", "Done"), frame.say("Beda", "Difference"),
                    frame.say("Catatan", "Note"),
                ], rows))
            """
    }
}
