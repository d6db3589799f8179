import Search
import Testing

@Suite struct BadInputTests {
    private let corpus = index(crowd(200))

    @Test(arguments: [
        "", "   ", "\0\0", "\u{1}\u{7F}", "\u{202E}\u{200F}", "'\"*()-:^", "\"\"", "\" \"", "yang dan di", "🏛",
    ])
    func `text without a telling word lists everything`(text: String) {
        let answer = corpus.search(Query(text, counting: ["year"]))
        #expect(answer.total == 200)
        #expect(!answer.searched)
        #expect(answer.rows.first?.id == 200)
    }

    @Test(arguments: [
        "guru AND", "NOT guru", "guru OR *", "(guru", "guru:", "^guru*", "-guru", "gu\u{200F}ru", "\0guru\0",
    ])
    func `operators are just text`(text: String) {
        #expect(
            Set(corpus.search(Query(text, limit: 500)).rows.map(\.id)).isSuperset(
                of: corpus.search(Query("guru", limit: 500)).rows.map(\.id)))
    }

    @Test func `ten thousand letters, words or quotes are bounded`() {
        #expect(corpus.search(Query(String(repeating: "a", count: 10_000))).total == 0)
        let words = (0..<2500).map { "w\($0)" }.joined(separator: " ") + " guru"
        #expect(corpus.search(Query(words)).unknown.count <= Query.mostWords)
        #expect(corpus.search(Query(String(repeating: "\"guru\" ", count: 1500))).total > 0)
        #expect(corpus.search(Query(String(repeating: "\"", count: 10_000))).total == 200)
    }

    @Test func `an empty index answers nothing`() {
        let empty = Index(schema)
        #expect(empty.search(Query("guru", counting: ["year"])).facets == ["year": []])
        #expect(empty.search(Query("")).total == 0)
        #expect(empty.completions(of: "g") == [])
    }

    @Test func `an unknown order answers nothing`() {
        #expect(corpus.search(Query("guru", sort: .highest("colour"))).rows == [])
    }

    @Test func `documents with missing or odd values can be found`() {
        let odd = index([
            Document(id: .min, texts: []), Document(id: .max, texts: ["guru", "", "more"], facets: [["a", "a", ""]]),
            Document(id: 0, texts: ["\0", String(repeating: "x", count: 100_000)], keys: [.max, .min, 3]),
        ])
        #expect(odd.count == 3)
        #expect(odd.ids("guru") == [.max])
        #expect(odd.search(Query("", sort: .newest)).rows.map(\.id) == [0, .max, .min])
        #expect(odd.search(Query("guru", counting: ["year"])).facets["year"]?.map(\.value).sorted() == ["", "a"])
    }
}
