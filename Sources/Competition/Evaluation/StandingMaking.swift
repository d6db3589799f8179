import Foundation
import Kernel

extension Standing {
    /// Where proposals stand, from their finished reads alone: the order of what is given changes nothing, and the same
    /// input gives the same numbers. Reads of proposals or by evaluators that are not named are left out.
    ///
    /// - Parameter seed: of the draws behind the chances (`Calibration.chances`).
    package static func make(
        _ reads: [Read], proposals: [Int], evaluators: [Int], in edition: Edition, seed: UInt64
    ) -> Standing {
        let (proposals, evaluators) = (Set(proposals).sorted(), Set(evaluators).sorted())
        let row = Dictionary(uniqueKeysWithValues: proposals.enumerated().map { ($1, $0) })
        let column = Dictionary(uniqueKeysWithValues: evaluators.enumerated().map { ($1, $0) })
        let counted = reads.filter { row[$0.proposal] != nil && column[$0.evaluator] != nil && !$0.sections.isEmpty }
            .sorted { ($0.proposal, $0.evaluator) < ($1.proposal, $1.evaluator) }
        let scores = counted.compactMap { read -> Calibration.Score? in
            guard let proposal = row[read.proposal], let evaluator = column[read.evaluator] else { return nil }
            return Calibration.Score(proposal: proposal, evaluator: evaluator, value: edition.total(read.sections))
        }
        let calibration = Calibration(scores, proposals: proposals.count, evaluators: evaluators.count)
        let chances = calibration.chances(
            passing: Double(edition.passing ?? 0), top: edition.finalists ?? 0, seed: seed)
        let own = Dictionary(grouping: counted, by: \.proposal)
        let lines = proposals.enumerated().map { place, proposal in
            line(
                proposal, own[proposal] ?? [], calibration.proposals[place],
                Calibration.Chance(
                    passing: edition.passing == nil ? nil : chances[place].passing,
                    top: edition.finalists == nil ? nil : chances[place].top), edition)
        }
        return Standing(
            lines: lines.sorted(by: better),
            judges: evaluators.enumerated().map { place, evaluator in
                let severity = calibration.evaluators[place]
                return Judge(
                    evaluator: evaluator, reads: severity.reads, severity: rounded(severity.value),
                    deviation: rounded(severity.deviation), isConstant: severity.constant)
            }, seed: seed)
    }

    private static func line(
        _ proposal: Int, _ reads: [Read], _ estimate: Calibration.Estimate, _ chance: Calibration.Chance,
        _ edition: Edition
    ) -> Line {
        let totals = reads.map { edition.total($0.sections) }
        let isRead = !reads.isEmpty
        var means: [String: Double] = [:]
        for section in Set(reads.flatMap(\.sections.keys)) {
            let values = reads.compactMap { $0.sections[section] }
            means[section] = rounded(Double(values.reduce(0, +)) / Double(values.count))
        }
        var gap: Double?
        if totals.count > 1, let least = totals.min(), let most = totals.max() { gap = rounded(most - least) }
        return Line(
            proposal: proposal, reads: reads.count, raw: estimate.rawMean.map(rounded),
            calibrated: isRead ? rounded(estimate.quality) : nil,
            // Equal scores carry no information on how sure anything is.
            deviation: isRead && estimate.doubt != .allEqual ? rounded(estimate.deviation) : nil,
            passing: chance.passing, top: chance.top, doubt: estimate.doubt?.rawValue, gap: gap, sections: means)
    }

    private static func better(_ a: Line, _ b: Line) -> Bool {
        let (left, right) = (a.calibrated ?? -.infinity, b.calibrated ?? -.infinity)
        if left != right { return left > right }
        let (one, other) = (a.raw ?? -.infinity, b.raw ?? -.infinity)
        return one != other ? one > other : a.proposal < b.proposal
    }

    // Four places: far below what a score can mean, and far above what differs between two machines' arithmetic.
    private static func rounded(_ value: Double) -> Double {
        let whole = (value * 10_000).rounded()
        return whole == 0 ? 0 : whole / 10_000
    }
}

extension Edition {
    /// The weighted mean of a read's scores, 0 to 100. Sections with a weight count by it and the others not at all;
    /// where none of them has one, all count the same.
    package func total(_ scores: [String: Int]) -> Double {
        var weights: [String: Int] = [:]
        for section in sections where scores[section.code] != nil { weights[section.code] = section.weight ?? 0 }
        let isWeighted = weights.values.contains { $0 > 0 }
        var (sum, all) = (0, 0)
        for (section, score) in scores {
            let weight = isWeighted ? weights[section] ?? 0 : 1
            sum += weight * score
            all += weight
        }
        return all == 0 ? 0 : Double(sum) / Double(all)
    }

    /// The sections of a group's form that an evaluator scores: those with a weight; all, where none has one.
    package func scored(_ group: String?) -> [EditionSection] {
        let form = form(of: group)
        let weighted = form.filter { ($0.weight ?? 0) > 0 }
        return weighted.isEmpty ? form : weighted
    }
}

extension Standing {
    /// The seed of an edition's draws: always the same for its code, and not to be chosen by anybody (FNV-1a, without the
    /// highest bit, so that every store can hold it).
    package static func seed(of edition: String) -> UInt64 {
        let hash = edition.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return hash & 0x7fff_ffff_ffff_ffff
    }
}
