import Kernel
import Web

/// The public statistics of an edition: how many proposals came how far, and which results were frozen.
enum FunnelView {
    static func page(_ sheet: Funnels.Sheet, _ tables: [FunnelTable], at now: Instant, _ frame: Frame) -> HTML {
        let (funnel, stored) = (sheet.funnel, sheet.stored)
        let edition = frame.language.say(stored.edition.name)
        let title =
            funnel.entries.isEmpty
            ? frame.say("Belum ada usulan terdaftar", "No proposal is registered yet")
            : funnel.stages.map { "\(frame.number(funnel.count($0))) \(frame.language.say($0.name).lowercased())" }
                .joined(separator: " → ")
        return Layout.page(
            frame,
            PageHead(
                "\(frame.say("Angka", "Figures")) \(edition)", description: title, place: .competitions,
                crumbs: [
                    Crumb(frame.say("Kompetisi", "Competitions"), frame.to(.path("kompetisi"))),
                    Crumb(edition, frame.to(.path("kompetisi", stored.code))),
                ]),
            """
            <h1>\(title)</h1><p>\(edition)</p>
            \(stored.state == .archive ? archive(frame) : .empty)\(funnel.entries.isEmpty ? .empty : figures(funnel, frame))
            \(funnel.entries.isEmpty ? .empty : tables.html { table($0, funnel, frame) })
            \(source(sheet, at: now, frame))\(results(sheet.results, frame))
            """)
    }

    private static func archive(_ frame: Frame) -> HTML {
        "<p class=\"missing\">\(frame.say("Usulan edisi ini tidak dikirim lewat Simpul, jadi angkanya tidak ada di sini.", "This edition's proposals were not sent through Simpul, so its figures are not here."))</p>"
    }

    private static func figures(_ funnel: Funnel, _ frame: Frame) -> HTML {
        ChartView.table(
            Chart(
                caption: frame.say("Usulan menurut tahap terjauh", "Proposals by how far they came"),
                rowTitle: frame.say("Tahap", "Stage"), numberTitle: frame.say("Usulan", "Proposals"),
                rows: funnel.stages.map { Chart.Row(frame.language.say($0.name), funnel.count($0)) }), frame)
    }

    private static func table(_ table: FunnelTable, _ funnel: Funnel, _ frame: Frame) -> HTML {
        let id = "menurut-" + table.property.rawValue
        let name = frame.language.say(table.property.name)
        let rows = table.lines.map { line in
            StackView.Row(
                "\(line.name ?? frame.language.say(table.property.unknown))",
                funnel.stages.map { "\(frame.number(line.counts[$0] ?? 0))" })
        }
        return """
            <section aria-labelledby="\(id)"><h2 id="\(id)">\(frame.say("Menurut", "By")) \(name.lowercased())</h2>
            \(StackView.table(
                labelled: id, columns: [name] + funnel.stages.map { frame.language.say($0.name) }, compact: true, rows))</section>
            """
    }

    private static func source(_ sheet: Funnels.Sheet, at now: Instant, _ frame: Frame) -> HTML {
        let code = sheet.stored.code
        let moment = frame.language.say(now.moment(in: sheet.stored.edition.zone, starting: true))
        return """
            <p class="from">\(frame.say(
                "Dihitung dari usulan yang tersimpan, \(moment). Setiap usulan ada di tepat satu baris tiap tabel. Tahap yang belum diumumkan belum tampil.",
                "Counted from the stored proposals, \(moment). Every proposal is in exactly one row of each table. Stages that are not announced do not show yet."
            ))</p>
            <p><a href="\(Address.path("kompetisi", code, "angka.csv"))">CSV</a> · \
            <a href="\(Address.path("kompetisi", code, "angka.json"))">JSON</a></p>
            """
    }

    /// The frozen results behind what was announced, each with what it changed in the awards.
    private static func results(_ results: [FrozenResult], _ frame: Frame) -> HTML {
        guard !results.isEmpty else { return .empty }
        let winners = results.map { (try? $0.outcome().winners) ?? [] }
        let entries = results.indices.reversed().map { place -> (knot: ThreadView.Knot, content: HTML) in
            let result = results[place]
            let before = place > 0 ? Set(winners[place - 1].map(Shown.init)) : Set(winners[place].map(Shown.init))
            let now = Set(winners[place].map(Shown.init))
            let (gained, lost) = (now.subtracting(before), before.subtracting(now))
            return (
                place == results.count - 1 ? .tied : .loose,
                """
                <h3>\(frame.say("Hasil versi", "Result, version")) \(result.number), \(result.at.day().long(frame.language))</h3>
                \(html(result.reason) { "<p>\($0)</p>" })
                \(gained.isEmpty && lost.isEmpty ? .empty : "<ul>\(lost.sorted().html { "<li><del>\($0.title)</del></li>" })\(gained.sorted().html { "<li><ins>\($0.title)</ins></li>" })</ul>")
                <p class="from">\(frame.say("Sidik", "Digest")) <code>\(result.digest)</code>. \
                \(frame.say("Ditandatangani dengan kunci", "Signed with the key")) \
                <a href="\(frame.to(.path("penghargaan", "kunci")))"><code>\(result.key)</code></a>.</p>
                """
            )
        }
        return """
            <section aria-labelledby="hasil"><h2 id="hasil">\(frame.count(
                results.count, "hasil dibekukan dan diumumkan", "result frozen and announced",
                "results frozen and announced"))</h2>
            \(ThreadView.list(entries))</section>
            """
    }

    /// An awarded proposal as it is compared between versions.
    private struct Shown: Hashable, Comparable {
        let proposal: Int
        let tier: String
        let title: String

        init(_ line: ResultContent.Line) {
            (proposal, tier, title) = (line.proposal, line.award ?? "", line.title)
        }

        static func < (a: Self, b: Self) -> Bool { (a.title, a.proposal) < (b.title, b.proposal) }
    }
}
