import Kernel
import Web

/// What a record says in prose: the curated texts and how it meets the five criteria.
enum TextsView {
    static func body(_ record: Innovation, _ frame: Frame) -> HTML {
        let sections = Innovation.Section.allCases.filter { $0 != .summary && record.texts[$0] != nil }
        let missing = Innovation.Section.allCases.filter { record.texts[$0] == nil }
        return sections.html { section($0, record, frame) } + absent(missing, frame) + criteria(record, frame)
    }

    private static func section(_ section: Innovation.Section, _ record: Innovation, _ frame: Frame) -> HTML {
        """
        <h2 id="\(section.rawValue)">\(frame.language.say(section.name))</h2>
        <div class="prose"\(frame.record)>\(paragraphs(record.texts[section] ?? ""))</div>

        """
    }

    /// A text's paragraphs, split at line breaks.
    static func paragraphs(_ text: String) -> HTML {
        text.split(whereSeparator: \.isNewline).html { "<p>\(String($0))</p>" }
    }

    private static func absent(_ missing: [Innovation.Section], _ frame: Frame) -> HTML {
        guard !missing.isEmpty else { return .empty }
        let all = missing.count == Innovation.Section.allCases.count
        let names = missing.map { frame.language.say($0.name).lowercased() }.joined(separator: ", ")
        let text =
            all
            ? frame.say("Belum ada uraian dari sumber mana pun.", "No source describes it yet.")
            : frame.say("Belum ada di sumber mana pun: \(names).", "In no source yet: \(names).")
        return "<p class=\"missing\">\(text)</p>"
    }

    private static func criteria(_ record: Innovation, _ frame: Frame) -> HTML {
        guard !record.criteria.isEmpty else { return .empty }
        let known = Innovation.Criterion.allCases.html { criterion in
            let text = record.criteria[criterion]
            return """
                <li class="\(text == nil ? "loose" : "tied")"><h3>\(frame.language.say(criterion.name))</h3>\
                <p\(text == nil ? "" : frame.record)>\(text ?? frame.say("belum diketahui", "not known yet"))</p></li>

                """
        }
        return """
            <h2 id="kriteria">\(frame.say("Lima kriteria Permen PANRB 91/2021", "The five criteria of Permen PANRB 91/2021"))</h2>
            <ol class="thread tight">\(known)</ol>
            """
    }
}
