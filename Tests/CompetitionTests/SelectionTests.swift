import Kernel
import Testing

@testable import Competition

@Suite struct SelectionTests {
    static func edition(finalists: Int?, _ selection: [EditionBalance]) -> Edition {
        var edition = Edition()
        edition.finalists = finalists
        edition.categories = ["a", "b", "c"].map { EditionChoice(code: $0, name: Phrase($0, $0), source: nil) }
        edition.groups = ["x", "y"].map { EditionChoice(code: $0, name: Phrase($0, $0), source: nil) }
        edition.selection = selection
        return edition
    }

    static func balance(
        _ kind: EditionBalance.Kind, _ value: String, least: Int? = nil, most: Int? = nil
    ) -> EditionBalance {
        EditionBalance(subject: .finalists, kind: kind, value: value, least: least, most: most, source: nil)
    }

    static func candidate(
        _ proposal: Int, _ category: String, institution: String = "P33", region: String? = nil, group: String = "x"
    ) -> Selection.Candidate {
        Selection.Candidate(
            proposal: proposal, group: group, category: category, agency: "province", region: region,
            institution: institution)
    }

    @Test func `each broken constraint is named with its numbers, a kept one is not`() {
        let edition = Self.edition(
            finalists: 2,
            [
                Self.balance(.category, "a", least: 1), Self.balance(.institution, "*", most: 1),
                Self.balance(.regions, "33, 94", least: 1, most: 3), Self.balance(.agency, "province", most: 3),
            ])
        let selection = Selection(
            edition, .finalists,
            [
                Self.candidate(1, "b", institution: "P34", region: "34"), Self.candidate(2, "b", institution: "P34"),
                Self.candidate(3, "c", institution: "P34", region: "345"),
                Self.candidate(4, "a", institution: "P33", region: "33.17"),
            ])
        #expect(
            selection.problems(chosen: [1, 2, 3]).map(\.indonesian) == [
                "Terpilih 3, paling banyak 2.", "kategori a: 0 terpilih, paling sedikit 1.",
                "instansi P34: 3 terpilih, paling banyak 1.", "wilayah 33, 94: 0 terpilih, paling sedikit 1.",
            ])
        #expect(selection.problems(chosen: [1, 4]) == [])
    }

    @Test func `tiers of awards have their places, their groups, and every chosen one has a tier`() {
        var edition = Self.edition(finalists: nil, [])
        edition.awards = [
            EditionAward(code: "top", group: nil, name: Phrase("Top", "Top"), most: 1, source: nil),
            EditionAward(code: "khusus", group: "y", name: Phrase("Khusus", "Special"), most: 5, source: nil),
        ]
        let selection = Selection(edition, .awards, (1...4).map { Self.candidate($0, "a") })
        #expect(selection.most == 6)
        #expect(
            selection.problems(chosen: [1, 2, 3, 4], awards: [1: "top", 2: "top", 3: "khusus"]).map(\.indonesian) == [
                "Top: 2 terpilih, paling banyak 1.", "Khusus bukan untuk kelompok usulan 3.",
                "Pilih penghargaan untuk usulan 4.",
            ])
    }

    @Test func `the suggestion says whom each constraint moved, beside the plain order`() throws {
        let edition = Self.edition(
            finalists: 3, [Self.balance(.category, "a", least: 1), Self.balance(.institution, "*", most: 2)])
        let selection = Selection(
            edition, .finalists,
            [
                Self.candidate(1, "b", institution: "P34"), Self.candidate(2, "b", institution: "P34"),
                Self.candidate(3, "b", institution: "P34"), Self.candidate(4, "b", institution: "P35"),
                Self.candidate(5, "a", institution: "P35"),
            ])
        let suggestion = selection.suggest([1, 2, 3, 4, 5])
        #expect(suggestion.plain == [1, 2, 3])
        #expect(suggestion.chosen == [1, 2, 5])
        #expect(
            suggestion.moves.map { [$0.into, $0.out] } == [[5, 3]])
        #expect(
            suggestion.moves[0].because.map(\.indonesian) == [
                "paling sedikit 1 dari kategori a", "paling banyak 2 dari instansi P34",
            ])
    }

    @Test func `constraints that no set keeps are told as such`() {
        let edition = Self.edition(finalists: 3, [Self.balance(.category, "c", least: 1)])
        let suggestion = Selection(edition, .finalists, [Self.candidate(1, "a")]).suggest([1])
        #expect(suggestion.chosen == nil)
        #expect(suggestion.isImpossible)
    }

    @Test func `the search finds what trying every set finds, on 4,000 small random instances`() {
        var random = SeededNumbers(seed: 5)
        var found = 0
        for _ in 0..<4000 {
            let count = Int.random(in: 1...9, using: &random)
            let candidates = (1...count).map { number in
                Self.candidate(
                    number, ["a", "b", "c"].randomElement(using: &random) ?? "a",
                    institution: ["P33", "P34", "P35"].randomElement(using: &random) ?? "P33",
                    region: ["33", "34.01", "94"].randomElement(using: &random),
                    group: ["x", "y"].randomElement(using: &random) ?? "x")
            }
            var rules: [EditionBalance] = []
            for (kind, value) in [
                (EditionBalance.Kind.category, "a"), (.category, "b"), (.group, "x"), (.group, "y"),
                (.regions, "33,34"), (.regions, "94, 34"), (.institution, "*"),
            ] where Bool.random(using: &random) {
                let least = Int.random(in: 0...2, using: &random)
                rules.append(
                    Self.balance(
                        kind, value, least: kind == .institution || least == 0 ? nil : least,
                        most: Bool.random(using: &random) || kind == .institution
                            ? least + Int.random(in: 0...2, using: &random) : nil))
            }
            let places = Int.random(in: 1...6, using: &random)
            let selection = Selection(Self.edition(finalists: places, rules), .finalists, candidates)
            let order = (1...count).shuffled(using: &random)
            let suggestion = selection.suggest(order)
            let best = Self.exhaustive(selection, order, places)
            #expect(suggestion.chosen == best)
            #expect(suggestion.isImpossible == (best == nil))
            if best != nil, best != suggestion.plain { found += 1 }
        }
        // The constraints did bite, and not only where they cannot be kept.
        #expect(found > 500)
    }

    /// The largest sets that break nothing; of these the one whose first is best ranked, then its second …
    private static func exhaustive(_ selection: Selection, _ order: [Int], _ places: Int) -> [Int]? {
        var best: [Int]?
        for mask in 0..<(1 << order.count) {
            let ranks = order.indices.filter { mask & (1 << $0) != 0 }
            guard ranks.count <= places, ranks.count >= best?.count ?? 0,
                selection.problems(chosen: Set(ranks.map { order[$0] })).isEmpty
            else { continue }
            if let known = best, known.count == ranks.count, !ranks.lexicographicallyPrecedes(known) { continue }
            best = ranks
        }
        return best?.map { order[$0] }
    }
}
