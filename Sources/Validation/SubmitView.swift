import Kernel
import Web

/// The last step: what is still missing, and who will look at it.
struct SubmitPage: Sendable {
    struct Rule: Sendable {
        let text: Phrase
        /// Where the rule comes from.
        let source: String
        let isRequired: Bool
        let isMet: Bool
        /// The step in which it can be met.
        let place: Address?
    }

    let draft: Int
    let name: String
    let steps: [ThreadView.Step]
    /// What keeps it from being submitted or stays advice, the missing legal document first.
    let rules: [Rule]
    let isComplete: Bool
    /// Who will validate: the office's validators, or who may do it instead and that the page will say so.
    let validator: Phrase
    let state: Draft.State
    let submittedAt: Instant?
    let notes: [CheckPage.Note]
    let returnedAt: Instant?
    let problems: FormProblems
    let mayWrite: Bool
}

enum SubmitView {
    static func page(_ model: SubmitPage, _ frame: Frame) -> HTML {
        let form = FormView(frame, model.problems)
        let title = heading(model, frame)
        return DraftFrameView.page(
            title: form.title(title), name: model.name, model.steps, frame,
            """
            \(form.summary())
            \(ThreadView.place(model.steps, of: model.name, frame))
            <h1>\(title)</h1>
            \(returned(model, frame))
            \(list(model.rules.filter { !$0.isMet && $0.isRequired }, frame.say("Yang belum ada", "What is missing"), knot: "loose", frame))
            \(list(model.rules.filter { !$0.isMet && !$0.isRequired }, frame.say("Baik bila ditambah", "Worth adding"), knot: "", frame))
            \(met(model.rules.filter(\.isMet), frame))
            <h2>\(frame.say("Siapa yang memeriksa", "Who checks it"))</h2><p>\(frame.language.say(model.validator))</p>
            \(action(model, form))
            """)
    }

    private static func heading(_ model: SubmitPage, _ frame: Frame) -> String {
        if model.state == .submitted, let at = model.submittedAt {
            let day = at.day().long(frame.language)
            return frame.say("Menunggu validator sejak \(day)", "With the validator since \(day)")
        }
        if model.state == .published { return frame.say("Sudah terbit", "Published") }
        let missing = model.rules.count { !$0.isMet && $0.isRequired }
        if model.state == .returned, model.isComplete, !model.notes.isEmpty {
            return frame.say(
                "Dikembalikan dengan \(model.notes.count) catatan",
                "Returned with \(frame.count(model.notes.count, "", "comment", "comments"))")
        }
        return model.isComplete
            ? frame.say("Lengkap, siap dikirim", "Complete, ready to be sent")
            : frame.say("Belum lengkap: \(missing) hal lagi", "Not complete: \(missing) more")
    }

    private static func returned(_ model: SubmitPage, _ frame: Frame) -> HTML {
        guard model.state == .returned, let at = model.returnedAt else { return .empty }
        let day = at.day().long(frame.language)
        return """
            <div class="notice soon"><p><strong>\(frame.say("Dikembalikan validator pada \(day).", "Returned by the validator on \(day)."))</strong></p>\
            <ul>\(model.notes.html { "<li>\(subject($0, frame)): <span\(frame.record)>“\($0.text)”</span></li>" })</ul></div>
            """
    }

    private static func subject(_ note: CheckPage.Note, _ frame: Frame) -> HTML {
        note.place.map { "<a href=\"\(frame.to($0))\">\(note.name)</a>" } ?? "\(note.name)"
    }

    private static func met(_ rules: [SubmitPage.Rule], _ frame: Frame) -> HTML {
        guard !rules.isEmpty else { return .empty }
        return """
            <details><summary>\(frame.say("\(rules.count) syarat sudah terpenuhi", "\(rules.count) rules are met"))</summary>\
            <ol class="thread tight">\(rules.html { rule($0, "tied", frame) })</ol></details>
            """
    }

    private static func list(_ rules: [SubmitPage.Rule], _ title: String, knot: HTML, _ frame: Frame) -> HTML {
        guard !rules.isEmpty else { return .empty }
        return """
            <h2>\(title)</h2><ol class="thread tight">\(rules.html { rule($0, knot, frame) })</ol>

            """
    }

    private static func rule(_ rule: SubmitPage.Rule, _ knot: HTML, _ frame: Frame) -> HTML {
        let text = frame.language.say(rule.text)
        let words: HTML =
            rule.isMet ? "\(text)" : html(rule.place) { "<a href=\"\(frame.to($0))\">\(text)</a>" }
        return """
            <li class="\(knot)"><p>\(words.text.isEmpty ? "\(text)" : words)</p>\
            <p class="from">\(rule.source)</p></li>

            """
    }

    private static func action(_ model: SubmitPage, _ form: FormView) -> HTML {
        guard model.mayWrite else { return .empty }
        switch model.state {
        case .draft, .returned: return send(model, form)
        case .submitted:
            let words = form.frame.say("Tarik kembali untuk diubah", "Take it back to change it")
            return form.form(
                to: .path("kerja", "inovasi", String(model.draft), "periksa"),
                form.actions(form.button(words, .second, name: "tarik")))
        case .published, .abandoned: return .empty
        }
    }

    private static func send(_ model: SubmitPage, _ form: FormView) -> HTML {
        let frame = form.frame
        let words =
            model.state == .returned
            ? frame.say("Kirim lagi ke validator", "Send to the validator again")
            : frame.say("Kirim ke validator", "Send to the validator")
        return form.form(
            to: .path("kerja", "inovasi", String(model.draft), "periksa"),
            form.actions(
                form.button(words),
                "<a href=\"\(frame.to(.path("kerja", "inovasi")))\">\(frame.say("Nanti saja", "Later"))</a>"))
    }
}
