import Search
import Testing

@Suite struct FacetTests {
    private let all = crowd(3000)

    private func counts(_ documents: [Document], _ facet: Int) -> [String: Int] {
        documents.reduce(into: [:]) { sums, document in
            for value in Set(document.facets[facet]) { sums[value, default: 0] += 1 }
        }
    }

    private func dictionary(_ counts: [Answer.FacetCount]?) -> [String: Int]? {
        counts.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.value, $0.count) }) }
    }

    @Test func `counts are complete, not of the page`() {
        let answer = index(all).search(Query("guru", limit: 5, counting: ["year", "province", "sdg"]))
        let matching = all.filter { $0.texts.joined(separator: " ").contains("guru") }
        #expect(answer.rows.count == 5)
        #expect(answer.total == matching.count)
        #expect(dictionary(answer.facets["year"]) == counts(matching, 0))
        #expect(dictionary(answer.facets["sdg"]) == counts(matching, 2))
    }

    @Test func `values of a name are alternatives, names must all hold, and a filtered facet ignores its own filter`() {
        let filters: [String: Set<String>] = ["province": ["Bali", "Riau"], "sdg": ["3"]]
        let answer = index(all).search(Query("guru pasar", filters: filters, counting: ["province", "sdg", "year"]))
        let matching = all.filter { document in
            ["guru", "pasar"].contains { document.texts.joined(separator: " ").contains($0) }
        }
        let inProvince = matching.filter { $0.facets[1] != ["Papua"] }
        let withGoal = matching.filter { $0.facets[2].contains("3") }
        let both = inProvince.filter { $0.facets[2].contains("3") }
        #expect(answer.total == both.count)
        #expect(dictionary(answer.facets["year"]) == counts(both, 0))
        #expect(dictionary(answer.facets["province"]) == counts(withGoal, 1))
        #expect(dictionary(answer.facets["sdg"]) == counts(inProvince, 2))
    }

    @Test func `counts come most frequent first`() throws {
        let years = try #require(index(all).search(Query(counting: ["year"])).facets["year"])
        #expect(years == years.sorted { ($1.count, $0.value) < ($0.count, $1.value) })
        #expect(years.count == 8)
    }

    @Test func `an unknown value matches nothing, an unknown name nothing either, an empty choice everything`() {
        let index = index(all)
        #expect(index.search(Query(filters: ["province": ["Atlantis"]])).total == 0)
        #expect(index.search(Query(filters: ["colour": ["red"]])).total == 0)
        #expect(index.search(Query(filters: ["province": []])).total == all.count)
    }
}
