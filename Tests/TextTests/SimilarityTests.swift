import Testing
import Text

@Suite struct SimilarityTests {
    @Test(arguments: [("MARTHA", "MARHTA", 0.9611), ("DIXON", "DICKSONX", 0.8133), ("DWAYNE", "DUANE", 0.84)])
    func `Jaro-Winkler gives the values of Winkler's paper`(a: String, b: String, expected: Double) {
        #expect(abs(jaroWinkler(a, b) - expected) < 0.0001)
        #expect(jaroWinkler(a, b) == jaroWinkler(b, a))
    }

    @Test func `nothing in common is 0 and equal is 1`() {
        #expect(jaroWinkler("abc", "xyz") == 0)
        #expect(jaroWinkler("", "abc") == 0)
        #expect(jaroWinkler("", "") == 1)
    }

    @Test func `an edit is an insertion, a deletion, a replacement or a swap of neighbours`() {
        #expect(editDistance("kesehatan", "kesehatan") == 0)
        #expect(editDistance("kesehatan", "kesehtan") == 1)
        #expect(editDistance("kesehatan", "kesehatna") == 1)
        #expect(editDistance("kitten", "sitting") == 3)
        #expect(editDistance("", "tiga") == 4)
    }

    @Test func `a distance beyond the limit is not given`() {
        #expect(editDistance("kitten", "sitting", limit: 2) == nil)
        #expect(editDistance("a", "abcdef", limit: 3) == nil)
        #expect(editDistance("kitten", "sitting", limit: 3) == 3)
    }

    @Test func `word overlap looks at stems and leaves stop words out`() {
        #expect(tokenJaccard("Pelayanan untuk Desa", "layanan di desa") == 1)
        #expect(tokenJaccard("pasar desa", "pasar kota") == 1.0 / 3)
        #expect(tokenJaccard("", "") == 0)
    }
}
