import Search
import Testing

@Suite struct RankingTests {
    @Test func `any word may match, and more of the words asked for come first`() {
        let index = index([
            document(1, "Pasar ikan"), document(2, "Pasar sayur"), document(3, "Pasar sayur desa"), document(4, "Guru"),
        ])
        #expect(index.ids("sayur desa pasar") == [3, 2, 1])
    }

    @Test func `a word in the title counts more than one in the text`() {
        let index = index([
            document(1, "Guru", "tentang banjir di kota"), document(2, "Banjir", "tentang guru di kota"),
        ])
        #expect(index.ids("banjir") == [2, 1])
    }

    @Test func `a rare word counts more than a common one`() {
        var all = (1...20).map { document(Int64($0), "desa") }
        all.append(document(30, "karantina"))
        #expect(index(all).ids("desa karantina").first == 30)
    }

    @Test func `affixed forms meet`() {
        let index = index([document(1, "Perizinan terpadu"), document(2, "Kependudukan")])
        #expect(index.ids("izin") == [1])
        #expect(index.ids("penduduk") == [2])
    }

    @Test func `equal matches are ordered by id`() {
        let index = index([5, 3, 9].map { document($0, "desa") })
        #expect(index.ids("desa") == [3, 5, 9])
    }

    @Test func `words written apart or together meet`() {
        let index = index([
            document(1, "E-Planning kota"), document(2, "EPlanning kota"), document(3, "E Planning kota"),
            document(4, "guru"),
        ])
        for query in ["e-planning", "eplanning", "e planning", "E PLANNING"] {
            #expect(Set(index.ids(query)) == [1, 2, 3], "\(query)")
        }
        #expect(self.index2.ids("petabencana") == [1, 2])
        #expect(self.index2.ids("peta bencana").prefix(2).sorted() == [1, 2])
    }

    private var index2: Index { index([document(1, "PetaBencana.id"), document(2, "Peta bencana desa")]) }

    @Test func `synonyms meet, also those of several words, and a narrower one only one way`() {
        let index = index([
            document(1, "Kartu Tanda Penduduk"), document(2, "KTP keliling"), document(3, "tanda batas dan kartu anak"),
            document(4, "Samsat"), document(5, "Pajak kendaraan"),
        ])
        #expect(Set(index.ids("ktp")) == [1, 2])
        #expect(Set(index.ids("kartu tanda penduduk")) == [1, 2, 3])
        #expect(Set(index.ids("pajak kendaraan")) == [4, 5])
        #expect(index.ids("samsat") == [4])
    }

    @Test func `a phrase in quotes is required and literal`() {
        let index = index([
            document(1, "Bank sampah desa"), document(2, "Sampah bank"), document(3, "Bank dan sampah"),
            document(4, "Bank", "sampah"), document(5, "Bank sampahan"),
        ])
        #expect(index.ids("\"bank sampah\"") == [1])
        #expect(index.ids("“Bank dan sampah”") == [3])
        #expect(index.ids("desa \"sampah bank\"") == [2])
        #expect(index.ids("\"bank naga\"") == [])
        #expect(Set(index.ids("\"bank sampah")) == [1, 2, 3, 4, 5])
    }

    @Test func `marks show what was found`() {
        let index = index([document(1, "Pelayanan e-planning untuk Kartu Tanda Penduduk")])
        let text = "Layanan E-Planning, kartu tanda penduduk dan kartu lain"
        let answer = index.search(Query("layanan eplanning ktp"))
        #expect(
            answer.marks.ranges(in: text).map { String(text[$0]) } == [
                "Layanan", "E", "Planning", "kartu", "tanda", "penduduk",
            ])
        #expect(index.search(Query("")).marks.ranges(in: text) == [])
    }

    @Test func `the gain is 1 for a perfect ranking and falls with every place`() {
        #expect(Judgement.gain([1, 2, 9], relevant: [1, 2]) == 1)
        #expect(Judgement.gain([9, 1], relevant: [1]) == 1 / 1.584962500721156)
        #expect(Judgement.gain([9, 8], relevant: [1]) == 0)
        #expect(Judgement.gain([Int](), relevant: []) == 0)
    }
}
