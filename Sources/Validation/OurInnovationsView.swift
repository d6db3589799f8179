import Directory
import Institutions
import Kernel
import Web

/// The innovations of a unit or an agency: what is being written and what is published.
struct OurInnovationsPage: Sendable {
    struct Line: Sendable {
        let id: Int
        let name: String
        let unit: String?
        let state: Draft.State
        /// Whether it changes something that is already published.
        let isChange: Bool
        let at: Instant
    }

    struct Published: Sendable {
        let innovation: Int
        let name: String
        let unit: String?
        let validUntil: Instant?
        /// The draft in which it is being changed, if one is open.
        let draft: Int?
    }

    let drafts: [Line]
    let published: [Published]
    let total: Int
    let pager: Pager?
    /// The units to choose from, for those who see all of the institution; else empty.
    let units: [Choice]
    let unit: String
    let mayWrite: Bool
    /// What was just done, e.g. `terkirim`.
    let done: Phrase?
    let now: Instant
}

enum OurInnovationsView {
    static func page(_ model: OurInnovationsPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Inovasi kami", "Our innovations"),
            description: say(
                "Yang sedang ditulis dan yang sudah terbit.", "What is being written and what is published."),
            indexed: false)
        return Layout.page(
            frame, head,
            """
            \(html(model.done) { NoticeView.notice(.good, frame.language.say($0)) })
            <h1>\(title(model, frame))</h1>
            \(model.mayWrite ? start(frame) : .empty)
            \(filter(model, frame))
            \([Draft.State.returned, .draft, .submitted].html { drafts($0, model, frame) })
            \(published(model, frame))
            """)
    }

    private static func title(_ model: OurInnovationsPage, _ frame: Frame) -> String {
        let returned = model.drafts.count { $0.state == .returned }
        let waiting = model.drafts.count { $0.state == .submitted }
        let written = model.drafts.count { $0.state == .draft }
        var parts: [String] = []
        if returned > 0 { parts.append(frame.say("\(returned) perlu diperbaiki", "\(returned) to correct")) }
        if written > 0 { parts.append(frame.say("\(written) sedang ditulis", "\(written) being written")) }
        if waiting > 0 { parts.append(frame.say("\(waiting) menunggu validator", "\(waiting) with the validator")) }
        let published = frame.number(model.total)
        parts.append(frame.say("\(published) terbit", "\(published) published"))
        return frame.say("Inovasi kami: ", "Our innovations: ") + parts.joined(separator: ", ")
    }

    private static func start(_ frame: Frame) -> HTML {
        """
        <p class="row"><a class="button" href="\(frame.to(.path("kerja", "inovasi", "baru")))">\
        \(frame.say("Tulis inovasi baru", "Write a new innovation"))</a>
        <a href="\(frame.to(.path("kerja", "inovasi", "unggah")))">\
        \(frame.say("Unggah lembar kerja sendiri", "Upload your own spreadsheet"))</a></p>
        """
    }

    private static func filter(_ model: OurInnovationsPage, _ frame: Frame) -> HTML {
        guard model.units.count > 1 else { return .empty }
        let form = FormView(frame)
        return """
            <form method="get" action="\(frame.to(.path("kerja", "inovasi")))">\
            \(form.select("unit", label: "Unit", choices: model.units, value: model.unit, empty: frame.say("Semua unit", "All units")))\
            <p>\(form.button(frame.say("Tampilkan", "Show"), .second, small: true))</p></form>
            """
    }

    private static func drafts(
        _ state: Draft.State, _ model: OurInnovationsPage, _ frame: Frame
    ) -> HTML {
        let rows = model.drafts.filter { $0.state == state }
        guard !rows.isEmpty else { return .empty }
        let (id, title) = words(state, frame)
        return """
            <section aria-labelledby="\(id)"><h2 id="\(id)">\(title)</h2>
            \(StackView.table(
                labelled: id,
                columns: [frame.say("Inovasi", "Innovation"), "Unit", frame.say("Isi", "Content"), frame.say("Terakhir", "Last")],
                rows.map { row($0, model.now, frame) }))</section>

            """
    }

    private static func words(_ state: Draft.State, _ frame: Frame) -> (id: String, title: String) {
        switch state {
        case .returned: ("kembali", frame.say("Dikembalikan validator", "Returned by the validator"))
        case .draft: ("tulis", frame.say("Sedang ditulis", "Being written"))
        case .submitted: ("kirim", frame.say("Menunggu validator", "With the validator"))
        case .published, .abandoned: ("lain", frame.language.say(state.name))
        }
    }

    private static func row(_ draft: OurInnovationsPage.Line, _ now: Instant, _ frame: Frame) -> StackView.Row {
        let address = frame.to(.path("kerja", "inovasi", String(draft.id)))
        let content =
            draft.isChange ? frame.say("perubahan", "a change") : frame.say("inovasi baru", "a new innovation")
        return StackView.Row(
            "<a class=\"name\" href=\"\(address)\"\(frame.record)>\(draft.name)</a>", "\(draft.unit ?? "–")",
            "\(content)", "\(frame.language.since(draft.at, now))")
    }

    private static func published(_ model: OurInnovationsPage, _ frame: Frame) -> HTML {
        let title = frame.say("Terbit", "Published")
        guard !model.published.isEmpty else {
            return """
                <section aria-labelledby="terbit"><h2 id="terbit">\(title)</h2>\
                <p class="missing">\(frame.say("Belum ada inovasi yang terbit.", "Nothing is published yet."))</p></section>
                """
        }
        return """
            <section aria-labelledby="terbit"><h2 id="terbit">\(title)</h2>
            \(StackView.table(
                labelled: "terbit",
                columns: [frame.say("Inovasi", "Innovation"), "Unit", frame.say("Masa berlaku", "Validity"), frame.say("Tindakan", "Action")],
                model.published.map { row($0, model, frame) }))
            \(html(model.pager) { $0.view(frame) })</section>
            """
    }

    private static func row(
        _ published: OurInnovationsPage.Published, _ model: OurInnovationsPage, _ frame: Frame
    ) -> StackView.Row {
        let address = frame.to(.path("inovasi", String(published.innovation)))
        return StackView.Row(
            "<a class=\"name\" href=\"\(address)\"\(frame.record)>\(published.name)</a>",
            "\(published.unit ?? "–")", validity(published.validUntil, model.now, frame),
            action(published, model, frame))
    }

    private static func action(
        _ published: OurInnovationsPage.Published, _ model: OurInnovationsPage, _ frame: Frame
    ) -> HTML {
        if let draft = published.draft {
            let address = frame.to(.path("kerja", "inovasi", String(draft)))
            return "<a href=\"\(address)\">\(frame.say("Sedang diubah", "Being changed"))</a>"
        }
        guard model.mayWrite else { return "–" }
        let form = FormView(frame)
        let proposing = Address.path("kerja", "usulan", "baru", query: [("inovasi", String(published.innovation))])
        return """
            \(form.form(
                to: .path("kerja", "inovasi", "baru"),
                form.hidden("innovation", String(published.innovation))
                    + form.button(frame.say("Perbarui", "Update"), .second, small: true, about: published.name)))\
            <a href="\(frame.to(proposing))">\(frame.say("Usulkan", "Propose"))<span class="sr"> \(published.name)</span></a>
            """
    }

    static func validity(_ until: Instant?, _ now: Instant, _ frame: Frame) -> HTML {
        guard let until else { return StateView.state(.never, frame.say("belum divalidasi", "never validated")) }
        let days = until.dayBefore.daysSince1970 - now.day().daysSince1970
        let day = until.dayBefore.long(frame.language)
        if until <= now {
            return StateView.state(
                .late, frame.say("terlambat \(max(1, -days)) hari", "overdue by \(max(1, -days)) days"))
        }
        return days <= 30
            ? StateView.state(.due, frame.say("\(days) hari lagi", "\(days) days left"))
            : StateView.state(.valid, frame.say("sampai \(day)", "until \(day)"))
    }
}
