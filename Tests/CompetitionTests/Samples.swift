import Competition
import Foundation

/// Small instances drawn by seed, and what trying everything says about them.
struct SmallInstance {
    let instance: AssignmentInstance

    init(seed: UInt64, proposals: Int = 4, evaluators: Int = 4, dearest: Int = 20) {
        var numbers = SeededNumbers(seed: seed)
        let height = Int.random(in: 1...proposals, using: &numbers)
        let width = Int.random(in: 1...evaluators, using: &numbers)
        let provinces = ["Aceh", "Bali", "Banten"], categories = ["Kesehatan", "Pendidikan"]
        let listed = (0..<height).map {
            AssignmentInstance.Proposal(
                "P\($0)", category: categories.randomElement(using: &numbers) ?? "",
                province: provinces.randomElement(using: &numbers) ?? "",
                reads: Int.random(in: 0...min(3, width), using: &numbers))
        }
        let readers = (0..<width).map { place -> AssignmentInstance.Evaluator in
            let most = Int.random(in: 0...4, using: &numbers)
            return AssignmentInstance.Evaluator(
                "E\(place)", least: Int.random(in: 0...min(2, most), using: &numbers), most: most)
        }
        let costs = (0..<height).map { _ in
            (0..<width).map { _ -> Int? in
                Int.random(in: 0..<5, using: &numbers) == 0 ? nil : Int.random(in: 0...dearest, using: &numbers)
            }
        }
        instance = AssignmentInstance(proposals: listed, evaluators: readers, costs: costs)
    }

    /// Every assignment that keeps the rules.
    var all: [Assignment] {
        var partial: [[[Int]]] = [[]]
        for (place, proposal) in instance.proposals.enumerated() {
            let open = instance.evaluators.indices.filter { instance.cost(place, $0) != nil }
            let choices = subsets(open, proposal.reads)
            partial = partial.flatMap { rows in choices.map { rows + [$0] } }
        }
        return partial.map(Assignment.init).filter { violations(of: $0, in: instance).isEmpty }
    }
}

func subsets(_ list: [Int], _ size: Int) -> [[Int]] {
    if size == 0 { return [[]] }
    guard let first = list.first else { return [] }
    let rest = Array(list.dropFirst())
    return subsets(rest, size - 1).map { [first] + $0 } + subsets(rest, size)
}

func reason(_ instance: AssignmentInstance) -> AssignmentShortage? {
    do {
        _ = try AssignmentPlan.make(instance, objective: .cost)
        return nil
    } catch { return error.reason }
}

func sheet(_ file: String, _ text: String) -> AssignmentSheet {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return AssignmentSheet(
        file: file, header: lines.first ?? [],
        rows: lines.dropFirst().enumerated().map { (line: $0.offset + 2, fields: $0.element) })
}
