import Competition
import Testing

@Suite struct ReadingTests {
    private let proposals = "proposal,category,province,reads\nP,C1,Aceh,1\nQ,C2,Bali,1"
    private let evaluators = "evaluator,province,categories,min,max\nE,Aceh,C1 C2,0,2\nF,Bali,C2,0,2"
    private let costs = "proposal,E,F\nP,,4\nQ,5,"

    private func read(
        _ proposals: String? = nil, _ evaluators: String? = nil, _ costs: String? = nil
    ) throws(AssignmentRefusal) -> AssignmentInstance {
        try AssignmentInstance(
            proposals: sheet("proposals.csv", proposals ?? self.proposals),
            evaluators: sheet("evaluators.csv", evaluators ?? self.evaluators),
            costs: sheet("costs.csv", costs ?? self.costs))
    }

    @Test func `the three files make an instance; an empty cell is a conflict; order of rows and columns is free`()
        throws
    {
        let instance = try read(nil, nil, "proposal,F,E\nQ,,5\nP,4,")
        #expect(instance.proposals.map(\.name) == ["P", "Q"])
        #expect(instance.evaluators[0].categories == ["C1", "C2"])
        #expect(
            [instance.cost(0, 0), instance.cost(0, 1), instance.cost(1, 0), instance.cost(1, 1)] == [nil, 4, 5, nil])
    }

    @Test func `each malformed file is refused with its file and line`() {
        #expect(throws: AssignmentRefusal.missingColumn(file: "proposals.csv", column: "reads")) {
            try read("proposal,category,province\nP,C,A")
        }
        #expect(throws: AssignmentRefusal.width(file: "proposals.csv", line: 2, expected: 4, found: 3)) {
            try read("proposal,category,province,reads\nP,C1,Aceh")
        }
        #expect(throws: AssignmentRefusal.emptyName(file: "proposals.csv", line: 2)) {
            try read("proposal,category,province,reads\n,C1,Aceh,1")
        }
        #expect(throws: AssignmentRefusal.repeated(file: "proposals.csv", line: 3, name: "P")) {
            try read("proposal,category,province,reads\nP,C1,Aceh,1\nP,C1,Aceh,1")
        }
        #expect(
            throws: AssignmentRefusal.notWhole(
                file: "proposals.csv", line: 2, column: "reads", text: "dua", range: 0...1_000)
        ) { try read("proposal,category,province,reads\nP,C1,Aceh,dua") }
        #expect(throws: AssignmentRefusal.limits(line: 2, name: "E", least: 3, most: 2)) {
            try read(nil, "evaluator,province,categories,min,max\nE,Aceh,C1,3,2")
        }
        #expect(
            throws: AssignmentRefusal.notWhole(file: "costs.csv", line: 2, column: "F", text: "1001", range: 0...1_000)
        ) { try read(nil, nil, "proposal,E,F\nP,,1001\nQ,5,") }
        #expect(throws: AssignmentRefusal.unknown(file: "costs.csv", line: 1, name: "G")) {
            try read(nil, nil, "proposal,E,G\nP,,4\nQ,5,")
        }
        #expect(throws: AssignmentRefusal.unknown(file: "costs.csv", line: 3, name: "R")) {
            try read(nil, nil, "proposal,E,F\nP,,4\nR,5,")
        }
        #expect(throws: AssignmentRefusal.unlisted(file: "costs.csv", name: "F")) {
            try read(nil, nil, "proposal,E\nP,4\nQ,5")
        }
        #expect(throws: AssignmentRefusal.unlisted(file: "costs.csv", name: "Q")) {
            try read(nil, nil, "proposal,E,F\nP,,4")
        }
    }

    @Test func `a refusal says in both languages what to correct`() {
        let refusal = AssignmentRefusal.limits(line: 4, name: "E7", least: 9, most: 3)
        #expect(
            refusal.message.indonesian
                == "evaluators.csv baris 4: E7 paling sedikit 9 tetapi paling banyak 3. Betulkan salah satunya.")
        #expect(refusal.message.english == "evaluators.csv line 4: E7 has min 9 above max 3. Correct one of them.")
    }
}
