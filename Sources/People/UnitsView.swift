import Kernel
import Web

/// The units of an institution.
package struct UnitsPage: Sendable {
    package let institution: (code: String, name: String)
    package let units: [OfficeUnit]
    /// The person's institutions, where there are several.
    package let choices: [(code: String, name: String)]
    package var name = ""
    package var notice: Phrase?
}

package enum UnitsView {
    package static func page(_ model: UnitsPage, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Unit", "Units")
        let (open, closed) = (model.units.filter { $0.closed == nil }, model.units.filter { $0.closed != nil })
        let custodians = open.count(where: \.custodian)
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(html(model.notice) { NoticeView.notice(.good, frame.language.say($0)) })\(form.summary())
            <h1>\(title): \(model.institution.name)</h1>
            <p class="lead">\(frame.count(open.count, "unit", "unit", "units")), \
            \(custodians == 0 ? say("belum ada pengampu", "no custodian yet") : say("\(custodians) pengampu", "\(custodians) custodians")).</p>
            <p>\(say(
                "Pengampu menjaga data seluruh instansi, misalnya Bagian Organisasi untuk KIPP dan Bappeda atau BRIDA untuk IGA.",
                "A custodian looks after the data of the whole institution, such as the organisation bureau for KIPP and Bappeda or BRIDA for IGA."))</p>
            \(model.choices.count > 1 ? "<ul>\(model.choices.html { "<li><a href=\"\(frame.to(.path("kerja", "unit", query: [("instansi", $0.code)])))\">\($0.name)</a></li>" })</ul>" : .empty)
            \(open.isEmpty ? .empty : table(open, form))
            <section aria-labelledby="tambah"><h2 id="tambah">\(say("Tambah unit", "Add a unit"))</h2>
            \(form.form(
                to: .path("kerja", "unit"),
                form.hidden("instansi", model.institution.code)
                    + form.text("name", label: say("Nama unit", "Name of the unit"), value: model.name, hint: say("Contoh: Dinas Kesehatan", "Example: Dinas Kesehatan"), required: true)
                    + form.check("custodian", label: say("Pengampu", "Custodian"))
                    + "<p>\(form.button(say("Tambah", "Add")))</p>"))</section>
            \(closed.isEmpty ? .empty : "<details><summary>\(say("Unit yang sudah ditutup", "Closed units")) (\(closed.count))</summary><ul>\(closed.html { "<li>\($0.name)</li>" })</ul></details>")
            """)
    }

    private static func table(_ units: [OfficeUnit], _ form: FormView) -> HTML {
        let frame = form.frame
        let say = frame.language.say(_:_:)
        return """
            <section aria-labelledby="daftar"><h2 id="daftar" class="sr">\(say("Daftar unit", "List of units"))</h2>
            \(StackView.table(
                labelled: "daftar", columns: [say("Unit", "Unit"), say("Orang", "People"), say("Pengampu", "Custodian"), say("Tindakan", "Action")],
                units.map { unit in
                    StackView.Row(
                        "<a href=\"\(frame.to(.path("kerja", "unit", String(unit.id))))\">\(unit.name)</a>",
                        "\(unit.people)", unit.custodian ? "\(say("ya", "yes"))" : "–",
                        button(
                            unit, unit.custodian ? "bukan-pengampu" : "pengampu",
                            unit.custodian ? say("Bukan pengampu", "No custodian") : say("Jadikan pengampu", "Make custodian"), form))
                }))</section>
            """
    }

    private static func button(_ unit: OfficeUnit, _ act: String, _ words: String, _ form: FormView) -> HTML {
        form.form(
            to: .path("kerja", "unit", String(unit.id)),
            form.hidden("tindakan", act) + form.button(words, .second, small: true, about: unit.name))
    }

    /// One unit: its name, and its end.
    package static func unit(_ unit: OfficeUnit, _ typed: String, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let back = Address.path("kerja", "unit", query: [("instansi", unit.institution)])
        let action = Address.path("kerja", "unit", String(unit.id))
        return Layout.page(
            frame,
            PageHead(
                form.title(unit.name), description: unit.name, crumbs: [Crumb(say("Unit", "Units"), frame.to(back))],
                indexed: false),
            """
            \(form.summary())<div class="narrow"><h1>\(unit.name)</h1>
            <p>\(frame.count(unit.people, "orang", "person", "people")).</p>
            \(form.form(
                to: action,
                form.hidden("tindakan", "nama")
                    + form.text("name", label: say("Nama unit", "Name of the unit"), value: typed, required: true)
                    + "<p>\(form.button(say("Ganti nama", "Rename")))</p>"))
            <h2>\(say("Tutup unit", "Close the unit"))</h2>
            <p>\(say("Data inovasinya tetap. Akhiri atau pindahkan dahulu peran orang-orangnya.", "Its innovations stay. End or move its people's roles first."))</p>
            \(form.form(to: action, form.hidden("tindakan", "tutup") + form.button(say("Tutup unit", "Close the unit"), .danger)))</div>
            """)
    }
}
