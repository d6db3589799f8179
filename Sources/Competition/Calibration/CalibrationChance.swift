import Foundation

extension Calibration {
    /// How likely a proposal is to reach the passing grade and to be among the best; nil where nothing can be said.
    package struct Chance: Sendable, Hashable {
        package let passing: Double?
        package let top: Double?
    }

    /// Chances for each proposal from `draws` joint draws of severities and qualities given the scores; the same seed gives
    /// the same numbers. About 1/√draws of a chance is sampling error. Doubtful proposals compete in the draws all the
    /// same, but are given no number.
    package func chances(passing grade: Double, top count: Int, seed: UInt64, draws: Int = 1_000) -> [Chance] {
        guard let solution, draws > 0 else { return proposals.map { _ in Chance(passing: nil, top: nil) } }
        var numbers = SeededNumbers(seed: seed)
        let width = evaluators.count
        let noise = solution.variances.noise
        let ridge = noise / max(solution.variances.quality, 1e-300)
        var passed = Array(repeating: 0, count: proposals.count), placed = passed
        for _ in 0..<draws {
            let shift = solution.factor.draw((0...width).map { _ in numbers.normal() }).map { $0 * noise.squareRoot() }
            let mean = solution.mean + shift[width]
            var drawn: [(value: Double, place: Int)] = []
            drawn.reserveCapacity(proposals.count)
            for (place, reads) in system.reads.enumerated() {
                let weight = 1 / (Double(reads.count) + ridge)
                let rest = reads.reduce(0) {
                    $0 + $1.value - mean - solution.severity[$1.evaluator] - shift[$1.evaluator]
                }
                let value = mean + weight * rest + (noise * weight).squareRoot() * numbers.normal()
                if value >= grade { passed[place] += 1 }
                drawn.append((value, place))
            }
            drawn.sort { $0.value > $1.value }
            for entry in drawn.prefix(max(0, count)) { placed[entry.place] += 1 }
        }
        return proposals.indices.map { place in
            proposals[place].doubt == nil
                ? Chance(passing: Double(passed[place]) / Double(draws), top: Double(placed[place]) / Double(draws))
                : Chance(passing: nil, top: nil)
        }
    }
}
