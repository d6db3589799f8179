import Files
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/presentasi`: finalists scheduled into rooms and days, moved one by one, and minuted.
package struct PresentationPages: Sendable {
    private let slots: Slots
    private let presenters: Presenters
    private let files: FileStore

    package init(_ slots: Slots, _ presenters: Presenters, files: FileStore) {
        self.slots = slots
        self.presenters = presenters
        self.files = files
    }

    package func add(to desk: Desk) {
        let place = "/kerja/kompetisi/{edition}/presentasi"
        desk.page(place, .manageEditions) { _, context, person, frame in
            let plan = try await slots.plan(try context.part("edition"), for: person)
            return .personal(PresentationView.page(.init(plan: plan, sheet: first(plan)), frame))
        }
        desk.submit(place, .manageEditions) { form, _, context, person, frame in
            try await schedule(form, context, person, frame)
        }
        desk.page(place + "/{slot}", .manageEditions) { _, context, person, frame in
            let (slot, plan) = try await slots.one(
                try PanelPages.number(context, "slot"), in: try context.part("edition"), for: person)
            return .personal(SlotView.page(.init(slot: slot, plan: plan, isOwn: isOwn(slot, person)), frame))
        }
        desk.submit(place + "/{slot}", .manageEditions) { form, _, context, person, frame in
            try await move(form, context, person, frame)
        }
        desk.submit(place + "/{slot}/risalah", .manageEditions) { form, _, context, person, frame in
            let (id, code) = (try PanelPages.number(context, "slot"), try context.part("edition"))
            let (slot, plan) = try await slots.one(id, in: code, for: person)
            guard !isOwn(slot, person) else { throw PanelRefusal.missing }
            let words = try form.text("risalah", limit: 100_000) ?? ""
            do {
                try await slots.minute(
                    id, in: code, words, by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", code, "presentasi", String(id))))
            } catch let refusal as PanelRefusal where refusal.kind == .invalid {
                let model = SlotView.Model(
                    slot: slot, plan: plan, isOwn: isOwn(slot, person), typed: ["risalah": words],
                    problems: FormProblems(refusal))
                return .personal(SlotView.page(model, frame), status: 422)
            }
        }
        desk.page("/kerja/presentasi/{slot}/surat", .enterDesk) { _, context, person, _ in
            let letter = try await presenters.letter(
                of: try PanelPages.number(context, "slot"), for: person, at: context.began)
            return try await PanelPages.file(letter.digest, letter.name, files)
        }
    }

    private func isOwn(_ slot: Slot, _ person: Person) -> Bool {
        person.grants.contains { $0.institution == slot.institution }
    }

    /// What the form begins with: as many seats as all panelists, at most three.
    private func first(_ plan: Slots.Plan) -> TimetableSheet {
        TimetableSheet(for: plan.stored.edition, seats: max(1, min(3, plan.panelists.count)))
    }

    private func schedule(
        _ form: Query, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> Answer {
        let code = try context.part("edition")
        let plan = try await slots.plan(code, for: person)
        var typed: [String: String] = [:]
        for name in TimetableSheet.names { typed[name] = try form.text(name, limit: 5000) }
        var model = PresentationView.Model(plan: plan, sheet: TimetableSheet(typed))
        let next = try form.choice("lanjut", among: ["susun", "terima"])
        do {
            if next == "terima" {
                try await slots.accept(
                    code, model.sheet, looked: try form.text("tanda", limit: 64) ?? "",
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(EditionMenuView.Place.presentations.path(code)))
            }
            model.proposed = try plan.timetable(model.sheet)
            return .personal(PresentationView.page(model, frame))
        } catch let refusal as PanelRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            if refusal == .changedMeanwhile {
                model = .init(plan: try await slots.plan(code, for: person), sheet: model.sheet)
                model.proposed = try? model.plan.timetable(model.sheet)
            }
            model.problems = FormProblems(refusal)
            return .personal(PresentationView.page(model, frame), status: refusal.kind.status)
        }
    }

    private func move(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let (id, code) = (try PanelPages.number(context, "slot"), try context.part("edition"))
        let (slot, plan) = try await slots.one(id, in: code, for: person)
        let zone = plan.stored.edition.zone
        var typed: [String: String] = [:]
        for name in ["ruang", "hari", "jam"] { typed[name] = try form.text(name, limit: 200) ?? "" }
        let chosen = Set(form.all("panelis"))
        do {
            var problems: [Problem] = []
            let room = typed["ruang"] ?? "", day = Day(iso: typed["hari"] ?? "")
            let minute = TimetableSheet.minute(typed["jam"] ?? "")
            if room.isEmpty || room.count > 80 {
                problems.append(Problem("ruang", Phrase("Tulis nama ruang.", "Write the room.")))
            }
            if day == nil { problems.append(Problem("hari", Phrase("Pilih harinya.", "Choose the day."))) }
            if minute == nil {
                problems.append(Problem("jam", Phrase("Tulis jam, misalnya 09.30.", "Write the time, e.g. 09.30.")))
            }
            if chosen.isEmpty {
                problems.append(Problem("panelis", Phrase("Pilih panelisnya.", "Choose the panelists.")))
            }
            guard problems.isEmpty, let day, let minute else { throw PanelRefusal.invalid(problems) }
            try await slots.move(
                id, in: code,
                to: .init(
                    room: room, starts: Timetable.instant(day, minute: minute, in: zone),
                    panelists: chosen.map { Int($0) ?? 0 }),
                by: person.actor(from: context.clientAddress), at: context.began)
            return .seeOther(frame.to(EditionMenuView.Place.presentations.path(code)))
        } catch let refusal as PanelRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            let model = SlotView.Model(
                slot: slot, plan: plan, isOwn: isOwn(slot, person), typed: typed, chosen: chosen,
                problems: FormProblems(refusal))
            return .personal(SlotView.page(model, frame), status: refusal.kind.status)
        }
    }
}
