import Database
import Files
import Kernel
import People

/// The photos of field visits.
extension Visits {
    static let mostPhotos = 30

    /// Adds a photo to a visit; one whose key is there already is the same photo sent again, and nothing happens.
    func add(
        _ photo: AdmittedFile, key: String, takenAt: Instant?, to id: Int, by actor: Actor, at: Instant
    ) async throws {
        try await database.write(at: at) { db in
            let visit = try Self.own(id, by: actor, db)
            if let wall = Self.wall(try Editions.found(visit.edition, db).edition, at: at) { throw wall }
            guard !visit.photos.contains(where: { $0.key == key }) else { return }
            guard visit.photos.count < Self.mostPhotos else {
                throw PanelRefusal.invalid([
                    Problem(
                        "foto",
                        Phrase(
                            "Satu kunjungan memuat paling banyak \(Self.mostPhotos) foto.",
                            "A visit holds at most \(Self.mostPhotos) photos."))
                ])
            }
            try FileStore.record(photo, db)
            try db.insert(
                "visit_photo", ["visit", "key", "file", "name", "taken_at", "received_at"],
                [
                    [
                        id.sqlValue, key.sqlValue, photo.digest.sqlValue, photo.name.sqlValue, takenAt.sqlValue,
                        at.sqlValue,
                    ]
                ])
            try Audit.note("add-photo", "visit", String(id), [("file", photo.digest)], by: actor, db)
        }
    }

    /// A photo for its visitor and for those who hold the edition; throws `missing` for others.
    func photo(_ key: String, of id: Int, for person: Person) async throws -> Visit.Photo {
        try await database.read { db in
            guard let visit = try Self.read("t.id = \(id)", db).first,
                let photo = visit.photos.first(where: { $0.key == key })
            else { throw PanelRefusal.missing }
            let stored = try Editions.found(visit.edition, db)
            let isTheirs = person.grants.contains { $0.institution == visit.institution }
            if isTheirs || !person.may(.manageEditions, at: stored.edition.organiser) {
                _ = try Self.own(id, account: person.account, person.grants, db)
            }
            return photo
        }
    }
}
