import CZlib
import Foundation

/// How many pages a PDF has, found in one pass without a PDF reader: the greatest `/Count` of its page trees, and the
/// objects that are pages, both also inside compressed object streams.
///
/// It is a bound against documents nobody can review, not a proof: names written with `#xx`, object streams packed by
/// other means than Flate, and encrypted ones are not seen, and a page that a later revision removed still counts.
struct PageCount {
    /// The greatest `/Count` of a dictionary of type Pages.
    private(set) var declared: Int?
    /// The numbers of the objects that are pages, at most one more than the limit.
    private(set) var objects: Set<Int> = []
    private(set) var isEncrypted = false

    /// What to show: what the page tree says, else what was found.
    var pages: Int? { declared ?? (objects.isEmpty ? nil : objects.count) }

    private var current = Dictionary()
    private var previous = (PDFWord.other, PDFWord.other)
    private var objectNumber = 0
    private var budget = 64 << 20

    /// What is known of the object being read.
    private struct Dictionary {
        var isPages = false
        var isObjectStream = false
        var isFlate = false
        var isFiltered = false
        var count: Int?
        var number = 0
        var first = 0
    }

    /// The most bytes of one object stream as stored; a longer one is passed over.
    private static let longestStream = 8 << 20

    static func read(_ file: OpenFile) throws -> PageCount {
        var count = PageCount()
        var words = PDFWords()
        var stream: [UInt8]?
        var carry: [UInt8] = []
        let mark = Array("endstream".utf8)
        try file.each { piece in
            let bytes = carry + piece
            carry = []
            var place = 0
            while place < bytes.count {
                guard let collected = stream else {
                    if let word = words.feed(bytes[place]), count.take(word, words) { stream = [] }
                    place += 1
                    continue
                }
                let found = position(of: mark, in: bytes, from: place)
                let end = found ?? max(place, bytes.count - mark.count + 1)
                let room = longestStream - collected.count
                if count.current.isObjectStream, room > 0 {
                    stream?.append(contentsOf: bytes[place..<end].prefix(room))
                }
                place = end
                guard found != nil else {
                    carry = Array(bytes[end...])
                    break
                }
                place += mark.count
                if let body = stream { count.takeStream(body) }
                stream = nil
            }
        }
        if let word = words.feed(0x20) { _ = count.take(word, words) }
        count.endObject()
        return count
    }

    /// Notes a word; true when a stream's bytes begin behind it.
    private mutating func take(_ word: PDFWord, _ words: PDFWords) -> Bool {
        defer { previous = (previous.1, word) }
        switch (previous.1, word) {
        case (.integer, .object):
            endObject()
            if case .integer(let number) = previous.0 { objectNumber = number }
        case (.type, .page): notePage(objectNumber)
        case (.type, .pages): current.isPages = true
        case (.type, .objectStream): current.isObjectStream = true
        case (.count, .integer(let n)): current.count = n
        case (.number, .integer(let n)): current.number = n
        case (.first, .integer(let n)): current.first = n
        case (_, .flate): current.isFlate = true
        case (_, .filter): current.isFiltered = true
        case (_, .encrypt): isEncrypted = true
        case (_, .end): endObject()
        case (_, .stream): return words.before == UInt8(ascii: ">")
        default: break
        }
        return false
    }

    private mutating func notePage(_ number: Int) {
        if objects.count <= ContentLimit.pages { objects.insert(number) }
    }

    private mutating func endObject() {
        if current.isPages, let count = current.count { declared = max(declared ?? 0, count) }
        current = Dictionary()
    }

    /// The objects inside an object stream: numbers and places first, then the dictionaries (ISO 32000-2, 7.5.7).
    private mutating func takeStream(_ packed: [UInt8]) {
        let (stream, number) = (current, objectNumber)
        endObject()
        defer { objectNumber = number }
        guard stream.isObjectStream, !stream.isFiltered || stream.isFlate else { return }
        let start = packed.prefix(2).prefix { $0 == 0x0D || $0 == 0x0A }.count
        let body = Array(packed.dropFirst(start))
        let bytes = stream.isFlate ? inflated(body, most: min(budget, 16 << 20)) : body
        budget -= bytes.count
        guard stream.first > 0, stream.first < bytes.count, stream.number > 0, stream.number < 100_000 else { return }
        var words = PDFWords()
        var header: [Int] = []
        for byte in bytes[..<stream.first] {
            if case .integer(let n)? = words.feed(byte) { header.append(n) }
        }
        if case .integer(let n)? = words.feed(0x20) { header.append(n) }
        let starts = stride(from: 0, to: min(header.count - 1, 2 * stream.number), by: 2).map {
            (number: header[$0], place: stream.first + header[$0 + 1])
        }
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1].place : bytes.count
            guard start.place < end, end <= bytes.count else { continue }
            objectNumber = start.number
            var words = PDFWords()
            for byte in bytes[start.place..<end] { if let word = words.feed(byte) { _ = take(word, words) } }
            if let word = words.feed(0x20) { _ = take(word, words) }
            endObject()
        }
    }
}

private func position(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { all in
        guard let base = all.baseAddress, let first = mark.first else { return nil }
        var place = start
        while place + mark.count <= all.count,
            let found = memchr(base + place, Int32(first), all.count - mark.count + 1 - place)
        {
            if memcmp(found, mark, mark.count) == 0 { return base.distance(to: UnsafeRawPointer(found)) }
            place = base.distance(to: UnsafeRawPointer(found)) + 1
        }
        return nil
    }
}

/// What a zlib stream holds, at most so many bytes of it; what came before damage, too.
private func inflated(_ packed: [UInt8], most: Int) -> [UInt8] {
    var stream = z_stream()
    guard most > 0, inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return [] }
    defer { inflateEnd(&stream) }
    var packed = packed
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    packed.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        while out.count < most {
            let (status, got) = buffer.withUnsafeMutableBufferPointer { output in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                return (status, output.count - Int(stream.avail_out))
            }
            out += buffer[..<got]
            if status != Z_OK || got == 0 { break }
        }
    }
    return out
}
