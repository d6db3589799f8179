import Directory
import Documents
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// The dates that an agency sets for its units: who has filled in what by when.
package struct CollectionPages: Sendable {
    private let collections: Collections
    private let register: @Sendable () -> Register

    package init(_ collections: Collections, register: @escaping @Sendable () -> Register) {
        self.collections = collections
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/batas", .followInstitution) { _, _, person, frame in
            .personal(try await list(person, frame))
        }
        desk.submit("/kerja/batas", .manageUnits) { form, _, context, person, frame in
            let typed = CollectionView.Typed(
                title: try form.text("judul", limit: 2000) ?? "", dueOn: try form.one("batas") ?? "",
                institution: try form.one("instansi") ?? "")
            do {
                let id = try await collections.set(
                    title: typed.title, dueOn: typed.dueOn, at: typed.institution,
                    by: person.actor(from: context.clientAddress), at: .now())
                return .seeOther(frame.to(.path("kerja", "batas", String(id))))
            } catch let refusal as CollectionRefusal {
                return .personal(
                    try await list(person, typed: typed, problems: FormProblems(refusal), frame),
                    status: refusal.kind.status)
            }
        }
        desk.submit("/kerja/batas/{id}/tutup", .manageUnits) { _, _, context, person, frame in
            let id = try number(context)
            try await collections.close(id, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "batas")))
        }
        desk.page("/kerja/batas/{id}", .followInstitution) { _, context, person, frame in
            let (collection, units) = try await collections.show(try number(context), for: person)
            return .personal(
                CollectionView.page(
                    collection, units, institution: name(collection.institution),
                    mayClose: person.may(.manageUnits, at: collection.institution), at: .now(), frame))
        }
        desk.page("/kerja/batas/{id}/lembar", .followInstitution) { _, context, person, frame in
            let (collection, units) = try await collections.show(try number(context), for: person)
            return .personal(
                CollectionView.sheet(
                    collection, units, institution: name(collection.institution), at: .now(), frame))
        }
        desk.page("/kerja/batas/{id}/unit.xlsx", .followInstitution) { _, context, person, _ in
            let (collection, units) = try await collections.show(try number(context), for: person)
            let rows = units.map { unit -> [Cell] in
                [
                    .text(unit.unit), .text(CollectionView.phrase(unit, collection).indonesian), .number(unit.writing),
                    .number(unit.waiting), .number(unit.published), Cell(unit.sentAt?.rfc3339),
                    Cell(unit.touchedAt?.rfc3339),
                ]
            }
            return TableFile.answer("batas-\(collection.id)", .xlsx, header: Self.header, rows)
        }
    }

    private static let header = [
        "Unit", "Keadaan", "Ditulis", "Menunggu validasi", "Divalidasi", "Pertama dikirim (UTC)",
        "Terakhir diubah (UTC)",
    ]

    private func number(_ context: Context) throws -> Int {
        try context.number("id") { _ in CollectionRefusal.unknown }
    }

    private func name(_ code: String) -> String { register().institution(code)?.name ?? code }

    private func list(
        _ person: Person, typed: CollectionView.Typed = CollectionView.Typed(), problems: FormProblems = .none,
        _ frame: Frame
    ) async throws -> HTML {
        let owners = Set(person.grants(for: .manageUnits).compactMap(\.institution)).sorted()
        return CollectionView.list(
            try await collections.list(for: person), at: .now(), name: name,
            owners: owners.map { (code: $0, name: name($0)) }, typed, problems: problems, frame)
    }
}
