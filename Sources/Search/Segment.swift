/// An immutable part of the index: its documents numbered from 0, their words in order, and the sorted postings.
///
/// Everything lies in one `Block`. A posting is the low half of a document's number and one byte of impact; a term's
/// postings come in runs, one per chunk of 65,536 documents, so that a query's scratch space stays in the cache.
final class Segment: Sendable {
    static let chunk = 1 << 16

    /// The postings of one term within one chunk end here; they begin where the run before ends.
    struct Run {
        var chunk: UInt32
        var end: UInt32
    }

    /// The sections of the block, in order. The facets' follow, `Column.sections` each.
    enum Part: Int, CaseIterable {
        case ids, order, keys, forwardEnds, forward
        case wordBytes, wordEnds, wordOrder, wordCounts, wordStems
        case stemBytes, stemEnds, stemCounts, runEnds, runs, low, impacts
    }

    let block: Block
    let count: Int
    let facets: [Column]

    nonisolated(unsafe) let ids: UnsafeBufferPointer<Int64>
    /// Document numbers in the order of their ids, each id once; empty when they are in that order themselves.
    nonisolated(unsafe) let order: UnsafeBufferPointer<UInt32>
    nonisolated(unsafe) let keys: UnsafeBufferPointer<Int64>
    nonisolated(unsafe) let forwardEnds: UnsafeBufferPointer<UInt32>
    nonisolated(unsafe) let forward: UnsafeBufferPointer<UInt8>
    let words: Lexicon
    /// Word numbers in the order of their bytes.
    nonisolated(unsafe) let wordOrder: UnsafeBufferPointer<UInt32>
    /// How many documents hold a word.
    nonisolated(unsafe) let wordCounts: UnsafeBufferPointer<UInt32>
    /// A word's stem, or `noStem` for stop words.
    nonisolated(unsafe) let wordStems: UnsafeBufferPointer<UInt32>
    /// Numbered in the order of their bytes.
    let stems: Lexicon
    nonisolated(unsafe) let stemCounts: UnsafeBufferPointer<UInt32>
    nonisolated(unsafe) let runEnds: UnsafeBufferPointer<UInt32>
    nonisolated(unsafe) let runs: UnsafeBufferPointer<Run>
    nonisolated(unsafe) let low: UnsafeBufferPointer<UInt16>
    nonisolated(unsafe) let impacts: UnsafeBufferPointer<UInt8>

    static let noStem = UInt32.max

    static func sections(facets: Int) -> Int { Part.allCases.count + facets * Column.sections }

    init(_ block: Block, facets facetCount: Int) {
        func part<T>(_ part: Part, _ type: T.Type) -> UnsafeBufferPointer<T> {
            UnsafeBufferPointer(block.section(part.rawValue, of: type))
        }
        self.block = block
        ids = part(.ids, Int64.self)
        count = ids.count
        order = part(.order, UInt32.self)
        keys = part(.keys, Int64.self)
        forwardEnds = part(.forwardEnds, UInt32.self)
        forward = part(.forward, UInt8.self)
        words = Lexicon(bytes: part(.wordBytes, UInt8.self), ends: part(.wordEnds, UInt32.self))
        wordOrder = part(.wordOrder, UInt32.self)
        wordCounts = part(.wordCounts, UInt32.self)
        wordStems = part(.wordStems, UInt32.self)
        stems = Lexicon(bytes: part(.stemBytes, UInt8.self), ends: part(.stemEnds, UInt32.self))
        stemCounts = part(.stemCounts, UInt32.self)
        runEnds = part(.runEnds, UInt32.self)
        runs = part(.runs, Run.self)
        low = part(.low, UInt16.self)
        impacts = part(.impacts, UInt8.self)
        facets = (0..<facetCount).map { Column(block, at: Part.allCases.count + $0 * Column.sections) }
    }

    var chunks: Int { (count + Segment.chunk - 1) / Segment.chunk }

    /// The number of the document with this id.
    func document(_ id: Int64) -> Int? {
        let places = order.isEmpty ? count : order.count
        var lower = 0
        var upper = places
        while lower < upper {
            let middle = (lower + upper) / 2
            if self.id(inOrder: middle) < id { lower = middle + 1 } else { upper = middle }
        }
        guard lower < places, self.id(inOrder: lower) == id else { return nil }
        return order.isEmpty ? lower : Int(order[lower])
    }

    private func id(inOrder place: Int) -> Int64 { order.isEmpty ? ids[place] : ids[Int(order[place])] }

    func stem(_ stem: some Collection<UInt8>) -> Int? {
        let place = stems.firstIndex(notBelow: stem) { $0 }
        return place < stems.count && stems[place].elementsEqual(stem) ? place : nil
    }

    func word(_ word: some Collection<UInt8>) -> Int? {
        let place = words.firstIndex(notBelow: word) { Int(wordOrder[$0]) }
        guard place < words.count, words[Int(wordOrder[place])].elementsEqual(word) else { return nil }
        return Int(wordOrder[place])
    }

    /// The runs of a term.
    func runs(of stem: Int) -> Range<Int> { (stem == 0 ? 0 : Int(runEnds[stem - 1]))..<Int(runEnds[stem]) }

    /// The postings of a run.
    func postings(of run: Int) -> Range<Int> { (run == 0 ? 0 : Int(runs[run - 1].end))..<Int(runs[run].end) }

    /// A document's words as `Forward` reads them.
    func text(of document: Int) -> Forward {
        let start = document == 0 ? 0 : Int(forwardEnds[document - 1])
        return Forward(bytes: forward, place: start, end: Int(forwardEnds[document]))
    }
}

/// Byte strings in one row.
struct Lexicon: @unchecked Sendable {
    let bytes: UnsafeBufferPointer<UInt8>
    let ends: UnsafeBufferPointer<UInt32>

    var count: Int { ends.count }

    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])])
    }

    func string(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    /// The first place, in an order given by `at`, whose string is not below `key`.
    func firstIndex(notBelow key: some Collection<UInt8>, _ at: (Int) -> Int) -> Int {
        var lower = 0
        var upper = count
        while lower < upper {
            let middle = (lower + upper) / 2
            if self[at(middle)].lexicographicallyPrecedes(key) { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}

/// A document's word numbers, read one by one: fields in the schema's order, each ended by `.field`; what follows
/// `.extras` within a field are joined forms ("eplanning") that the text itself does not show.
struct Forward: IteratorProtocol {
    enum Item { case word(Int), extras, field }

    let bytes: UnsafeBufferPointer<UInt8>
    var place: Int
    let end: Int

    @inline(__always)
    mutating func next() -> Item? {
        guard place < end else { return nil }
        var byte = bytes[place]
        var value = Int(byte & 0x7F)
        var shift = 7
        place += 1
        while byte >= 0x80, place < end {
            byte = bytes[place]
            value |= Int(byte & 0x7F) << shift
            shift += 7
            place += 1
        }
        switch value {
        case 0: return .field
        case 1: return .extras
        default: return .word(value - 2)
        }
    }

    static func append(_ value: Int, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
