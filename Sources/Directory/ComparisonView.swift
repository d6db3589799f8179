import Kernel
import Web

/// What changed in one innovation between two of its revisions.
package struct ComparisonPage: Sendable {
    package struct Change: Sendable {
        /// The key of the field, see `Innovation.fieldName`.
        package let field: String
        package let before: String?
        package let after: String?

        package init(field: String, before: String?, after: String?) {
            self.field = field
            self.before = before
            self.after = after
        }
    }

    package let id: String
    package let name: String
    package let older: RevisionLine
    package let newer: RevisionLine
    package let changes: [Change]
    /// How many filled fields stayed as they were.
    package let unchanged: Int

    package init(
        id: String, name: String, older: RevisionLine, newer: RevisionLine, changes: [Change], unchanged: Int
    ) {
        self.id = id
        self.name = name
        self.older = older
        self.newer = newer
        self.changes = changes
        self.unchanged = unchanged
    }
}

package enum ComparisonView {
    package static func page(_ model: ComparisonPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let crumbs =
            HistoryView.crumbs(model.id, model.name, frame)
            + [Crumb(say("Riwayat", "History"), frame.to(.path("inovasi", model.id, "riwayat")))]
        let head = PageHead(
            say("Perubahan \(model.name)", "Changes to \(model.name)"),
            description: say("Yang berubah antara dua revisi.", "What changed between two revisions."),
            place: .innovations, crumbs: crumbs, indexed: false)
        let fields = frame.count(model.changes.count, "bagian", "part", "parts")
        return Layout.page(
            frame, head,
            """
            <h1\(frame.record)>\(model.name)</h1>
            <p class="lead">\(say("\(fields) berubah, \(model.unchanged) tetap sama.", "\(fields) changed, \(model.unchanged) stayed the same."))</p>
            <p class="from">\(say("Revisi", "Revision")) \(model.newer.number), \
            \(model.newer.at.day().long(frame.language)), \(model.newer.by): \(model.newer.why)</p>
            \(model.changes.enumerated().html { change($1, $0, model, frame) })
            """)
    }

    private static func change(
        _ change: ComparisonPage.Change, _ n: Int, _ model: ComparisonPage, _ frame: Frame
    ) -> HTML {
        let difference = WordDifference(from: change.before ?? "", to: change.after ?? "")
        return """
            <section class="compare" aria-labelledby="bagian-\(n)">\
            <h2 id="bagian-\(n)">\(frame.language.say(Innovation.fieldName(change.field)))</h2><div class="sides">
            <div><h3>\(frame.say("Sebelumnya, revisi", "Before, revision")) \(model.older.number)</h3>\
            \(side(difference, removed: true, empty: change.before == nil, frame))</div>
            <div><h3>\(frame.say("Sesudahnya, revisi", "After, revision")) \(model.newer.number)</h3>\
            \(side(difference, removed: false, empty: change.after == nil, frame))</div></div></section>

            """
    }

    private static func side(_ difference: WordDifference, removed: Bool, empty: Bool, _ frame: Frame) -> HTML {
        empty
            ? "<p class=\"soft\">\(frame.say("belum diketahui", "not known"))</p>"
            : words(difference, removed: removed, frame)
    }

    /// One side of a difference word by word: what was taken out marked on the older, what came in on the newer.
    package static func words(_ difference: WordDifference, removed: Bool, _ frame: Frame) -> HTML {
        let words = difference.runs.html { run -> HTML in
            switch run {
            case .same(let text): "\(text) "
            case .removed(let text): removed ? "<del>\(text)</del> " : ""
            case .added(let text): removed ? "" : "<ins>\(text)</ins> "
            }
        }
        return "<p\(frame.record)>\(words)</p>"
    }
}
