/// One folded word of a text and where it stands in the original.
package struct Token: Sendable, Hashable {
    /// Lower case, without diacritics, at most `Token.longest` bytes.
    package let word: String
    /// The place in the text it was read from.
    package let range: Range<String.Index>
    /// Whether only a hyphen, a dot or an underscore parts it from the token before, as in "e-planning".
    package let glued: Bool

    /// The bytes kept of a word; what is longer is cut.
    package static let longest = 64
}

/// The folded words of a text in their order, stop words included.
///
/// An apostrophe inside a word is left out ("Jum'at" is `jumat`); every other sign parts words.
package func tokens(in text: String) -> [Token] {
    var text = text
    text.makeContiguousUTF8()
    var found: [(word: String, start: Int, end: Int, glued: Bool)] = []
    text.withUTF8 { bytes in
        scanTokens(bytes) { word, start, end, glued in
            found.append((String(decoding: word, as: UTF8.self), start, end, glued))
        }
    }
    var at = text.utf8.startIndex
    var offset = 0
    return found.map { token in
        let start = text.utf8.index(at, offsetBy: token.start - offset)
        let end = text.utf8.index(start, offsetBy: token.end - token.start)
        at = end
        offset = token.end
        return Token(word: token.word, range: start..<end, glued: token.glued)
    }
}

/// Reads the folded words out of UTF-8 bytes without making a String of any.
///
/// `body` gets the word's bytes (valid only during the call), the byte offsets where it starts and ends, and
/// whether it is glued to the word before. Bytes that are not UTF-8 part words.
package func scanTokens(
    _ text: UnsafeBufferPointer<UInt8>,
    _ body: (_ word: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ glued: Bool) -> Void
) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Token.longest) { room in
        guard let word = room.baseAddress else { return }
        var length = 0
        var start = 0
        var end = 0
        // The end of the last word while nothing but one gluing sign has followed it.
        var glue = -1
        var joined = false
        var place = 0
        func finish() {
            guard length > 0 else { return }
            body(UnsafeBufferPointer(start: word, count: length), start, end, joined)
            length = 0
            glue = end
        }
        while place < text.count {
            let byte = text[place]
            if byte < 128 {
                let folded = asciiFold[Int(byte)]
                if folded != 0 {
                    if length == 0 {
                        start = place
                        joined = glue >= 0 && place == glue + 1 && place >= 1 && isGlue(text[place - 1])
                    }
                    if length < Token.longest {
                        word[length] = folded
                        length += 1
                    }
                    end = place + 1
                } else if byte != 0x27 || length == 0 || !continues(text, place + 1) {
                    finish()
                }
                place += 1
                continue
            }
            let (scalar, width) = decodeScalar(text, place)
            switch scalar.map({ isApostrophe($0) && continues(text, place + width) ? .nothing : Folded($0) }) ?? .gap {
            case .nothing: break
            case .gap: finish()
            case .letters(let letters):
                if length == 0 {
                    start = place
                    joined = glue >= 0 && place == glue + 1 && isGlue(text[place - 1])
                }
                if length + letters.count <= Token.longest {
                    for index in 0..<letters.count { word[length + index] = letters[index] }
                    length += letters.count
                }
                end = place + width
            }
            place += width
        }
        finish()
    }
}

private let asciiFold: [UInt8] = (0..<128).map { (byte: UInt8) in
    switch byte {
    case 97...122, 48...57: byte
    case 65...90: byte | 32
    default: 0
    }
}

private func isGlue(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2E || byte == 0x5F }

private func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0x2019 || scalar.value == 0x02BC }

private func continues(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    guard place < text.count else { return false }
    let byte = text[place]
    return byte < 128 && asciiFold[Int(byte)] != 0
}

private func decodeScalar(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> (Unicode.Scalar?, Int) {
    let first = UInt32(text[place])
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard width > 1, place + width <= text.count else { return (nil, 1) }
    var value = first & (0x7F >> UInt32(width))
    for offset in 1..<width {
        let next = UInt32(text[place + offset])
        guard next & 0xC0 == 0x80 else { return (nil, 1) }
        value = value << 6 | (next & 0x3F)
    }
    return (Unicode.Scalar(value), width)
}
