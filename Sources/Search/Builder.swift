import Text

/// Gathers documents and turns them into one segment.
///
/// A text is read once into word numbers; the postings are made from those at the end, so that merging segments needs
/// no text and no stemming. Not for use by two threads at once.
package final class Builder {
    let schema: Schema
    var words = Vocabulary()
    var stems = Vocabulary()
    /// A word's stem.
    var wordStems: [UInt32] = []
    var forward: [UInt8] = []
    var forwardEnds: [UInt32] = []
    var ids: [Int64] = []
    var keys: [[Int64]]
    var columns: [ColumnBuilder]
    /// Documents of an id that was added again later.
    var replaced: [Int] = []
    private var ascending = true
    private var numbers: [Int64: Int] = [:]
    private let joined = JoinedWord()

    package init(_ schema: Schema) {
        self.schema = schema
        keys = schema.keys.map { _ in [] }
        columns = schema.facets.map { _ in ColumnBuilder() }
    }

    package var count: Int { ids.count - replaced.count }

    /// Adds a document; one of the same id added before is replaced.
    package func add(_ document: Document) {
        begin(document.id)
        for key in keys.indices { keys[key].append(key < document.keys.count ? document.keys[key] : 0) }
        for facet in columns.indices {
            columns[facet].append(facet < document.facets.count ? document.facets[facet] : [])
        }
        for field in schema.fields.indices {
            if field < document.texts.count, !document.texts[field].isEmpty {
                var text = document.texts[field]
                text.withUTF8 { read($0) }
            }
            forward.append(0)
        }
        forwardEnds.append(UInt32(forward.count))
    }

    /// Notes a document's id before its values are appended.
    func begin(_ id: Int64) {
        if ascending, let last = ids.last, id <= last {
            ascending = false
            for (number, id) in ids.enumerated() { numbers[id] = number }
        }
        if !ascending {
            if let earlier = numbers[id] { replaced.append(earlier) }
            numbers[id] = ids.count
        }
        ids.append(id)
    }

    /// Document numbers by id without those replaced; empty when all stand in that order.
    var order: [UInt32] {
        ascending ? [] : numbers.values.map(UInt32.init).sorted { ids[Int($0)] < ids[Int($1)] }
    }

    private func read(_ text: UnsafeBufferPointer<UInt8>) {
        var extras: [UInt32] = []
        joined.start()
        scanTokens(text) { bytes, start, end, glued in
            Forward.append(Int(number(of: bytes)) + 2, to: &forward)
            joined.meet(bytes, glued: glued) { extras.append(number(of: $0)) }
        }
        guard !extras.isEmpty else { return }
        forward.append(1)
        for extra in extras { Forward.append(Int(extra) + 2, to: &forward) }
    }

    /// The number of a folded word, with its stem looked up when it is new.
    func number(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let (number, isNew) = words.number(of: word)
        guard isNew else { return number }
        let text = String(decoding: word, as: UTF8.self)
        wordStems.append(
            StopWords.contains(text) ? Segment.noStem : stems.number(of: Stemmer.indonesian.stem(text)).0)
        return number
    }
}

/// Finds the joined forms of neighbouring words while a text is read: what a hyphen parts ("e-planning" is also
/// `eplanning`), and a first part of one or two letters apart ("e planning", "si pekat").
final class JoinedWord {
    private var last: [UInt8] = []

    func start() { last.removeAll(keepingCapacity: true) }

    func meet(_ word: UnsafeBufferPointer<UInt8>, glued: Bool, _ found: (UnsafeBufferPointer<UInt8>) -> Void) {
        let short = last.count <= 2 && last.first.map { $0 >= 97 } ?? false
        if !last.isEmpty, glued || short, word.count >= 2, last.count + word.count <= Token.longest {
            last.append(contentsOf: word)
            last.withUnsafeBufferPointer(found)
        }
        last.removeAll(keepingCapacity: true)
        last.append(contentsOf: word)
    }
}
