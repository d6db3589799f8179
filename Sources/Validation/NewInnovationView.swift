import Kernel
import Web

/// The first thing asked of a new innovation: its name, and whose it is.
struct NewInnovationPage: Sendable {
    /// The institutions the writer writes for; asked only when there is more than one.
    let institutions: [Choice]
    /// The units to choose from when the writer writes for the whole institution.
    let units: [Choice]
    let title: String
    let institution: String
    let unit: String
    let problems: FormProblems
}

enum NewInnovationView {
    static func page(_ model: NewInnovationPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let head = PageHead(
            form.title(say("Tulis inovasi baru", "Write a new innovation")),
            description: say("Mulai dari namanya.", "Begin with its name."),
            crumbs: [Crumb(say("Inovasi kami", "Our innovations"), frame.to(.path("kerja", "inovasi")))],
            indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary())
            <h1>\(say("Tulis inovasi baru", "Write a new innovation"))</h1>
            \(form.form(to: .path("kerja", "inovasi", "baru"), fields(model, form)))
            """)
    }

    private static func fields(_ model: NewInnovationPage, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        return form.text(
            "title", label: say("Judul", "Title"), value: model.title,
            hint: say(
                "Nama yang dipakai warga. Contoh: “Petik Pagi”. Kepanjangannya ditulis kemudian.",
                "The name people use, e.g. “Petik Pagi”. What it stands for is asked later."), required: true)
            + (model.institutions.count > 1
                ? form.select(
                    "institution", label: say("Instansi", "Institution"), choices: model.institutions,
                    value: model.institution, empty: say("Pilih instansi", "Choose an institution"))
                : .empty)
            + (model.units.isEmpty
                ? .empty
                : form.select(
                    "unit", label: "Unit", choices: model.units, value: model.unit,
                    empty: say("Seluruh instansi", "The whole institution"),
                    hint: say(
                        "Unit yang menjalankan dan memperbaiki datanya.", "The unit that runs it and corrects its data."
                    )))
            + form.actions(form.button(say("Mulai menulis", "Start writing")))
    }
}
