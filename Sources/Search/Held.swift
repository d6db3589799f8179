/// A document as the index holds it, for comparison with another engine over the same words.
package struct Held: Sendable, Hashable {
    package let id: Int64
    /// The stems of each field in the order of the text, joined forms after it, stop words left out.
    package let stems: [[String]]
    /// The values per facet of the schema.
    package let facets: [[String]]
}

extension Index {
    /// Hands out every living document as of one moment.
    package func forEach(_ body: (Held) throws -> Void) rethrows {
        for part in snapshot.parts {
            let segment = part.segment
            let names = (0..<segment.stems.count).map(segment.stems.string)
            for document in 0..<segment.count where part.isAlive(document) {
                var fields: [[String]] = []
                var field: [String] = []
                var text = segment.text(of: document)
                while let item = text.next() {
                    switch item {
                    case .word(let word):
                        let stem = segment.wordStems[word]
                        if stem != Segment.noStem { field.append(names[Int(stem)]) }
                    case .extras: break
                    case .field:
                        fields.append(field)
                        field = []
                    }
                }
                let facets = segment.facets.map { column in
                    column.members(of: column.set(of: document)).map { column.values[Int($0)] }
                }
                try body(Held(id: segment.ids[document], stems: fields, facets: facets))
            }
        }
    }
}
