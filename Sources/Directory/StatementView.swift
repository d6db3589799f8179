import Kernel
import Web

/// What each source says of one record, side by side, and of what the record was made.
package struct StatementPage: Sendable {
    package enum Cell: Sendable {
        case says(String, used: Bool)
        /// The institution says that there is nothing.
        case emptied
        case silent
    }

    /// One field; a cell for each source.
    package struct Row: Sendable {
        package let field: String
        package let cells: [Cell]
        package let differ: Bool
        /// Whether what several say stands together, as in a list of awards.
        package let united: Bool
    }

    package let id: Int
    package let name: String
    package let rows: [Row]
    package let sources: [Statement]
    package let lineage: [Lineage]
}

package enum StatementView {
    /// More columns than these are hard to read beside each other; the rows then stand below each other.
    private static let abreast = 4

    package static func page(_ model: StatementPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let id = String(model.id)
        let head = PageHead(
            say("Sumber \(model.name)", "Sources of \(model.name)"),
            description: say("Apa kata tiap sumber tentang inovasi ini.", "What each source says of this innovation."),
            place: .innovations, crumbs: HistoryView.crumbs(id, model.name, frame), indexed: false)
        return Layout.page(
            frame, head,
            """
            <h1>\(say("Apa kata tiap sumber tentang", "What each source says of")) <span\(frame.record)>\(model.name)</span></h1>
            <p class="lead">\(finding(model, frame))</p>
            \(comparison(model, frame))
            <h2 id="baris">\(say("Dari mana tiap keterangan", "Where each statement is from"))</h2>
            <ol class="thread">\(model.sources.html { source($0, model, frame) })</ol>
            \(lineage(model, frame))
            """)
    }

    private static func finding(_ model: StatementPage, _ frame: Frame) -> String {
        let say = frame.language.say(_:_:)
        guard model.sources.count > 1 else {
            return say("Baru satu sumber yang memuat inovasi ini.", "Only one source has this innovation so far.")
        }
        let differ = model.rows.count { $0.differ && !$0.united }
        let rows = model.sources.count
        return differ == 0
            ? say("\(rows) keterangan, tidak ada yang bertentangan.", "\(rows) statements, none contradicts another.")
            : say(
                "\(rows) keterangan, berbeda pada \(differ) bagian. Yang dipakai dicetak tebal, yang lain tetap tercatat.",
                "\(rows) statements that differ on \(frame.count(differ, "", "part", "parts")). What is in use is bold; the rest stays on record."
            )
    }

    private static func comparison(_ model: StatementPage, _ frame: Frame) -> HTML {
        guard model.sources.count > 1 else { return .empty }
        let wide = model.sources.count <= abreast
        let names = model.sources.map(\.name)
        let columns: HTML =
            wide
            ? names.html { "<th scope=\"col\" class=\"from\">\($0)</th>" }
            : """
            <th scope="col">\(frame.say("Isi", "Content"))</th><th scope="col">\(frame.say("Sumber", "Source"))</th>
            """
        return """
            <h2 id="banding">\(frame.say("Berdampingan", "Side by side"))</h2>
            <table class="stack"><thead><tr><th scope="col">\(frame.say("Bagian", "Part"))</th>\(columns)</tr></thead><tbody>
            \(model.rows.html { wide ? abreast($0, names, frame) : below($0, names, frame) })</tbody></table>

            """
    }

    private static func label(_ row: StatementPage.Row, _ frame: Frame) -> HTML {
        let state =
            row.united
            ? "<br><span class=\"soft small\">\(frame.say("disatukan", "united"))</span>" as HTML
            : "<br><span class=\"state due\">\(frame.say("Sumber berbeda", "Sources differ"))</span>"
        return "\(frame.language.say(Innovation.fieldName(row.field)))\(row.differ ? state : .empty)"
    }

    private static func abreast(_ row: StatementPage.Row, _ names: [String], _ frame: Frame) -> HTML {
        """
        <tr><th scope="row">\(label(row, frame))</th>\(zip(names, row.cells).map { ($0, $1) }.html { name, cell in
            "<td data-label=\"\(name)\">\(content(cell, row, frame))</td>"
        })</tr>

        """
    }

    private static func below(_ row: StatementPage.Row, _ names: [String], _ frame: Frame) -> HTML {
        let said = zip(names, row.cells).filter { _, cell in if case .silent = cell { false } else { true } }
        return said.enumerated().html { n, one in
            """
            <tr><th scope="row">\(n == 0 ? label(row, frame) : "<span class=\"sr\">\(label(row, frame))</span>")</th>\
            <td data-label="\(frame.say("Isi", "Content"))">\(content(one.1, row, frame))</td>\
            <td data-label="\(frame.say("Sumber", "Source"))"><span class="from">\(one.0)</span></td></tr>

            """
        }
    }

    private static func content(_ cell: StatementPage.Cell, _ row: StatementPage.Row, _ frame: Frame) -> HTML {
        switch cell {
        case .says(let text, let used):
            let text = shortened(text, to: 400)
            return row.differ && used && !row.united
                ? "<strong\(frame.record)>\(text)</strong>" : "<span\(frame.record)>\(text)</span>"
        case .emptied:
            return "<span class=\"soft\">\(frame.say("dikosongkan instansi", "emptied by the institution"))</span>"
        case .silent:
            return
                "<span aria-hidden=\"true\">–</span><span class=\"sr\">\(frame.say("tidak disebut", "not said"))</span>"
        }
    }

    private static func source(_ one: Statement, _ model: StatementPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let language = frame.language
        let origin =
            one.member == model.id
            ? .empty
            : """
            <dt>\(say("Nomor asal", "Came as number"))</dt><dd>\(one.member)</dd>
            """ as HTML
        return """
            <li class="\(one.missingSince == nil ? "tied" : "loose")"><h3 class="knot">\(one.source)</h3><dl class="facts">
            <dt>\(say("Nomor di sumber", "Number there"))</dt><dd>\(one.externalID)</dd>\(origin)
            \(html(one.owner) { "<dt>\(say("Pemilik data", "Owner"))</dt><dd>\($0)</dd>" })
            <dt>\(say("Ketentuan", "Terms"))</dt><dd>\(terms(one, frame))</dd>
            \(html(one.reference) { "<dt>\(say("Rujukan", "Reference"))</dt><dd\(frame.record)>\($0)</dd>" })
            <dt>\(say("Diterima", "Received"))</dt><dd>\(one.firstSeenAt.day().long(language))</dd>
            \(one.changedAt == one.firstSeenAt ? .empty : "<dt>\(say("Terakhir berubah", "Last changed"))</dt><dd>\(one.changedAt.day().long(language))</dd>")
            \(html(one.missingSince) { "<dt>\(say("Tidak ada lagi sejak", "No longer there since"))</dt><dd>\($0.day().long(language))</dd>" })
            </dl></li>

            """
    }

    private static func terms(_ one: Statement, _ frame: Frame) -> String {
        if let licence = one.licence { return licence }
        return one.own
            ? frame.say(
                "ditulis dan divalidasi instansi di portal ini", "written and validated by the institution here")
            : frame.say("belum dinyatakan sumbernya", "not stated by the source")
    }

    private static func lineage(_ model: StatementPage, _ frame: Frame) -> HTML {
        guard !model.lineage.isEmpty else { return .empty }
        let standing = model.lineage.count { $0.undone == nil }
        let heading =
            standing == 0
            ? frame.say("Pernah digabung, sekarang berdiri sendiri", "Once merged, now on its own")
            : frame.say(
                "\(standing + 1) data digabung menjadi satu", "\(standing + 1) records were merged into one")
        return """
            <h2 id="silsilah">\(heading)</h2>
            <ol class="thread">\(model.lineage.html { merge($0, model, frame) })</ol>
            """
    }

    private static func merge(_ merge: Lineage, _ model: StatementPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let (joined, survivor) = (
            number(merge.innovation, merge, model, frame), number(merge.survivor, merge, model, frame)
        )
        let undone = html(merge.undone) { undone in
            """
            <p><strong>\(say("Dibatalkan", "Taken back")) \(undone.at.day().long(frame.language)).</strong> \
            <span\(frame.record)>\(undone.reason)</span> <span class="from">\(undone.actor)</span></p>
            """
        }
        let sure = html(merge.probability) {
            "<p class=\"soft\">\(say("Peluang sama menurut mesin", "Probability by the machine")) \(frame.number(Int($0 * 100))) \(say("persen", "per cent"))</p>"
        }
        return """
            <li class="\(merge.undone == nil ? "tied" : "loose")"><h3 class="knot">\(say("Nomor", "Number")) \(joined) \
            \(say("digabung ke nomor", "was merged into number")) \(survivor), \(merge.at.day().long(frame.language))</h3>
            <p\(frame.record)>\(merge.reason)</p><p class="from">\(office(merge.actor, frame))</p>\(sure)\(undone)</li>

            """
    }

    /// A record by its number: a link where it stands on its own, since the address of a merged one leads back here.
    private static func number(_ id: Int, _ merge: Lineage, _ model: StatementPage, _ frame: Frame) -> HTML {
        guard merge.undone != nil, id != model.id else { return "\(id)" }
        return "<a href=\"\(frame.to(.path("inovasi", String(id))))\">\(id)</a>"
    }

    private static func office(_ actor: String, _ frame: Frame) -> String {
        guard actor.hasPrefix("import:") else { return actor }
        return frame.say("impor data ", "data import ") + actor.dropFirst(7)
    }
}
