import Institutions
import Testing

@Suite struct ResolutionReportTests {
    @Test func `citizens and empty cells are counted apart from the share`() throws {
        let report = ResolutionReport(
            [
                .init(spelling: "Kota Solo"), .init(spelling: "Zzz"), .init(spelling: "Zzz"), .init(spelling: "Bogor"),
                .init(spelling: ""), .init(spelling: "Pemenang Krenova", citizens: true),
            ], resolver: try ReferenceFiles.resolver())
        #expect(report.rows == 6)
        #expect(report.citizens == 1)
        #expect(report.empty == 1)
        #expect(report.named == 4)
        #expect(report.resolved == 1)
        #expect(report.share == 0.25)
        #expect(report.unresolved.map(\.spelling) == ["Zzz", "Bogor"])
        #expect(report.unresolved.map(\.rows) == [2, 1])
    }

    @Test func `the same seed draws the same rows`() throws {
        let rows = (1...60).map { ResolutionReport.Row(spelling: "Kota Solo", region: "\($0)") }
        let report = ResolutionReport(rows, resolver: try ReferenceFiles.resolver())
        #expect(report.sample(10, seed: 7) == report.sample(10, seed: 7))
        #expect(report.sample(10, seed: 7) != report.sample(10, seed: 8))
        #expect(report.sample(100, seed: 7).count == 60)
    }
}
