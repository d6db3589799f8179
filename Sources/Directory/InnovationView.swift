import Kernel
import Web

/// A thing with a page of its own, as another page names it.
package struct Named: Sendable, Hashable {
    package let code: String
    package let name: String

    package init(code: String, name: String) {
        self.code = code
        self.name = name
    }
}

/// A source that lists the innovation: what it is called there and when it was read.
package struct SourceLine: Sendable {
    package let name: String
    package let externalID: String
    /// Where the source itself says the record comes from.
    package let origin: String?
    package let read: Instant

    package init(name: String, externalID: String, origin: String?, read: Instant) {
        self.name = name
        self.externalID = externalID
        self.origin = origin
        self.read = read
    }
}

/// One field of the record with every value that a source gives for it.
package struct ProvenanceRow: Sendable {
    package struct Value: Sendable {
        package let text: String
        package let source: String
        package let on: Day?
        /// Whether this is the value the record shows.
        package let used: Bool

        package init(text: String, source: String, on: Day?, used: Bool) {
            self.text = text
            self.source = source
            self.on = on
            self.used = used
        }
    }

    /// The key of the field, see `Innovation.fieldName`.
    package let field: String
    package let values: [Value]

    package init(field: String, values: [Value]) {
        self.field = field
        self.values = values
    }
}

/// One innovation with all that its page says.
package struct InnovationPage: Sendable {
    package var id: String
    package var record: Innovation
    package var institution: Named?
    package var region: Named?
    package var province: Named?
    package var goals: [Goal]
    package var sources: [SourceLine]
    package var provenance: [ProvenanceRow]
    /// How many of the fields that count towards completeness are filled, and how many there are.
    package var completeness: (filled: Int, of: Int)?
    package var revision: RevisionLine
    package var revisions: Int
    /// Related but not the same, as somebody found; and what only looks alike.
    package var related: [Entry]
    package var similar: [Entry]
    package var downloads: [Download]
    package var bibTeX: String
    package var panels: [HTML]
    package var jsonLD: String?
    package var validity: Validity
    /// The moment of asking, from which states are derived.
    package var now: Instant

    package init(
        id: String, record: Innovation, institution: Named? = nil, region: Named? = nil, province: Named? = nil,
        goals: [Goal] = [], sources: [SourceLine], provenance: [ProvenanceRow],
        completeness: (filled: Int, of: Int)? = nil, revision: RevisionLine, revisions: Int, related: [Entry] = [],
        similar: [Entry] = [],
        downloads: [Download] = [], bibTeX: String, panels: [HTML] = [], jsonLD: String? = nil,
        validity: Validity = .never, at now: Instant = Instant(milliseconds: 0)
    ) {
        self.id = id
        self.record = record
        self.institution = institution
        self.region = region
        self.province = province
        self.goals = goals
        self.sources = sources
        self.provenance = provenance
        self.completeness = completeness
        self.revision = revision
        self.revisions = revisions
        self.related = related
        self.similar = similar
        self.downloads = downloads
        self.bibTeX = bibTeX
        self.panels = panels
        self.jsonLD = jsonLD
        self.validity = validity
        self.now = now
    }
}

package enum InnovationView {
    package static func page(_ model: InnovationPage, _ frame: Frame) -> HTML {
        let shown = ShownName(model.record)
        let owner = model.institution?.name ?? model.record.institutionAsGiven.map(titleCased)
        let head = PageHead(
            [shown.name, owner].compactMap(\.self).joined(separator: ", "),
            description: shortened(
                model.record.texts[.summary] ?? shown.stands
                    ?? frame.say("Data inovasi pelayanan publik dengan sumbernya.", "An innovation with its sources."),
                to: 155),
            place: .innovations, crumbs: crumbs(model, frame), jsonLD: model.jsonLD)
        return Layout.page(
            frame, head,
            """
            <div class="cols desk"><div>
            \(title(shown, model, frame))
            \(ValidityView.box(model.validity, at: model.now, sources: model.sources, record: model.record, frame))
            </div><aside class="tall" aria-label="\(frame.say("Sekilas", "At a glance"))"><div class="panel stay">\
            \(FactsView.list(model, frame))</div></aside><div>
            \(TextsView.body(model.record, frame))
            \(model.panels)
            \(AwardsView.body(model.record, frame))
            \(ProvenanceView.table(model.provenance, of: model.id, frame))
            \(HistoryView.teaser(model, frame))
            \(CitationView.body(model, shown, owner, frame))
            \(list(model.related, "berkaitan", frame.say("Berkaitan", "Related"), frame))
            \(list(model.similar, "serupa", frame.say("Inovasi yang mirip", "Similar innovations"), frame))
            </div></div>
            """)
    }

    private static func crumbs(_ model: InnovationPage, _ frame: Frame) -> [Crumb] {
        var crumbs = [Crumb(frame.say("Inovasi", "Innovations"), frame.to(.path("inovasi")))]
        if let province = model.province {
            crumbs.append(Crumb(province.name, frame.to(.path("wilayah", province.code))))
        }
        if let institution = model.institution {
            crumbs.append(Crumb(institution.name, frame.to(.path("instansi", institution.code))))
        }
        return crumbs
    }

    private static func title(_ shown: ShownName, _ model: InnovationPage, _ frame: Frame) -> HTML {
        let record = model.record
        let long = shown.name.count > 48
        let owner: HTML =
            html(model.institution) { "<a href=\"\(frame.to(.path("instansi", $0.code)))\">\($0.name)</a>" }
            + html(model.institution == nil ? record.institutionAsGiven : nil) { "<span>\(titleCased($0))</span>" }
        let missing = model.institution == nil && record.institutionAsGiven == nil
        return """
            <h1 class="name \(long ? "long" : "big")"\(frame.record)>\(shown.name)</h1>\
            \(html(shown.stands) { "<p class=\"stands\"\(frame.record)>\($0)</p>" })
            <p class="meta">\(owner)\
            \(missing ? "<span>\(frame.say("instansi belum diketahui", "institution not known yet"))</span>" : "")\
            \(html(record.unit) { "<span\(frame.record)>\(titleCased($0))</span>" })\
            \(html(model.region) { "<a href=\"\(frame.to(.path("wilayah", $0.code)))\">\($0.name)</a>" })\
            \(html(record.yearOfStart) { "<span>\(frame.say("sejak", "since")) \($0)</span>" })\
            \(ContinuityView.words(record.continuity, frame))</p>
            \(html(record.texts[.summary]) { "<p class=\"lead record\"\(frame.record)>\($0)</p>" })
            """
    }

    private static func list(_ entries: [Entry], _ anchor: String, _ heading: String, _ frame: Frame) -> HTML {
        guard !entries.isEmpty else { return .empty }
        return """
            <section class="screen" aria-labelledby="\(anchor)"><h2 id="\(anchor)">\(heading)</h2>
            \(EntryView.list(entries, level: 3, ordered: false, frame))</section>
            """
    }
}
