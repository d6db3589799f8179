import Kernel
import Web

/// One innovation in a list: enough to tell it from its neighbours, and what search marked in it.
package struct Entry: Sendable {
    package let id: String
    package let name: Marked
    package let stands: Marked?
    /// A stretch of its text, if any source gives one.
    package let snippet: Marked?
    package let institution: String?
    package let unit: String?
    package let region: String?
    package let year: Int?
    package let continuity: Innovation.Continuity?
    package let awards: [String]
    /// The sources that list it, by their short names.
    package let sources: [String]
    /// Nil where lists do not say who stands by it.
    package let validity: Validity?
    /// The moment of asking, from which its state is derived.
    package let asOf: Instant

    package init(
        id: String, name: Marked, stands: Marked? = nil, snippet: Marked? = nil, institution: String? = nil,
        unit: String? = nil, region: String? = nil, year: Int? = nil, continuity: Innovation.Continuity? = nil,
        awards: [String] = [], sources: [String] = [], validity: Validity? = nil,
        asOf: Instant = Instant(milliseconds: 0)
    ) {
        self.id = id
        self.name = name
        self.stands = stands
        self.snippet = snippet
        self.institution = institution
        self.unit = unit
        self.region = region
        self.year = year
        self.continuity = continuity
        self.awards = awards
        self.sources = sources
        self.validity = validity
        self.asOf = asOf
    }

    /// An entry without marks, from a record. The institution's current name wins over the source's spelling.
    package init(
        _ id: String, _ record: Innovation, institution: String?, region: String?, sources: [String] = [],
        validity: Validity? = nil, asOf: Instant = Instant(milliseconds: 0)
    ) {
        let shown = ShownName(record)
        self.init(
            id: id, name: Marked(shown.name), stands: shown.stands.map { Marked($0) },
            snippet: record.texts[.summary].map { Marked(shortened($0, to: 200)) },
            institution: institution ?? record.institutionAsGiven.map(titleCased), unit: record.unit.map(titleCased),
            region: region, year: record.yearOfStart ?? record.yearStated, continuity: record.continuity,
            awards: record.awards.map(\.line), sources: sources, validity: validity,
            asOf: asOf)
    }
}

extension Sequence<Entry> {
    /// The first instant at which a list of them says something else by itself.
    package var changesAt: Instant? { compactMap { $0.validity?.changesAt(after: $0.asOf) }.min() }
}

/// The first characters of a text, ended at a word and with an ellipsis when something is left out.
package func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    let head = text.prefix(limit)
    let end = head.lastIndex(of: " ") ?? head.endIndex
    return head[..<end] + "…"
}

package enum EntryView {
    /// A list of entries under a heading of the given level, 2 or 3; without the owner on the owner's own page.
    package static func list(
        _ entries: [Entry], level: Int = 2, ordered: Bool = true, owner: Bool = true, _ frame: Frame
    ) -> HTML {
        let tag: HTML = ordered ? "ol" : "ul"
        return """
            <\(tag) class="entries">
            \(entries.html { item($0, level == 2 ? "h2" : "h3", owner: owner, frame) })</\(tag)>
            """
    }

    private static func item(_ entry: Entry, _ heading: HTML, owner: Bool, _ frame: Frame) -> HTML {
        """
        <li><\(heading) class="name"\(frame.record)><a href="\(frame.to(.path("inovasi", entry.id)))">\(entry.name.html)</a>\
        </\(heading)>\
        \(html(entry.stands) { "<p class=\"stands\"\(frame.record)>\($0.html)</p>" })\
        \(html(entry.snippet) { "<p\(frame.record)>\($0.html)</p>" })\
        <p class="meta">\(facts(entry, owner: owner, frame))</p></li>

        """
    }

    private static func facts(_ entry: Entry, owner: Bool, _ frame: Frame) -> HTML {
        let unknown = frame.say("instansi belum diketahui", "institution not known yet")
        let body = owner ? entry.institution ?? entry.region ?? unknown : nil
        let who = [body, entry.unit].compactMap(\.self).joined(separator: ", ")
        let continuity = entry.continuity.map { ContinuityView.words($0, frame) } ?? .empty
        let standing = entry.validity.map { ValidityView.state($0, at: entry.asOf, frame) } ?? .empty
        let spans = (who.isEmpty ? [] : [who]) + (entry.year.map { [String($0)] } ?? [])
        let awards = entry.awards.prefix(2).html { "<span class=\"tag\"\(frame.record)>\($0)</span>" }
        let source: HTML =
            entry.sources.isEmpty ? "" : "<span class=\"from\">\(entry.sources.joined(separator: ", "))</span>"
        return spans.html { "<span>\($0)</span>" } + awards + continuity + source + standing
    }
}

/// Whether an innovation goes on. The disc of time stands for validity alone.
package enum ContinuityView {
    package static func words(_ continuity: Innovation.Continuity?, _ frame: Frame) -> HTML {
        let words = continuity.map { frame.language.say($0.name) }
        return "<span>\(words ?? frame.say("Keberlanjutan belum diketahui", "Continuity not known yet"))</span>"
    }
}
