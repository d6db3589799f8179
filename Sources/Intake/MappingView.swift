import Directory
import Kernel
import Web

/// One column of a file, and what it means.
struct MappingColumn: Sendable, Hashable {
    /// The heading as the file has it.
    let name: String
    /// A few real values, from the first rows that have any.
    let samples: [String]
    var field: ImportColumn?
    /// Whether the version in use does not know it.
    var isNew = false
}

struct MappingPage: Sendable {
    let source: Int
    let name: String
    let file: String
    let digest: String
    var columns: [MappingColumn]
    var constants: [ImportColumn: String]
    /// Columns of the version in use that this file lacks.
    let gone: [String]
    /// The version in use, if any.
    let version: Int?
    var problems = FormProblems.none
    /// Whether a number is made where no column gives one.
    var derivesID = false
    var trial: DeliveryPreview?
    /// The name of an institution's code.
    var institution: @Sendable (String) -> String = { $0 }

    var isChanged: Bool { version != nil && (!gone.isEmpty || columns.contains(where: \.isNew)) }
}

/// Which column of a file means what.
enum MappingView {
    static func page(_ model: MappingPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let title = say("Kolom mana berisi apa?", "Which column holds what?")
        let head = PageHead(
            form.title(title), description: title,
            crumbs: [
                Crumb(say("Sumber data", "Data sources"), frame.to(.path("kerja", "sumber"))),
                Crumb(model.name, frame.to(.path("kerja", "sumber", String(model.source)))),
            ], indexed: false)
        let place = Address.path("kerja", "sumber", String(model.source), "pemetaan")
        return Layout.page(
            frame, head,
            """
            \(form.summary())
            <h1>\(title)</h1>
            <p class="meta"><span>\(model.file)</span><span>\(frame.count(model.columns.count, "kolom", "column", "columns"))</span>\
            \(html(model.version) { "<span>\(say("Pemetaan yang berlaku: versi \($0)", "Mapping in use: version \($0)"))</span>" })</p>
            \(changed(model, frame))
            \(html(model.trial) { TrialView.trial($0, derived: model.derivesID, institution: model.institution, frame) })
            \(form.form(to: place, form.hidden("berkas", model.digest) + form.hidden("nama", model.file) + columns(model, form) + number(model, form)
                + constants(model, form)
                + form.actions(
                    form.button(say("Simpan dan jalankan", "Save and run"), name: "jalankan"),
                    form.button(say("Coba dahulu", "Try first"), .second, name: "coba"),
                    "<span class=\"soft\">\(say("Mencoba tidak menyimpan apa pun.", "Trying stores nothing."))</span>")))
            """)
    }

    private static func changed(_ model: MappingPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        guard model.isChanged else {
            return model.version == nil
                ? "<p class=\"lead\">\(say("Simpul sudah menebak dari nama kolomnya. Periksa, lalu coba dahulu.", "Simpul guessed from the columns' names. Look it over, then try."))</p>"
                : .empty
        }
        let new = model.columns.filter(\.isNew).map(\.name)
        let parts = [
            model.gone.isEmpty
                ? nil
                : say("Hilang: \(model.gone.joined(separator: ", ")).", "Gone: \(model.gone.joined(separator: ", "))."),
            new.isEmpty ? nil : say("Baru: \(new.joined(separator: ", ")).", "New: \(new.joined(separator: ", "))."),
        ].compactMap(\.self)
        return NoticeView.notice(
            .soon,
            say(
                "Kolom berkas ini berbeda dari kiriman sebelumnya, jadi belum ada yang dijalankan.",
                "The columns differ from the delivery before, so nothing was run yet."),
            "\(parts.joined(separator: " ")) \(say("Tentukan isinya di bawah.", "Say below what they hold."))")
    }

    private static func columns(_ model: MappingPage, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        let rows = model.columns.enumerated().map { place, column -> StackView.Row in
            StackView.Row(
                "\(column.name.isEmpty ? "–" : column.name)\(column.isNew && model.version != nil ? " <span class=\"tag\">\(say("kolom baru", "new column"))</span>" : .empty)",
                samples(column.samples, form.frame), choice(place, column, form))
        }
        return """
            <h2 id="kolom">\(say("Kolom di berkas", "Columns of the file"))</h2>
            \(StackView.table(labelled: "kolom", columns: [
                say("Nama kolom", "Column"), say("Contoh isi", "Sample values"), say("Berarti", "Means"),
            ], rows))
            """
    }

    private static func samples(_ samples: [String], _ frame: Frame) -> HTML {
        samples.isEmpty
            ? "<span class=\"soft\">\(frame.say("kosong di baris-baris pertama", "empty in the first rows"))</span>"
            : "<ul class=\"bare samples\"\(frame.record)>\(samples.html { "<li>\(shortened($0))</li>" })</ul>"
    }

    private static func shortened(_ text: String) -> String { text.count > 90 ? text.prefix(88) + "…" : text }

    private static func choice(_ place: Int, _ column: MappingColumn, _ form: FormView) -> HTML {
        let (say, name) = (form.frame.language.say(_:_:), "kolom\(place)")
        let wrong = form.problems[name]
        let described: HTML =
            wrong == nil ? .empty : " aria-describedby=\"\(FormView.id(name))-e\" aria-invalid=\"true\""
        return """
            <div\(wrong == nil ? .empty : " class=\"field wrong\"")>\(html(wrong) {
                "<p class=\"problem\" id=\"\(FormView.id(name))-e\">\(form.frame.language.say($0))</p>"
            })<select id="\(FormView.id(name))" name="\(name)" aria-label="\(say("Arti kolom \(column.name)", "What \(column.name) means"))"\(described)>\
            <option value="">\(say("tidak dipakai, hanya disimpan", "not used, only kept"))</option>\
            \(ImportColumn.allCases.html { option($0, chosen: column.field, form.frame) })</select></div>
            """
    }

    private static func option(_ field: ImportColumn, chosen: ImportColumn?, _ frame: Frame) -> HTML {
        """
        <option value="\(field.rawValue)"\(field == chosen ? " selected" : "")>\(frame.language.say(field.name))</option>
        """
    }

    private static func number(_ model: MappingPage, _ form: FormView) -> HTML {
        form.check(
            "nomor",
            label: form.frame.say(
                "Tidak ada kolom nomor: kenali baris dari judul, instansi, dan tahunnya",
                "No column has a number: know a row by its title, institution and year"), checked: model.derivesID)
    }

    /// Fields that no column gives and that may hold the same for every row.
    static let constantFields: [ImportColumn] = [.agency, .region, .year, .award, .category, .stage, .form, .note]

    private static func constants(_ model: MappingPage, _ form: FormView) -> HTML {
        let (frame, say) = (form.frame, form.frame.language.say(_:_:))
        let open = !model.constants.isEmpty || form.problems.all.contains { $0.field.hasPrefix("tetap-") }
        let fields = constantFields.html { field in
            form.text(
                "tetap-\(field.rawValue)", label: frame.language.say(field.name), value: model.constants[field] ?? "")
        }
        return """
            <details\(open ? " open" : "")><summary>\(say("Isi yang sama untuk semua baris", "The same value for every row"))</summary>
            <p>\(say("Dipakai bila tidak ada kolom yang memberinya, misalnya tahun atau instansi yang sama untuk seluruh berkas.", "Used where no column gives it, e.g. one year or one institution for the whole file."))</p>
            <div class="pair">\(fields)</div></details>
            """
    }
}
