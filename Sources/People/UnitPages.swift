import Hummingbird
import Institutions
import Kernel
import Web

/// The units of an institution: `/kerja/unit`.
package struct UnitPages: Sendable {
    private let units: OfficeUnits
    private let register: @Sendable () -> Register
    private let clock: @Sendable () -> Instant

    package init(
        units: OfficeUnits, register: @escaping @Sendable () -> Register,
        clock: @escaping @Sendable () -> Instant = Instant.now
    ) {
        self.units = units
        self.register = register
        self.clock = clock
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/unit", .manageUnits) { request, _, person, frame in
            let query = try request.query()
            var model = try await page(person, try scope(query, person))
            if try query.one("selesai") != nil { model.notice = Phrase("Tersimpan.", "Saved.") }
            return .personal(UnitsView.page(model, .none, frame))
        }
        desk.submit("/kerja/unit", .manageUnits) { form, _, context, person, frame in
            let institution = try scope(form, person)
            let name = try form.text("name", limit: 1000) ?? ""
            do {
                _ = try await units.add(
                    name, custodian: try form.one("custodian") == "1", to: institution,
                    by: person.actor(from: context.clientAddress), at: clock())
                return done(institution, context.language)
            } catch let refusal as UnitRefusal {
                var model = try await page(person, institution)
                model.name = name
                return .personal(UnitsView.page(model, FormProblems(refusal), frame), status: refusal.kind.status)
            }
        }
        desk.page("/kerja/unit/{unit}", .manageUnits) { _, context, person, frame in
            let unit = try await unit(context, person)
            return .personal(UnitsView.unit(unit, unit.name, .none, frame))
        }
        desk.submit("/kerja/unit/{unit}", .manageUnits) { form, _, context, person, frame in
            let unit = try await unit(context, person)
            let actor = person.actor(from: context.clientAddress)
            let name = try form.text("name", limit: 1000) ?? ""
            do {
                switch try form.choice("tindakan", among: ["nama", "pengampu", "bukan-pengampu", "tutup"]) {
                case "nama": try await units.rename(unit.id, to: name, by: actor, at: clock())
                case "pengampu": try await units.setCustodian(true, unit.id, by: actor, at: clock())
                case "bukan-pengampu": try await units.setCustodian(false, unit.id, by: actor, at: clock())
                case "tutup": try await units.close(unit.id, by: actor, at: clock())
                default: throw QueryRefusal.absent(name: "tindakan")
                }
                return done(unit.institution, context.language)
            } catch let refusal as UnitRefusal {
                return .personal(
                    UnitsView.unit(unit, name.isEmpty ? unit.name : name, FormProblems(refusal), frame),
                    status: refusal.kind.status)
            }
        }
    }

    /// Throws `UnitRefusal.unknown` for a unit of another institution: that it exists is not told.
    private func unit(_ context: Context, _ person: Person) async throws -> OfficeUnit {
        let number = try context.number("unit") { _ in UnitRefusal.unknown }
        let unit = try await units.unit(number)
        guard person.may(.manageUnits, at: unit.institution) else { throw UnitRefusal.unknown }
        return unit
    }

    private func scope(_ query: Query, _ person: Person) throws -> String {
        let own = person.grants(for: .manageUnits).compactMap(\.institution)
        guard let code = try query.text("instansi", limit: 40) ?? own.first, person.may(.manageUnits, at: code) else {
            throw DeskRefusal.notYours(.manageUnits)
        }
        return code
    }

    private func page(_ person: Person, _ institution: String) async throws -> UnitsPage {
        func named(_ code: String) -> (code: String, name: String) {
            (code, register().institution(code)?.name ?? code)
        }
        return UnitsPage(
            institution: named(institution), units: try await units.all(of: institution),
            choices: Set(person.grants(for: .manageUnits).compactMap(\.institution)).sorted().map(named))
    }

    private func done(_ institution: String, _ language: Language) -> Answer {
        .seeOther(
            Address.path("kerja", "unit", query: [("instansi", institution), ("selesai", "1")]).within(language.prefix))
    }
}
