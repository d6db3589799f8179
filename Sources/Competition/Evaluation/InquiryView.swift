import Kernel
import Web

/// The questions of an edition's evaluators, for its organiser.
enum InquiryView {
    static func page(
        _ stored: Editions.Stored, _ all: [Inquiry], typed: [String: String], _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let form = FormView(frame, problems)
        let waiting = all.count { $0.answer == nil }
        let title =
            waiting == 0
            ? frame.say("Tidak ada pertanyaan yang menunggu", "No questions wait")
            : frame.count(
                waiting, "pertanyaan menunggu jawaban", "question waits for an answer", "questions wait for an answer")
        let entries = all.map { inquiry -> (knot: ThreadView.Knot, content: HTML) in
            (inquiry.answer == nil ? .loose : .tied, entry(inquiry, stored, typed, form))
        }
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title, crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .inquiries, frame))
            \(entries.isEmpty ? HTML.empty : ThreadView.list(entries))
            """)
    }

    private static func entry(
        _ inquiry: Inquiry, _ stored: Editions.Stored, _ typed: [String: String], _ form: FormView
    ) -> HTML {
        let frame = form.frame
        let proposal = Address.path("kerja", "kompetisi", stored.code, "usulan", String(inquiry.proposal))
        let field = "jawaban-\(inquiry.id)"
        let about = frame.say("Usulan \(inquiry.proposal)", "Proposal \(inquiry.proposal)")
        let answer: HTML =
            inquiry.answer.map { "<p><strong>\(frame.say("Jawaban:", "Answer:"))</strong> \($0)</p>" }
            ?? form.form(
                to: .path("kerja", "kompetisi", stored.code, "pertanyaan", String(inquiry.id)),
                form.area(
                    field,
                    label: frame.say(
                        "Jawaban untuk \(inquiry.evaluatorName), \(about)",
                        "Answer to \(inquiry.evaluatorName), \(about)"),
                    value: typed[field] ?? "", small: true)
                    + "<p>\(form.button(frame.say("Jawab", "Answer"), .second, small: true, about: about))</p>")
        return """
            <p><a href="\(frame.to(proposal))">\(about)</a>, \(inquiry.evaluatorName), \
            <span class="soft">\(frame.language.say(inquiry.at.moment(in: stored.edition.zone)))</span></p>\
            <p>\(inquiry.words)</p>\(answer)
            """
    }
}
