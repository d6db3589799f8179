import Kernel

/// What stands in the way of holding a presentation at a time, in a room, before some panelists.
package enum SlotClash: Sendable, Hashable {
    /// The room is taken by a proposal.
    case room(String, with: Int)
    /// A panelist sits before another proposal then.
    case panelist(Int, with: Int)
    /// A panelist has a conflict with the proposal itself.
    case conflict(Int)

    /// - Parameters:
    ///   - others: the other presentations of the edition.
    ///   - conflicts: the panelists who may not hear this one.
    package static func of(
        _ place: Timetable.Place, among others: [Timetable.Place], conflicts: Set<Int>
    ) -> [SlotClash] {
        let meanwhile = others.filter {
            $0.proposal != place.proposal && $0.starts < place.ends && place.starts < $0.ends
        }
        return meanwhile.filter { $0.room == place.room }.map { .room($0.room, with: $0.proposal) }
            + meanwhile.flatMap { other in
                place.panelists.filter(other.panelists.contains).map { .panelist($0, with: other.proposal) }
            } + place.panelists.filter(conflicts.contains).map { .conflict($0) }
    }
}
