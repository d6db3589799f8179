import Foundation
import Kernel
import Web

/// What the figures advise and what a sitting decides, proposal by proposal.
enum SittingChoiceView {
    /// The suggestion under the published constraints, with the plain order beside it.
    static func advice(_ sheet: Sittings.Sheet, _ frame: Frame) -> HTML {
        guard let suggestion = sheet.suggestion else { return .empty }
        let names = Dictionary(sheet.items.map { ($0.candidate.proposal, $0.title) }) { first, _ in first }
        func name(_ proposal: Int) -> HTML { "\(proposal). <span\(frame.record)>\(names[proposal] ?? "")</span>" }
        func list(_ proposals: [Int]) -> HTML {
            "<ol class=\"plain\">\(proposals.html { "<li>\(name($0))</li>" })</ol>"
        }
        let moves = suggestion.moves.map { move -> HTML in
            let why = move.because.map { frame.language.say($0) }.joined(separator: "; ")
            let into = move.into.map { "\(name($0)) \(frame.say("masuk", "is in"))" as HTML }
            let out = move.out.map { "\(name($0))" as HTML }
            let words: HTML =
                switch (into, out) {
                case (let into?, let out?): "\(into) \(frame.say("menggantikan", "instead of")) \(out)"
                case (let into?, nil): into
                case (nil, let out?): "\(out) \(frame.say("keluar", "is out"))"
                case (nil, nil): .empty
                }
            return "<li>\(words), \(frame.say("karena", "because of")): \(why)</li>"
        }
        let chosen: HTML =
            suggestion.chosen.map(list)
            ?? "<p>\(frame.language.say(Sittings.noSuggestion(suggestion)))</p>"
        let taken = sheet.advice.takenAt.map { frame.language.say($0.moment(in: sheet.stored.edition.zone)) } ?? "–"
        return """
            <h2 id="saran">\(frame.say("Urutan dan saran susunan", "The order, and a suggested set"))</h2>
            <p>\(frame.say(
                "Menurut nilai per \(taken). Nilai memberi saran; yang memutuskan sidang. Susunan terbaik dicari secara pasti: mengikuti urutan, sejauh ketentuan yang diumumkan memungkinkan.",
                "By the figures of \(taken). They advise; the sitting decides. The best set is found exactly: it follows the order as far as the published constraints allow."))</p>
            <div class="cols"><div><h3>\(frame.say("Urutan apa adanya", "The plain order"))</h3>\(list(suggestion.plain))</div>
            <div><h3>\(frame.say("Saran menurut ketentuan", "Suggested under the constraints"))</h3>\(chosen)</div></div>
            \(moves.isEmpty ? .empty : "<h3>\(frame.say("Yang bergeser karena ketentuan", "What the constraints moved"))</h3><ul>\(moves.html { $0 })</ul>")
            """
    }

    /// The decisions of one page of proposals, to be written.
    static func form(_ model: SittingView.Model, _ form: FormView) -> HTML {
        let (sheet, frame) = (model.sheet, form.frame)
        let sitting = sheet.sitting
        let order = sheet.advice.order(for: sitting.subject)
        let rank = Dictionary(order.enumerated().map { ($1, $0 + 1) }) { first, _ in first }
        let items = sheet.items.sorted {
            (rank[$0.candidate.proposal] ?? Int.max, $0.candidate.proposal)
                < (rank[$1.candidate.proposal] ?? Int.max, $1.candidate.proposal)
        }
        let shown = items.dropFirst(model.start).prefix(SittingFields.page)
        let rows = shown.map { row($0, rank[$0.candidate.proposal], model, form) }
        let path = SittingView.path(sheet.stored.code, sitting.id)
        var columns = [
            frame.say("Usulan", "Proposal"), frame.say("Bahan", "Figures"), frame.say("Putusan", "Decision"),
        ]
        if sitting.subject == .awards { columns.append(frame.say("Penghargaan", "Award")) }
        if sitting.subject == .consolidation { columns.append(frame.say("Nilai bersama", "Agreed score")) }
        columns.append(frame.say("Alasan", "Why"))
        return """
            <h2 id="putusan">\(frame.say("Putusan per usulan", "Decision by proposal"))</h2>
            \(starts(sheet, form))
            \(form.form(to: SittingView.path(sheet.stored.code, sitting.id, "putusan"), """
            \(form.hidden("versi", String(sitting.version)))\(form.hidden("mulai", String(model.start)))\
            \(StackView.table(labelled: "putusan", columns: columns, rows))\
            <p>\(form.button(frame.say("Simpan putusan", "Save the decisions"), .second))</p>
            """))
            \(pager(model.start, items.count, path, frame))
            """
    }

    private static func pager(_ start: Int, _ count: Int, _ path: Address, _ frame: Frame) -> HTML {
        guard count > SittingFields.page else { return .empty }
        let (before, after) = (max(0, start - SittingFields.page), start + SittingFields.page)
        func link(_ start: Int, _ words: String) -> HTML {
            "<a href=\"\(frame.to(path.adding([("mulai", String(start))])))#putusan\">\(words)</a>"
        }
        return """
            <p class="pager">\(start > 0 ? link(before, frame.say("Sebelumnya", "Previous")) : .empty) \
            \(frame.number(start + 1))–\(frame.number(min(after, count))) \(frame.say("dari", "of")) \(frame.number(count)) \
            \(after < count ? link(after, frame.say("Berikutnya", "Next")) : .empty)</p>
            """
    }

    private static func starts(_ sheet: Sittings.Sheet, _ form: FormView) -> HTML {
        let frame = form.frame
        let suggested: HTML =
            sheet.suggestion == nil
            ? .empty
            : """
            \(form.button(frame.say("Mulai dari saran", "Start from the suggestion"), .second, name: "dari", value: "suggestion", small: true)) \
            \(form.button(frame.say("Mulai dari urutan", "Start from the order"), .second, name: "dari", value: "order", small: true))
            """
        return form.form(
            to: SittingView.path(sheet.stored.code, sheet.sitting.id, "mulai"),
            """
            \(form.hidden("versi", String(sheet.sitting.version)))<p class="row">\(suggested) \
            \(form.button(frame.say("Ambil nilai terbaru", "Take the latest figures"), .second, small: true))</p>\
            <p class="hint">\(frame.say(
                "Memulai mengganti semua putusan di bawah; sesudah itu setiap putusan dapat diubah.",
                "Starting replaces all decisions below; each can be changed afterwards."))</p>
            """)
    }

    private static func row(
        _ item: Sittings.Item, _ rank: Int?, _ model: SittingView.Model, _ form: FormView
    ) -> StackView.Row {
        let (frame, sheet, id) = (form.frame, model.sheet, item.candidate.proposal)
        let decision = model.typed[id] ?? sheet.decisions[id]
        let about = frame.say("usulan \(id)", "proposal \(id)")
        func select(_ name: String, _ label: String, _ choices: [Choice], _ value: String) -> HTML {
            """
            <select id="\(FormView.id("\(name)-\(id)"))" name="\(name)-\(id)" aria-label="\(label), \(about)">\
            <option value="">–</option>\(choices.html { choice in
                "<option value=\"\(choice.value)\"\(choice.value == value ? " selected" : "")>\(choice.label)</option>"
            })</select>
            """
        }
        func text(_ name: String, _ label: String, _ value: String, short: Bool = false) -> HTML {
            """
            <input type="text"\(short ? " class=\"short\"" : "") id="\(FormView.id("\(name)-\(id)"))" name="\(name)-\(id)" \
            value="\(value)" aria-label="\(label), \(about)">
            """
        }
        var cells: [HTML] = [
            sheet.hidden.contains(id) ? "–" : figures(sheet.advice.lines.first { $0.proposal == id }, rank, frame),
            select(
                "putusan", frame.say("Putusan", "Decision"),
                Decision.Verdict.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) },
                decision?.verdict.rawValue ?? ""),
        ]
        if sheet.sitting.subject == .awards {
            let tiers = sheet.stored.edition.awards.map { Choice($0.code, frame.language.say($0.name)) }
            cells.append(
                select("penghargaan", frame.say("Penghargaan", "Award"), tiers, decision?.award ?? ""))
        }
        if sheet.sitting.subject == .consolidation {
            let score = decision?.score.map { $0 < 0 ? "" : frame.language.hundredths($0) } ?? ""
            cells.append(text("nilai", frame.say("Nilai bersama", "Agreed score"), score, short: true))
        }
        cells.append(text("alasan", frame.say("Alasan", "Why"), decision?.why ?? ""))
        let address = Address.path("kerja", "kompetisi", sheet.stored.code, "usulan", String(id))
        return StackView.Row(
            """
            <input type="hidden" name="usulan" value="\(id)">\(id). <a href="\(frame.to(address))"\(frame.record)>\(item.title)</a>\
            <br><span class="soft">\(item.institution)\(choice(item, sheet.stored.edition, frame))</span>
            """, cells)
    }

    private static func choice(_ item: Sittings.Item, _ edition: Edition, _ frame: Frame) -> HTML {
        let names = [
            edition.groups.first { $0.code == item.candidate.group }?.name,
            edition.categories.first { $0.code == item.candidate.category }?.name,
        ]
        return "\(names.compactMap { $0.map { ", " + frame.language.say($0) } }.joined())"
    }

    /// Raw beside calibrated, how certain, and the chances.
    static func figures(_ line: Advice.Line?, _ rank: Int?, _ frame: Frame) -> HTML {
        guard let line, line.reads > 0 || line.panel != nil else {
            return "<span class=\"missing\">\(frame.say("belum ada nilai", "no scores yet"))</span>"
        }
        var parts: [String] = []
        if let rank { parts.append(frame.say("urutan \(rank)", "place \(rank)")) }
        if let panel = line.panel { parts.append("\(frame.say("panel", "panel")) \(decimal(panel, frame))") }
        if let raw = line.raw { parts.append("\(frame.say("mentah", "raw")) \(decimal(raw, frame))") }
        if let calibrated = line.calibrated {
            let spread = line.deviation.map { " ± \(decimal($0, frame))" } ?? ""
            parts.append("\(frame.say("terkalibrasi", "calibrated")) \(decimal(calibrated, frame))\(spread)")
        }
        if let top = line.top {
            parts.append(
                frame.say("peluang terpilih \(percent(top)) persen", "chance of a place \(percent(top)) percent"))
        } else if let doubt = line.doubt.flatMap(Calibration.Doubt.init(rawValue:)) {
            let why = frame.language.say(doubt.name)
            parts.append(frame.say("peluang tidak dihitung: \(why)", "no chance computed: \(why)"))
        }
        return "\(parts.joined(separator: "; "))"
    }

    private static func percent(_ share: Double) -> String { String(Int((share * 100).rounded())) }

    private static func decimal(_ number: Double, _ frame: Frame) -> String {
        frame.language.hundredths(Int((number * 10).rounded()) * 10)
    }

    /// What a closed sitting decided.
    static func decided(_ sheet: Sittings.Sheet, _ frame: Frame) -> HTML {
        guard !sheet.items.isEmpty else { return .empty }
        let edition = sheet.stored.edition
        let rows = sheet.items.compactMap { item -> StackView.Row? in
            let id = item.candidate.proposal
            guard let decision = sheet.decisions[id] else { return nil }
            let tier = decision.award.map { code in
                edition.awards.first { $0.code == code }.map { frame.language.say($0.name) } ?? code
            }
            let score = decision.score.map { frame.language.hundredths($0) }
            let line = sheet.advice.lines.first { $0.proposal == id }
            return StackView.Row(
                "\(id). <span\(frame.record)>\(item.title)</span><br><span class=\"soft\">\(item.institution)</span>",
                sheet.hidden.contains(id) ? "–" : figures(line, nil, frame),
                "\([frame.language.say(decision.verdict.name), tier, score].compactMap(\.self).joined(separator: ", "))",
                "\(decision.why ?? "")")
        }
        return """
            <h2 id="putusan">\(frame.say("Putusan per usulan", "Decision by proposal"))</h2>
            \(StackView.table(
                labelled: "putusan",
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Bahan", "Figures"), frame.say("Putusan", "Decision"),
                    frame.say("Alasan", "Why"),
                ], rows))
            """
    }
}
