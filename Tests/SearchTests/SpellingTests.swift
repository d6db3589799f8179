import Search
import Testing

@Suite struct SpellingTests {
    private let corpus = index(
        (1...30).map { document($0, "Perpustakaan keliling", "bersama puskesmas") } + [document(99, "Kursi")])

    @Test func `a mistyped word is answered by the likeliest known one, and says so`() {
        let answer = corpus.search(Query("Perpustakan KELILING!"))
        #expect(answer.suggestion == "perpustakaan KELILING!")
        #expect(answer.unknown == ["perpustakan"])
        #expect(answer.total == 30)
    }

    @Test func `a known word is left alone`() {
        #expect(corpus.search(Query("puskesmas kursi")).suggestion == nil)
        #expect(corpus.search(Query("puskesmas kursi")).unknown == [])
    }

    @Test func `a word like no other matches nothing`() {
        let answer = corpus.search(Query("xylofon"))
        #expect(answer.total == 0)
        #expect(answer.suggestion == nil)
        #expect(answer.unknown == ["xylofon"])
        #expect(answer.searched)
    }

    @Test func `a beginning is completed by the most frequent words`() {
        #expect(corpus.completions(of: "mobil p") == ["perpustakaan", "puskesmas"])
        #expect(corpus.completions(of: "") == [])
        #expect(corpus.completions(of: "p", limit: -1) == [])
    }
}
