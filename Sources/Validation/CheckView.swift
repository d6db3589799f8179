import Directory
import Kernel
import Web

/// One submitted draft as its validator sees it: what changed, and what they may decide.
struct CheckPage: Sendable {
    struct Part: Sendable {
        /// The field of the draft, or `claim.` and its number.
        let field: String
        let name: String
        let before: String?
        let after: String?
        /// The evidence of a claim, so that it can be opened beside the words.
        let evidence: [EvidenceLine]
        let link: Address?
        /// What this reader typed before a refused send; else empty.
        let comment: String
    }

    struct Same: Sendable {
        let name: String
        let text: String
        let evidence: [EvidenceLine]
    }

    /// What was said when it was returned.
    struct Note: Sendable {
        let name: String
        let text: String
        /// Where the writer can mend it, without a language prefix.
        var place: Address?
    }

    let draft: Int
    let name: String
    let unit: String?
    /// What the left side is: `Sebelumnya, revisi 6`, `Saat dikembalikan`; nil for a new innovation.
    let beforeTitle: Phrase?
    let changed: [Part]
    let same: [Same]
    let returnedAt: Instant?
    let notes: [Note]
    /// Until when a validation today holds.
    let validUntil: Day
    /// A remark on all of it, typed before a refused send.
    let general: String
    /// Why this reader may not decide, with who may; nil when they may.
    let notYours: Phrase?
    /// Said above the buttons when the reader validates in place of the office's own validator.
    let instead: Phrase?
    /// The round that is being judged, so that a decision cannot land on another.
    let round: Int
    let problems: FormProblems
}

enum CheckView {
    static func page(_ model: CheckPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let head = PageHead(
            form.title(say("Periksa \(model.name)", "Check \(model.name)")),
            description: say("Yang berubah dan yang dapat diputuskan.", "What changed and what can be decided."),
            crumbs: [Crumb(say("Antrean", "Queue"), frame.to(.path("kerja", "antrean")))], indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary(names: Dictionary(model.changed.map { ("comment." + $0.field, $0.name) }) { a, _ in a }))
            <h1\(frame.record)>\(model.name)</h1>
            <p class="lead">\(lead(model, frame))</p>
            \(earlier(model, frame))
            \(html(model.notYours) { "<div class=\"notice\"><p>\(frame.language.say($0))</p></div>" })
            \(model.notYours == nil ? decision(model, form) : parts(model, nil, frame))
            """)
    }

    private static func lead(_ model: CheckPage, _ frame: Frame) -> String {
        let unit = model.unit ?? frame.say("Unit", "The unit")
        guard model.beforeTitle != nil else {
            return frame.say(
                "\(unit) menulis inovasi baru, \(model.changed.count) bagian.",
                "\(unit) wrote a new innovation, \(model.changed.count) parts.")
        }
        let all = model.changed.count + model.same.count
        return frame.say(
            "\(unit) mengubah \(model.changed.count) dari \(all) bagian. \(model.same.count) bagian lain sama.",
            "\(unit) changed \(model.changed.count) of \(all) parts. The other \(model.same.count) are the same.")
    }

    private static func earlier(_ model: CheckPage, _ frame: Frame) -> HTML {
        guard let at = model.returnedAt else { return .empty }
        let day = at.day().long(frame.language)
        return """
            <div class="notice soon"><p><strong>\(frame.say("Inovasi ini pernah dikembalikan pada \(day).", "This innovation was returned on \(day)."))</strong></p>\
            <ul>\(model.notes.html { "<li\(frame.record)>\($0.name): “\($0.text)”</li>" })</ul></div>
            """
    }

    private static func decision(_ model: CheckPage, _ form: FormView) -> HTML {
        let frame = form.frame
        let until = model.validUntil.long(frame.language)
        return form.form(
            to: .path("kerja", "periksa", String(model.draft)),
            form.hidden("round", String(model.round))
                + parts(model, form, frame) + general(model, form)
                + html(model.instead) { "<div class=\"notice\"><p>\(frame.language.say($0))</p></div>" }
                + form.actions(
                    form.button(
                        frame.say("Validasi sampai \(until)", "Validate until \(until)"), name: "decision",
                        value: "validate"),
                    form.button(
                        frame.say("Kembalikan dengan catatan", "Return with comments"), .second, name: "decision",
                        value: "return"),
                    "<a href=\"\(frame.to(.path("kerja", "antrean")))\">\(frame.say("Nanti saja", "Later"))</a>"))
    }

    private static func parts(_ model: CheckPage, _ form: FormView?, _ frame: Frame) -> HTML {
        """
        <h2 class="sr">\(frame.say("Bagian yang berubah", "Parts that changed"))</h2>
        \(model.changed.enumerated().html { part($1, $0, model, form, frame) })
        \(same(model.same, frame))

        """
    }

    private static func part(
        _ part: CheckPage.Part, _ n: Int, _ model: CheckPage, _ form: FormView?, _ frame: Frame
    ) -> HTML {
        let difference = WordDifference(from: part.before ?? "", to: part.after ?? "")
        let before = html(model.beforeTitle) { title -> HTML in
            "<div><h4>\(frame.language.say(title))</h4>\(DifferenceView.side(difference, part.before, removed: true, frame))</div>"
        }
        let isNew = model.beforeTitle == nil
        // What is all new needs no heading that says so beside each part.
        let title: HTML = isNew ? .empty : "<h4>\(frame.say("Diusulkan", "Proposed"))</h4>"
        let after =
            isNew ? plain(part.after, frame) : DifferenceView.side(difference, part.after, removed: false, frame)
        return """
            <section class="compare" aria-labelledby="bagian-\(n)"><h3 id="bagian-\(n)">\(part.name)</h3>\
            <div class="sides">\(before)<div>\(title)\(after)\(proof(part, frame))</div>\
            \(html(form) { comment(part, $0) })</div></section>

            """
    }

    private static func comment(_ part: CheckPage.Part, _ form: FormView) -> HTML {
        let frame = form.frame
        let area = form.area(
            "comment." + part.field, label: frame.say("Catatan tentang \(part.name)", "Comment on \(part.name)"),
            value: part.comment, hint: frame.say("Bila dikembalikan.", "If returned."), small: true)
        // Twenty open boxes would bury what is to be read.
        let isOpen = !part.comment.isEmpty || form.problems["comment." + part.field] != nil
        return """
            <details class="say"\(isOpen ? " open" : "")><summary>\(frame.say("Beri catatan", "Comment"))\
            <span class="sr"> \(frame.say("tentang", "on")) \(part.name)</span></summary>\(area)</details>
            """
    }

    private static func general(_ model: CheckPage, _ form: FormView) -> HTML {
        form.area(
            "comment.whole", label: form.frame.say("Catatan untuk seluruhnya", "Comment on all of it"),
            value: model.general, hint: form.frame.say("Bila dikembalikan.", "If returned."), small: true)
    }

    private static func proof(_ part: CheckPage.Part, _ frame: Frame) -> HTML {
        let word = frame.say("Bukti", "Evidence")
        return part.evidence.html { "<p>\(word): \(EvidenceView.link($0, scans: true, frame))</p>" }
            + html(part.link) { "<p>\(word): <a href=\"\($0)\" rel=\"noreferrer\">\(shortened($0.text))</a></p>" }
    }

    private static func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(59) + "…" : text }

    private static func plain(_ text: String?, _ frame: Frame) -> HTML {
        guard let text, !text.isEmpty else { return "<p class=\"soft\">\(frame.say("Kosong", "Empty"))</p>" }
        return text.split(whereSeparator: \.isNewline).html { "<p\(frame.record)>\(String($0))</p>" }
    }

    private static func same(_ same: [CheckPage.Same], _ frame: Frame) -> HTML {
        guard !same.isEmpty else { return .empty }
        return """
            <details><summary>\(frame.say("Lihat \(same.count) bagian yang sama", same.count == 1 ? "See the part that is the same" : "See the \(same.count) parts that are the same"))</summary>
            <dl class="facts">\(same.html { "<dt>\($0.name)</dt><dd\(frame.record)>\(plain($0.text, frame))\($0.evidence.html { "<p>\(EvidenceView.link($0, scans: true, frame))</p>" })</dd>" })</dl></details>
            """
    }
}
