import Kernel

/// A form's parts as HTML: each field with its label above, its hint, its problem and its count, tied together for
/// those who listen. A value of it knows the page's language and what was wrong, so a form is written once:
///
///     let form = FormView(frame, problems)
///     form.form(to: .path("masuk"), form.text("surel", label: …, kind: .username) + form.actions(form.button("Masuk")))
package struct FormView: Sendable {
    package let frame: Frame
    package let problems: FormProblems

    package init(_ frame: Frame, _ problems: FormProblems = .none) {
        self.frame = frame
        self.problems = problems
    }

    /// What a line of text is, which decides the keyboard of a phone and what a browser fills in.
    package enum Kind: Sendable {
        case text, name, email, username, password, newPassword, code, telephone, link, search

        var attributes: HTML {
            switch self {
            case .text: "type=\"text\""
            case .name: "type=\"text\" autocomplete=\"name\""
            case .email: "type=\"email\" autocomplete=\"email\" inputmode=\"email\""
            case .username: "type=\"email\" autocomplete=\"username\" inputmode=\"email\""
            case .password: "type=\"password\" autocomplete=\"current-password\""
            case .newPassword: "type=\"password\" autocomplete=\"new-password\""
            case .code: "type=\"text\" autocomplete=\"one-time-code\" inputmode=\"numeric\""
            case .telephone: "type=\"tel\" autocomplete=\"tel\" inputmode=\"tel\""
            case .link: "type=\"url\" inputmode=\"url\""
            case .search: "type=\"search\""
            }
        }

        /// What was typed is never sent back into the page.
        var isSecret: Bool { self == .password || self == .newPassword || self == .code }
    }

    /// How much a text may hold. A word is a run of characters without white space.
    package enum Limit: Sendable {
        case words(Int)
        case characters(Int)
    }

    /// The id of a field's control, which problems link to.
    package static func id(_ name: String) -> String { "f-" + name }

    /// The title of the form's page: begins with "Perlu diperbaiki: " when something is wrong.
    package func title(_ title: String) -> String {
        problems.isEmpty ? title : frame.say("Perlu diperbaiki: ", "To be corrected: ") + title
    }

    // MARK: Lines of text

    /// One line of text. `after` stands below the control, e.g. a link for a forgotten password.
    package func text(
        _ name: String, label: String, value: String = "", kind: Kind = .text, hint: String? = nil,
        required: Bool = false, limit: Limit? = nil, short: Bool = false, after: HTML = .empty
    ) -> HTML {
        let shown: HTML = kind.isSecret || value.isEmpty ? "" : " value=\"\(value)\""
        return field(name, label: label, hint: hint, count: count(limit, value), after: after) { described in
            """
            <input \(kind.attributes)\(short || kind == .code ? " class=\"short\"" : "") id="\(FormView.id(name))" name="\(name)"\
            \(shown)\(required ? " required" : "")\(bound(limit))\(described)>
            """
        }
    }

    /// A text of several lines.
    package func area(
        _ name: String, label: String, value: String = "", hint: String? = nil, required: Bool = false,
        limit: Limit? = nil, small: Bool = false, after: HTML = .empty
    ) -> HTML {
        field(name, label: label, hint: hint, count: count(limit, value), after: after) { described in
            // A browser drops the first line end after the tag, so one is always given.
            """
            <textarea\(small ? " class=\"small\"" : "") id="\(FormView.id(name))" name="\(name)"\
            \(required ? " required" : "")\(bound(limit))\(described)>
            \(value)</textarea>
            """
        }
    }

    /// A number, kept as typed: a browser's own number field would lose what is not one, and `27,5` with it.
    package func number(
        _ name: String, label: String, value: String = "", hint: String? = nil, required: Bool = false,
        decimals: Bool = false
    ) -> HTML {
        field(name, label: label, hint: hint) { described in
            """
            <input type="text" inputmode="\(decimals ? "decimal" : "numeric")" class="short" autocomplete="off" \
            id="\(FormView.id(name))" name="\(name)"\(value.isEmpty ? "" : " value=\"\(value)\"")\
            \(required ? " required" : "")\(described)>
            """
        }
    }

    /// A date as `2026-11-21`.
    package func date(
        _ name: String, label: String, value: String = "", hint: String? = nil, required: Bool = false,
        min: String? = nil, max: String? = nil
    ) -> HTML {
        field(name, label: label, hint: hint) { described in
            """
            <input type="date" id="\(FormView.id(name))" name="\(name)"\(value.isEmpty ? "" : " value=\"\(value)\"")\
            \(html(min) { " min=\"\($0)\"" })\(html(max) { " max=\"\($0)\"" })\
            \(required ? " required" : "")\(described)>
            """
        }
    }

    /// A file to send; the form needs `files: true`. `accept` holds media types and endings, e.g. `.pdf`; with `most`
    /// (bytes) the script says that a file is too large before it is sent.
    package func file(
        _ name: String, label: String, hint: String? = nil, accept: [String] = [], multiple: Bool = false,
        most: Int? = nil
    ) -> HTML {
        let accepted: HTML = accept.isEmpty ? "" : " accept=\"\(accept.joined(separator: ","))\""
        return field(name, label: label, hint: hint) { described in
            """
            <input type="file" id="\(FormView.id(name))" name="\(name)"\(accepted)\(multiple ? " multiple" : "")\
            \(html(most) { " data-bytes=\"\($0)\"" })\(described)>
            """
        }
    }

    package func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    // MARK: The frame of a field

    /// A field with any control: `control` gets the attributes that tie hint, problem and count to it.
    package func field(
        _ name: String, label: String, hint: String? = nil, count: HTML? = nil, after: HTML = .empty,
        control: (_ described: HTML) -> HTML
    ) -> HTML {
        """
        <div class="field\(problems[name] == nil ? "" : " wrong")"><label for="\(FormView.id(name))">\(label)</label>\
        \(hintAndProblem(name, hint))\(control(described(name, hint: hint != nil, count: count != nil)))\
        \(html(count) { "<p class=\"count\" id=\"\(FormView.id(name))-c\">\($0)</p>" })\(after)</div>

        """
    }

    func hintAndProblem(_ name: String, _ hint: String?) -> HTML {
        let id = FormView.id(name)
        return """
            \(html(hint) { "<p class=\"hint\" id=\"\(id)-h\">\($0)</p>" })\
            \(html(problems[name]) { "<p class=\"problem\" id=\"\(id)-e\">\(frame.language.say($0))</p>" })
            """
    }

    func described(_ name: String, hint: Bool, count: Bool) -> HTML {
        let id = FormView.id(name)
        let wrong = problems[name] != nil
        let by = [hint ? id + "-h" : nil, wrong ? id + "-e" : nil, count ? id + "-c" : nil].compactMap { $0 }
        return """
            \(by.isEmpty ? "" : " aria-describedby=\"\(by.joined(separator: " "))\"")\(wrong ? " aria-invalid=\"true\"" : "")
            """
    }

    private func count(_ limit: Limit?, _ value: String) -> HTML? {
        switch limit {
        case nil: return nil
        case .words(let most):
            let words = value.split(whereSeparator: \.isWhitespace).count
            return """
                \(frame.number(words)) \(frame.say(
                    "kata dari paling banyak \(frame.number(most))", "words of at most \(frame.number(most))"))
                """
        case .characters(let most):
            return """
                \(frame.number(value.unicodeScalars.count)) \(frame.say(
                    "karakter dari paling banyak \(frame.number(most))", "characters of at most \(frame.number(most))"))
                """
        }
    }

    // What the script counts by. Typing is not cut off: a person first writes, then shortens.
    private func bound(_ limit: Limit?) -> HTML {
        switch limit {
        case nil: .empty
        case .words(let most): " data-words=\"\(most)\""
        case .characters(let most): " data-characters=\"\(most)\""
        }
    }
}
