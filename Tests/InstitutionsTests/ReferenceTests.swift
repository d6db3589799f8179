import Institutions
import Testing

@Suite struct ReferenceTests {
    @Test func `there are 38 provinces and 508 autonomous regencies and cities, each with its government`() throws {
        let regions = try ReferenceFiles.regions()
        let institutions = try ReferenceFiles.institutions()
        #expect(regions.count == 552)
        #expect(regions.filter { $0.level == .province }.count == 38)
        #expect(regions.filter { $0.level != .province && $0.autonomous }.count == 508)
        let governments = institutions.filter { [.province, .regency, .city].contains($0.kind) }
        let expected = regions.filter(\.autonomous).map { ($0.level == .province ? "P" : "R") + $0.code }
        #expect(Set(governments.map(\.code)) == Set(expected))
    }

    @Test func `codes are unique and fit into addresses`() throws {
        let codes = try ReferenceFiles.institutions().map(\.code)
        #expect(Set(codes).count == codes.count)
        let odd = codes.filter { $0.wholeMatch(of: /(P\d\d|R\d\d\.\d\d|[KLBUX]-[A-Z0-9.-]+)/) == nil }
        #expect(odd == [])
    }

    @Test func `names, successions and hubs speak of listed institutions, and every row names its source`() throws {
        let codes = Set(try ReferenceFiles.institutions().map(\.code))
        let names = try ReferenceFiles.rows("institution_names")
        let successions = try ReferenceFiles.rows("institution_successions")
        let hubs = try ReferenceFiles.rows("hubs")
        #expect(names.filter { !codes.contains($0["code"] ?? "") } == [])
        #expect(
            successions.filter { !codes.contains($0["code"] ?? "") || !codes.contains($0["successor"] ?? "") } == [])
        #expect(hubs.filter { !codes.contains($0["institution"] ?? "") } == [])
        for file in ["regions", "institutions", "institution_names", "institution_successions", "hubs", "sdgs"] {
            #expect(try ReferenceFiles.rows(file).filter { ($0["source"] ?? "").isEmpty } == [], "\(file)")
        }
    }

    @Test func `there are 17 goals, numbered in order`() throws {
        #expect(try ReferenceFiles.rows("sdgs").map { $0["number"] } == (1...17).map { "\($0)" })
    }
}
