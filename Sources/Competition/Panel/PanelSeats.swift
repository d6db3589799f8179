import Database
import Kernel
import People

/// Who sits before which presentation: asked for every page and in every act, with what the account holds at that moment.
enum PanelSeats {
    /// The panelist that an account is before a presentation.
    ///
    /// Throws `PanelRefusal.missing` when it is none, was removed, or has a conflict with the proposal; `undeclared`
    /// while its conflicts are not declared.
    static func seat(in slot: Slot, account: Int, _ grants: [Grant], _ db: Reader) throws -> Evaluator {
        guard grants.contains(where: { $0.role == .panelist && $0.edition == slot.editionCode }),
            let own = try Evaluators.of(account, .panelist, in: slot.edition, db), slot.panelists.contains(own.id)
        else { throw PanelRefusal.missing }
        guard own.declaredAt != nil else { throw PanelRefusal.undeclared(slot.editionCode) }
        guard try Conflicts.between(proposal: slot.proposal, evaluator: own.id, db).isEmpty else {
            throw PanelRefusal.missing
        }
        return own
    }

    /// The same for an act, by what the account holds in its transaction.
    static func seat(in slot: Slot, by actor: Actor, _ db: Writer) throws -> Evaluator {
        guard let account = actor.account else { throw PanelRefusal.missing }
        return try seat(in: slot, account: account, try Grants.live(of: account, at: db.at, db), db)
    }

    /// The editions in which somebody holds a seat, with the seats: of panelists and, for field visits, of evaluators.
    static func held(_ account: Int, _ grants: [Grant], _ db: Reader) throws -> [Evaluator] {
        try Evaluators.read("v.account = \(account) AND v.removed_at IS NULL", db).filter { seat in
            let role: Role = seat.seat == .panelist ? .panelist : .evaluator
            let code = try? Editions.found(seat.edition, db).code
            return grants.contains { $0.role == role && $0.edition == code }
        }
    }
}
