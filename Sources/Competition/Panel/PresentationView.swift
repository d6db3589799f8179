import Kernel
import Web

/// An edition's presentations for its organiser: the plan, a proposed timetable, and what was accepted.
enum PresentationView {
    struct Model: Sendable {
        let plan: Slots.Plan
        let sheet: TimetableSheet
        var proposed: Timetable?
        var problems = FormProblems.none
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (plan, form) = (model.plan, FormView(frame, model.problems))
        let edition = frame.language.say(plan.stored.edition.name)
        let title =
            plan.slots.isEmpty
            ? frame.say("Presentasi belum dijadwalkan", "Presentations are not scheduled yet")
            : frame.count(
                plan.slots.count, "presentasi terjadwal", "presentation scheduled", "presentations scheduled")
        return Layout.page(
            frame,
            PageHead(
                "\(form.title(title)) · \(edition)", description: title,
                crumbs: EditionMenuView.crumbs(plan.stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(plan.stored, at: .presentations, frame))\(facts(plan, frame))
            \(html(model.proposed) { proposal($0, model, form) })
            \(plan.slots.isEmpty ? .empty : scheduled(plan, frame))
            \(plan.finalists.isEmpty ? .empty : planning(model, form))
            """)
    }

    private static func facts(_ plan: Slots.Plan, _ frame: Frame) -> HTML {
        let minutes = Slot.minutes(in: plan.stored.edition)
        guard !plan.finalists.isEmpty else {
            return NoticeView.notice(
                .plain, frame.say("Belum ada finalis.", "There are no finalists yet."),
                "\(frame.say("Finalis ditetapkan sidang yang sudah ditutup.", "A closed sitting decides on them."))")
        }
        let seats = EditionMenuView.Place.evaluators.path(plan.stored.code)
        let nobody: HTML =
            plan.panelists.isEmpty
            ? NoticeView.notice(
                .soon, frame.say("Belum ada panelis yang siap.", "No panelist is ready yet."),
                """
                <a href="\(frame.to(seats))">\(frame.say("Undang panelis", "Invite panelists"))</a>\
                \(frame.say("; mereka menyatakan benturan kepentingan dulu.", "; they declare conflicts of interest first."))
                """) : .empty
        return """
            \(nobody)<p>\(frame.count(plan.finalists.count, "finalis", "finalist", "finalists")), \
            \(frame.count(plan.panelists.count, "panelis", "panelist", "panelists")), \
            \(frame.say("\(minutes) menit tiap presentasi", "\(minutes) minutes each")) \
            (\(plan.stored.edition.presentation.map { "\(frame.language.say($0.name)) \($0.minutes ?? 0)" }.joined(separator: ", "))). \
            \(frame.say("Waktu ditulis dalam", "Times are in")) \(plan.stored.edition.zone.rawValue)\
            \(frame.say(", waktu setempat pengusul dalam kurung.", ", the proposer's own in brackets."))</p>
            """
    }

    // MARK: a proposed timetable

    private static func proposal(_ timetable: Timetable, _ model: Model, _ form: FormView) -> HTML {
        let (plan, frame) = (model.plan, form.frame)
        let rows = timetable.places.map { place in
            let finalist = plan.finalists.first { $0.proposal == place.proposal }
            return StackView.Row(
                "\(frame.language.say(Slot.time(place.starts, place.ends, in: plan.stored.edition.zone, and: finalist?.zone)))",
                "\(place.room)", "<span\(frame.record)>\(plan.title(place.proposal))</span>",
                "\(finalist?.institutionName ?? "")", "\(place.panelists.map(plan.name).joined(separator: ", "))")
        }
        let loads = plan.panelists.map { panelist in
            "\(panelist.name) \(timetable.places.count { $0.panelists.contains(panelist.id) })"
        }
        return """
            <section aria-labelledby="usul"><h2 id="usul">\(frame.say("Jadwal yang diusulkan", "Proposed timetable"))</h2>
            <p>\(frame.say("Tidak ada ruang, panelis, atau benturan kepentingan yang bertabrakan. Kali mendengar", "No room, panelist or conflict of interest clashes. Presentations heard")): \
            \(loads.joined(separator: ", ")).</p>
            \(StackView.table(labelled: "usul", columns: columns(frame), rows))
            \(form.form(
                to: EditionMenuView.Place.presentations.path(plan.stored.code),
                """
                \(TimetableSheet.names.html { form.hidden($0, model.sheet.fields[$0] ?? "") })\
                \(form.hidden("tanda", timetable.mark))\
                <p>\(form.button(
                    plan.slots.isEmpty
                        ? frame.say("Terima jadwal ini", "Accept this timetable")
                        : frame.say("Ganti jadwal yang ada dengan yang ini", "Replace the timetable with this one"),
                    name: "lanjut", value: "terima"))</p>
                """))</section>
            """
    }

    private static func columns(_ frame: Frame) -> [String] {
        [
            frame.say("Waktu", "Time"), frame.say("Ruang", "Room"), frame.say("Usulan", "Proposal"),
            frame.say("Instansi", "Institution"), frame.say("Panelis", "Panelists"),
        ]
    }

    // MARK: what was accepted

    private static func scheduled(_ plan: Slots.Plan, _ frame: Frame) -> HTML {
        let rows = plan.slots.map { slot in
            let address = Address.path(
                "kerja", "kompetisi", plan.stored.code, "presentasi", String(slot.id))
            return StackView.Row(
                "\(frame.language.say(slot.time(in: plan.stored.edition.zone)))", "\(slot.room)",
                "<a href=\"\(frame.to(address))\"\(frame.record)>\(slot.title)</a>", "\(slot.institutionName)",
                "\(slot.panelists.map(plan.name).joined(separator: ", "))", speaker(slot, frame))
        }
        return """
            <section aria-labelledby="jadwal"><h2 id="jadwal">\(frame.say("Jadwal yang berlaku", "The timetable in force"))</h2>
            \(StackView.table(
                labelled: "jadwal", columns: columns(frame) + [frame.say("Yang presentasi", "Presenter")], rows))</section>
            """
    }

    /// Who presents, in words.
    static func speaker(_ slot: Slot, _ frame: Frame) -> HTML {
        guard let presenter = slot.presenter else {
            return "<span class=\"soft\">\(frame.say("belum disebut instansi", "not named yet"))</span>"
        }
        let how =
            presenter.isLeader
            ? frame.say("pimpinan sendiri", "the leader in person")
            : frame.say("dengan surat delegasi", "by delegation")
        guard presenter.delegation != nil else { return "\(presenter.name), \(presenter.office) (\(how))" }
        let address = Address.path("kerja", "presentasi", String(slot.id), "surat")
        return "\(presenter.name), \(presenter.office) (<a href=\"\(frame.to(address))\">\(how)</a>)"
    }

    // MARK: the form

    private static func planning(_ model: Model, _ form: FormView) -> HTML {
        let (frame, sheet) = (form.frame, model.sheet)
        func value(_ name: String) -> String { sheet.fields[name] ?? "" }
        return """
            <section aria-labelledby="susun"><h2 id="susun">\(frame.say("Susun jadwal", "Make a timetable"))</h2>
            \(form.form(
                to: EditionMenuView.Place.presentations.path(model.plan.stored.code),
                """
                \(form.area(
                    "ruang", label: frame.say("Ruang", "Rooms"), value: value("ruang"),
                    hint: frame.say("Satu tiap baris; ruang daring juga boleh.", "One a line; online rooms too."), small: true))\
                \(form.area(
                    "hari", label: frame.say("Hari", "Days"), value: value("hari"),
                    hint: frame.say("Satu tiap baris, misalnya 2027-08-02.", "One a line, e.g. 2027-08-02."), small: true))\
                \(form.pair(
                    form.text("mulai", label: frame.say("Mulai", "From"), value: value("mulai"), short: true),
                    form.text("selesai", label: frame.say("Selesai", "Until"), value: value("selesai"), short: true)))\
                \(form.area(
                    "jeda", label: frame.say("Jeda", "Breaks"), value: value("jeda"),
                    hint: frame.say("Satu tiap baris, misalnya 12.00-13.00.", "One a line, e.g. 12.00-13.00."), small: true))\
                \(form.pair(
                    form.number("pergantian", label: frame.say("Menit pergantian", "Minutes between"), value: value("pergantian")),
                    form.number("kursi", label: frame.say("Panelis tiap presentasi", "Panelists each"), value: value("kursi"))))\
                \(form.pair(
                    form.text(
                        "kantor_mulai", label: frame.say("Jam kantor pengusul dari", "Proposer's office hours from"),
                        value: value("kantor_mulai"), hint: frame.say("Menurut jam setempat.", "By their own clock."),
                        short: true),
                    form.text("kantor_selesai", label: frame.say("sampai", "until"), value: value("kantor_selesai"), short: true)))\
                \(form.number(
                    "benih", label: frame.say("Angka undian", "Seed of the draw"), value: value("benih"),
                    hint: frame.say("Angka yang sama memberi jadwal yang sama.", "The same number gives the same timetable.")))\
                <p>\(form.button(frame.say("Susun jadwal", "Make a timetable"), .second, name: "lanjut", value: "susun"))</p>
                """))</section>
            """
    }
}
