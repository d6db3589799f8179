import Kernel

/// A set that keeps the published constraints, beside the plain order, with what each constraint moved.
package struct SelectionSuggestion: Sendable {
    /// One that is in although the plain order has it out, and whom it replaces; one of both may be absent.
    package struct Move: Sendable, Hashable {
        package let into: Int?
        package let out: Int?
        /// The constraints that the plain order breaks and this move mends; all that it breaks where no single one does.
        package let because: [Phrase]
    }

    /// The first of the order, as many as there are places, whatever the constraints say.
    package let plain: [Int]
    /// Best first; nil where no set keeps the constraints, or where it could not be told for certain.
    package let chosen: [Int]?
    package let moves: [Move]
    /// Whether no set exists; otherwise a missing one was given up on.
    package let isImpossible: Bool
}

extension Selection {
    /// The best set by an order, found exactly (`SelectionSearch`).
    ///
    /// - Parameter order: proposals, best first; those that are no candidates are passed over.
    package func suggest(_ order: [Int]) -> SelectionSuggestion {
        let known = Dictionary(candidates.map { ($0.proposal, $0) }) { first, _ in first }
        let ranked = order.compactMap { known[$0] }
        let places = min(most ?? ranked.count, ranked.count)
        let plain = ranked.prefix(places).map(\.proposal)
        var search = SelectionSearch(ranked, bounds)
        switch search.run(places: places) {
        case .best(let taken):
            let chosen = taken.map { ranked[$0].proposal }
            return SelectionSuggestion(
                plain: plain, chosen: chosen, moves: moves(from: plain, to: chosen, known), isImpossible: false)
        case .none: return SelectionSuggestion(plain: plain, chosen: nil, moves: [], isImpossible: true)
        case .gaveUp: return SelectionSuggestion(plain: plain, chosen: nil, moves: [], isImpossible: false)
        }
    }

    /// Pairs each that came in with one that went out: first where one bound moved both, then in order, the best of
    /// those in with the worst of those out.
    private func moves(
        from plain: [Int], to chosen: [Int], _ known: [Int: Candidate]
    ) -> [SelectionSuggestion.Move] {
        let taken = plain.compactMap { known[$0] }
        let broken = bounds.compactMap { bound -> (bound: Bound, isShort: Bool)? in
            let count = taken.count(where: bound.holds)
            return count < bound.least ? (bound, true) : count > bound.most ? (bound, false) : nil
        }
        func rule(_ bound: Bound) -> Phrase { Self.rule(bound.balance, edition, institution: bound.institution) }
        func reasons(_ proposal: Int?, short: Bool) -> [Phrase] {
            guard let candidate = proposal.flatMap({ known[$0] }) else { return [] }
            return broken.filter { $0.isShort == short && $0.bound.holds(candidate) }.map { rule($0.bound) }
        }
        var into = chosen.filter { !plain.contains($0) }
        var out = Array(plain.filter { !chosen.contains($0) }.reversed())
        // Those that a most pushed out go with those that no least called in.
        into.sort { a, b in
            let (calledA, calledB) = (!reasons(a, short: true).isEmpty, !reasons(b, short: true).isEmpty)
            return calledA && !calledB
        }
        out.sort { a, b in
            let (pushedA, pushedB) = (!reasons(a, short: false).isEmpty, !reasons(b, short: false).isEmpty)
            return !pushedA && pushedB
        }
        return (0..<max(into.count, out.count)).map { place in
            let (x, y) = (place < into.count ? into[place] : nil, place < out.count ? out[place] : nil)
            let because = reasons(x, short: true) + reasons(y, short: false)
            return SelectionSuggestion.Move(
                into: x, out: y, because: because.isEmpty ? broken.map { rule($0.bound) } : because)
        }
    }
}
