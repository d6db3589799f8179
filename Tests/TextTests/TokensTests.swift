import Testing
import Text

@Suite struct TokensTests {
    @Test func `words are folded and know their place in the text`() {
        let text = "Layanan «Kése­hatan», Jum'at"
        let found = tokens(in: text)
        #expect(found.map(\.word) == ["layanan", "kesehatan", "jumat"])
        #expect(found.map { String(text[$0.range]) } == ["Layanan", "Kése­hatan", "Jum'at"])
    }

    @Test func `a hyphen, dot or underscore glues a word to the one before, a space or slash does not`() {
        let found = tokens(in: "e-planning PBB.P2 desa/kelurahan a - b")
        #expect(found.map(\.word) == ["e", "planning", "pbb", "p2", "desa", "kelurahan", "a", "b"])
        #expect(found.map(\.glued) == [false, true, false, true, false, false, false, false])
    }

    @Test func `curly quotes and direction marks are no letters`() {
        #expect(tokens(in: "“LARASITA”\u{200F} ‘Zero’ TA’PACI").map(\.word) == ["larasita", "zero", "tapaci"])
        #expect(fold("“LARASITA”\u{200F} ‘Zero’ — Ｆｕｌｌ É") == "larasita zero full e")
    }

    @Test(arguments: ["", "\0", "\u{1}\u{2}", "\u{202E}", "\"*()-:^'", "\u{FFFD}", "🏛️"])
    func `text without letters has no words`(text: String) {
        #expect(tokens(in: text) == [])
    }

    @Test func `a word longer than the longest is cut, not lost`() {
        let found = tokens(in: String(repeating: "a", count: 10_000))
        #expect(found.map(\.word.utf8.count) == [Token.longest])
    }

    @Test func `bytes that are not UTF-8 part words`() {
        let bytes: [UInt8] = Array("kota".utf8) + [0xED, 0xA0, 0x80, 0xFF, 0xC3] + Array("desa".utf8) + [0xE2, 0x80]
        var found: [String] = []
        bytes.withUnsafeBufferPointer { bytes in
            scanTokens(bytes) { word, _, _, _ in found.append(String(decoding: word, as: UTF8.self)) }
        }
        #expect(found == ["kota", "desa"])
    }
}
