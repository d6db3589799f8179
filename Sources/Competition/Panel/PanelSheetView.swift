import Kernel
import Web

/// One presentation as a panelist has it before them: the times of its parts, a score and a comment for each, and below
/// the proposal itself.
enum PanelSheetView {
    struct Model: Sendable {
        let sheet: PanelScores.Sheet
        let account: Int
        /// What was typed and not taken, by part.
        var typed: [String: (value: String, words: String)] = [:]
        var problems = FormProblems.none
        /// Whether what is stored is to be shown beside what was typed.
        var isOvertaken = false
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (sheet, form) = (model.sheet, FormView(frame, model.problems))
        let (slot, edition) = (sheet.slot, sheet.stored.edition)
        return Layout.page(
            frame,
            PageHead(
                form.title(slot.title), description: frame.say("Presentasi", "Presentation"),
                crumbs: [Crumb(frame.say("Panel", "Panel"), frame.to(.path("kerja", "panel")))], indexed: false),
            """
            \(form.summary(names: names(edition, frame)))<h1\(frame.record)>\(slot.title)</h1>
            <p>\(slot.institutionName). \(frame.language.say(slot.time(in: edition.zone))), \(slot.room).</p>
            \(html(sheet.wall) { NoticeView.notice(.soon, frame.language.say($0.message)) })
            <div class="cols"><div>\(scoring(model, form))
            <h2>\(frame.say("Isi usulan", "The proposal"))</h2>\(ProposalFormView.fixed(sheet.proposal, edition, frame))
            </div><aside class="stay">\(form.saved(autosave(model)))<h2>\(frame.say("Yang presentasi", "Presenter"))</h2>
            <p>\(PresentationView.speaker(slot, frame))</p>\(beginning(sheet, form))\(documents(sheet, frame))\
            \(html(slot.minutes) { "<h2>\(frame.say("Risalah", "Minutes"))</h2>\(lines($0))" })\
            \(rubric(edition, frame))</aside></div>
            """)
    }

    private static func names(_ edition: Edition, _ frame: Frame) -> [String: String] {
        var names: [String: String] = [:]
        for part in edition.presentation {
            names["nilai." + part.code] = frame.language.say(part.name)
            names["catatan." + part.code] = frame.language.say(part.name)
        }
        return names
    }

    private static func autosave(_ model: Model) -> FormView.Autosave {
        FormView.Autosave(
            key: "panel-\(model.sheet.slot.id)-\(model.account)", version: model.sheet.version,
            saved: model.sheet.savedAt?.clock())
    }

    private static func scoring(_ model: Model, _ form: FormView) -> HTML {
        let frame = form.frame
        let parts = model.sheet.stored.edition.presentation
        let content: HTML = parts.html { part($0, model, form) }
        let address = Address.path("kerja", "panel", String(model.sheet.slot.id))
        // What is closed stays readable, and what was typed too late stays on the page.
        guard model.sheet.wall == nil || !model.typed.isEmpty else { return parts.html { read($0, model, frame) } }
        return form.form(
            to: address, autosave: model.sheet.wall == nil ? autosave(model) : nil,
            "\(content)\(form.actions(form.button(frame.say("Simpan nilai", "Save the scores"))))")
    }

    private static func part(_ part: EditionPart.Timed, _ model: Model, _ form: FormView) -> HTML {
        let frame = form.frame
        let (stored, typed) = (model.sheet.entries[part.code], model.typed[part.code])
        let value = typed?.value ?? stored?.value.map(String.init) ?? ""
        let words = typed?.words ?? stored?.words ?? ""
        let isOther =
            model.isOvertaken && (stored?.value.map(String.init) ?? "" != value || stored?.words ?? "" != words)
        return form.section(
            frame.language.say(part.name),
            """
            \(time(part, frame))\(isOther ? NoticeView.notice(
                .soon, frame.say("Tersimpan dari perangkat lain:", "Stored from another device:"),
                "\(stored?.value.map(String.init) ?? "–"). \(stored?.words ?? "")") : .empty)\
            \(form.number(
                "nilai." + part.code, label: frame.say("Nilai", "Score"), value: value,
                hint: frame.say("0 sampai 100", "0 to 100")))\
            \(form.area("catatan." + part.code, label: frame.say("Catatan", "Comment"), value: words, small: true))
            """)
    }

    /// The minutes stand there; the script makes a clock of them.
    private static func time(_ part: EditionPart.Timed, _ frame: Frame) -> HTML {
        let weight = part.weight.map { frame.say("Bobot \($0)", "Weight \($0)") } ?? ""
        guard let minutes = part.minutes, minutes > 0 else {
            return weight.isEmpty ? .empty : "<p>\(weight)</p>"
        }
        // The script puts its button behind the minutes, so they stand last.
        return """
            <p>\(weight.isEmpty ? "" : weight + ", ")<span role="timer" id="waktu-\(part.code)" data-seconds="\(minutes * 60)">\
            \(frame.count(minutes, "menit", "minute", "minutes"))</span></p>
            """
    }

    private static func read(_ part: EditionPart.Timed, _ model: Model, _ frame: Frame) -> HTML {
        let entry = model.sheet.entries[part.code]
        return """
            <section><h2>\(frame.language.say(part.name))</h2>\(time(part, frame))\
            <p>\(frame.say("Nilai Anda", "Your score")): \
            <strong>\(entry?.value.map(String.init) ?? frame.say("belum ada", "none"))</strong></p>\
            \(lines(entry?.words ?? ""))</section>
            """
    }

    private static func beginning(_ sheet: PanelScores.Sheet, _ form: FormView) -> HTML {
        let frame = form.frame
        if let at = sheet.slot.beganAt {
            return """
                <p>\(frame.say("Dimulai", "Began")) \(at.clock(in: sheet.stored.edition.zone)) \
                \(sheet.stored.edition.zone.rawValue)</p>
                """
        }
        guard sheet.wall == nil else { return .empty }
        return form.form(
            to: .path("kerja", "panel", String(sheet.slot.id), "mulai"),
            "<p>\(form.button(frame.say("Catat presentasi dimulai", "Note that it begins"), .second, small: true))</p>")
    }

    private static func documents(_ sheet: PanelScores.Sheet, _ frame: Frame) -> HTML {
        guard !sheet.proposal.documents.isEmpty else { return .empty }
        let asked = sheet.stored.edition.documents
        return """
            <h2>\(frame.say("Dokumen", "Documents"))</h2><ul>\(sheet.proposal.documents.html { document in
                let address = Address.path("kerja", "panel", String(sheet.slot.id), "dokumen", document.code)
                let name = asked.first { $0.code == document.code }.map { frame.language.say($0.name) }
                return "<li><a href=\"\(frame.to(address))\">\(name ?? document.name)</a></li>"
            })</ul>
            """
    }

    private static func rubric(_ edition: Edition, _ frame: Frame) -> HTML {
        let anchors = edition.rubric.filter { $0.section == nil }
        guard !anchors.isEmpty else { return .empty }
        return """
            <details><summary>\(frame.say("Rubrik umum", "General rubric"))</summary><dl class="facts">\(anchors.html {
                "<dt>\($0.scores.lowerBound)–\($0.scores.upperBound)</dt><dd>\(frame.language.say($0.words))</dd>"
            })</dl></details>
            """
    }

    private static func lines(_ text: String) -> HTML {
        text.split(whereSeparator: \.isNewline).map(String.init).html { "<p>\($0)</p>" }
    }
}
