import Database
import Directory
import Kernel
import People

extension Sources {
    /// Moves a source one place up or down in the order of trust; at the end of the order nothing happens. The places
    /// are numbered anew, ten apart, and what both state is weighed anew.
    ///
    /// Throws `SourceRefusal.unknown`, `DeskRefusal`.
    func move(_ id: Int, up: Bool, by actor: Actor, at: Instant) async throws {
        try await database.write(at: at) { db in
            try Grants.require(.manageSources, by: actor, db)
            var order = try db.rows("\(Self.columns) ORDER BY s.trust, s.name") { try Source($0) }
            guard let place = order.firstIndex(where: { $0.id == id }) else { throw SourceRefusal.unknown }
            let other = up ? place - 1 : place + 1
            guard order.indices.contains(other) else { return }
            order.swapAt(place, other)
            for (number, source) in order.enumerated() where source.terms.trust != (number + 1) * 10 {
                try db.execute("UPDATE source SET trust = \((number + 1) * 10) WHERE id = \(source.id)")
            }
            try Innovations.settle(
                between: id, and: order[place].id, by: actor, reason: "Urutan kepercayaan sumber berubah", db)
            try Audit.note(
                "trust", "source", String(id), [("place", String(other + 1)), ("before", String(place + 1))],
                by: actor, db)
        }
    }
}
