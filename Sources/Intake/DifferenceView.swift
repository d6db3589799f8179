import Directory
import Kernel
import Web

/// Where sources differ from what an agency wrote, with what was chosen so far.
struct DifferencePage: Sendable {
    struct Row: Sendable {
        let line: Differences.Line
        /// As the screen says them.
        let ours: String?
        let theirs: String?
    }

    let rows: [Row]
    let total: Int
    let next: Address?
    /// Names of institutions by code, shown where the person answers for several.
    let names: [String: String]
    var chosen: [Int: Difference.Choice] = [:]
    var problems = FormProblems.none
    var done: Phrase?
}

enum DifferenceView {
    static func page(_ model: DifferencePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let title =
            model.total == 0
            ? say("Tidak ada perbedaan yang perlu dijawab", "No difference needs an answer")
            : say(
                "\(frame.number(model.total)) nilai berbeda dari sumber lain",
                "\(frame.count(model.total, "", "value differs", "values differ")) from other sources")
        let head = PageHead(
            form.title(title), description: title, crumbs: [Crumb(say("Meja kerja", "Desk"), frame.to(.path("kerja")))],
            indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary(names: Dictionary(model.rows.map { ("b\($0.line.id)", $0.line.name.name) }, uniquingKeysWith: { a, _ in a }))
            )
            \(html(model.done) { NoticeView.notice(.good, frame.language.say($0)) })
            <h1 id="beda">\(title)</h1>
            \(model.rows.isEmpty ? nothing(frame) : body(model, form, frame))
            \(html(model.next) { "<p class=\"row\"><a class=\"button second\" rel=\"next\" href=\"\($0)\">\(say("Berikutnya", "Next"))</a></p>" })
            """)
    }

    private static func nothing(_ frame: Frame) -> HTML {
        """
        <p>\(frame.say(
            "Bila sumber mengirim nilai lain untuk data yang sudah Anda tulis dan validasi, nilai Anda tetap dan perbedaannya muncul di sini.",
            "When a source sends another value for a record that you wrote and validated, yours stays and the difference appears here."))</p>
        """
    }

    private static func body(_ model: DifferencePage, _ form: FormView, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <p>\(say(
                "Nilai Anda tetap tampil sampai Anda menjawab. Yang tidak Anda pilih tidak berubah.",
                "Your value stays until you answer. What you do not choose does not change."))</p>
            \(form.form(to: .path("kerja", "perbedaan"), """
            \(StackView.table(labelled: "beda", columns: [
                say("Inovasi", "Innovation"), say("Nilai kami", "Our value"), say("Kata sumber", "The source says"), say("Yang benar", "What is right"),
            ], model.rows.map { row($0, model, form, frame) }))
            \(form.actions(form.button(say("Simpan jawaban", "Save the answers"))))
            """))
            """
    }

    private static func row(
        _ row: DifferencePage.Row, _ model: DifferencePage, _ form: FormView, _ frame: Frame
    ) -> StackView.Row {
        let line = row.line
        let owner = model.names.count > 1 ? model.names[line.institution] : nil
        let difference = WordDifference(from: row.ours ?? "", to: row.theirs ?? "")
        func words(_ text: String?, removed: Bool) -> HTML {
            guard let text else { return "<span class=\"soft\">\(frame.say("tidak disebut", "not stated"))</span>" }
            return row.ours == nil || row.theirs == nil
                ? "<p\(frame.record)>\(text)</p>" : ComparisonView.words(difference, removed: removed, frame)
        }
        return StackView.Row(
            """
            <span class="name"><a href="\(frame.to(.path("inovasi", String(line.innovation))))"\(frame.record)>\(line.name.name)</a></span>\
            \(html(owner) { "<br><span class=\"soft\">\($0)</span>" })<br><strong>\(frame.language.say(Innovation.fieldName(line.field.key)))</strong>
            """,
            words(row.ours, removed: true),
            """
            \(words(row.theirs, removed: false))<p class="from">\(line.source) \(line.externalID), \(line.changedAt.day().long(frame.language))</p>
            """,
            choices(line, model.chosen[line.id], form, frame))
    }

    private static func choices(
        _ line: Differences.Line, _ chosen: Difference.Choice?, _ form: FormView, _ frame: Frame
    ) -> HTML {
        let field = "b\(line.id)"
        let radios = Difference.Choice.allCases.enumerated().html { place, choice in
            """
            <label class="check"><input type="radio" name="\(field)" value="\(choice.rawValue)"\
            \(place == 0 ? " id=\"\(FormView.id(field))\"" : "")\(chosen == choice ? " checked" : "")> \
            <span>\(frame.language.say(choice.name))</span></label>
            """
        }
        return """
            \(form.hidden("v\(line.id)", String(line.at.milliseconds)))\
            <fieldset><legend class="sr">\(frame.language.say(Innovation.fieldName(line.field.key))), \(line.name.name)</legend>\
            \(html(form.problems[field]) { "<p class=\"problem\">\(frame.language.say($0))</p>" })<div class="choice">\(radios)</div></fieldset>
            """
    }
}
