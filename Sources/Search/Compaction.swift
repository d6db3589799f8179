extension Snapshot {
    /// A snapshot of what a builder holds.
    init(_ builder: Builder, change: Int64) {
        self.change = change
        guard !builder.ids.isEmpty else { return }
        var part = Part(segment: builder.segment())
        for document in builder.replaced { part.mask(document) }
        parts = [part]
    }

    /// Which segments to merge so that few remain: each at least four times as large as the next, none mostly masked.
    private var due: Range<Int>? {
        for index in parts.indices where parts[index].dead * 3 > parts[index].segment.count { return index..<index + 1 }
        guard parts.count > 1 else { return nil }
        let last = parts.count - 1
        for index in stride(from: last, to: 0, by: -1)
        where parts[index].living * 4 > parts[index - 1].living || parts.count > 12 { return index - 1..<index + 1 }
        return nil
    }

    /// Makes every merge that is due and small enough to be waited for; says whether a larger one is due.
    mutating func compact(_ schema: Schema, upTo largest: Int) -> Bool {
        parts.removeAll { $0.living == 0 }
        order()
        while let range = due {
            guard parts[range].reduce(0, { $0 + $1.living }) <= largest else { return true }
            parts.replaceSubrange(range, with: [Snapshot.merged(Array(parts[range]), schema)])
            order()
        }
        return false
    }

    private mutating func order() {
        parts.sort { ($1.living, $0.segment.ids.first ?? 0) < ($0.living, $1.segment.ids.first ?? 0) }
    }

    /// The segments of the next merge due, merged; nil when none is.
    func nextMerge(_ schema: Schema) -> (sources: [Part], merged: Part)? {
        var sorted = self
        sorted.order()
        return sorted.due.map { (Array(sorted.parts[$0]), Snapshot.merged(Array(sorted.parts[$0]), schema)) }
    }

    /// Puts a merged segment in place of its sources, with what died in them meanwhile masked.
    /// Nothing happens when a source is no longer there.
    mutating func adopt(_ merge: (sources: [Part], merged: Part)) {
        var merged = merge.merged
        for source in merge.sources {
            guard let now = parts.first(where: { $0.segment === source.segment }) else { return }
            guard now.dead > source.dead else { continue }
            for document in 0..<source.segment.count where source.isAlive(document) && !now.isAlive(document) {
                if let place = merged.segment.document(source.segment.ids[document]) { merged.mask(place) }
            }
        }
        parts.removeAll { part in merge.sources.contains { $0.segment === part.segment } }
        parts.append(merged)
        order()
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
