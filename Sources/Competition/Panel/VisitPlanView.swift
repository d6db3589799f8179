import Kernel
import Web

/// Field visits for their organiser.
enum VisitPlanView {
    struct Model: Sendable {
        let plan: VisitPlans.Plan
        var typed: [String: String] = [:]
        var problems = FormProblems.none
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (plan, form) = (model.plan, FormView(frame, model.problems))
        let known = plan.visits.filter { !plan.own.contains($0.id) }
        let done = known.count { $0.report != nil }
        let title =
            plan.visits.isEmpty
            ? frame.say("Belum ada kunjungan lapangan", "No field visits yet")
            : frame.say(
                "\(done) dari \(known.count) kunjungan lapangan dilaporkan",
                "\(done) of \(known.count) field visits reported")
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title, crumbs: EditionMenuView.crumbs(plan.stored, frame),
                indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(plan.stored, at: .visits, frame))
            \(plan.visits.isEmpty ? .empty : list(plan, form))\(sending(model, form))
            """)
    }

    private static func list(_ plan: VisitPlans.Plan, _ form: FormView) -> HTML {
        let frame = form.frame
        let rows = plan.visits.map { visit -> StackView.Row in
            let place = Address.path("kerja", "kompetisi", plan.stored.code, "lapangan", String(visit.id))
            guard !plan.own.contains(visit.id) else {
                return StackView.Row(
                    "<span\(frame.record)>\(visit.title)</span>", "\(visit.planned.long(frame.language))",
                    "\(visit.evaluatorName)", "\(frame.say("instansi Anda sendiri", "your own institution"))")
            }
            return StackView.Row(
                "<a href=\"\(frame.to(place))\"\(frame.record)>\(visit.title)</a>",
                "\(visit.planned.long(frame.language))", "\(visit.evaluatorName)", reported(visit, plan, form))
        }
        return """
            <section aria-labelledby="kunjungan"><h2 id="kunjungan">\(frame.say("Kunjungan", "Visits"))</h2>
            \(StackView.table(
                labelled: "kunjungan",
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Hari", "Day"), frame.say("Petugas", "Visitor"),
                    frame.say("Laporan", "Report"),
                ], rows))</section>
            """
    }

    /// Whether a visit was reported; one that was not can be cancelled.
    private static func reported(_ visit: Visit, _ plan: VisitPlans.Plan, _ form: FormView) -> HTML {
        let frame = form.frame
        let cancel = Address.path("kerja", "kompetisi", plan.stored.code, "lapangan", String(visit.id), "batal")
        let button = form.button(frame.say("Batalkan", "Cancel"), .second, small: true, about: visit.title)
        return """
            \(PanelDeskView.state(visit, frame)), \(frame.count(visit.photos.count, "foto", "photo", "photos"))\
            \(visit.report == nil && visit.photos.isEmpty ? form.form(to: cancel, button) : .empty)
            """
    }

    private static func sending(_ model: Model, _ form: FormView) -> HTML {
        let (plan, frame) = (model.plan, form.frame)
        guard !plan.finalists.isEmpty else {
            return NoticeView.notice(.plain, frame.say("Belum ada finalis.", "There are no finalists yet."))
        }
        return """
            <section aria-labelledby="kirim"><h2 id="kirim">\(frame.say("Rencanakan kunjungan", "Plan a visit"))</h2>
            \(form.form(
                to: EditionMenuView.Place.visits.path(plan.stored.code),
                """
                \(form.select(
                    "usulan", label: frame.say("Finalis", "Finalist"),
                    choices: plan.finalists.map { Choice(String($0.proposal), "\($0.title) (\($0.institutionName))") },
                    value: model.typed["usulan"] ?? "", empty: frame.say("Belum dipilih", "Not chosen yet")))\
                \(form.select(
                    "petugas", label: frame.say("Petugas", "Visitor"),
                    choices: plan.visitors.map { Choice(String($0.id), "\($0.name) (\(frame.language.say($0.seat.name)))") },
                    value: model.typed["petugas"] ?? "", empty: frame.say("Belum dipilih", "Not chosen yet")))\
                \(form.date("hari", label: frame.say("Hari", "Day"), value: model.typed["hari"] ?? ""))\
                <p>\(form.button(frame.say("Rencanakan dan beri tahu petugas", "Plan it and tell the visitor")))</p>
                """))</section>
            """
    }

    // MARK: one report

    static func report(_ visit: Visit, _ stored: Editions.Stored, _ frame: Frame) -> HTML {
        let place = EditionMenuView.Place.visits
        return Layout.page(
            frame,
            PageHead(
                visit.title, description: frame.say("Kunjungan lapangan", "Field visit"),
                crumbs: EditionMenuView.crumbs(stored, frame) + [
                    Crumb(frame.language.say(place.name), frame.to(place.path(stored.code)))
                ], indexed: false),
            """
            <h1\(frame.record)>\(visit.title)</h1>\(EditionMenuView.menu(stored, at: place, frame))
            <p>\(visit.institutionName). \(visit.evaluatorName), \(visit.planned.long(frame.language)). \
            \(PanelDeskView.state(visit, frame)).</p>
            \(html(visit.report) { facts($0, visit, stored.edition, frame) })\(photos(visit, frame))
            """)
    }

    /// What was reported, to be read.
    static func facts(_ report: VisitReport, _ visit: Visit, _ edition: Edition, _ frame: Frame) -> HTML {
        """
        <dl class="facts">\(edition.checks.html { check in
            "<dt>\(frame.language.say(check.name))</dt><dd>\(answer(report.answers[check.code], check, frame))</dd>"
        })\
        <dt>\(frame.say("Catatan", "Remarks"))</dt><dd>\(report.remarks.isEmpty ? frame.say("tidak ada", "none") : report.remarks)</dd>
        \(html(report.seenAt) {
            "<dt>\(frame.say("Waktu kunjungan", "Time of the visit"))</dt><dd>\(frame.language.say($0.moment(in: visit.zone, starting: true)))</dd>"
        })\(html(report.position) {
            "<dt>\(frame.say("Posisi", "Position"))</dt><dd>\($0.latitude), \($0.longitude)\(html($0.accuracy) { " (± \($0) m)" })</dd>"
        })</dl>
        """
    }

    private static func answer(_ value: String?, _ check: EditionCheckpoint, _ frame: Frame) -> String {
        guard let value else { return frame.say("belum dijawab", "not answered") }
        guard check.answer == .yesno else { return value }
        return value == "yes" ? frame.say("ya", "yes") : frame.say("tidak", "no")
    }

    static func photos(_ visit: Visit, _ frame: Frame) -> HTML {
        guard !visit.photos.isEmpty else { return .empty }
        return """
            <section aria-labelledby="foto"><h2 id="foto">\(frame.count(visit.photos.count, "foto", "photo", "photos"))</h2>
            <ul class="bare">\(visit.photos.html { photo in
                let address = Address.path("kerja", "lapangan", String(visit.id), "foto", photo.key)
                let taken = photo.takenAt.map { frame.language.say($0.moment(in: visit.zone, starting: true)) }
                return "<li><a href=\"\(frame.to(address))\">\(photo.name)</a>\(html(taken) { " <span class=\"soft\">\(frame.say("diambil", "taken")) \($0)</span>" })</li>"
            })</ul></section>
            """
    }
}
