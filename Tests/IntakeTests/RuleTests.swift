import Directory
import Foundation
import Kernel
import Testing

@testable import Intake

@Suite struct RuleTests {
    @Test func `a mapping is suggested from the names that an import knows`() {
        let mapping = Mapping.suggest(["No Registrasi", "Nama Inovasi", "Judul", "Instansi", "Warna"])
        #expect(mapping.columns == ["No Registrasi": .id, "Nama Inovasi": .title, "Instansi": .agency])
        #expect(!mapping.derivesID)
        #expect(Mapping.suggest(["Judul"]).derivesID)
    }

    @Test func `a mapping without id or title, with a field twice, or for another file is refused`() {
        let header = ["a", "b", "c"]
        func fields(_ mapping: Mapping) -> [String] { mapping.problems(for: header).map(\.field) }
        #expect(fields(Mapping(columns: ["a": .id, "b": .title])) == [])
        #expect(fields(Mapping(columns: ["b": .title], derivesID: true)) == [])
        #expect(fields(Mapping(columns: ["b": .title])) == [""])
        #expect(fields(Mapping(columns: ["a": .id])) == [""])
        #expect(fields(Mapping(columns: ["a": .id, "b": .title, "c": .title])) == ["b", "c"])
        #expect(fields(Mapping(columns: ["a": .id, "b": .title, "d": .year])) == ["d"])
        #expect(fields(Mapping(columns: ["a": .id, "b": .title, "c": .award], constants: [.award: "KIPP"])) == ["c"])
        #expect(fields(Mapping(columns: ["a": .id, "b": .title], derivesID: true)) == [""])
    }

    @Test func `a mapping is the same after it was kept`() throws {
        let mapping = Mapping(
            columns: ["Judul \"Inovasi\"": .title, "No": .id], constants: [.award: "KIPP"], header: ["No", "x"])
        #expect(try Mapping(json: mapping.json) == mapping)
        let derived = Mapping(columns: ["t": .title], derivesID: true)
        #expect(try Mapping(json: derived.json) == derived)
        #expect(throws: MappingRefusal.unknownField("warna")) { try Mapping(json: #"{"columns":{"a":"warna"}}"#) }
        #expect(throws: MappingRefusal.unreadable) { try Mapping(json: "[]") }
        #expect(throws: MappingRefusal.unreadable) { try Mapping(json: #"{"columns":{},"id":"@other"}"#) }
    }

    @Test func `columns that are gone or new are told, another order is not`() {
        let mapping = Mapping(columns: ["a": .id, "b": .title], header: ["a", "b", "c"])
        #expect(mapping.change(in: ["c", "b", "a"]) == nil)
        #expect(mapping.change(in: ["a", "b"]) == nil)
        #expect(mapping.change(in: ["a", "c", "d"]) == .init(missing: ["b"], new: ["d"]))
    }

    @Test func `doubts begin where the shares say`() {
        func doubts(_ set: (inout Doubt.Figures) -> Void) -> [Doubt] {
            var figures = Doubt.Figures(rows: 100, known: 100, fresh: 1)
            set(&figures)
            return Doubt.all(figures)
        }
        #expect(doubts { _ in } == [])
        #expect(doubts { $0.rejected = 20 } == [])
        #expect(doubts { $0.rejected = 21 } == [.rejected(21, of: 100)])
        #expect(
            doubts {
                $0.rows = 4; $0.rejected = 4
            } == [])
        #expect(
            doubts {
                $0.rows = 5; $0.rejected = 5
            } == [.rejected(5, of: 5)])
        #expect(
            doubts {
                $0.known = 200; $0.missing = 20
            } == [])
        #expect(
            doubts {
                $0.known = 199; $0.missing = 20
            } == [.missing(20, of: 199)])
        #expect(
            doubts {
                $0.known = 30; $0.missing = 19
            } == [])
        #expect(
            doubts {
                $0.fresh = 0; $0.freshBefore = [1, 2, 3]
            } == [.nothingNew(deliveries: 3)])
        #expect(
            doubts {
                $0.fresh = 0; $0.freshBefore = [1, 0, 3]
            } == [])
        #expect(
            doubts {
                $0.fresh = 0; $0.freshBefore = [1, 2]
            } == [])
        #expect(
            doubts {
                $0.fresh = 0; $0.freshBefore = [1, 2, 3]; $0.isSameFile = true
            } == [])
        #expect(doubts { $0.unknownInstitutions = 50 } == [])
        #expect(doubts { $0.unknownInstitutions = 51 } == [.unknownInstitutions(51, of: 100)])
        #expect(
            doubts {
                $0.unknownInstitutions = 51; $0.unknownBefore = 0.2
            } == [])
        #expect(doubts { $0.reused = 21 } == [.reused(21, of: 100)])
    }

    @Test func `doubts and problems are the same after they were kept`() {
        let doubts: [Doubt] = [.rejected(1, of: 2), .nothingNew(deliveries: 3), .missing(4, of: 5)]
        #expect(intakeValue(intakeJSON(doubts)) == doubts)
        let problem = Problem("tahun", Phrase("Tulis", "Write"))
        let kept: [KeptProblem]? = intakeValue(intakeJSON([KeptProblem(problem)]))
        #expect(kept?.map(\.problem) == [problem])
    }

    @Test func `a title of one letter or of emoji does not say enough for a machine`() {
        #expect(["A", "🎉🎉🎉🎉🎉", "", "SI", "S I A"].map(Linking.isTelling) == [false, false, false, false, false])
        #expect(["SIAP", "Antar Akta"].map(Linking.isTelling) == [true, true])
    }

    @Test func `a holder on this machine is gone with its process, another machine's is not`() {
        #expect(!RunHolder.isGone(RunHolder().name))
        let host = ProcessInfo.processInfo.hostName
        #expect(RunHolder.isGone("\(host)|\(getpid())|earlier|1"))
        #expect(RunHolder.isGone("\(host)|4194303|x|1"))
        #expect(!RunHolder.isGone("elsewhere|4194303|x|1"))
    }

    @Test func `a source's terms are checked field by field`() {
        func fields(_ terms: Source.Terms) -> [String] { terms.problems.map(\.field) }
        #expect(fields(.init(name: "kipp")) == [])
        #expect(fields(.init(name: " ")) == ["name"])
        #expect(fields(.init(name: "Simpul")) == ["name"])
        #expect(fields(.init(name: "a", trust: 0, hours: 0)) == ["trust", "hours"])
        #expect(fields(.init(name: "a", kind: .address)) == ["address"])
        #expect(fields(.init(name: "a", kind: .address, address: "ftp://x.test/a")) == ["address"])
        #expect(fields(.init(name: "a", kind: .address, address: "https://user:pw@x.test/a")) == ["address"])
        #expect(fields(.init(name: "a", kind: .address, address: "https://x.test/a b")) == ["address"])
        #expect(fields(.init(name: "a", kind: .address, address: "https://x.test/a.csv", hours: 24)) == [])
    }
}
