import Files
import Kernel
import Web

/// The form that a visitor fills in where they stand, and the list of their visits.
enum FieldView {
    struct Model: Sendable {
        var sheet: Visits.Sheet
        let account: Int
        var isSent = false
        /// What was typed and not taken, by field.
        var typed: [String: String] = [:]
        var problems = FormProblems.none
        /// Whether what is stored is to be shown beside what was typed.
        var isOvertaken = false
    }

    static func list(_ desk: PanelDesks.Desk, account: Int, _ frame: Frame) -> HTML {
        let title =
            desk.visits.isEmpty
            ? frame.say("Belum ada kunjungan lapangan untuk Anda", "No field visits for you yet")
            : frame.count(desk.visits.count, "kunjungan lapangan", "field visit", "field visits")
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>\(desk.visits.isEmpty ? .empty : PanelDeskView.visits(desk.visits, frame))
            <div data-field-list data-account="\(account)"></div>\(script(frame))
            """)
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (sheet, form) = (model.sheet, FormView(frame, model.problems))
        let visit = sheet.visit
        return Layout.page(
            frame,
            PageHead(
                form.title(visit.title), description: frame.say("Kunjungan lapangan", "Field visit"),
                crumbs: [Crumb(frame.say("Kunjungan lapangan", "Field visits"), frame.to(.path("kerja", "lapangan")))],
                indexed: false),
            """
            \(form.summary(names: names(sheet.stored.edition, frame)))<h1\(frame.record)>\(visit.title)</h1>
            <p>\(visit.institutionName). \(visit.planned.long(frame.language)), \(visit.zone.rawValue).</p>
            \(notice(model, frame))
            <p role="status" data-field-state>\(PanelDeskView.state(visit, frame)).</p>
            \(sheet.wall == nil || !model.typed.isEmpty ? entry(model, form) : html(visit.report) {
                VisitPlanView.facts($0, visit, sheet.stored.edition, frame)
            })
            \(VisitPlanView.photos(visit, frame))\(script(frame))
            """)
    }

    private static func script(_ frame: Frame) -> HTML {
        "<script src=\"\(frame.asset("field.js"))\" defer></script>"
    }

    private static func notice(_ model: Model, _ frame: Frame) -> HTML {
        if let wall = model.sheet.wall { return NoticeView.notice(.soon, frame.language.say(wall.message)) }
        if model.isOvertaken, let report = model.sheet.visit.report {
            return """
                <div class="notice soon"><p><strong>\(frame.say("Tersimpan dari perangkat lain:", "Stored from another device:"))</strong></p>\
                \(VisitPlanView.facts(report, model.sheet.visit, model.sheet.stored.edition, frame))\
                <p>\(frame.say("Isian Anda ada di bawah ini; kirim lagi bila isian Anda yang benar.", "What you wrote is below; send again if yours is right."))</p></div>
                """
        }
        return model.isSent
            ? NoticeView.notice(.good, frame.say("Laporan sudah diterima.", "The report has arrived.")) : .empty
    }

    private static func names(_ edition: Edition, _ frame: Frame) -> [String: String] {
        Dictionary(edition.checks.map { (VisitReport.field($0), frame.language.say($0.name)) }) { first, _ in first }
    }

    private static func entry(_ model: Model, _ form: FormView) -> HTML {
        let (frame, visit) = (form.frame, model.sheet.visit)
        let stored = fields(visit)
        func value(_ name: String) -> String { model.typed[name] ?? stored[name] ?? "" }
        let checks: HTML = model.sheet.stored.edition.checks.html {
            check($0, value(VisitReport.field($0)), form)
        }
        return """
            <div data-field="\(visit.id)" data-account="\(model.account)">\(form.form(
                to: .path("kerja", "lapangan", String(visit.id)), files: true,
                """
                \(form.hidden("versi", String(visit.version)))\(checks)\
                \(form.area("catatan", label: frame.say("Catatan", "Remarks"), value: value("catatan")))\
                \(form.pair(
                    form.date("tanggal", label: frame.say("Tanggal kunjungan", "Day of the visit"), value: value("tanggal")),
                    form.text(
                        "jam", label: frame.say("Jam (\(visit.zone.rawValue))", "Time (\(visit.zone.rawValue))"),
                        value: value("jam"), hint: frame.say("Misalnya 09.30.", "E.g. 09.30."), short: true)))\
                \(form.pair(
                    form.text("lintang", label: frame.say("Lintang", "Latitude"), value: value("lintang")),
                    form.text("bujur", label: frame.say("Bujur", "Longitude"), value: value("bujur"))))\
                \(form.hidden("ketelitian", value("ketelitian")))<p data-field-place></p>\
                \(form.file(
                    "foto", label: frame.say("Foto", "Photos"),
                    hint: frame.language.say(FileKind.image.hint), accept: [FileKind.image.accept], multiple: true,
                    most: FileKind.image.mostBytes))\
                <ul class="bare" data-field-photos></ul>\
                \(form.actions(form.button(frame.say("Kirim laporan", "Send the report"))))
                """))</div>
            """
    }

    private static func check(_ check: EditionCheckpoint, _ value: String, _ form: FormView) -> HTML {
        let (frame, name) = (form.frame, VisitReport.field(check))
        let label = frame.language.say(check.name)
        switch check.answer {
        case .yesno:
            return form.radios(
                name, label: label,
                choices: [Choice("yes", frame.say("ya", "yes")), Choice("no", frame.say("tidak", "no"))], value: value)
        case .number: return form.number(name, label: label, value: value, decimals: true)
        case .text: return form.area(name, label: label, value: value, small: true)
        }
    }

    /// What is stored, as the form's fields.
    private static func fields(_ visit: Visit) -> [String: String] {
        guard let report = visit.report else { return [:] }
        var fields = [
            "catatan": report.remarks, "lintang": report.position?.latitude ?? "",
            "bujur": report.position?.longitude ?? "",
            "ketelitian": report.position?.accuracy.map(String.init) ?? "",
            "tanggal": report.seenAt?.day(in: visit.zone).iso ?? "", "jam": report.seenAt?.clock(in: visit.zone) ?? "",
        ]
        for (code, answer) in report.answers { fields["periksa." + code] = answer }
        return fields
    }
}
