/// One facet of a segment. A document holds the number of a *set* of values, so that a document with several values
/// costs no more to count than one with one; counts of sets are spread over their values at the end.
struct Column: @unchecked Sendable {
    static let sections = 5

    /// Bytes per document: 1, 2 or 4.
    let width: Int
    let data: UnsafeRawPointer
    /// Where the values of a set end in `members`.
    let setEnds: UnsafeBufferPointer<UInt32>
    let members: UnsafeBufferPointer<UInt32>
    let values: [String]

    init(_ block: Block, at first: Int) {
        let bytes = block.section(first, of: UInt8.self)
        data = UnsafeRawPointer(bytes.baseAddress ?? block.base.assumingMemoryBound(to: UInt8.self))
        setEnds = UnsafeBufferPointer(block.section(first + 1, of: UInt32.self))
        members = UnsafeBufferPointer(block.section(first + 2, of: UInt32.self))
        let lexicon = Lexicon(
            bytes: UnsafeBufferPointer(block.section(first + 3, of: UInt8.self)),
            ends: UnsafeBufferPointer(block.section(first + 4, of: UInt32.self)))
        values = (0..<lexicon.count).map(lexicon.string)
        width = Column.width(sets: setEnds.count)
    }

    var sets: Int { setEnds.count }

    func members(of set: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(rebasing: members[(set == 0 ? 0 : Int(setEnds[set - 1]))..<Int(setEnds[set])])
    }

    @inline(__always)
    func set(of document: Int) -> Int {
        switch width {
        case 1: Int(data.load(fromByteOffset: document, as: UInt8.self))
        case 2: Int(data.load(fromByteOffset: document * 2, as: UInt16.self))
        default: Int(data.load(fromByteOffset: document * 4, as: UInt32.self))
        }
    }

    static func width(sets: Int) -> Int { sets <= 1 << 8 ? 1 : sets <= 1 << 16 ? 2 : 4 }
}

/// A facet while a segment is built.
struct ColumnBuilder {
    private var values = Vocabulary()
    private var sets: [[UInt32]: UInt32] = [:]
    private var setList: [[UInt32]] = []
    private var column: [UInt32] = []

    mutating func append(_ texts: [String]) {
        var members: [UInt32] = []
        for text in texts {
            let number = values.number(of: text).0
            if !members.contains(number) { members.append(number) }
        }
        members.sort()
        if let set = sets[members] {
            column.append(set)
        } else {
            sets[members] = UInt32(setList.count)
            column.append(UInt32(setList.count))
            setList.append(members)
        }
    }

    var lengths: [Int] {
        [
            column.count * Column.width(sets: setList.count), setList.count * 4,
            setList.reduce(0) { $0 + $1.count } * 4, values.bytes.count, values.count * 4,
        ]
    }

    func write(to block: Block, at first: Int) {
        switch Column.width(sets: setList.count) {
        case 1: block.fill(first, with: column.map { UInt8($0) })
        case 2: block.fill(first, with: column.map { UInt16($0) })
        default: block.fill(first, with: column)
        }
        var end: UInt32 = 0
        block.fill(
            first + 1,
            with: setList.map { set -> UInt32 in
                end += UInt32(set.count)
                return end
            })
        block.fill(first + 2, with: setList.flatMap { $0 })
        block.fill(first + 3, with: values.bytes)
        block.fill(first + 4, with: values.ends)
    }
}
