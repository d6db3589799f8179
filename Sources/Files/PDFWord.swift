/// The few words of a PDF that tell its pages; everything else is `other`. Names written with `#xx` are not decoded.
enum PDFWord: Hashable {
    case type, page, pages, count, objectStream, flate, number, first, filter, encrypt
    case object, end, stream
    case integer(Int)
    case other

    private static let list: [(String, PDFWord)] = [
        ("/Type", .type), ("/Page", .page), ("/Pages", .pages), ("/Count", .count), ("/ObjStm", .objectStream),
        ("/FlateDecode", .flate), ("/Fl", .flate), ("/N", .number), ("/First", .first), ("/Filter", .filter),
        ("/Encrypt", .encrypt), ("obj", .object), ("endobj", .end), ("stream", .stream),
    ]
    private static let words = [[UInt8]: PDFWord](uniqueKeysWithValues: list.map { (Array($0.0.utf8), $0.1) })
    private static let initials = Array("TPCOFNEoes".utf8)

    static func of(_ bytes: [UInt8]) -> PDFWord {
        guard bytes.count <= 12, let first = bytes.first else { return .other }
        if (0x30...0x39).contains(first) {
            var value = 0
            for byte in bytes {
                guard (0x30...0x39).contains(byte) else { return .other }
                value = value * 10 + Int(byte - 0x30)
            }
            return .integer(value)
        }
        // Most words of a PDF are names of something else: they are told apart without hashing.
        let telling = first == UInt8(ascii: "/") && bytes.count > 1 ? bytes[1] : first
        return initials.contains(telling) ? words[bytes] ?? .other : .other
    }
}

/// Splits bytes into words; fed one byte at a time.
struct PDFWords {
    private var word: [UInt8] = []
    /// The last byte before the word that is no space: `stream` is one only behind `>>`.
    private(set) var before: UInt8 = 0
    private var last: UInt8 = 0

    /// The word that this byte ends, if it ends one.
    mutating func feed(_ byte: UInt8) -> PDFWord? {
        let space = byte <= 0x20
        let delimits = space || PDFWords.isDelimiter(byte)
        guard delimits else {
            if word.isEmpty { before = last }
            // Longer words mean nothing here; one byte more than the longest is enough to tell.
            if word.count <= 12 { word.append(byte) }
            last = byte
            return nil
        }
        let ended = word.isEmpty ? nil : PDFWord.of(word)
        word.removeAll(keepingCapacity: true)
        if byte == UInt8(ascii: "/") {
            before = last
            word.append(byte)
        }
        if !space { last = byte }
        return ended
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x28, 0x29, 0x2F, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D, 0x25: true
        default: false
        }
    }
}
