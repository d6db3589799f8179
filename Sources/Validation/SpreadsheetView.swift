import Files
import Kernel
import Web

/// An own table on its way to drafts.
enum SpreadsheetView {
    private static let place = Address.path("kerja", "inovasi", "unggah")

    static func start(_ institutions: [Choice], chosen: String, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Unggah lembar kerja sendiri", "Upload your own spreadsheet")
        let owner: HTML =
            institutions.count == 1
            ? form.hidden("instansi", institutions[0].value)
            : form.select(
                "instansi", label: say("Instansi", "Institution"), choices: institutions, value: chosen, required: true)
        let most = SpreadsheetDraft.mostRows
        return Layout.page(
            frame, head(form.title(title), title, frame),
            """
            \(form.summary())
            <h1>\(title)</h1>
            <p class="lead">\(say("Satu baris menjadi satu draf, paling banyak \(most) baris. Sebelum ada yang disimpan, Anda melihat dulu setiap baris akan menjadi apa.", "One row becomes one draft, at most \(most) rows. Before anything is stored you see what each row becomes."))</p>
            <p><a href="\(frame.to(.path("kerja", "inovasi", "unggah", "templat.xlsx")))">\(say("Unduh templat (XLSX)", "Download the template (XLSX)"))</a></p>
            <p>\(say("Kolom dikenali dari namanya; urutannya bebas. Hanya kolom nama inovasi yang wajib. Berkas ekspor direktori juga dapat dipakai.", "Columns are known by their names, in any order. Only the innovation's name is required. A file exported from the directory works too."))</p>
            \(form.form(to: place, files: true, owner
                + form.file(
                    "berkas", label: say("Lembar kerja", "Spreadsheet"),
                    hint: frame.language.say(FileKind.spreadsheet.hint), accept: [FileKind.spreadsheet.accept],
                    most: FileKind.spreadsheet.mostBytes)
                + form.actions(form.button(say("Periksa isinya", "Look at it first")))))
            """)
    }

    /// What a kept file would become, or became.
    static func page(
        _ sheet: DraftSheet, _ table: SpreadsheetTable?, _ rows: [SpreadsheetDraft], institution: String,
        _ frame: Frame
    ) -> HTML {
        guard let table else { return made(sheet, institution: institution, frame) }
        let say = frame.language.say(_:_:)
        let form = FormView(frame)
        let new = rows.count { $0.outcome == .draft }
        let title = say(
            "\(new) dari \(rows.count) baris akan menjadi draf", "\(new) of \(rows.count) rows will become drafts")
        let confirm: HTML =
            new == 0
            ? NoticeView.notice(
                .soon, say("Tidak ada draf baru.", "No new drafts."),
                "\(say("Perbaiki berkasnya, lalu unggah lagi.", "Correct the file and upload it again."))")
            : form.form(
                to: .path("kerja", "inovasi", "unggah", String(sheet.id)),
                form.actions(
                    form.button(
                        frame.say("Buat \(new) draf", new == 1 ? "Make 1 draft" : "Make \(new) drafts"))))
        return Layout.page(
            frame, head(title, title, frame),
            """
            <h1 id="baris">\(title)</h1>
            <p class="meta"><span>\(sheet.name)</span><span>\(institution)</span></p>
            <p class="lead">\(say("Belum ada yang disimpan. Baris yang namanya sama dengan draf terbuka atau inovasi terbit instansi ini dilewati.", "Nothing is stored yet. Rows of the same name as an open draft or a published innovation of this institution are passed over."))</p>
            \(unknown(table, frame))
            \(StackView.table(
                labelled: "baris",
                columns: [
                    say("Inovasi", "Innovation"), say("Baris", "Line"), say("Menjadi", "Becomes"),
                    say("Catatan", "Notes"),
                ], rows.map { row($0, frame) }))
            \(confirm)
            <p><a href="\(frame.to(place))">\(say("Unggah berkas lain", "Upload another file"))</a></p>
            """)
    }

    private static func made(_ sheet: DraftSheet, institution: String, _ frame: Frame) -> HTML {
        let title = frame.say(
            "\(sheet.drafts) draf dibuat", sheet.drafts == 1 ? "1 draft made" : "\(sheet.drafts) drafts made")
        return Layout.page(
            frame, head(title, title, frame),
            """
            <h1>\(title)</h1>
            <p class="meta"><span>\(sheet.name)</span><span>\(institution)</span></p>
            <p>\(frame.say("Berkas ini sudah dipakai; mengirimnya lagi tidak membuat apa pun dua kali.", "This file was used; sending it again makes nothing twice."))</p>
            <p><a class="button" href="\(frame.to(.path("kerja", "inovasi")))">\(frame.say("Lengkapi drafnya", "Complete the drafts"))</a></p>
            """)
    }

    private static func unknown(_ table: SpreadsheetTable, _ frame: Frame) -> HTML {
        guard !table.unknown.isEmpty else { return .empty }
        return NoticeView.notice(
            .plain, frame.say("Kolom yang tidak dipakai:", "Columns that are not used:"),
            "\(table.unknown.joined(separator: ", ")).")
    }

    private static func row(_ row: SpreadsheetDraft, _ frame: Frame) -> StackView.Row {
        let title: HTML = row.title.isEmpty ? "–" : "\(row.title)"
        return StackView.Row(title, "\(row.line)", becomes(row, frame), notes(row, frame))
    }

    private static func becomes(_ row: SpreadsheetDraft, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let passed = StateView.state(.never, say("dilewati", "passed over"))
        switch row.outcome {
        case .draft: return StateView.state(.valid, say("draf baru", "a new draft"))
        case .noTitle: return passed + " \(say("tanpa nama", "no name"))"
        case .repeats(let line): return passed + " \(say("sama dengan baris \(line)", "same as line \(line)"))"
        case .isDraft(nil): return passed + " \(say("sudah ada drafnya", "there is a draft"))"
        case .isDraft(let id?):
            let name = say("draf \(id)", "draft \(id)")
            return passed + " <a href=\"\(frame.to(.path("kerja", "inovasi", String(id))))\">\(name)</a>"
        case .isPublished(let id):
            let name = say("inovasi \(id)", "innovation \(id)")
            return passed + " <a href=\"\(frame.to(.path("inovasi", String(id))))\">\(name)</a>"
        }
    }

    private static func notes(_ row: SpreadsheetDraft, _ frame: Frame) -> HTML {
        guard !row.problems.isEmpty else { return "–" }
        return """
            <ul class="plain">\(row.problems.html {
                "<li>\($0.field): \(frame.say("dikosongkan.", "left empty.")) \(frame.language.say($0.message))</li>"
            })</ul>
            """
    }

    private static func head(_ title: String, _ description: String, _ frame: Frame) -> PageHead {
        PageHead(
            title, description: description,
            crumbs: [Crumb(frame.say("Inovasi kami", "Our innovations"), frame.to(.path("kerja", "inovasi")))],
            indexed: false)
    }
}
