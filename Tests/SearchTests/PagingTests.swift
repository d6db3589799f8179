import Search
import Testing

@Suite struct PagingTests {
    private func walk(_ index: Index, _ query: Query) -> (ids: [Int64], last: Answer) {
        var query = query
        var ids: [Int64] = []
        while true {
            let answer = index.search(query)
            ids += answer.rows.map(\.id)
            guard let next = answer.next else { return (ids, answer) }
            query.cursor = Cursor(next.text)
        }
    }

    @Test func `newest first walks the whole result without doubles`() {
        let index = index(crowd(2500))
        let (ids, _) = walk(index, Query("", sort: .newest, limit: 97))
        #expect(ids == (1...2500).reversed().map(Int64.init))
    }

    @Test func `equal keys are walked by id`() {
        let index = index(crowd(900))
        let (ids, _) = walk(index, Query("guru", sort: .highest("year"), limit: 50))
        #expect(Set(ids).count == ids.count)
        #expect(ids.count == index.search(Query("guru")).total)
    }

    @Test func `relevance walks every match of a small result`() {
        let index = index(crowd(900))
        let whole = index.search(Query("kopi jalan", limit: 1000)).rows.map(\.id)
        let (ids, last) = walk(index, Query("kopi jalan", limit: 7))
        #expect(ids == whole)
        #expect(!last.cut)
    }

    @Test func `relevance ends at a thousand and says so`() {
        let index = index(crowd(3000))
        let (ids, last) = walk(index, Query("sehat desa", limit: 300))
        #expect(ids.count == 1000)
        #expect(Set(ids).count == 1000)
        #expect(last.cut)
        #expect(last.total > 1000)
    }

    @Test(arguments: [
        "", "r", "r.1.2", "x.1.2.3", "r.1.2.-3", "r.zz.!.1", "k.1.2.99999999999999999999", "r.....", "r.1.1.1x",
    ])
    func `a forged cursor is none`(text: String) {
        #expect(Cursor(text) == nil)
    }

    @Test func `a cursor of another order begins anew`() {
        let index = index(crowd(100))
        let next = index.search(Query("", sort: .newest, limit: 10)).next
        let first = index.search(Query("sehat", limit: 10))
        #expect(index.search(Query("sehat", limit: 10, cursor: next)).rows == first.rows)
    }

    @Test(arguments: [-1, 0, Int.min])
    func `a limit below one gives the total and no rows`(limit: Int) {
        let answer = index(crowd(50)).search(Query("", limit: limit, counting: ["year"]))
        #expect(answer.total == 50)
        #expect(answer.rows == [])
        #expect(answer.next == nil)
    }

    @Test func `a huge limit is cut to a thousand`() {
        #expect(index(crowd(1200)).search(Query("", limit: .max)).rows.count == 1000)
    }
}
