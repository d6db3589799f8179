import Kernel

/// What a plan did and proved, as it is kept with it.
package struct AssignmentReport: Sendable, Hashable, Codable {
    package struct Step: Sendable, Hashable, Codable {
        package let rule: String
        package let cost: Int
        package let price: Int
        package let worst: Int
        package let connected: Bool
    }

    package let steps: [Step]
    /// No assignment costs less; equal to the first step's cost when that is proven the least.
    package let bound: Int
    package let floorProven: Bool
    package let costProven: Bool
    /// The fewest and the most reads that this plan gives one evaluator.
    package let loads: [Int]
    /// With what was given before.
    package let connected: Bool
    package let drawnYetUsed: Int
    /// How many reads it gives, and how many had been given before.
    package let reads: Int
    package let kept: Int
    /// How long the solver took, in milliseconds.
    package let milliseconds: Int

    package init(_ plan: AssignmentPlan, of case: AssignmentCase, milliseconds: Int) {
        steps = plan.steps.map {
            Step(rule: $0.rule.rawValue, cost: $0.cost, price: $0.price, worst: $0.worst, connected: $0.connected)
        }
        (bound, floorProven, costProven) = (plan.proof.bound, plan.floorProven, plan.costProven)
        loads = [plan.loads.lowerBound, plan.loads.upperBound]
        connected = `case`.connects(plan.assignment)
        drawnYetUsed = plan.drawnYetUsed
        reads = plan.assignment.readers.reduce(0) { $0 + $1.count }
        kept = `case`.kept.reduce(0) { $0 + $1.count }
        self.milliseconds = milliseconds
    }

    package var cost: Int { steps.last?.cost ?? 0 }
    package var worst: Int { steps.last?.worst ?? 0 }
    package var optimum: Int { steps.first?.cost ?? 0 }
    package var isOptimal: Bool { bound == optimum }
}

extension AssignmentPlan.Step.Rule {
    package var name: Phrase {
        switch self {
        case .cost: Phrase("Biaya terkecil", "Least cost")
        case .floor:
            Phrase("Usulan yang paling dirugikan sebaik mungkin", "Worst-served proposal as well off as can be")
        case .connected: Phrase("Semua penilai terhubung", "All evaluators connected")
        case .random: Phrase("Bagian acak", "Random share")
        }
    }
}

extension AssignmentShortage {
    /// What an organiser can do about it.
    package var advice: Phrase {
        switch kind {
        case .capacity:
            Phrase(
                "Naikkan batas atas penilai atau undang penilai baru.", "Raise upper limits or invite more evaluators.")
        case .minimum:
            Phrase("Turunkan batas bawah penilai.", "Lower the lower limits.")
        case .proposal, .evaluators:
            Phrase(
                "Undang penilai tanpa hubungan dengan pengusulnya.", "Invite evaluators without ties to the proposers.")
        case .province:
            Phrase("Undang penilai dari provinsi lain.", "Invite evaluators from other provinces.")
        case .category:
            Phrase(
                "Undang penilai tanpa benturan untuk kategori ini, atau naikkan batas atas mereka.",
                "Invite evaluators without conflicts in this category, or raise their upper limits.")
        }
    }
}
