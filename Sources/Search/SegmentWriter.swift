extension Builder {
    /// The segment of everything added.
    func segment() -> Segment {
        var (order, renumbered) = sortedStems()
        let counts = countPostings(renumbered)
        let wordOrder = sortedWords()
        let runTotal = counts.runs.reduce(0) { $0 + Int($1) }
        let postings = counts.documents.reduce(0) { $0 + Int($1) }
        let stemBytes = stems.bytes.count
        var lengths = [
            ids.count * 8, 0, keys.count * ids.count * 8, forwardEnds.count * 4, forward.count,
            words.bytes.count, words.count * 4, words.count * 4, words.count * 4, words.count * 4,
            stemBytes, stems.count * 4, stems.count * 4, stems.count * 4, runTotal * MemoryLayout<Segment.Run>.stride,
            postings * 2, postings,
        ]
        let idOrder = self.order
        lengths[Segment.Part.order.rawValue] = idOrder.count * 4
        for column in columns { lengths += column.lengths }
        let block = Block(lengths: lengths)
        func fill<T>(_ part: Segment.Part, _ values: [T]) { block.fill(part.rawValue, with: values) }
        fill(.ids, ids)
        fill(.order, idOrder)
        fill(.keys, keys.flatMap { $0 })
        fill(.forwardEnds, forwardEnds)
        fill(.forward, forward)
        fill(.wordBytes, words.bytes)
        fill(.wordEnds, words.ends)
        fill(.wordOrder, wordOrder)
        fill(.wordCounts, counts.words)
        fill(.wordStems, wordStems.map { $0 == Segment.noStem ? $0 : renumbered[Int($0)] })
        var bytes: [UInt8] = []
        var ends: [UInt32] = []
        for stem in order {
            bytes += stems.bytes[stems.range(Int(stem))]
            ends.append(UInt32(bytes.count))
        }
        fill(.stemBytes, bytes)
        fill(.stemEnds, ends)
        fill(.stemCounts, counts.documents)
        order = []
        var end: UInt32 = 0
        fill(
            .runEnds,
            counts.runs.map { runs -> UInt32 in
                end += runs
                return end
            })
        writePostings(to: block, renumbered, counts)
        for (index, column) in columns.enumerated() {
            column.write(to: block, at: Segment.Part.allCases.count + index * Column.sections)
        }
        return Segment(block, facets: columns.count)
    }

    private func sortedStems() -> (order: [UInt32], renumbered: [UInt32]) {
        let order = sorted(stems)
        var renumbered = [UInt32](repeating: 0, count: order.count)
        for (place, stem) in order.enumerated() { renumbered[Int(stem)] = UInt32(place) }
        return (order, renumbered)
    }

    private func sortedWords() -> [UInt32] { sorted(words) }

    private func sorted(_ vocabulary: Vocabulary) -> [UInt32] {
        vocabulary.bytes.withUnsafeBufferPointer { bytes in
            (0..<UInt32(vocabulary.count)).sorted { a, b in
                bytes[vocabulary.range(Int(a))].lexicographicallyPrecedes(bytes[vocabulary.range(Int(b))])
            }
        }
    }

    struct Counts {
        /// Documents and runs per stem, in the stems' sorted order; documents per word.
        var documents: [UInt32]
        var runs: [UInt32]
        var words: [UInt32]
    }

    private func countPostings(_ renumbered: [UInt32]) -> Counts {
        var counts = Counts(
            documents: [UInt32](repeating: 0, count: stems.count), runs: [UInt32](repeating: 0, count: stems.count),
            words: [UInt32](repeating: 0, count: words.count))
        var seenStem = [UInt32](repeating: .max, count: stems.count)
        var seenWord = [UInt32](repeating: .max, count: words.count)
        forward.withUnsafeBufferPointer { bytes in
            for document in ids.indices {
                let number = UInt32(document)
                let start = document == 0 ? 0 : Int(forwardEnds[document - 1])
                var text = Forward(bytes: bytes, place: start, end: Int(forwardEnds[document]))
                while let item = text.next() {
                    guard case .word(let word) = item, seenWord[word] != number else { continue }
                    seenWord[word] = number
                    counts.words[word] += 1
                    guard wordStems[word] != Segment.noStem else { continue }
                    let stem = Int(renumbered[Int(wordStems[word])])
                    let last = seenStem[stem]
                    guard last != number else { continue }
                    if last == .max || last >> 16 != number >> 16 { counts.runs[stem] += 1 }
                    seenStem[stem] = number
                    counts.documents[stem] += 1
                }
            }
        }
        return counts
    }

    private func writePostings(to block: Block, _ renumbered: [UInt32], _ counts: Counts) {
        let low = block.section(Segment.Part.low.rawValue, of: UInt16.self)
        let impacts = block.section(Segment.Part.impacts.rawValue, of: UInt8.self)
        let runs = block.section(Segment.Part.runs.rawValue, of: Segment.Run.self)
        var place = [UInt32](repeating: 0, count: stems.count)
        var run = [Int32](repeating: 0, count: stems.count)
        var postings: UInt32 = 0
        var runTotal: Int32 = 0
        for stem in 0..<stems.count {
            place[stem] = postings
            run[stem] = runTotal - 1
            postings += counts.documents[stem]
            runTotal += Int32(counts.runs[stem])
        }
        var lastChunk = [UInt32](repeating: .max, count: stems.count)
        var impact = Impact(schema, stems: stems.count)
        forward.withUnsafeBufferPointer { bytes in
            for document in ids.indices {
                let chunk = UInt32(document >> 16)
                let start = document == 0 ? 0 : Int(forwardEnds[document - 1])
                impact.read(Forward(bytes: bytes, place: start, end: Int(forwardEnds[document]))) { word in
                    wordStems[word] == Segment.noStem ? nil : Int(renumbered[Int(wordStems[word])])
                }
                impact.take { stem, value in
                    if lastChunk[stem] != chunk {
                        lastChunk[stem] = chunk
                        run[stem] += 1
                        runs[Int(run[stem])].chunk = chunk
                    }
                    low[Int(place[stem])] = UInt16(truncatingIfNeeded: document)
                    impacts[Int(place[stem])] = value
                    place[stem] += 1
                    runs[Int(run[stem])].end = place[stem]
                }
            }
        }
    }
}

/// What a document's words count, field by field as in BM25F, saturated and put into one byte.
///
/// Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004. The usual length of a
/// field is a constant of the schema, so a document's impacts depend on the document alone.
struct Impact {
    private let schema: Schema
    private var sums: [Float]
    private var met: [Int] = []
    private var field: [Int] = []

    init(_ schema: Schema, stems: Int) {
        self.schema = schema
        sums = [Float](repeating: 0, count: stems)
    }

    mutating func read(_ text: Forward, stem: (Int) -> Int?) {
        var text = text
        var number = 0
        var length = 0
        var extras = false
        while let item = text.next() {
            switch item {
            case .word(let word):
                if !extras { length += 1 }
                if let stem = stem(word) { field.append(stem) }
            case .extras: extras = true
            case .field:
                if length > 0, number < schema.fields.count {
                    let kind = schema.fields[number]
                    let norm = 1 - kind.lengthEffect + kind.lengthEffect * Float(length) / kind.usualLength
                    for stem in field {
                        if sums[stem] == 0 { met.append(stem) }
                        sums[stem] += kind.weight / norm
                    }
                }
                field.removeAll(keepingCapacity: true)
                number += 1
                length = 0
                extras = false
            }
        }
    }

    /// Gives each stem met with its impact, 1 to 255, and forgets them.
    mutating func take(_ body: (Int, UInt8) -> Void) {
        for stem in met {
            let share = sums[stem] / (sums[stem] + schema.saturation)
            body(stem, UInt8(max(1, min(255, (share * 255).rounded()))))
            sums[stem] = 0
        }
        met.removeAll(keepingCapacity: true)
    }
}
