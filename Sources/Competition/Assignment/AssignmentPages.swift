import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/penugasan`: plans of who reads what, their proofs and release, and reads given by hand.
package struct AssignmentPages: Sendable {
    private let assignments: Assignments

    package init(_ assignments: Assignments) { self.assignments = assignments }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/penugasan", .manageEditions) { _, context, person, frame in
            .personal(try await overview(.none, [], Query.empty, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/penugasan", .manageEditions) { form, _, context, person, frame in
            let code = try context.part("edition")
            // First: whether the edition is there and theirs.
            _ = try await assignments.overview(code, for: person)
            let objective = try form.choice("tujuan", of: AssignmentPlan.Objective.self) ?? .floor
            do {
                let id = try await assignments.plan(
                    in: code, objective: objective, seed: try form.integer("benih", in: 1...999_999_999),
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", code, "penugasan", String(id))))
            } catch let impossible as AssignmentImpossible {
                return .personal(
                    try await overview(.none, impossible.shortages, form, context, person, frame), status: 409)
            } catch let refusal as AssigningRefusal where refusal.kind == .conflict {
                return .personal(
                    try await overview(FormProblems(refusal), [], form, context, person, frame), status: 409)
            }
        }
        desk.page("/kerja/kompetisi/{edition}/penugasan/{plan}", .manageEditions) { request, context, person, frame in
            let page = try request.query().integer("halaman", in: 1...100_000) ?? 1
            return .personal(try await plan(page, .none, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/penugasan/{plan}/lepas", .manageEditions) {
            _, _, context, person, frame in
            let code = try context.part("edition")
            do {
                try await assignments.release(
                    try number("plan", context), in: code, by: person.actor(from: context.clientAddress),
                    at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", code, "penugasan")))
            } catch let refusal as AssigningRefusal where refusal.kind == .conflict {
                return .personal(
                    try await plan(1, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
            }
        }
        addHandReads(to: desk)
    }

    private func addHandReads(to desk: Desk) {
        let base = "/kerja/kompetisi/{edition}/penugasan/usulan/{proposal}"
        desk.page(base, .manageEditions) { _, context, person, frame in
            .personal(try await proposal(.none, context, person, frame))
        }
        desk.submit(base + "/beri", .manageEditions) { form, _, context, person, frame in
            let evaluator = try form.integer("penilai", in: 1...Int.max) ?? 0
            return try await acted(context, person, frame) {
                try await assignments.give($0, to: evaluator, in: $1, by: $2, at: context.began)
            }
        }
        desk.submit(base + "/tambah", .manageEditions) { _, _, context, person, frame in
            try await acted(context, person, frame) {
                try await assignments.giveExtra($0, in: $1, by: $2, at: context.began)
            }
        }
        desk.submit(base + "/tarik", .manageEditions) { form, _, context, person, frame in
            let reading = try form.integer("penilaian", in: 1...Int.max) ?? 0
            let reason = try form.text("alasan", limit: 1000) ?? ""
            return try await acted(context, person, frame) {
                try await assignments.take(reading, of: $0, in: $1, reason: reason, by: $2, at: context.began)
            }
        }
    }

    private func acted(
        _ context: Context, _ person: Person, _ frame: Frame,
        _ body: (_ proposal: Int, _ code: String, Actor) async throws -> Void
    ) async throws -> Answer {
        let (id, code) = (try number("proposal", context), try context.part("edition"))
        do {
            try await body(id, code, person.actor(from: context.clientAddress))
            return .seeOther(frame.to(AssignmentView.proposal(code, id)))
        } catch let refusal as any Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return .personal(
                try await proposal(FormProblems(refusal), context, person, frame), status: refusal.kind.status)
        }
    }

    private func number(_ name: String, _ context: Context) throws -> Int {
        try context.number(name) { AssigningRefusal.missing(Int($0) ?? 0) }
    }

    private func overview(
        _ problems: FormProblems, _ shortages: [AssignmentShortage], _ form: Query, _ context: Context,
        _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        AssignmentView.overview(
            try await assignments.overview(try context.part("edition"), for: person), shortages,
            seed: try form.text("benih", limit: 20) ?? "", objective: try form.text("tujuan", limit: 20) ?? "floor",
            problems, frame)
    }

    private func plan(
        _ page: Int, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        PlanView.page(
            try await assignments.show(
                try number("plan", context), in: try context.part("edition"), page: page, for: person), page: page,
            problems, frame)
    }

    private func proposal(
        _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        HandReadsView.page(
            try await assignments.reads(
                of: try number("proposal", context), in: try context.part("edition"), for: person), problems, frame)
    }
}
