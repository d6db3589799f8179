import Kernel
import Web

/// The pages on which an edition is made: copied, filled part by part, checked, opened, amended.
enum EditionDeskView {
    /// What was typed to copy an edition.
    struct Copying {
        let from: String
        let code: String
        let year: String
        let organiser: String
    }

    static func list(
        _ all: [Editions.Stored], names: [String: String], typed: Copying, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let title = frame.say("Edisi kompetisi", "Editions of competitions")
        let form = FormView(frame, problems)
        let now = Instant.now()
        let rows = all.map { stored in
            StackView.Row(
                "<a href=\"\(frame.to(.path("kerja", "kompetisi", stored.code)))\">\(frame.language.say(stored.edition.name))</a>",
                "\(names[stored.edition.organiser] ?? stored.edition.organiser)",
                EditionView.state(stored, at: now, frame))
        }
        let fields: HTML = """
            \(form.select(
                "dari", label: frame.say("Salin dari", "Copy from"),
                choices: all.map { Choice($0.code, frame.language.say($0.edition.name)) }, value: typed.from))
            \(form.text(
                "code", label: frame.say("Kode edisi baru", "Code of the new edition"), value: typed.code,
                hint: frame.say("Menjadi alamatnya, misalnya kipp-2027.", "Becomes its address, e.g. kipp-2027."),
                required: true))
            \(form.number("tahun", label: frame.say("Tahun", "Year"), value: typed.year, required: true))
            \(form.text(
                "penyelenggara", label: frame.say("Kode instansi penyelenggara", "Code of the organising institution"),
                value: typed.organiser, required: true))
            \(form.actions(form.button(frame.say("Buat rancangan", "Make a draft"))))
            """
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>
            \(StackView.table(
                caption: frame.say("Terbaru di atas", "The latest first"),
                columns: [
                    frame.say("Edisi", "Edition"), frame.say("Penyelenggara", "Held by"), frame.say("Keadaan", "State"),
                ], rows))
            <h2>\(frame.say("Buat edisi dari yang sudah ada", "Make an edition from another"))</h2>
            <p>\(frame.say("Tanggal tidak ikut disalin.", "Dates are not copied."))</p>
            \(form.form(to: .path("kerja", "kompetisi"), fields))
            """)
    }

    static func edition(_ stored: Editions.Stored, _ problems: [EditionProblem], _ frame: Frame) -> HTML {
        let name = frame.language.say(stored.edition.name)
        let form = FormView(frame)
        let rows = EditionPart.allCases.map { part in
            let found = problems.count { $0.part == part }
            let count = stored.tables[part].count
            return StackView.Row(
                "<a href=\"\(frame.to(.path("kerja", "kompetisi", stored.code, part.rawValue)))\">\(frame.language.say(part.name))</a>",
                "\(frame.count(count, "baris", "row", "rows"))",
                found == 0
                    ? "\(frame.say("tidak ada yang bertentangan", "nothing contradicts itself"))"
                    : StateView.state(
                        .late, frame.count(found, "hal perlu diperbaiki", "thing to mend", "things to mend")))
        }
        let opening: HTML =
            stored.state != .draft
            ? "<p><a href=\"\(frame.to(.path("kompetisi", stored.code)))\">\(frame.say("Lihat halaman umumnya", "See its public page"))</a></p>"
            : form.form(
                to: .path("kerja", "kompetisi", stored.code, "buka"),
                """
                <p>\(frame.say(
                    "Sesudah dibuka, aturan tetap; perubahan menjadi amandemen bertanggal dengan alasan yang tampil untuk umum.",
                    "Once open the rules are fixed; a change becomes a dated amendment whose reason is public."))</p>
                \(form.actions(form.button(frame.say("Periksa dan buka edisi", "Check and open the edition"))))
                """)
        return Layout.page(
            frame,
            PageHead(
                name, description: name,
                crumbs: [Crumb(frame.say("Edisi kompetisi", "Editions"), frame.to(.path("kerja", "kompetisi")))],
                indexed: false),
            """
            <h1>\(name)</h1>\(stored.openedAt == nil ? .empty : EditionMenuView.menu(stored, at: .rules, frame))
            <p class="row"><span>\(EditionView.state(stored, at: .now(), frame))</span> \
            <span>\(frame.say("Versi aturan", "Version of the rules")) \(stored.version)</span></p>
            \(mending(problems, stored, frame))
            \(StackView.table(
                caption: frame.say("Bagian-bagian edisi", "The parts of the edition"),
                columns: [frame.say("Bagian", "Part"), frame.say("Isi", "Content"), frame.say("Pemeriksaan", "Check")], rows))
            \(opening)
            """)
    }

    private static func mending(_ problems: [EditionProblem], _ stored: Editions.Stored, _ frame: Frame) -> HTML {
        guard !problems.isEmpty else { return .empty }
        return """
            <h2>\(frame.count(
                problems.count, "hal perlu diperbaiki sebelum dibuka", "thing to mend before it opens",
                "things to mend before it opens"))</h2>
            <ul>\(problems.html { problem in
                """
                <li><a href="\(frame.to(.path("kerja", "kompetisi", stored.code, problem.part.rawValue)))">\
                \(frame.language.say(problem.part.name))\(html(problem.row) { " \($0 + 1)" })</a>: \
                \(frame.language.say(problem.message))</li>

                """
            })</ul>
            """
    }

    /// A part while it is edited.
    struct Part {
        let stored: Editions.Stored
        let part: EditionPart
        let rows: [[String: String]]
        var reason = ""
    }

    static func part(_ page: Part, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let form = FormView(frame, problems)
        let name = frame.language.say(page.part.name)
        let spare = page.part.isSingle ? (page.rows.isEmpty ? 1 : 0) : EditionForm.spare
        let rows = page.rows + Array(repeating: [:], count: spare)
        let fields = rows.enumerated().html { place, cells in row(place, cells, page, form) }
        let reason: HTML =
            page.stored.state == .open
            ? form.area(
                "reason", label: frame.say("Alasan perubahan", "Reason for the change"), value: page.reason,
                hint: frame.say("Tampil untuk umum bersama tanggalnya.", "Shown publicly with its date."),
                required: true,
                small: true) : .empty
        let title = "\(name): \(frame.language.say(page.stored.edition.name))"
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title,
                crumbs: EditionMenuView.crumbs(page.stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(name)</h1>
            <p>\(page.part.isSingle
                ? frame.say("Kosongkan yang tidak berlaku.", "Leave empty what does not apply.")
                : frame.say(
                    "Dua baris terakhir kosong untuk menambah. Urutan mengikuti angkanya.",
                    "The last two rows are empty, for adding. The order follows the numbers."))</p>
            \(form.form(
                to: .path("kerja", "kompetisi", page.stored.code, page.part.rawValue),
                """
                \(form.hidden("versi", String(page.stored.version)))\(form.hidden("baris", String(rows.count)))
                \(fields)\(reason)
                \(form.actions(form.button(
                    page.stored.state == .open ? frame.say("Simpan amandemen", "Save the amendment") : frame.say("Simpan", "Save"))))
                """))
            """)
    }

    private static func row(_ place: Int, _ cells: [String: String], _ page: Part, _ form: FormView) -> HTML {
        let frame = form.frame
        let fields = page.part.columns.html { column in
            cell("\(place).\(column.key)", column, cells[column.key] ?? "", page, form)
        }
        guard !page.part.isSingle else { return "<div class=\"cells\">\(fields)</div>" }
        let number = frame.say("Baris \(place + 1)", "Row \(place + 1)")
        let name = cells.isEmpty ? frame.say("Baris baru", "New row") : cells["name_id"] ?? cells["code"] ?? number
        let order: HTML =
            cells.isEmpty
            ? .empty
            : """
            \(form.number("\(place).urut", label: frame.say("Urutan", "Order"), value: String(place + 1)))\
            \(form.check("\(place).hapus", label: frame.say("Hapus baris ini", "Remove this row")))
            """
        return
            "<fieldset class=\"rows\"><legend>\(name)</legend><div class=\"cells\">\(fields)\(order)</div></fieldset>\n"
    }

    private static func cell(
        _ name: String, _ column: EditionPart.Column, _ value: String, _ page: Part, _ form: FormView
    ) -> HTML {
        let label = form.frame.language.say(column.label)
        switch column.kind {
        case .choice(let choices):
            return form.select(
                name, label: label, choices: choices.map { Choice($0, words($0, column, form.frame)) }, value: value,
                empty: "–")
        case .reference(let part):
            return form.select(
                name, label: label,
                choices: page.stored.tables[part].compactMap { row in
                    row["code"].map { Choice($0, row["name_id"] ?? $0) }
                }, value: value, empty: form.frame.say("semua", "all"))
        case .number: return form.number(name, label: label, value: value)
        case .moment:
            return form.text(
                name, label: label, value: value, hint: form.frame.say("2027-06-03 23.59", "2027-06-03 23.59"))
        case .text, .code, .source: return form.text(name, label: label, value: value)
        }
    }

    /// A choice in words.
    private static func words(_ choice: String, _ column: EditionPart.Column, _ frame: Frame) -> String {
        let phrase: Phrase? =
            switch column.key {
            case "kind":
                EditionStage.Kind(rawValue: choice)?.name ?? EditionRule.Kind(rawValue: choice)?.name
                    ?? EditionBalance.Kind(rawValue: choice)?.name
            case "subject": EditionBalance.Subject(rawValue: choice)?.name
            case "what": EditionSight.What(rawValue: choice)?.name
            case "who": EditionSight.Who(rawValue: choice)?.name
            case "answer": EditionCheckpoint.Answer(rawValue: choice)?.name
            case "scope": EditionQuota.Scope(rawValue: choice)?.name
            case "programme": EditionProgramme(rawValue: choice)?.name
            default:
                choice == "yes" ? Phrase("ya", "yes") : choice == "no" ? Phrase("tidak", "no") : nil
            }
        return phrase.map { frame.language.say($0) } ?? choice
    }
}
