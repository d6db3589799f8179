import Kernel
import Web

/// One step of the form in which an innovation is written.
struct InnovationDraftPage: Sendable {
    /// One field as the form asks for it.
    struct Entry: Sendable {
        enum Control: Sendable {
            case line, paragraph, number, date, link
            /// Holds or does not; sends `yes`.
            case check
            /// One of these.
            case choice([Choice])
            /// Any of these.
            case choices([Choice])
        }

        let name: String
        let label: String
        let hint: String?
        let control: Control
        /// At most so many words.
        let words: Int?
        let values: [String]
        /// What the validator remarked when returning it.
        let remark: String?
        /// Names what was stored when the form was shown, see `DraftEntryView.origin`; nil where nobody asks.
        let origin: String?

        var value: String { values.first ?? "" }
    }

    let draft: Int
    let name: String
    let heading: String
    let lead: String?
    let steps: [ThreadView.Step]
    let entries: [Entry]
    let claims: [ClaimLine]
    /// The kinds of claim that belong to this step: what is sent, and the words.
    let kinds: [Choice]
    let autosave: FormView.Autosave
    let place: Address
    let problems: FormProblems
    let notice: Phrase?
    /// Nobody may change it now: it waits for the validator.
    let isLocked: Bool
}

enum InnovationDraftView {
    static func page(_ model: InnovationDraftPage, _ frame: Frame) -> HTML {
        let form = FormView(frame, model.problems)
        let names = Dictionary(model.entries.map { ($0.name, $0.label) }) { first, _ in first }
        let written =
            model.entries.html { origin($0, form) + entry($0, form) } + ClaimView.section(model, form) + actions(form)
        return DraftFrameView.page(
            title: form.title(model.heading), name: model.name, model.steps, status: form.saved(model.autosave), frame,
            """
            \(form.summary(names: names))
            \(ThreadView.place(model.steps, of: model.name, frame))
            <h1>\(model.heading)</h1>
            \(html(model.lead) { "<p>\($0)</p>" })
            \(html(model.notice) { NoticeView.notice(.plain, frame.language.say($0)) })
            \(model.isLocked ? locked(model, frame) : form.form(to: model.place, autosave: model.autosave, written))
            """)
    }

    static func actions(_ form: FormView) -> HTML {
        form.actions(
            form.button(form.frame.say("Simpan dan lanjut", "Save and go on")),
            form.button(form.frame.say("Simpan dan keluar", "Save and leave"), .second, name: "keluar"))
    }

    static func origin(_ entry: InnovationDraftPage.Entry, _ form: FormView) -> HTML {
        html(entry.origin) { form.hidden("asal." + entry.name, $0) }
    }

    static func entry(_ entry: InnovationDraftPage.Entry, _ form: FormView) -> HTML {
        let limit = entry.words.map { FormView.Limit.words($0) }
        let note = html(entry.remark) { remark($0, form.frame) }
        switch entry.control {
        case .line:
            return note
                + form.text(entry.name, label: entry.label, value: entry.value, hint: entry.hint, limit: limit)
        case .paragraph:
            return note
                + form.area(entry.name, label: entry.label, value: entry.value, hint: entry.hint, limit: limit)
        case .number: return note + form.number(entry.name, label: entry.label, value: entry.value, hint: entry.hint)
        case .link:
            return note
                + form.text(entry.name, label: entry.label, value: entry.value, kind: .link, hint: entry.hint)
        case .check:
            return note
                + form.checks(
                    entry.name, label: entry.label, choices: [Choice("yes", form.frame.say("Ya", "Yes"))],
                    values: Set(entry.values), hint: entry.hint)
        case .date: return note + form.date(entry.name, label: entry.label, value: entry.value, hint: entry.hint)
        case .choice(let choices):
            let empty = form.frame.say("Belum dipilih", "Not chosen yet")
            return note
                + (choices.count <= 4
                    ? form.radios(
                        entry.name, label: entry.label, choices: choices, value: entry.value, hint: entry.hint)
                    : form.select(
                        entry.name, label: entry.label, choices: choices, value: entry.value, empty: empty,
                        hint: entry.hint))
        case .choices(let choices):
            return note
                + form.checks(
                    entry.name, label: entry.label, choices: choices, values: Set(entry.values), hint: entry.hint)
        }
    }

    static func remark(_ text: String, _ frame: Frame) -> HTML {
        """
        <div class="notice soon"><p><strong>\(frame.say("Catatan validator:", "The validator's comment:"))</strong> \
        <span\(frame.record)>\(text)</span></p></div>
        """
    }

    private static func locked(_ model: InnovationDraftPage, _ frame: Frame) -> HTML {
        "<dl class=\"facts\">\(model.entries.html { "<dt>\($0.label)</dt><dd\(frame.record)>\(shown($0, frame))</dd>" })</dl>"
            + ClaimView.section(model, FormView(frame))
    }

    private static func shown(_ entry: InnovationDraftPage.Entry, _ frame: Frame) -> HTML {
        let texts: [String] =
            switch entry.control {
            case .choice(let choices), .choices(let choices):
                choices.filter { entry.values.contains($0.value) }.map(\.label)
            default: entry.values.filter { !$0.isEmpty }
            }
        guard !texts.isEmpty else { return "<span class=\"soft\">\(frame.say("kosong", "empty"))</span>" }
        return texts.flatMap { $0.split(whereSeparator: \.isNewline) }.html { "<p>\(String($0))</p>" }
    }
}

/// What all steps share: the thread of steps beside what is written.
enum DraftFrameView {
    static func page(
        title: String, name: String, _ steps: [ThreadView.Step], status: HTML = .empty, _ frame: Frame, _ content: HTML
    ) -> HTML {
        let head = PageHead(
            "\(title) · \(name)", description: title, indexed: false)
        return Layout.page(
            frame, head,
            steps.isEmpty
                ? content
                : """
                <div class="cols left">\(ThreadView.steps(steps, status: status, frame))
                <div>
                \(content)
                </div></div>
                """)
    }
}
