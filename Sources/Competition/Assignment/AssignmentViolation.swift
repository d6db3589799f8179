import Foundation
import Kernel

/// One rule of an assignment that is broken, by position in the instance.
package enum AssignmentViolation: Sendable, Hashable {
    case conflict(proposal: Int, evaluator: Int)
    case repeated(proposal: Int, evaluator: Int)
    case unknown(proposal: Int, evaluator: Int)
    case reads(proposal: Int, found: Int, needed: Int)
    case below(evaluator: Int, found: Int, least: Int)
    case above(evaluator: Int, found: Int, most: Int)
    case rows(found: Int, needed: Int)

    /// What is wrong, in words, with the names of the instance.
    package func phrase(in instance: AssignmentInstance) -> Phrase {
        func proposal(_ place: Int) -> String { instance.proposals[place].name }
        func evaluator(_ place: Int) -> String {
            instance.evaluators.indices.contains(place) ? instance.evaluators[place].name : "#\(place)"
        }
        switch self {
        case .conflict(let p, let e):
            return Phrase(
                "\(evaluator(e)) berkonflik kepentingan dengan \(proposal(p)).",
                "\(evaluator(e)) has a conflict of interest with \(proposal(p)).")
        case .repeated(let p, let e):
            return Phrase(
                "\(evaluator(e)) ditugasi dua kali untuk \(proposal(p)).", "\(evaluator(e)) reads \(proposal(p)) twice."
            )
        case .unknown(let p, let e):
            return Phrase(
                "\(evaluator(e)) pada \(proposal(p)) tidak terdaftar.",
                "\(evaluator(e)) of \(proposal(p)) is not listed.")
        case .reads(let p, let found, let needed):
            return Phrase(
                "\(proposal(p)) dibaca \(found) kali, seharusnya \(needed).",
                "\(proposal(p)) is read \(found) times instead of \(needed).")
        case .below(let e, let found, let least):
            return Phrase(
                "\(evaluator(e)) mendapat \(found) usulan, paling sedikit \(least).",
                "\(evaluator(e)) has \(found) reads, at least \(least) are due.")
        case .above(let e, let found, let most):
            return Phrase(
                "\(evaluator(e)) mendapat \(found) usulan, paling banyak \(most).",
                "\(evaluator(e)) has \(found) reads, at most \(most) are allowed.")
        case .rows(let found, let needed):
            return Phrase(
                "Penugasan memuat \(found) usulan, seharusnya \(needed).",
                "The assignment covers \(found) proposals instead of \(needed).")
        }
    }
}

/// Every rule an assignment breaks, whoever made it; empty when it may stand.
package func violations(of assignment: Assignment, in instance: AssignmentInstance) -> [AssignmentViolation] {
    guard assignment.readers.count == instance.proposals.count else {
        return [.rows(found: assignment.readers.count, needed: instance.proposals.count)]
    }
    var found: [AssignmentViolation] = []
    var loads = Array(repeating: 0, count: instance.evaluators.count)
    for (place, readers) in assignment.readers.enumerated() {
        var seen: Set<Int> = []
        for evaluator in readers {
            guard instance.evaluators.indices.contains(evaluator) else {
                found.append(.unknown(proposal: place, evaluator: evaluator))
                continue
            }
            loads[evaluator] += 1
            if !seen.insert(evaluator).inserted { found.append(.repeated(proposal: place, evaluator: evaluator)) }
            if instance.cost(place, evaluator) == nil { found.append(.conflict(proposal: place, evaluator: evaluator)) }
        }
        let needed = instance.proposals[place].reads
        if readers.count != needed { found.append(.reads(proposal: place, found: readers.count, needed: needed)) }
    }
    for (place, evaluator) in instance.evaluators.enumerated() {
        if loads[place] < evaluator.least {
            found.append(.below(evaluator: place, found: loads[place], least: evaluator.least))
        }
        if loads[place] > evaluator.most {
            found.append(.above(evaluator: place, found: loads[place], most: evaluator.most))
        }
    }
    return found
}
