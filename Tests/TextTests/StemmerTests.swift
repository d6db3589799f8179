import Testing
import Text

@Suite struct StemmerTests {
    @Test(arguments: [
        ("perizinan", "izin"), ("pelayanan", "layan"), ("kependudukan", "duduk"), ("bukunya", "buku"), ("pbb2", "pbb2"),
        ("", ""),
    ])
    func `affixes are taken off`(word: String, stem: String) {
        #expect(Stemmer.indonesian.stem(word) == stem)
    }

    @Test func `many threads may stem at once`() async {
        let words = (0..<2000).map { "pe\(["layan", "tani", "kerja", "duduk"][$0 % 4])an" }
        let alone = words.map(Stemmer.indonesian.stem)
        await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { words.map(Stemmer.indonesian.stem) } }
            for await together in group { #expect(together == alone) }
        }
    }

    @Test func `function words are stop words, words of the field are not`() {
        #expect(["yang", "untuk", "the"].allSatisfy(StopWords.contains))
        #expect(!["desa", "layanan", "satu", "baru"].contains(where: StopWords.contains))
    }
}
