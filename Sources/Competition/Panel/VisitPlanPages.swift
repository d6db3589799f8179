import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/lapangan`: who visits which finalist when, and what they reported.
package struct VisitPlanPages: Sendable {
    private let plans: VisitPlans

    package init(_ plans: VisitPlans) { self.plans = plans }

    package func add(to desk: Desk) {
        let place = "/kerja/kompetisi/{edition}/lapangan"
        desk.page(place, .manageEditions) { _, context, person, frame in
            let plan = try await plans.plan(try context.part("edition"), for: person)
            return .personal(VisitPlanView.page(.init(plan: plan), frame))
        }
        desk.submit(place, .manageEditions) { form, _, context, person, frame in
            try await send(form, context, person, frame)
        }
        desk.page(place + "/{visit}", .manageEditions) { _, context, person, frame in
            let (plan, visit) = try await one(context, person)
            return .personal(VisitPlanView.report(visit, plan.stored, frame))
        }
        desk.submit(place + "/{visit}/batal", .manageEditions) { _, _, context, person, frame in
            let (plan, visit) = try await one(context, person)
            try await plans.cancel(
                visit.id, in: plan.stored.code, by: person.actor(from: context.clientAddress), at: context.began)
            return .seeOther(frame.to(EditionMenuView.Place.visits.path(plan.stored.code)))
        }
    }

    private func one(_ context: Context, _ person: Person) async throws -> (VisitPlans.Plan, Visit) {
        let id = try PanelPages.number(context, "visit")
        let plan = try await plans.plan(try context.part("edition"), for: person)
        guard let visit = plan.visits.first(where: { $0.id == id }), !plan.own.contains(id) else {
            throw PanelRefusal.missing
        }
        return (plan, visit)
    }

    private func send(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let code = try context.part("edition")
        var typed: [String: String] = [:]
        let plan = try await plans.plan(code, for: person)
        for name in ["usulan", "petugas", "hari"] { typed[name] = try form.text(name, limit: 20) }
        do {
            guard let day = Day(iso: typed["hari"] ?? "") else {
                throw PanelRefusal.invalid([Problem("hari", Phrase("Pilih harinya.", "Choose the day."))])
            }
            try await plans.send(
                Int(typed["petugas"] ?? "") ?? 0, to: Int(typed["usulan"] ?? "") ?? 0, on: day, in: code,
                by: person.actor(from: context.clientAddress), at: context.began)
            return .seeOther(frame.to(EditionMenuView.Place.visits.path(code)))
        } catch let refusal as PanelRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            let model = VisitPlanView.Model(
                plan: plan, typed: typed, problems: FormProblems(refusal))
            return .personal(VisitPlanView.page(model, frame), status: refusal.kind.status)
        }
    }
}
