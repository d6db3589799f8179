import Foundation
import Kernel
import Text

/// Which of several statements a record shows, field by field: what its institution validated here first, the latest
/// of it, also where it empties a field; then the source that is believed more, the newer statement, the one that came
/// first. An institution or region that the register knows goes before one that it does not. Lists are united in that
/// order, unless the institution itself said what they hold.
package enum Survivorship {
    /// Statements in the order in which they are believed.
    package static func ordered(_ statements: [Statement]) -> [Statement] {
        statements.sorted { a, b in
            if a.own != b.own { return a.own }
            // Own statements are numbered as they were made; a clock may have been set back.
            if a.own { return a.id > b.id }
            if a.trust != b.trust { return a.trust < b.trust }
            if a.changedAt != b.changedAt { return a.changedAt > b.changedAt }
            return a.id < b.id
        }
    }

    /// The record that statements make together, and which value is whose.
    package static func record(of statements: [Statement]) -> (innovation: Innovation, origin: Origin) {
        let statements = ordered(statements)
        var record = Innovation()
        var fields: [Int: [Innovation.Field]] = [:]
        for field in Innovation.Field.allCases {
            let speaking = statements.filter { $0.fields.contains(field) }
            guard let first = speaking.first else { continue }
            var used = [first]
            if !first.own {
                let telling = speaking.filter { $0.innovation[field] != nil }
                used = Array(telling.prefix(1))
                switch field {
                case .institution: used = telling.first { $0.innovation.institution != nil }.map { [$0] } ?? used
                case .region: used = telling.first { $0.innovation.region != nil }.map { [$0] } ?? used
                case .sdgs, .awards, .links, .activities, .notes: used = telling
                default: break
                }
            }
            for (place, statement) in used.enumerated() {
                if place == 0 {
                    record.take(field, from: statement.innovation)
                } else if !record.unite(field, with: statement.innovation) {
                    continue
                }
                fields[statement.id, default: []].append(field)
            }
        }
        return (record, Origin(fields: fields))
    }
}

extension Innovations {
    /// A value that a source sent and that differs from what the record's institution validated here.
    package struct Difference: Sendable, Hashable {
        /// The number of the source record.
        package let record: Int
        package let field: Innovation.Field
        package let ours: String?
        package let theirs: String?

        package init(record: Int, field: Innovation.Field, ours: String?, theirs: String?) {
            self.record = record
            self.field = field
            self.ours = ours
            self.theirs = theirs
        }

        /// Where a statement that has just come differs from what an institution itself said, in what is new of it.
        ///
        /// - Parameter before: what the same row said before, if it was known.
        static func found(_ new: Statement, since before: Statement?, against others: [Statement]) -> [Difference] {
            let own = Survivorship.ordered(others.filter(\.own))
            guard !own.isEmpty else { return [] }
            return Innovation.Field.allCases.compactMap { field in
                guard let theirs = new.innovation[field],
                    let ours = own.first(where: { $0.fields.contains(field) })?.innovation,
                    before?.innovation[field] != theirs || before?.fields.contains(field) == false,
                    !ours.holds(field, of: new.innovation)
                else { return nil }
                return Difference(record: new.id, field: field, ours: ours[field], theirs: theirs)
            }
        }
    }
}

extension Innovation {
    /// Adds what a list of another record has beyond this one's; false when it has nothing more.
    fileprivate mutating func unite(_ field: Field, with other: Innovation) -> Bool {
        let before = self
        switch field {
        case .sdgs: sdgs = Set(sdgs + other.sdgs).sorted()
        case .awards: awards += other.awards.filter { award in !awards.contains { $0.covers(award) } }
        case .links: links += other.links.filter { link in !links.contains { $0.address == link.address } }
        case .activities:
            activities += other.activities.filter { activity in
                !activities.contains {
                    $0.kind == activity.kind && $0.on == activity.on && fold($0.note) == fold(activity.note)
                }
            }
        case .notes: notes += other.notes.filter { note in !notes.contains { fold($0) == fold(note) } }
        default: break
        }
        return !agrees(with: before, in: field)
    }

    /// Whether it says in a field all that another record says, but for spelling.
    fileprivate func holds(_ field: Field, of other: Innovation) -> Bool {
        switch field {
        case .sdgs, .awards, .links, .activities, .notes:
            var united = self
            return !united.unite(field, with: other)
        case .institution where institution != nil && other.institution != nil:
            return institution == other.institution
        case .region where region != nil && other.region != nil: return region == other.region
        default: return self[field].map { fold($0) } == other[field].map { fold($0) }
        }
    }
}

extension Innovation.Award {
    /// Whether it is the same award, told as fully or more.
    fileprivate func covers(_ other: Self) -> Bool {
        year == other.year && fold(programme) == fold(other.programme)
            && (other.rank == nil || rank.map { fold($0) } == other.rank.map { fold($0) })
    }
}
