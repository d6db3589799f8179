import Institutions
import Kernel
import Web

extension Entry {
    /// A record in a list, with what search marked in it.
    init(
        _ listed: Listed, _ register: Register, at now: Instant, marks: ((String) -> [Range<String.Index>])? = nil
    ) {
        let record = listed.innovation
        let institution = register.institution(record.institution)
        let plain = Entry(
            String(listed.id), record, institution: institution?.name,
            region: (register.region(record.region) ?? register.region(institution?.region))?.name,
            sources: listed.sources.map(\.source), validity: listed.validity,
            asOf: now)
        guard let marks else {
            self = plain
            return
        }
        let shown = ShownName(record)
        self.init(
            id: plain.id, name: Marked(shown.name, marking: marks(shown.name)),
            stands: shown.stands.map { Marked($0, marking: marks($0)) },
            snippet: markedSnippet(record, marks), institution: plain.institution, unit: plain.unit,
            region: plain.region,
            year: plain.year, continuity: plain.continuity, awards: plain.awards, sources: plain.sources,
            validity: plain.validity, asOf: now)
    }
}

/// The stretch of a record's texts that answers the words asked for, else the beginning of its summary.
private func markedSnippet(_ record: Innovation, _ marks: (String) -> [Range<String.Index>]) -> Marked? {
    for section in Innovation.Section.allCases {
        guard let text = record.texts[section], let first = marks(text).first else { continue }
        // Some words before the first hit, beginning at a word.
        var start = text.index(first.lowerBound, offsetBy: -80, limitedBy: text.startIndex) ?? text.startIndex
        if start > text.startIndex { start = text[start...].firstIndex(of: " ").map(text.index(after:)) ?? start }
        let stretch = (start > text.startIndex ? "…" : "") + shortened(String(text[start...]), to: 220)
        return Marked(stretch, marking: marks(stretch))
    }
    return record.texts[.summary].map { Marked(shortened($0, to: 200)) }
}
