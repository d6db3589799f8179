import Database
import Kernel
import People

// Whose an edition is: the institution that organises it. Asked in the transaction of each act.
extension Editions {
    /// An edition for an act of its organiser; throws `EditionRefusal.unknown`, or `DeskRefusal` for anybody else.
    static func organised(_ code: String, by actor: Actor, _ db: Writer) throws -> Stored {
        let stored = try found(code, db)
        do {
            try Grants.require(.manageEditions, at: stored.edition.organiser, by: actor, db)
        } catch let refusal as DeskRefusal {
            // Another's draft is nobody else's to know of.
            throw stored.state == .draft ? EditionRefusal.unknown(code) : refusal
        }
        return stored
    }

    /// An edition for its organiser's eyes; throws `EditionRefusal.unknown`, or `DeskRefusal` for anybody else.
    static func organised(_ code: String, for person: Person, _ db: Reader) throws -> Stored {
        let stored = try found(code, db)
        guard person.may(.manageEditions, at: stored.edition.organiser) else {
            guard stored.state != .draft else { throw EditionRefusal.unknown(code) }
            throw DeskRefusal.notYours(.manageEditions)
        }
        return stored
    }

    /// An edition by its code, in whatever state; throws `EditionRefusal.unknown`.
    static func found(_ code: String, _ db: Reader) throws -> Stored {
        guard let stored = try read("e.code = \(code)", db).first else { throw EditionRefusal.unknown(code) }
        return stored
    }

    /// An edition by its number; throws `EditionRefusal.unknown`.
    static func found(_ id: Int, _ db: Reader) throws -> Stored {
        guard let stored = try read("e.id = \(id)", db).first else { throw EditionRefusal.unknown(String(id)) }
        return stored
    }
}
