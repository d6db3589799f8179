import Database
import Foundation
import Institutions
import Kernel
import Support
import Testing
import Text

@testable import Directory
@testable import Linkage

/// The shipped model on the shipped records, against labels by people (`Labels/innovation-pairs.csv`).
struct InnovationTests {
    private func rows() throws -> [[String: String]] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return try CSVReader(
            file: folder.appendingPathComponent("../../Sources/Directory/Reference/innovations.csv").path
        )
        .table()
    }

    private func labels(_ table: LinkageTable) throws -> [LinkageEvaluation.Pair: LinkageEvaluation.Label] {
        let file = try #require(
            Bundle.module.url(forResource: "innovation-pairs", withExtension: "csv", subdirectory: "Labels"))
        var labels: [LinkageEvaluation.Pair: LinkageEvaluation.Label] = [:]
        for row in try CSVReader(Data(contentsOf: file)).table() {
            let i = try #require(table.row(of: row["id_a"] ?? ""))
            let j = try #require(table.row(of: row["id_b"] ?? ""))
            labels[.init(i, j)] = try #require(LinkageEvaluation.Label(rawValue: row["label"] ?? ""))
        }
        return labels
    }

    @Test func `on all pairs of one institution the shipped model keeps its measured figures`() async throws {
        let resolver = try await TestDatabase.with(.sqlite, [Institutions.schema]) { database in
            try await ReferenceFiles.load(into: database)
            return try await Register.load(database).resolver
        }
        let model = try LinkageRecords.model()
        let list = try rows().map { row in
            LinkageRecords.record(row) { resolver.resolve($0, region: $1, year: $2).code }
        }
        let table = try LinkageTable(list, model: model, known: model.fields)
        let result = LinkageEvaluation(Scorer(model, table), table, labels: try labels(table))
        #expect(result.matches == 48)
        #expect(result.point(at: 0.5).f1 >= 0.82)
        #expect(result.point(at: model.automatic).recall >= 0.5)
        // Nothing that a person called different is linked without a person.
        #expect(result.surprises.filter { $0.labelled && $0.probability >= model.automatic } == [])
    }

    @Test func `one name in two places stays two innovations`() throws {
        let model = try LinkageRecords.model()
        let list = ["Kota Surakarta", "Kota Denpasar"].map { place in
            LinkageRecords.record(["id": place, "title": "Kota Layak Anak", "agency": place]) { spelling, _, _ in
                spelling
            }
        }
        let table = try LinkageTable(list, model: model, known: model.fields)
        #expect(Scorer(model, table).score(0, 1).decision == .none)
    }

    @Test func `a title of one place names its place no more and is read with its short name`() {
        let record = LinkageRecords.record(
            ["id": "1", "title": "Denpasar Kota Layak Anak (KLA)", "agency": "Kota Denpasar", "year": "2016"]
        ) { _, _, _ in "R51.71" }
        #expect(record.fields["institution"] == "R51.71")
        #expect(record.fields["handle"] == "kla")
        #expect(record.fields["expansion"] == "kota layak anak")
    }
}
