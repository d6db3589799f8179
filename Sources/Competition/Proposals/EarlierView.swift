import Directory
import Institutions
import Kernel
import Web

/// What an earlier proposal for the same innovation became, and what has changed since.
enum EarlierView {
    /// On the page of the later proposal.
    static func list(_ earlier: [EarlierProposal], of proposal: Int, _ frame: Frame) -> HTML {
        guard !earlier.isEmpty else { return .empty }
        let knots: [(knot: ThreadView.Knot, content: HTML)] = earlier.map { one in
            let changes = Address.path("kerja", "usulan", String(proposal), "sebelumnya", String(one.id))
            return (
                .tied,
                """
                <p><strong>\(frame.language.say(one.edition))</strong>: \(frame.language.say(one.state.name)). \
                <span\(frame.record)>\(one.reason ?? "")</span><br>\
                <a href="\(frame.to(.path("kerja", "usulan", String(one.id))))">\(frame.say("Usulan nomor", "Proposal")) \(one.id)</a> · \
                <a href="\(frame.to(changes))">\(frame.say("Yang berubah sejak itu", "What changed since"))\
                <span class="sr"> (\(frame.language.say(one.edition)))</span></a>\
                \(one.showsFeedback ? feedback(one, frame) : .empty)</p>
                """
            )
        }
        return """
            <section aria-labelledby="pernah"><h2 id="pernah">\(frame.say("Pernah diusulkan", "Proposed before"))</h2>
            \(ThreadView.list(knots, tight: true))</section>
            """
    }

    private static func feedback(_ earlier: EarlierProposal, _ frame: Frame) -> HTML {
        let address = Address.path("kerja", "usulan", String(earlier.id), "umpan-balik")
        return """
             · <a href="\(frame.to(address))">\(frame.say("Umpan balik penilai", "The evaluators' feedback"))</a>
            """
    }

    static func page(_ since: Proposals.Since, _ register: Register, _ frame: Frame) -> HTML {
        let title = frame.say(
            "Yang berubah sejak \(since.earlier.edition.indonesian)",
            "What changed since \(since.earlier.edition.english)")
        let place = Address.path("kerja", "usulan", String(since.proposal.id))
        return Layout.page(
            frame,
            PageHead(
                title, description: title,
                crumbs: [
                    Crumb(frame.say("Usulan", "Proposals"), frame.to(.path("kerja", "usulan"))),
                    Crumb(since.proposal.title, frame.to(place)),
                ], indexed: false),
            """
            <h1>\(title)</h1><p\(frame.record)>\(since.proposal.title)</p>
            \(list([since.earlier], of: since.proposal.id, frame))
            \(html(since.development) { development($0, since.earlier, register, frame) })
            \(since.development == nil
                ? "<p class=\"missing\">\(frame.say("Datanya tidak ada lagi di direktori.", "The record left the directory."))</p>"
                : .empty)
            """)
    }

    private static func development(
        _ development: Development, _ earlier: EarlierProposal, _ register: Register, _ frame: Frame
    ) -> HTML {
        let evidence =
            development.awards.map(\.line)
            + development.activities.map { activity in
                let day = activity.on.map { " (\($0.long(frame.language)))" } ?? ""
                return "\(frame.language.say(activity.kind.name))\(day): \(activity.note)"
            }
            + [development.validated].compactMap { validated in
                validated.map {
                    frame.say(
                        "Datanya divalidasi \($0.by) pada \($0.at.day().long(.indonesian))",
                        "The record was validated by \($0.by) on \($0.at.day().long(.english))")
                }
            }
        return """
            <section aria-labelledby="bukti"><h2 id="bukti">\(frame.say("Bukti pengembangan", "Evidence of development"))</h2>
            \(evidence.isEmpty
                ? "<p class=\"missing\">\(frame.say("Belum ada kegiatan, penghargaan, atau validasi baru pada datanya.", "The record holds no new activity, award or validation."))</p>"
                : "<ul>\(evidence.html { "<li\(frame.record)>\($0)</li>" })</ul>")</section>
            <h2>\(frame.count(development.changes.count, "bagian data berubah", "field changed", "fields changed"))</h2>
            \(development.changes.enumerated().html { change($1, $0, register, frame) })
            """
    }

    private static func change(
        _ change: Development.Change, _ number: Int, _ register: Register, _ frame: Frame
    ) -> HTML {
        func text(_ record: Innovation) -> String? { record.shown(change.field, register, goals: [], frame.language) }
        let (before, after) = (text(change.before), text(change.after))
        let difference = WordDifference(from: before ?? "", to: after ?? "")
        return """
            <section class="compare" aria-labelledby="bagian-\(number)">\
            <h3 id="bagian-\(number)">\(frame.language.say(Innovation.fieldName(change.field.key)))</h3><div class="sides">
            <div><h4>\(frame.say("Waktu itu", "Then"))</h4>\(side(before, difference, removed: true, frame))</div>
            <div><h4>\(frame.say("Sekarang", "Now"))</h4>\(side(after, difference, removed: false, frame))</div></div></section>

            """
    }

    private static func side(
        _ text: String?, _ difference: WordDifference, removed: Bool, _ frame: Frame
    ) -> HTML {
        text == nil
            ? "<p class=\"soft\">\(frame.say("belum diketahui", "not known"))</p>"
            : ComparisonView.words(difference, removed: removed, frame)
    }
}
