extension Snapshot {
    /// A snapshot of what a builder holds.
    init(_ builder: Builder, change: Int64) {
        self.change = change
        guard !builder.ids.isEmpty else { return }
        var part = Part(segment: builder.segment())
        for document in builder.replaced { part.mask(document) }
        parts = [part]
    }

    /// Merges segments so that few remain: each at least four times as large as the next, none mostly masked.
    mutating func compact(_ schema: Schema) {
        parts.removeAll { $0.living == 0 }
        parts.sort { ($1.living, $0.segment.ids.first ?? 0) < ($0.living, $1.segment.ids.first ?? 0) }
        for index in parts.indices where parts[index].dead * 3 > parts[index].segment.count {
            parts[index] = Snapshot.merged([parts[index]], schema)
        }
        while parts.count > 1 {
            let last = parts.count - 1
            guard parts[last].living * 4 > parts[last - 1].living || parts.count > 12 else { return }
            parts.replaceSubrange((last - 1)...last, with: [Snapshot.merged(Array(parts[(last - 1)...last]), schema)])
        }
    }

    /// One segment of the living documents of several; neither text nor stemmer is needed.
    static func merged(_ parts: [Part], _ schema: Schema) -> Part {
        let builder = Builder(schema)
        let living = parts.enumerated().flatMap { number, part in
            (0..<part.segment.count).lazy.filter(part.isAlive).map { (part.segment.ids[$0], number, $0) }
        }
        var renumbered = parts.map { [UInt32](repeating: .max, count: $0.segment.words.count) }
        for (id, number, document) in living.sorted(by: { $0.0 < $1.0 }) {
            builder.copy(id, document, of: parts[number].segment, &renumbered[number])
        }
        return Part(segment: builder.segment())
    }
}

extension Builder {
    /// Adds a document of another segment; `renumbered` remembers the words met.
    func copy(_ id: Int64, _ document: Int, of segment: Segment, _ renumbered: inout [UInt32]) {
        begin(id)
        for key in keys.indices { keys[key].append(segment.keys[key * segment.count + document]) }
        for facet in columns.indices {
            let column = segment.facets[facet]
            columns[facet].append(column.members(of: column.set(of: document)).map { column.values[Int($0)] })
        }
        var text = segment.text(of: document)
        while let item = text.next() {
            switch item {
            case .field: forward.append(0)
            case .extras: forward.append(1)
            case .word(let word):
                if renumbered[word] == .max { renumbered[word] = self.number(of: word, in: segment) }
                Forward.append(Int(renumbered[word]) + 2, to: &forward)
            }
        }
        forwardEnds.append(UInt32(forward.count))
    }

    private func number(of word: Int, in segment: Segment) -> UInt32 {
        let (number, isNew) = words.number(of: segment.words[word])
        if isNew {
            let stem = segment.wordStems[word]
            wordStems.append(stem == Segment.noStem ? stem : stems.number(of: segment.stems[Int(stem)]).0)
        }
        return number
    }
}
