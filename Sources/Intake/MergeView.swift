import Directory
import Kernel
import Web

/// The merges that were made.
struct MergeListPage: Sendable {
    let part: Merges.Part?
    let page: Merges.Page
    let pager: Pager?
    let institution: @Sendable (String) -> String
    /// The form that proposes a merge, as it was sent.
    var first = ""
    var second = ""
    var reason = ""
    var problems = FormProblems.none
    var done = false
}

/// One merge.
struct MergePage: Sendable {
    let merge: Merges.Shown
    let institution: @Sendable (String) -> String
    /// A field's value in the shared record, as the screen says it.
    let value: @Sendable (Innovation.Field) -> String?
    var reason = ""
    var problems = FormProblems.none
}

enum MergeView {
    static func list(_ model: MergeListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let standing = (model.page.counts[.machine] ?? 0) + (model.page.counts[.person] ?? 0)
        let title =
            standing == 0
            ? say("Belum ada data yang digabung", "Nothing was merged yet")
            : say(
                "\(frame.number(standing)) penggabungan berlaku",
                "\(frame.count(standing, "", "merge stands", "merges stand"))")
        let head = PageHead(
            form.title(title), description: title, crumbs: [Crumb(say("Meja kerja", "Desk"), frame.to(.path("kerja")))],
            indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary())
            \(model.done ? NoticeView.notice(.good, say("Penggabungan dibatalkan.", "The merge was undone."), "\(say("Kedua data kembali seperti menurut sumbernya masing-masing.", "Both records are again what their own sources say."))") : "")
            <h1>\(title)</h1>
            <nav aria-label="\(say("Saring menurut keadaan", "Filter by state"))"><ul class="row bare">
            \(chip(nil, standing, model, frame))\(Merges.Part.allCases.html { chip($0, model.page.counts[$0] ?? 0, model, frame) })
            <li><a href="\(frame.to(PairView.list(.proposed, nil)))">\(say("Menunggu orang kedua", "Waiting for a second person")) (\(frame.number(model.page.proposed)))</a></li>
            </ul></nav>
            \(model.page.lines.isEmpty ? "" : table(model, frame))
            \(html(model.pager) { $0.view(frame) })
            \(proposing(model, form, frame))
            """)
    }

    private static func chip(_ part: Merges.Part?, _ count: Int, _ model: MergeListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let name =
            switch part {
            case nil: say("Semua yang berlaku", "All that stand")
            case .machine: say("Oleh kiriman", "By deliveries")
            case .person: say("Oleh orang", "By persons")
            case .undone: say("Dibatalkan", "Undone")
            }
        let query = part.map { [("keadaan", $0.rawValue)] } ?? []
        let current: HTML = part == model.part ? " aria-current=\"page\"" : ""
        return """
            <li><a class="chip" href="\(frame.to(.path("kerja", "gabungan", query: query)))"\(current)>\(name) (\(frame.number(count)))</a></li>
            """
    }

    private static func table(_ model: MergeListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let columns = [
            say("Data yang digabung", "Merged record"), say("Ke dalam", "Into"), say("Oleh", "By"),
        ]
        let rows = model.page.lines.map { line in
            StackView.Row(
                """
                <a class="name" href="\(frame.to(.path("kerja", "gabungan", String(line.id))))"\(frame.record)>\(line.joined.shown.name)</a>\
                \(PairView.under(line.joined, model.institution, frame))
                """,
                "<span class=\"name\"\(frame.record)>\(line.survivor.shown.name)</span>\(PairView.under(line.survivor, model.institution, frame))",
                """
                \(actor(line.by, frame))<br><span class="soft">\(line.at.day().long(frame.language))\
                \(html(line.probability) { ", \(PairView.percent($0, frame))" })</span>\
                \(html(line.undoneAt) { "<br><span class=\"soft\">\(say("dibatalkan", "undone")) \($0.day().long(frame.language))</span>" })
                """)
        }
        return StackView.table(
            caption: say("Penggabungan, yang terbaru di atas", "Merges, newest first"), columns: columns, rows)
    }

    /// `kiriman Sinovik` for a source's delivery; an office as it is.
    static func actor(_ name: String, _ frame: Frame) -> String {
        if name.hasPrefix("import:") { return "\(frame.say("kiriman", "delivery of")) \(name.dropFirst(7))" }
        return name == "system" ? "Simpul" : name
    }

    private static func proposing(_ model: MergeListPage, _ form: FormView, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <section aria-labelledby="usul"><h2 id="usul">\(say("Usulkan penggabungan", "Propose a merge"))</h2>
            <p>\(say("Dua data yang sudah terbit. Orang lain menyetujuinya sebelum digabung.", "Two published records. Somebody else agrees before they are merged."))</p>
            \(form.form(to: .path("kerja", "gabungan"), """
            \(form.pair(
                form.number("nomor", label: say("Nomor data", "Number of the record"), value: model.first, hint: say("Angka di alamat halamannya, misalnya 2041.", "The number in its page's address, e.g. 2041."), required: true),
                form.number("lain", label: say("Nomor data yang sama", "Number of the same"), value: model.second, required: true)))
            \(form.area("alasan", label: say("Mengapa sama?", "Why are they the same?"), value: model.reason, limit: .characters(Pair.reasonLimit), small: true))
            \(form.button(say("Bandingkan dan usulkan", "Compare and propose")))
            """))</section>
            """
    }

    // MARK: One merge

    static func page(_ model: MergePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let line = model.merge.line
        let title =
            line.undoneAt == nil
            ? say(
                "\(line.joined.shown.name) digabung ke \(line.survivor.shown.name)",
                "\(line.joined.shown.name) merged into \(line.survivor.shown.name)")
            : say("Penggabungan yang dibatalkan", "A merge that was undone")
        let head = PageHead(
            form.title(title),
            description: say("Apa yang digabung, oleh siapa, mengapa.", "What was merged, by whom, why."),
            crumbs: [
                Crumb(say("Meja kerja", "Desk"), frame.to(.path("kerja"))),
                Crumb(say("Penggabungan", "Merges"), frame.to(.path("kerja", "gabungan"))),
            ], indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary())
            <h1>\(title)</h1>
            \(acts(model, frame))
            <h2>\(say("Yang dibawa tiap nomor", "What each number brought"))</h2>
            \(ThreadView.list(model.merge.members.map { (line.undoneAt == nil ? .tied : .loose, member($0, model, frame)) }))
            \(line.undoneAt == nil ? undoing(model, form, frame) : "")
            """)
    }

    private static func acts(_ model: MergePage, _ frame: Frame) -> HTML {
        let (line, say) = (model.merge.line, frame.language.say(_:_:))
        return """
            <dl class="facts"><dt>\(say("Digabung oleh", "Merged by"))</dt><dd>\(actor(line.by, frame)), \(line.at.day().long(frame.language))\
            \(html(line.probability) { ", \(say("peluang sama", "probability")) \(PairView.percent($0, frame))" })</dd>
            <dt>\(say("Alasan", "Reason"))</dt><dd>\(line.reason)\(html(model.merge.pair) { " <a href=\"\(frame.to(.path("kerja", "kembar", String($0))))\">\(say("Lihat keputusannya", "See the decision"))</a>" })</dd>
            <dt>\(say("Data sekarang", "Record now"))</dt><dd><a href="\(frame.to(.path("inovasi", String(model.merge.root))))">\(say("Nomor", "Number")) \(model.merge.root)</a></dd>
            \(html(line.undoneAt) { "<dt>\(say("Dibatalkan", "Undone"))</dt><dd>\(actor(line.undoneBy ?? "", frame)), \($0.day().long(frame.language)): \(line.undoneReason ?? "")</dd>" })</dl>

            """
    }

    private static func member(_ member: Merges.Member, _ model: MergePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let used = member.fields.compactMap { field in model.value(field).map { (field, $0) } }
        return """
            <h3>\(say("Nomor", "Number")) \(member.name.id): <span\(frame.record)>\(member.name.shown.name)</span></h3>
            <p class="soft">\([member.name.institution.map(model.institution), member.name.year.map(String.init)].compactMap(\.self).joined(separator: " · "))</p>
            \(member.sources.html { PairDetailView.source($0, frame) })
            \(used.isEmpty ? "<p class=\"missing\">\(say("Tidak ada nilai yang dipakai sekarang.", "No value in use now."))</p>" : """
            <details><summary>\(say("\(used.count) nilai dipakai dari sini", frame.count(used.count, "", "value in use from here", "values in use from here")))</summary>\
            <dl class="facts">\(used.html { "<dt>\(frame.language.say(Innovation.fieldName($0.0.key)))</dt><dd\(frame.record)>\(shortened($0.1, to: 240))</dd>" })</dl></details>
            """)
            """
    }

    private static func undoing(_ model: MergePage, _ form: FormView, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let id = String(model.merge.line.id)
        return """
            <section aria-labelledby="batalkan"><h2 id="batalkan">\(say("Bukan inovasi yang sama?", "Not the same innovation?"))</h2>
            <p>\(say(
                "Keduanya kembali berdiri sendiri. Suntingan sesudah penggabungan tetap pada nomor tempatnya ditulis.",
                "Both stand by themselves again. Edits made since stay with the number they were made for."))</p>
            \(form.form(to: .path("kerja", "gabungan", id), """
            \(form.area("alasan", label: say("Alasan", "Reason"), value: model.reason, required: true, limit: .characters(Pair.reasonLimit), small: true))
            \(form.button(say("Batalkan penggabungan", "Undo the merge"), .danger))
            """))</section>
            """
    }

    /// The way from a record's page to a proposal, for those who review.
    static func panel(_ id: Int, _ frame: Frame) -> HTML {
        let address = frame.to(.path("kerja", "gabungan", query: [("nomor", String(id))], fragment: "usul"))
        return
            "<p><a href=\"\(address)\">\(frame.say("Usulkan penggabungan dengan data lain", "Propose to merge it with another record"))</a></p>\n"
    }
}
