import Kernel

/// One of the things one can choose in a form: what is sent, what is shown, what follows from it.
package struct Choice: Sendable, Hashable {
    package let value: String
    package let label: String
    package let note: String?

    package init(_ value: String, _ label: String, note: String? = nil) {
        self.value = value
        self.label = label
        self.note = note
    }
}

extension FormView {
    /// A list to choose one from. `empty` is the words of the first entry, which sends nothing; nil leaves it out.
    package func select(
        _ name: String, label: String, choices: [Choice], value: String = "", empty: String? = nil,
        hint: String? = nil, required: Bool = false
    ) -> HTML {
        field(name, label: label, hint: hint) { described in
            """
            <select id="\(FormView.id(name))" name="\(name)"\(required ? " required" : "")\(described)>\
            \(html(empty) { "<option value=\"\">\($0)</option>" })\
            \(choices.html { "<option value=\"\($0.value)\"\($0.value == value ? " selected" : "")>\($0.label)</option>" })\
            </select>
            """
        }
    }

    /// A few things of which one holds, all in sight.
    package func radios(
        _ name: String, label: String, choices: [Choice], value: String = "", hint: String? = nil,
        required: Bool = false
    ) -> HTML {
        group(name, label: label, hint: hint, choices) { choice, id in
            """
            <label class="check"><input type="radio" id="\(id)" name="\(name)" value="\(choice.value)"\
            \(choice.value == value ? " checked" : "")\(required ? " required" : "")> \(words(choice))</label>
            """
        }
    }

    /// A few things of which any may hold.
    package func checks(
        _ name: String, label: String, choices: [Choice], values: Set<String> = [], hint: String? = nil
    ) -> HTML {
        group(name, label: label, hint: hint, choices) { choice, id in
            """
            <label class="check"><input type="checkbox" id="\(id)" name="\(name)" value="\(choice.value)"\
            \(values.contains(choice.value) ? " checked" : "")> \(words(choice))</label>
            """
        }
    }

    /// One thing that holds or does not; sends `1` when it does.
    package func check(
        _ name: String, label: String, checked: Bool = false, hint: String? = nil, required: Bool = false
    ) -> HTML {
        """
        <div class="field\(problems[name] == nil ? "" : " wrong")">\(hintAndProblem(name, hint))\
        <label class="check"><input type="checkbox" id="\(FormView.id(name))" name="\(name)" value="1"\
        \(checked ? " checked" : "")\(required ? " required" : "")\
        \(described(name, hint: hint != nil, count: false))> <span>\(label)</span></label></div>

        """
    }

    private func group(
        _ name: String, label: String, hint: String?, _ choices: [Choice], entry: (Choice, _ id: String) -> HTML
    ) -> HTML {
        """
        <fieldset class="field\(problems[name] == nil ? "" : " wrong")"\(describedGroup(name, hint))>\
        <legend>\(label)</legend>\(hintAndProblem(name, hint))<div class="choice">\
        \(choices.enumerated().html { entry($1, $0 == 0 ? FormView.id(name) : FormView.id(name) + "-\($0 + 1)") })\
        </div></fieldset>

        """
    }

    // A fieldset may not be called invalid, only described.
    private func describedGroup(_ name: String, _ hint: String?) -> HTML {
        let id = FormView.id(name)
        let by = [hint == nil ? nil : id + "-h", problems[name] == nil ? nil : id + "-e"].compactMap { $0 }
        return by.isEmpty ? .empty : " aria-describedby=\"\(by.joined(separator: " "))\""
    }

    private func words(_ choice: Choice) -> HTML {
        "<span>\(choice.label)\(html(choice.note) { "<br><span class=\"soft\">\($0)</span>" })</span>"
    }
}
