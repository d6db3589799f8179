import Foundation
import Kernel

/// What makes an assignment impossible: the rule that binds, whom it concerns, and by how many reads it falls short.
package struct AssignmentShortage: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// One proposal has fewer evaluators without conflict than reads.
        case proposal
        /// All upper limits together are less than all reads.
        case capacity
        /// Lower limits ask for more reads than there are, or than an evaluator may take.
        case minimum
        /// The proposals of one province, or one category, outnumber what the evaluators open to them may read.
        case province
        case category
        /// Some set of proposals without a common name outnumbers its evaluators, who are named.
        case evaluators
    }

    package let kind: Kind
    /// A proposal, province or category; else the evaluators, separated by commas, or `everyone`.
    package let name: String
    /// How many reads are missing, at least 1: with that many places more (or reads less) this rule would not bind.
    package let missing: Int

    /// The name where the limits of all evaluators together bind.
    package static let everyone = "all"

    package init(_ kind: Kind, _ name: String, missing: Int) {
        (self.kind, self.name, self.missing) = (kind, name, missing)
    }

    package var phrase: Phrase {
        switch kind {
        case .proposal:
            Phrase(
                "Usulan \(name) kekurangan \(missing) pembacaan: penilai tanpa konflik kepentingan terlalu sedikit.",
                "Proposal \(name) lacks \(missing) reads: too few evaluators have no conflict of interest with it.")
        case .capacity:
            Phrase(
                "Daya tampung semua penilai kurang \(missing) pembacaan. Tambah penilai atau naikkan batas atasnya.",
                "All evaluators together lack \(missing) reads. Add evaluators or raise their upper limits.")
        case .minimum:
            Phrase(
                "Batas bawah penilai \(name == Self.everyone ? "seluruhnya" : name) melebihi yang tersedia sebanyak \(missing) pembacaan.",
                "The lower limits of \(name == Self.everyone ? "all evaluators" : name) ask for \(missing) reads more than there are."
            )
        case .province:
            Phrase(
                "Provinsi \(name) kekurangan \(missing) pembacaan: penilai tanpa konflik kepentingan tidak cukup.",
                "Province \(name) lacks \(missing) reads: too few places with evaluators who have no conflict.")
        case .category:
            Phrase(
                "Kategori \(name) kekurangan \(missing) pembacaan: penilai tanpa konflik kepentingan tidak cukup.",
                "Category \(name) lacks \(missing) reads: too few places with evaluators who have no conflict.")
        case .evaluators:
            Phrase(
                "Usulan yang hanya dapat dibaca \(name) kekurangan \(missing) pembacaan.",
                "The proposals that only \(name) can read lack \(missing) reads.")
        }
    }

    /// Everything that binds, the greatest lack first and the most specific among equals; empty when nothing does.
    ///
    /// Each lack is the shortfall of a maximum flow over the proposals it names, hence that of their worst Hall violator.
    package static func all(in instance: AssignmentInstance) -> [AssignmentShortage] {
        var found = proposals(instance)
        let total = instance.reads
        let most = instance.evaluators.reduce(0) { $0 + $1.most }
        if total > most { found.append(.init(.capacity, everyone, missing: total - most)) }
        let whole = shortfall(Array(instance.proposals.indices), instance)
        if whole.missing > 0 {
            found += groups(.province, instance) { $0.province }
            found += groups(.category, instance) { $0.category }
            // The general answer only where no plain name accounts for the whole lack.
            if found.allSatisfy({ $0.missing < whole.missing }) {
                let crowded = instance.evaluators.indices.filter { whole.reached[$0] }.map {
                    instance.evaluators[$0].name
                }
                let lacking = found.filter { $0.kind == .proposal }.map(\.name)
                found.append(
                    .init(
                        crowded.isEmpty ? .proposal : .evaluators,
                        (crowded.isEmpty ? lacking : crowded).joined(separator: ", "), missing: whole.missing))
            }
        }
        found += minima(instance, total)
        let order = Kind.allCases
        return found.enumerated().sorted { left, right in
            if left.element.missing != right.element.missing { return left.element.missing > right.element.missing }
            let kinds = (order.firstIndex(of: left.element.kind) ?? 0, order.firstIndex(of: right.element.kind) ?? 0)
            return kinds.0 != kinds.1 ? kinds.0 < kinds.1 : left.offset < right.offset
        }.map(\.element)
    }

    private static func allowed(_ proposal: Int, _ instance: AssignmentInstance) -> Int {
        let width = instance.evaluators.count
        return instance.costs[proposal * width..<(proposal + 1) * width].count { $0 >= 0 }
    }

    private static func proposals(_ instance: AssignmentInstance) -> [AssignmentShortage] {
        instance.proposals.enumerated().compactMap { place, proposal in
            let missing = proposal.reads - allowed(place, instance)
            return missing > 0 ? AssignmentShortage(.proposal, proposal.name, missing: missing) : nil
        }
    }

    private static func groups(
        _ kind: Kind, _ instance: AssignmentInstance, by label: (AssignmentInstance.Proposal) -> String
    ) -> [AssignmentShortage] {
        Dictionary(grouping: instance.proposals.indices) { label(instance.proposals[$0]) }
            .sorted { $0.key < $1.key }
            .compactMap { name, members in
                let missing = shortfall(members, instance).missing
                return missing > 0 && !name.isEmpty ? AssignmentShortage(kind, name, missing: missing) : nil
            }
    }

    /// The reads of these proposals that no assignment within the upper limits can place.
    private static func shortfall(
        _ members: [Int], _ instance: AssignmentInstance
    ) -> (missing: Int, reached: [Bool]) {
        let width = instance.evaluators.count
        var missing = 0
        var costs: [Int32] = [], reads: [Int] = []
        for place in members {
            let possible = min(instance.proposals[place].reads, allowed(place, instance))
            missing += instance.proposals[place].reads - possible
            reads.append(possible)
            costs += instance.costs[place * width..<(place + 1) * width]
        }
        var flow = AssignmentFlow(
            costs: costs, reads: reads, least: Array(repeating: 0, count: width),
            most: instance.evaluators.map(\.most))
        guard case .short(let lacking, let reached) = flow.solve() else {
            return (missing, Array(repeating: false, count: width))
        }
        return (missing + lacking, Array(reached.prefix(width)))
    }

    private static func minima(_ instance: AssignmentInstance, _ total: Int) -> [AssignmentShortage] {
        let width = instance.evaluators.count
        var found: [AssignmentShortage] = []
        let least = instance.evaluators.reduce(0) { $0 + $1.least }
        if least > total { found.append(.init(.minimum, everyone, missing: least - total)) }
        for (place, evaluator) in instance.evaluators.enumerated() {
            let open = instance.proposals.indices.count {
                instance.proposals[$0].reads > 0 && instance.costs[$0 * width + place] >= 0
            }
            if evaluator.least > open { found.append(.init(.minimum, evaluator.name, missing: evaluator.least - open)) }
        }
        // With no upper limits, what cannot be filled is the lower limits' doing alone.
        let reads = instance.proposals.indices.map { min(instance.proposals[$0].reads, allowed($0, instance)) }
        let high = instance.proposals.count + least
        var flow = AssignmentFlow(
            costs: instance.costs, reads: reads, least: instance.evaluators.map(\.least),
            most: Array(repeating: high, count: width))
        if case .short(let missing, let reached) = flow.solve(), found.allSatisfy({ $0.missing < missing }) {
            let names = instance.evaluators.indices.filter { !reached[$0] && instance.evaluators[$0].least > 0 }
            found.append(
                .init(
                    .minimum, names.map { instance.evaluators[$0].name }.joined(separator: ", "), missing: missing))
        }
        return found
    }
}
