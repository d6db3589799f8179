import Kernel
import Web

/// The declaration of conflicts, as evaluators and panelists see it: names of institutions and titles, nothing of who
/// reads what.
enum DeclarationView {
    static func page(
        _ sheet: Declarations.Sheet, words: String, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let form = FormView(frame, problems)
        let title = frame.say("Benturan kepentingan Anda", "Your conflicts of interest")
        let base = Address.path("kerja", "benturan", sheet.stored.code)
        let edition = frame.language.say(sheet.stored.edition.name)
        return Layout.page(
            frame, PageHead(form.title("\(title) · \(edition)"), description: title, indexed: false),
            """
            \(form.summary())<h1>\(title)</h1><p>\(edition). \(sheet.seats.map { frame.language.say($0.seat.name) }.joined(separator: ", ")).</p>
            \(sheet.isDeclared
                ? NoticeView.notice(
                    .good, frame.say("Sudah dinyatakan.", "Declared."),
                    "\(frame.say("Tambahkan bila ada yang baru; usulan yang terkait langsung ditarik dari antrean Anda.", "Add whatever is new; proposals it concerns leave your queue at once."))")
                : NoticeView.notice(
                    .soon, frame.say("Nyatakan dahulu.", "Declare them first."),
                    "\(frame.say("Usulan baru terbuka sesudah Anda menyatakan semua benturan, atau bahwa tidak ada.", "Proposals open once you have declared all conflicts, or that there are none."))"))
            <p>\(frame.say(
                "Benturan: Anda bekerja atau pernah bekerja di instansinya, mendampingi atau melatih unitnya, ikut mencipta inovasinya, atau punya hubungan keluarga, usaha, atau sengketa dengannya. Peran Anda di Simpul dan provinsi Anda sudah diperhitungkan sendiri.",
                "A conflict: you work or worked at the institution, mentor or trained its unit, co-created the innovation, or have a family, business or legal tie with it. Your roles in Simpul and your province are taken into account already."))</p>
            \(declared(sheet, form, base))
            \(search(sheet, words, frame, base))
            \(form.form(to: base, choices(sheet, form)))
            \(sheet.isDeclared
                ? .empty
                : """
                <section aria-labelledby="nyata"><h2 id="nyata">\(frame.say("Selesai", "Done"))</h2>
                \(form.form(
                    to: .path("kerja", "benturan", sheet.stored.code, "nyatakan"),
                    form.actions(
                        form.button(
                            sheet.ties.isEmpty
                                ? frame.say("Nyatakan: saya tidak punya benturan", "Declare: I have no conflict")
                                : frame.say("Nyatakan: hanya yang tercantum di atas", "Declare: only those listed above")))))</section>
                """)
            """)
    }

    private static func declared(_ sheet: Declarations.Sheet, _ form: FormView, _ base: Address) -> HTML {
        let frame = form.frame
        guard !sheet.ties.isEmpty else { return .empty }
        var seen: Set<String> = []
        let rows = sheet.ties.filter { seen.insert("\($0.kind) \($0.subject) \($0.isOwn)").inserted }.map { tie in
            StackView.Row(
                "\(tie.subject)", "\(frame.language.say(tie.kind.words))\(html(tie.words) { ". \($0)" })",
                tie.isOwn && !sheet.isDeclared
                    ? form.form(
                        to: .path("kerja", "benturan", sheet.stored.code, "hapus"),
                        form.hidden("id", String(tie.id))
                            + form.button(frame.say("Hapus", "Take back"), .second, small: true, about: tie.subject))
                    : "\(tie.isOwn ? tie.at.day().long(frame.language) : frame.say("dicatat penyelenggara", "entered by the organiser"))"
            )
        }
        return StackView.table(
            caption: frame.say("Yang sudah dinyatakan", "Declared so far"),
            columns: [
                frame.say("Dengan", "With"), frame.say("Hubungan", "Tie"), frame.say("Keterangan", "Remark"),
            ], rows)
    }

    private static func search(
        _ sheet: Declarations.Sheet, _ words: String, _ frame: Frame, _ base: Address
    ) -> HTML {
        guard let total = sheet.total, total > Declarations.shown || !words.isEmpty else { return .empty }
        return """
            <form method="get" action="\(frame.to(base))" class="search"><label for="cari">\(frame.say(
                "Cari di antara \(frame.number(total)) judul usulan", "Search among \(frame.number(total)) titles of proposals"))</label>
            <input type="search" id="cari" name="q" value="\(words)"><button class="button second">\(frame.say("Cari", "Search"))</button></form>
            """
    }

    private static func choices(_ sheet: Declarations.Sheet, _ form: FormView) -> HTML {
        let frame = form.frame
        return """
            <h2>\(frame.say("Tambahkan benturan", "Add conflicts"))</h2>
            \(form.radios(
                "hubungan", label: frame.say("Hubungan Anda", "Your tie"),
                choices: ConflictSide.Tie.Kind.allCases.map { Choice($0.rawValue, frame.language.say($0.words)) },
                value: ConflictSide.Tie.Kind.works.rawValue))
            \(sheet.institutions.isEmpty
                ? .empty
                : form.checks(
                    "instansi", label: frame.say("Dengan instansi", "With institutions"),
                    choices: sheet.institutions.map { Choice($0.code, $0.name) }))
            \(sheet.proposals.isEmpty
                ? .empty
                : form.checks(
                    "usulan", label: frame.say("Dengan usulan", "With proposals"),
                    choices: sheet.proposals.map { Choice(String($0.id), $0.title, note: $0.institution) }))
            \(form.text(
                "apa", label: frame.say("Instansi lain (kode atau nama lengkap)", "Another institution (code or full name)")))
            \(form.text(
                "catatan", label: frame.say("Catatan", "Note"),
                hint: frame.say("Hanya dibaca penyelenggara.", "Only the organiser reads it.")))
            \(form.actions(form.button(frame.say("Tambahkan", "Add"), .second)))
            """
    }
}
