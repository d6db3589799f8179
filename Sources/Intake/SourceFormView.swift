import Kernel
import Web

/// The form of a new source, or of one that is changed.
enum SourceFormView {
    struct Page: Sendable {
        /// The source that is changed; nil for a new one.
        let source: Int?
        let name: String?
        var terms: Source.Terms
        /// Hours as typed; empty for never.
        var hours: String
        var problems = FormProblems.none
    }

    static func page(_ model: Page, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let title = model.name.map { say("Ubah \($0)", "Change \($0)") } ?? say("Sumber data baru", "New data source")
        let place: Address =
            model.source.map { .path("kerja", "sumber", String($0), "ubah") } ?? .path("kerja", "sumber", "baru")
        var crumbs = [Crumb(say("Sumber data", "Data sources"), frame.to(.path("kerja", "sumber")))]
        if let source = model.source, let name = model.name {
            crumbs.append(Crumb(name, frame.to(.path("kerja", "sumber", String(source)))))
        }
        let head = PageHead(form.title(title), description: title, crumbs: crumbs, indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary())
            <h1>\(title)</h1>
            \(form.form(to: place, about(model.terms, form) + way(model, form)
                + form.actions(
                    form.button(say("Simpan", "Save")),
                    "<a href=\"\(crumbs.last?.address ?? frame.to(.path("kerja", "sumber")))\">\(say("Batal", "Cancel"))</a>")))
            """)
    }

    private static func about(_ terms: Source.Terms, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        return form.text(
            "name", label: say("Nama sumber", "Name of the source"), value: terms.name,
            hint: say("Misalnya: LAN, Laboratorium Inovasi.", "For example: LAN, Innovation Laboratory."),
            required: true)
            + form.text(
                "owner", label: say("Pemilik data", "Owner of the data"), value: terms.owner ?? "",
                hint: say(
                    "Lembaga yang menyusunnya. Tampil di halaman publik.",
                    "The body that compiles it. Shown on public pages."))
            + form.text(
                "licence", label: say("Lisensi", "Licence"), value: terms.licence ?? "",
                hint: say(
                    "Misalnya: CC BY 4.0. Kosongkan bila belum dinyatakan.",
                    "For example: CC BY 4.0. Leave empty where none is stated."))
    }

    private static func way(_ model: Page, _ form: FormView) -> HTML {
        let (say, terms) = (form.frame.language.say(_:_:), model.terms)
        let kinds = [
            Choice(
                "file", say("Berkas diunggah", "A file is uploaded"),
                note: say("CSV, XLSX, JSON, atau JSON Lines", "CSV, XLSX, JSON or JSON Lines")),
            Choice(
                "address", say("Diambil dari alamat", "Fetched from an address"),
                note: say("Simpul mengambilnya sendiri menurut jadwal", "Simpul fetches it by itself as scheduled")),
        ]
        let hours = [
            Choice("24", say("Setiap hari", "Every day")), Choice("168", say("Setiap minggu", "Every week")),
            Choice("720", say("Setiap 30 hari", "Every 30 days")),
        ]
        return form.radios(
            "kind", label: say("Bagaimana datanya datang?", "How do the data come?"), choices: kinds,
            value: terms.kind.rawValue)
            + "<div class=\"fetched\">"
            + form.text(
                "address", label: say("Alamat berkas", "Address of the file"), value: terms.address ?? "", kind: .link,
                hint: say("Diawali https://.", "Begins with https://."))
            + form.select(
                "hours", label: say("Seberapa sering", "How often"), choices: hours, value: model.hours,
                empty: say("Hanya bila diminta", "Only when asked"))
            + form.check(
                "local",
                label: say(
                    "Alamat ini ada di jaringan kantor sendiri. Tanpa tanda ini, alamat seperti itu tidak dibuka.",
                    "This address is inside our own network. Unless marked, such an address is not opened."),
                checked: terms.isLocal)
            + "</div>"
            + form.radios(
                "complete", label: say("Apa isi setiap kiriman?", "What does each delivery hold?"),
                choices: [
                    Choice("0", say("Sebagian data, misalnya yang baru saja", "A part, e.g. only what is new")),
                    Choice(
                        "1", say("Semua data sumber ini", "All data of this source"),
                        note: say(
                            "Data yang tidak ada lagi dalam kiriman ditandai hilang dari sumbernya. Tidak ada yang dihapus.",
                            "What a delivery no longer holds is marked as gone from its source. Nothing is deleted.")),
                ], value: terms.isComplete ? "1" : "0")
    }
}
