import Kernel
import Web

/// Lists of proposals: an institution's by edition, and what can be proposed.
enum ProposalListView {
    struct Model: Sendable {
        let groups: [Proposals.Group]
        let isAdmin: Bool
        let problems: FormProblems
        let now: Instant
    }

    static func list(_ model: Model, _ frame: Frame) -> HTML {
        let (registered, sent) = (
            model.groups.map(\.registered).reduce(0, +), model.groups.map(\.submitted).reduce(0, +)
        )
        let title =
            model.groups.isEmpty
            ? frame.say("Belum ada usulan", "No proposals yet")
            : frame.say(
                "Usulan: \(registered) terdaftar, \(sent) terkirim",
                "Proposals: \(registered) registered, \(sent) submitted")
        let form = FormView(frame, model.problems)
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>
            <p class="row"><a class="button" href="\(frame.to(.path("kerja", "usulan", "baru")))">\
            \(frame.say("Usulkan inovasi", "Propose an innovation"))</a></p>
            \(model.groups.html { group($0, model, frame) })
            """)
    }

    private static func group(_ group: Proposals.Group, _ model: Model, _ frame: Frame) -> HTML {
        let id = "edisi-" + group.stored.code
        let edition = group.stored.edition
        let left = group.left.map { quota, left in
            let name = edition.groups.first { $0.code == quota.group }.map { " " + frame.language.say($0.name) } ?? ""
            let whose = frame.language.say(quota.scope.name)
            return frame.say(
                "Sisa kuota \(whose)\(name): \(left) dari \(quota.most).",
                "Quota left for the \(whose)\(name): \(left) of \(quota.most).")
        }
        return """
            <section aria-labelledby="\(id)"><h2 id="\(id)">\(frame.language.say(edition.name))</h2>
            \(ProposalView.deadline(edition, at: model.now, frame))
            <p>\(frame.say("\(group.registered) terdaftar, \(group.submitted) terkirim.", "\(group.registered) registered, \(group.submitted) submitted.")) \
            \(left.joined(separator: " "))</p>
            \(StackView.table(
                labelled: id,
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Unit", "Unit"), frame.say("Keadaan", "State"),
                    frame.say("Urutan", "Priority"),
                ], group.lines.map { row($0, group, model, frame) }))</section>

            """
    }

    private static func row(
        _ line: Proposals.Line, _ group: Proposals.Group, _ model: Model, _ frame: Frame
    ) -> StackView.Row {
        let address = frame.to(.path("kerja", "usulan", String(line.id)))
        return StackView.Row(
            "<a class=\"name\" href=\"\(address)\"\(frame.record)>\(line.title)</a>", "\(line.unitName ?? "–")",
            line.check == .curing
                ? StateView.state(.due, frame.say("perlu dilengkapi", "to be completed"))
                : "\(frame.language.say(line.state.name))",
            "\(line.priority.map { frame.number($0) } ?? "–")\(model.isAdmin && line.state == .registered ? move(line, frame) : .empty)"
        )
    }

    private static func move(_ line: Proposals.Line, _ frame: Frame) -> HTML {
        let form = FormView(frame)
        return form.form(
            to: .path("kerja", "usulan", String(line.id), "urutan"),
            """
            \(form.button(frame.say("Naik", "Up"), .second, name: "arah", value: "naik", small: true, about: line.title)) \
            \(form.button(frame.say("Turun", "Down"), .second, name: "arah", value: "turun", small: true, about: line.title))
            """)
    }

    // MARK: a new one

    struct New: Sendable {
        let candidates: [Proposals.Candidate]
        /// The record that was chosen.
        let chosen: Proposals.Candidate?
        let words: String
        let editions: [Editions.Stored]
        let units: [Choice]
        let edition: String
        let unit: String
        let problems: FormProblems
        let now: Instant
    }

    static func new(_ model: New, _ frame: Frame) -> HTML {
        let title =
            model.chosen == nil
            ? frame.say("Pilih inovasi yang diusulkan", "Choose the innovation to propose")
            : frame.say("Pilih edisi", "Choose the edition")
        let form = FormView(frame, model.problems)
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title,
                crumbs: [Crumb(frame.say("Usulan", "Proposals"), frame.to(.path("kerja", "usulan")))], indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>
            \(model.chosen.map { edition($0, model, form) } ?? records(model, form))
            """)
    }

    private static func edition(_ record: Proposals.Candidate, _ model: New, _ form: FormView) -> HTML {
        let frame = form.frame
        guard !model.editions.isEmpty else {
            return NoticeView.notice(
                .plain, frame.say("Belum ada edisi yang menerima usulan.", "No edition takes proposals at present."),
                "<a href=\"\(frame.to(.path("kompetisi")))\">\(frame.say("Lihat semua edisi", "See all editions"))</a>")
        }
        let choices = model.editions.map { stored in
            let deadline = stored.edition.stage(.registration)?.closes.map {
                frame.language.say(ProposalDeadline(closes: $0, zone: stored.edition.zone).moment)
            }
            return Choice(
                stored.code, frame.language.say(stored.edition.name),
                note: deadline.map { frame.say("Pendaftaran sampai \($0)", "Registration until \($0)") })
        }
        let unit =
            model.units.isEmpty
            ? HTML.empty
            : form.select(
                "unit", label: "Unit", choices: model.units, value: model.unit,
                empty: frame.say("Seluruh instansi", "The whole institution"))
        let radios = form.radios(
            "edisi", label: frame.say("Edisi", "Edition"), choices: choices, value: model.edition)
        let button = form.actions(form.button(frame.say("Buat usulan", "Make the proposal")))
        return """
            <p\(frame.record)><strong>\(record.title)</strong></p>
            <p>\(frame.say(
                "Isian usulan terisi dari data inovasi ini dan dapat diubah sesudahnya.",
                "The proposal is filled from this record and can be changed afterwards."))</p>
            \(form.form(
                to: .path("kerja", "usulan", "baru"),
                "\(form.hidden("inovasi", String(record.innovation)))\(radios)\(unit)\(button)"))
            """
    }

    private static func records(_ model: New, _ form: FormView) -> HTML {
        let frame = form.frame
        let rows = model.candidates.map { record -> StackView.Row in
            let address = Address.path("kerja", "usulan", "baru", query: [("inovasi", String(record.innovation))])
            return StackView.Row(
                "<span\(frame.record)>\(record.title)</span>",
                "<a href=\"\(frame.to(address))\">\(frame.say("Usulkan", "Propose"))<span class=\"sr\"> \(record.title)</span></a>"
            )
        }
        return """
            <form method="get" action="\(frame.to(.path("kerja", "usulan", "baru")))">\
            \(form.text("q", label: frame.say("Kata dalam judul", "Words of the title"), value: model.words, kind: .search))\
            <p>\(form.button(frame.say("Cari", "Search"), .second, small: true))</p></form>
            \(rows.isEmpty
                ? "<p class=\"missing\">\(frame.say("Tidak ada inovasi terbit yang cocok.", "No published innovation fits."))</p>"
                : StackView.table(
                    caption: frame.say("Inovasi terbit instansi Anda, paling banyak 50", "Your institution's published innovations, 50 at most"),
                    columns: [frame.say("Inovasi", "Innovation"), frame.say("Tindakan", "Action")], rows))
            """
    }
}
