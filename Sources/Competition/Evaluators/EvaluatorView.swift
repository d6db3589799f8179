import Kernel
import Web

/// The evaluators and panelists of an edition, and the form that lists one more.
enum EvaluatorView {
    static func list(
        _ list: Evaluators.List, _ draft: EvaluatorDraft, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let (stored, form) = (list.stored, FormView(frame, problems))
        let title = frame.say("Penilai dan panelis", "Evaluators and panelists")
        let waiting = list.lines.count { $0.evaluator.removedAt == nil && $0.evaluator.declaredAt == nil }
        return Layout.page(
            frame,
            PageHead(
                form.title("\(title) · \(frame.language.say(stored.edition.name))"), description: title,
                crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .evaluators, frame))
            \(waiting == 0 ? .empty : NoticeView.notice(
                .soon,
                frame.count(
                    waiting, "orang belum menyatakan benturan kepentingan.",
                    "person has not declared their conflicts of interest.",
                    "people have not declared their conflicts of interest."),
                "\(frame.say("Mereka belum dapat ditugasi.", "They cannot be assigned yet."))"))
            \(table(list, .evaluator, frame))\(table(list, .panelist, frame))
            <h2>\(frame.say("Tambah penilai atau panelis", "Add an evaluator or panelist"))</h2>
            <p>\(frame.say(
                "Mereka mendapat undangan lewat surel, lalu menyatakan benturan kepentingan sebelum membaca apa pun.",
                "They get an invitation by mail, and declare their conflicts of interest before they read anything."))</p>
            \(form.form(
                to: .path("kerja", "kompetisi", stored.code, "penilai"),
                form.pair(
                    form.text(
                        "email", label: frame.say("Surel", "E-mail"), value: draft.email, kind: .email, required: true),
                    form.text("name", label: frame.say("Nama", "Name"), value: draft.name, kind: .name))
                    + form.radios(
                        "kursi", label: frame.say("Sebagai", "As"),
                        choices: Evaluator.Seat.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) },
                        value: draft.seat.rawValue)
                    + fields(draft, stored.edition, list.regions, form)
                    + form.actions(form.button(frame.say("Undang", "Invite")))))
            """)
    }

    private static func table(_ list: Evaluators.List, _ seat: Evaluator.Seat, _ frame: Frame) -> HTML {
        let lines = list.lines.filter { $0.evaluator.seat == seat }
        let name = frame.language.say(seat.name)
        guard !lines.isEmpty else {
            return """
                <h2>\(name)</h2><p class="soft">\(frame.say("Belum ada. Undang lewat formulir di bawah.", "None yet. Invite them with the form below."))</p>
                """
        }
        let rows = lines.map { line in
            let evaluator = line.evaluator
            let address = Address.path("kerja", "kompetisi", list.stored.code, "penilai", String(evaluator.id))
            return StackView.Row(
                "<a href=\"\(frame.to(address))\">\(evaluator.name)</a>",
                "\(expertise(evaluator, list.stored.edition, frame))",
                "\(frame.number(line.done)) / \(frame.number(line.done + line.open))",
                "\(frame.number(evaluator.least))–\(frame.number(evaluator.most))", state(line, frame))
        }
        return """
            <h2 id="\(seat.rawValue)">\(name) (\(frame.number(lines.count)))</h2>
            \(StackView.table(
                labelled: seat.rawValue,
                columns: [
                    frame.say("Nama", "Name"), frame.say("Keahlian", "Expertise"),
                    frame.say("Selesai / ditugaskan", "Done / given"), frame.say("Batas beban", "Limits"),
                    frame.say("Keadaan", "State"),
                ], rows))
            """
    }

    static func expertise(_ evaluator: Evaluator, _ edition: Edition, _ frame: Frame) -> String {
        let names = evaluator.expertise.map { code in
            edition.categories.first { $0.code == code }.map { frame.language.say($0.name) } ?? code
        }
        return names.isEmpty ? "–" : names.joined(separator: ", ")
    }

    private static func state(_ line: Evaluators.Line, _ frame: Frame) -> HTML {
        let evaluator = line.evaluator
        if let removed = evaluator.removedAt {
            return StateView.state(
                .never,
                frame.say(
                    "Diberhentikan \(removed.day().long(.indonesian))", "Removed on \(removed.day().long(.english))"))
        }
        guard line.isActive else { return StateView.state(.due, frame.say("Belum masuk", "Has not signed in")) }
        guard evaluator.declaredAt != nil else {
            return StateView.state(.due, frame.say("Belum menyatakan benturan", "Conflicts not declared"))
        }
        return StateView.state(.valid, frame.say("Siap", "Ready"))
    }

    /// How many categories one ranks at most.
    static func ranks(_ edition: Edition) -> Int { max(1, min(5, edition.categories.count)) }

    /// What one knows, reads and may be given; the same when somebody is listed and when that changes.
    static func fields(
        _ draft: EvaluatorDraft, _ edition: Edition, _ regions: [(code: String, name: String)], _ form: FormView
    ) -> HTML {
        let frame = form.frame
        let choices = edition.categories.map { Choice($0.code, frame.language.say($0.name)) }
        let ranks = (1...ranks(edition)).map { rank in
            form.select(
                "keahlian-\(rank)",
                label: rank == 1
                    ? frame.say("Keahlian utama", "Best known category")
                    : frame.say("Keahlian ke-\(rank)", "Category \(rank)"),
                choices: choices, value: rank <= draft.expertise.count ? draft.expertise[rank - 1] : "",
                empty: frame.say("Tidak diisi", "None"))
        }
        return """
            \(edition.categories.isEmpty ? .empty : "<div class=\"cells\">\(ranks.html { $0 })</div>")
            \(form.pair(
                form.text(
                    "bahasa", label: frame.say("Bahasa yang dibaca", "Languages read"), value: draft.languages,
                    hint: frame.say("Kode dipisah koma, misalnya id, en.", "Codes separated by commas, e.g. id, en."),
                    short: true),
                form.select(
                    "wilayah", label: frame.say("Provinsi tempat tinggal atau bekerja", "Province of home or work"),
                    choices: regions.map { Choice($0.code, $0.name) }, value: draft.region,
                    empty: frame.say("Tidak diketahui", "Not known"),
                    hint: frame.say(
                        "Usulan dari provinsi itu tidak pernah diberikan.", "Proposals from there are never given."))))
            \(form.pair(
                form.number(
                    "paling-sedikit", label: frame.say("Paling sedikit dibaca", "Fewest reads"), value: draft.least),
                form.number(
                    "paling-banyak", label: frame.say("Paling banyak dibaca", "Most reads"), value: draft.most,
                    hint: frame.say("Tidak perlu untuk panelis.", "Not needed for panelists."))))
            """
    }
}
