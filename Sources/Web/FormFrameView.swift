import Kernel

extension FormView {
    /// How a form keeps what is typed while it is open.
    package struct Autosave: Sendable {
        /// Names the copy that the browser keeps: the thing, the step and the account, so that nobody else on the same
        /// computer is offered it.
        package let key: String
        /// The version of the thing that the form shows.
        package let version: Int
        /// When it was last saved, as the page says it, e.g. `21.47`; nil when it never was.
        package let saved: String?

        package init(key: String, version: Int, saved: String?) {
            self.key = key
            self.version = version
            self.saved = saved
        }
    }

    /// The form itself: it posts to a page of ours in this page's language (`to` is the path without a prefix), with
    /// its token first. Browsers' own bubbles are off: what is wrong is said by us, in the page's language.
    package func form(
        to address: Address, files: Bool = false, autosave: Autosave? = nil, _ content: HTML
    ) -> HTML {
        """
        <form method="post" action="\(frame.to(address))" novalidate\(files ? " enctype=\"multipart/form-data\"" : "")\
        \(html(autosave) { " data-autosave=\"\($0.key)\"" })>\(token)\
        \(html(autosave) { hidden("versi", String($0.version)) })
        \(content)</form>

        """
    }

    /// What proves that the form came from a page of ours; `form` has it already.
    package var token: HTML { hidden(FormToken.field, frame.formToken) }

    /// When the form was last saved; the script changes it in place.
    package func saved(_ autosave: Autosave) -> HTML {
        """
        <p class="soft" role="status" data-saved>\(html(autosave.saved) {
            "\(frame.say("Tersimpan otomatis", "Saved automatically")) \($0) WIB"
        })</p>
        """
    }

    /// All that is wrong, first in the page's content, each with a link to its field; nothing when nothing is wrong.
    ///
    /// - Parameter names: what to call a field before its problem, e.g. `["cerita": "Cerita perubahan"]`.
    package func summary(names: [String: String] = [:]) -> HTML {
        guard !problems.isEmpty else { return .empty }
        let count = problems.all.count
        let title =
            count == 1
            ? frame.say("Ada satu hal yang perlu diperbaiki", "One thing needs to be corrected")
            : frame.say("Ada \(count) hal yang perlu diperbaiki", "\(count) things need to be corrected")
        return """
            <div class="errors" role="alert" tabindex="-1" aria-labelledby="f-salah"><h2 id="f-salah">\(title)</h2><ul>\
            \(problems.all.html { "<li>\(line($0, names))</li>" })</ul></div>

            """
    }

    private func line(_ problem: Problem, _ names: [String: String]) -> HTML {
        let words: HTML = """
            \(html(names[problem.field]) { "\($0): " })\(frame.language.say(problem.message))
            """
        guard !problem.field.isEmpty, let address = Address("#" + percentEncoded(FormView.id(problem.field))) else {
            return words
        }
        return "<a href=\"\(address)\">\(words)</a>"
    }

    /// The look of a button: one primary a screen.
    package enum Weight: Sendable {
        case primary, second, danger
    }

    /// A button that sends the form; with a name it says which of several was pressed. `about` is read aloud after the
    /// words where several buttons look the same, e.g. a file's name.
    package func button(
        _ words: String, _ weight: Weight = .primary, name: String? = nil, value: String = "1", small: Bool = false,
        about: String? = nil
    ) -> HTML {
        let look: HTML =
            switch weight {
            case .primary: "button"
            case .second: "button second"
            case .danger: "button danger"
            }
        return """
            <button class="\(look)\(small ? " small" : "")"\(html(name) { " name=\"\($0)\" value=\"\(value)\"" })>\
            \(words)\(html(about) { "<span class=\"sr\"> \($0)</span>" })</button>
            """
    }

    /// The row of buttons that ends a form; it stays in sight on wide and tall screens.
    package func actions(_ parts: HTML...) -> HTML { "<div class=\"bottom\">\(parts)</div>\n" }

    /// Fields side by side where there is room.
    package func pair(_ fields: HTML...) -> HTML { "<div class=\"pair\">\(fields)</div>\n" }

    /// Fields that belong together below a heading.
    package func section(_ title: String, _ fields: HTML...) -> HTML {
        "<fieldset class=\"field\"><legend><h2>\(title)</h2></legend>\n\(fields)</fieldset>\n"
    }
}
