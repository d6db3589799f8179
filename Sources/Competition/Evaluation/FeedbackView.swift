import Kernel
import Web

/// What proposers are told of the evaluation.
enum FeedbackView {
    static func page(_ feedback: Feedback, _ frame: Frame) -> HTML {
        let proposal = feedback.proposal
        let title = frame.say("Umpan balik: \(proposal.title)", "Feedback: \(proposal.title)")
        let here = Address.path("kerja", "usulan", String(proposal.id))
        return Layout.page(
            frame,
            PageHead(title, description: title, crumbs: [Crumb(proposal.title, frame.to(here))], indexed: false),
            """
            <h1>\(title)</h1><p>\(frame.language.say(feedback.stored.edition.name)).</p>
            \(overall(feedback, frame))\(feedback.parts.html { part($0, feedback, frame) })
            """)
    }

    /// The link on the proposal's page, once there is something to read.
    static func link(_ proposal: Proposal, _ edition: Edition, at now: Instant, _ frame: Frame) -> HTML {
        guard proposal.state == .passed, edition.shows(.scores, to: .proposer, at: now) else { return .empty }
        let to = Address.path("kerja", "usulan", String(proposal.id), "umpan-balik")
        return """
            <p><a href="\(frame.to(to))">\(frame.say("Nilai dan catatan penilai", "Scores and comments of the evaluators"))</a></p>
            """
    }

    private static func overall(_ feedback: Feedback, _ frame: Frame) -> HTML {
        if feedback.reads == 0 {
            return "<p>\(frame.say("Usulan ini tidak dinilai.", "This proposal was not evaluated."))</p>"
        }
        guard let total = feedback.total else {
            return """
                <p>\(frame.say(
                    "Nilai tidak ditampilkan karena hanya satu penilaian yang selesai.",
                    "Scores are not shown because only one reading was finished."))</p>
                """
        }
        let quarters = [
            Phrase("seperempat teratas", "top quarter"), Phrase("seperempat kedua", "second quarter"),
            Phrase("seperempat ketiga", "third quarter"), Phrase("seperempat terakhir", "last quarter"),
        ]
        let stood: HTML = html(feedback.quarter) { quarter in
            let name = frame.language.say(quarters[max(0, min(quarter, 4) - 1)])
            return """
                <dt>\(frame.say("Kedudukan", "Standing"))</dt><dd>\(frame.say(
                    "\(name) dari \(frame.number(feedback.among)) usulan yang dinilai",
                    "\(name) of \(frame.number(feedback.among)) proposals evaluated"))</dd>
                """
        }
        return """
            <dl class="facts"><dt>\(frame.say("Rata-rata nilai berbobot", "Mean weighted score"))</dt>\
            <dd>\(frame.language.number(total)) \(frame.say("dari 100", "of 100"))</dd>\(stood)</dl>
            """
    }

    private static func part(_ part: Feedback.Part, _ feedback: Feedback, _ frame: Frame) -> HTML {
        guard part.mean != nil || !part.comments.isEmpty else { return .empty }
        let weight = part.section.weight.map { frame.say(", bobot \($0)", ", weight \($0)") } ?? ""
        return """
            <section><h2>\(frame.language.say(part.section.name))<span class="soft">\(weight)</span></h2>\
            \(html(part.mean) { "<p>\(frame.say("Rata-rata nilai", "Mean score")) <strong>\(frame.language.number($0))</strong></p>" })\
            \(part.comments.isEmpty ? HTML.empty : "<ul>\(part.comments.html { "<li\(frame.record)>\($0)</li>" })</ul>")</section>

            """
    }
}
