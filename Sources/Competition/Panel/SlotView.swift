import Kernel
import Web

/// One presentation for its organiser: who speaks, where it can be moved, its minutes.
enum SlotView {
    struct Model: Sendable {
        let slot: Slot
        let plan: Slots.Plan
        /// Whether it is of the person's own institution: its minutes are not for its people.
        let isOwn: Bool
        /// What was typed and not taken, by field.
        var typed: [String: String] = [:]
        /// The panelists chosen and not taken.
        var chosen: Set<String>?
        var problems = FormProblems.none
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (slot, plan, form) = (model.slot, model.plan, FormView(frame, model.problems))
        let place = EditionMenuView.Place.presentations
        let began: HTML = html(slot.beganAt) {
            "<dt>\(frame.say("Dimulai", "Began"))</dt><dd>\(frame.language.say($0.moment(in: plan.stored.edition.zone)))</dd>"
        }
        return Layout.page(
            frame,
            PageHead(
                form.title(slot.title), description: frame.say("Presentasi", "Presentation"),
                crumbs: EditionMenuView.crumbs(plan.stored, frame) + [
                    Crumb(frame.language.say(place.name), frame.to(place.path(plan.stored.code)))
                ], indexed: false),
            """
            \(form.summary())<h1\(frame.record)>\(slot.title)</h1>\(EditionMenuView.menu(plan.stored, at: place, frame))
            <dl class="facts"><dt>\(frame.say("Waktu", "Time"))</dt><dd>\(frame.language.say(slot.time(in: plan.stored.edition.zone)))</dd>
            <dt>\(frame.say("Ruang", "Room"))</dt><dd>\(slot.room)</dd>
            <dt>\(frame.say("Instansi", "Institution"))</dt><dd>\(slot.institutionName)</dd>
            <dt>\(frame.say("Yang presentasi", "Presenter"))</dt><dd>\(PresentationView.speaker(slot, frame))</dd>
            <dt>\(frame.say("Panelis", "Panelists"))</dt><dd>\(slot.panelists.map(plan.name).joined(separator: ", "))</dd>\(began)</dl>
            \(move(model, form))\(model.isOwn ? .empty : minutes(model, form))
            """)
    }

    private static func move(_ model: Model, _ form: FormView) -> HTML {
        let (slot, plan, frame) = (model.slot, model.plan, form.frame)
        let zone = plan.stored.edition.zone
        let hindered = plan.conflicts[slot.proposal] ?? []
        let choices = plan.panelists.map { panelist in
            Choice(
                String(panelist.id), panelist.name,
                note: hindered.contains(panelist.id) ? frame.say("benturan kepentingan", "conflict of interest") : nil)
        }
        return """
            <section aria-labelledby="pindah"><h2 id="pindah">\(frame.say("Pindahkan", "Move"))</h2>
            \(form.form(
                to: .path("kerja", "kompetisi", plan.stored.code, "presentasi", String(slot.id)),
                """
                \(form.text("ruang", label: frame.say("Ruang", "Room"), value: model.typed["ruang"] ?? slot.room))\
                \(form.pair(
                    form.date("hari", label: frame.say("Hari", "Day"), value: model.typed["hari"] ?? slot.starts.day(in: zone).iso),
                    form.text(
                        "jam", label: frame.say("Mulai jam (\(zone.rawValue))", "Begins at (\(zone.rawValue))"),
                        value: model.typed["jam"] ?? slot.starts.clock(in: zone), short: true)))\
                \(form.checks(
                    "panelis", label: frame.say("Panelis", "Panelists"), choices: choices,
                    values: model.chosen ?? Set(slot.panelists.map(String.init))))\
                <p>\(form.button(frame.say("Pindahkan presentasi ini", "Move this presentation"), .second))</p>
                """))</section>
            """
    }

    private static func minutes(_ model: Model, _ form: FormView) -> HTML {
        let (slot, frame) = (model.slot, form.frame)
        return """
            <section aria-labelledby="risalah"><h2 id="risalah">\(frame.say("Risalah", "Minutes"))</h2>
            \(form.form(
                to: .path("kerja", "kompetisi", model.plan.stored.code, "presentasi", String(slot.id), "risalah"),
                form.area(
                    "risalah", label: frame.say("Yang terjadi dalam presentasi", "What happened"),
                    value: model.typed["risalah"] ?? slot.minutes ?? "",
                    hint: frame.say(
                        "Hanya untuk panel dan sekretariat, termasuk bila pimpinan diwakili.",
                        "For panel and secretariat only; also that the leader was represented."))
                    + "<p>\(form.button(frame.say("Simpan risalah", "Save the minutes")))</p>"))</section>
            """
    }
}
