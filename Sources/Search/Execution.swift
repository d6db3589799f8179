/// Runs a plan over one segment, chunk by chunk.
struct Execution {
    let part: Snapshot.Part
    let number: Int
    let scratch: Scratch
    let plan: Plan
    let coordination: [Float]
    /// The key to sort by; nil by relevance.
    let key: Int?
    private var terms: [Term] = []
    private var sequences: [Sequence] = []

    /// One stem's postings and the place reached in them.
    private struct Term {
        let runs: Range<Int>
        var next: Int
        let bits: UInt32
        let weight: Float
        let count: Int

        mutating func run(at chunk: Int, in segment: Segment) -> Range<Int> {
            while next < runs.upperBound, segment.runs[next].chunk < UInt32(chunk) { next += 1 }
            guard next < runs.upperBound, segment.runs[next].chunk == UInt32(chunk) else { return 0..<0 }
            return segment.postings(of: next)
        }
    }

    /// Stems that must all be there, then be found one after another.
    private struct Sequence {
        var terms: [Term]
        let bits: UInt32
        let weight: Float
        let numbers: [UInt32]
        /// Whether `numbers` are words, to be met exactly, or stems.
        let exact: Bool
    }

    init(_ part: Snapshot.Part, _ number: Int, _ plan: Plan, coordination: [Float], key: Int?, _ scratch: Scratch) {
        self.part = part
        self.number = number
        self.plan = plan
        self.coordination = coordination
        self.key = key
        self.scratch = scratch
        for alternative in plan.alternatives { resolve(alternative) }
    }

    private mutating func resolve(_ alternative: Plan.Alternative) {
        let segment = part.segment
        func term(_ stem: Int) -> Term {
            let runs = segment.runs(of: stem)
            return Term(
                runs: runs, next: runs.lowerBound, bits: alternative.bits, weight: alternative.weight,
                count: Int(segment.stemCounts[stem]))
        }
        switch alternative.test {
        case .stem(let stem):
            if let stem = segment.stem(stem.utf8) { terms.append(term(stem)) }
        case .sequence(let stems):
            let found = stems.compactMap { segment.stem($0.utf8) }
            guard found.count == stems.count else { return }
            sequences.append(
                Sequence(
                    terms: Set(found).map(term).sorted { $0.count < $1.count }, bits: alternative.bits,
                    weight: alternative.weight, numbers: found.map(UInt32.init), exact: false))
        case .phrase(let words):
            let found = words.compactMap { segment.word($0.utf8) }
            guard found.count == words.count else { return }
            let stems = Set(found.map { segment.wordStems[$0] }).subtracting([Segment.noStem])
            sequences.append(
                Sequence(
                    terms: stems.map { term(Int($0)) }.sorted { $0.count < $1.count }, bits: alternative.bits,
                    weight: alternative.weight, numbers: found.map(UInt32.init), exact: true))
        }
    }

    mutating func run(_ counting: inout Counting, _ top: inout Top) {
        let segment = part.segment
        for chunk in 0..<segment.chunks {
            let base = chunk << 16
            let size = min(Segment.chunk, segment.count - base)
            if !plan.isEmpty, terms.count == 1, sequences.isEmpty, part.alive == nil, counting.filters.isEmpty,
                plan.required & ~terms[0].bits == 0
            {
                single(chunk, base, &counting, &top)
                continue
            }
            let met = plan.isEmpty ? all(size) : collect(chunk, base)
            guard met > 0 else { continue }
            let living = keep(met, base)
            let passing = counting.sift(living.docs, living.count, base, scratch)
            counting.count(passing.docs, passing.count, base)
            counting.total += passing.count
            offer(passing.docs, passing.count, base, &top)
            if !plan.isEmpty { clear(met, size) }
        }
    }

    /// One word, nothing masked and nothing filtered: the postings themselves are the matches.
    private mutating func single(_ chunk: Int, _ base: Int, _ counting: inout Counting, _ top: inout Top) {
        let segment = part.segment
        let postings = terms[0].run(at: chunk, in: segment)
        guard !postings.isEmpty, let low = segment.low.baseAddress, let impacts = segment.impacts.baseAddress else {
            return
        }
        let docs = low + postings.lowerBound
        counting.count(docs, postings.count, base)
        counting.total += postings.count
        guard key == nil else { return offer(docs, postings.count, base, &top) }
        let factor = terms[0].weight * coordination[terms[0].bits.nonzeroBitCount]
        for index in 0..<postings.count {
            let place = Int64((factor * Float(impacts[postings.lowerBound + index])).bitPattern)
            if place >= top.bar || top.after != nil {
                let document = base + Int(docs[index])
                top.offer(place, ~segment.ids[document], number, document)
            }
        }
    }

    private func all(_ size: Int) -> Int {
        for index in 0..<size { scratch.met[index] = UInt16(truncatingIfNeeded: index) }
        return size
    }

    /// Adds up the chunk's scores; returns how many documents were met.
    private mutating func collect(_ chunk: Int, _ base: Int) -> Int {
        let segment = part.segment
        guard let low = segment.low.baseAddress, let impacts = segment.impacts.baseAddress else { return 0 }
        let (scores, bits, met) = (scratch.scores, scratch.bits, scratch.met)
        var count = 0
        for index in terms.indices {
            let postings = terms[index].run(at: chunk, in: segment)
            let own = terms[index].bits
            let weight = terms[index].weight
            let again = weight * Execution.echo
            for place in postings {
                let document = Int(low[place])
                let had = bits[document]
                met[count] = UInt16(truncatingIfNeeded: document)
                count &+= had == 0 ? 1 : 0
                bits[document] = had | own
                scores[document] += (had & own == own ? again : weight) * Float(impacts[place])
            }
        }
        for index in sequences.indices {
            gather(&sequences[index], chunk, base) { document, impact, own, weight in
                let had = bits[document]
                met[count] = UInt16(truncatingIfNeeded: document)
                count &+= had == 0 ? 1 : 0
                bits[document] = had | own
                scores[document] += (had & own == own ? weight * Execution.echo : weight) * Float(impact)
            }
        }
        return count
    }

    /// What a second way of meeting a concept counts beside the first.
    private static let echo: Float = 0.3

    private func gather(
        _ sequence: inout Sequence, _ chunk: Int, _ base: Int, _ body: (Int, UInt8, UInt32, Float) -> Void
    ) {
        let segment = part.segment
        let (steps, least) = (scratch.steps, scratch.least)
        guard !sequence.terms.isEmpty else { return }
        let first = sequence.terms[0].run(at: chunk, in: segment)
        for place in first {
            steps[Int(segment.low[place])] = 1
            least[Int(segment.low[place])] = segment.impacts[place]
        }
        for step in 1..<max(1, sequence.terms.count) {
            for place in sequence.terms[step].run(at: chunk, in: segment) {
                let document = Int(segment.low[place])
                guard steps[document] == UInt8(step) else { continue }
                steps[document] = UInt8(step + 1)
                least[document] = min(least[document], segment.impacts[place])
            }
        }
        for place in first {
            let document = Int(segment.low[place])
            if steps[document] == UInt8(sequence.terms.count),
                segment.text(of: base + document).holds(
                    sequence.numbers, stems: sequence.exact ? nil : segment.wordStems)
            {
                body(document, least[document], sequence.bits, sequence.weight)
            }
            steps[document] = 0
            least[document] = 0
        }
    }

    /// The documents met that live and meet what is required.
    private func keep(_ met: Int, _ base: Int) -> (docs: UnsafePointer<UInt16>, count: Int) {
        let required = plan.required
        guard part.alive != nil || required != 0 else { return (UnsafePointer(scratch.met), met) }
        let passing = scratch.passing
        var count = 0
        for index in 0..<met {
            let document = Int(scratch.met[index])
            passing[count] = UInt16(truncatingIfNeeded: document)
            if plan.isEmpty || scratch.bits[document] & required == required { count += 1 }
        }
        guard let alive = part.alive else { return (UnsafePointer(passing), count) }
        var living = 0
        alive.withUnsafeBufferPointer { alive in
            for index in 0..<count {
                let document = base + Int(passing[index])
                passing[living] = passing[index]
                living &+= Int((alive[document >> 6] >> UInt64(document & 63)) & 1)
            }
        }
        return (UnsafePointer(passing), living)
    }

    private func offer(_ docs: UnsafePointer<UInt16>, _ count: Int, _ base: Int, _ top: inout Top) {
        let segment = part.segment
        if let key {
            let keys = segment.keys
            let column = key * segment.count
            for index in 0..<count {
                let document = base + Int(docs[index])
                let place = column + document < keys.count ? keys[column + document] : 0
                if place >= top.bar || top.after != nil { top.offer(place, segment.ids[document], number, document) }
            }
            return
        }
        let (scores, bits) = (scratch.scores, scratch.bits)
        coordination.withUnsafeBufferPointer { coordination in
            for index in 0..<count {
                let low = Int(docs[index])
                let score = scores[low] * coordination[bits[low].nonzeroBitCount]
                let place = Int64(score.bitPattern)
                if place >= top.bar || top.after != nil {
                    top.offer(place, ~segment.ids[base + low], number, base + low)
                }
            }
        }
    }

    private func clear(_ met: Int, _ size: Int) {
        if met > size / 4 {
            scratch.scores.update(repeating: 0, count: size)
            scratch.bits.update(repeating: 0, count: size)
            return
        }
        for index in 0..<met {
            scratch.scores[Int(scratch.met[index])] = 0
            scratch.bits[Int(scratch.met[index])] = 0
        }
    }
}

extension Forward {
    /// Whether these numbers stand one after another within one field: words exactly, or stems with stop words
    /// between them let pass.
    func holds(_ numbers: [UInt32], stems: UnsafeBufferPointer<UInt32>?) -> Bool {
        var text = self
        var recent: [UInt32] = []
        var extras = false
        while let item = text.next() {
            switch item {
            case .field:
                recent.removeAll(keepingCapacity: true)
                extras = false
            case .extras: extras = true
            case .word(let word):
                guard !extras else { continue }
                let number = stems.map { $0[word] } ?? UInt32(word)
                if stems != nil, number == Segment.noStem { continue }
                if recent.count == numbers.count { recent.removeFirst() }
                recent.append(number)
                if recent == numbers { return true }
            }
        }
        return false
    }
}
