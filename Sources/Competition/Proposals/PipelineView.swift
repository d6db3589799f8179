import Institutions
import Kernel
import Web

/// Years and what stands in the way, innovation by innovation.
enum PipelineView {
    static func choose(_ institutions: [Institution], _ frame: Frame) -> HTML {
        let title = frame.say("Inovasi yang akan cukup syarat", "Innovations that will be eligible")
        let form = FormView(frame)
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1><form action="\(frame.to(.path("kerja", "alur")))">\(form.select(
                "instansi", label: frame.say("Instansi", "Institution"),
                choices: institutions.map { Choice($0.code, $0.name) }))
            \(form.actions(form.button(frame.say("Lihat", "Show"))))</form>
            """)
    }

    static func page(
        _ page: Pipelines.Page, of institution: String, name: String, from: Int, at now: Instant, _ frame: Frame
    ) -> HTML {
        let next = page.edition?.edition.nextYear(after: now) ?? now.day().year
        let ready = page.years[next] ?? 0
        let title =
            page.total == 0
            ? frame.say("\(name) belum punya inovasi di direktori", "\(name) has no innovations in the directory")
            : frame.say(
                "\(ready) dari \(page.total) inovasi cukup syarat untuk \(next)",
                "\(ready) of \(page.total) innovations are eligible for \(next)")
        let head = PageHead(title, description: title, indexed: false)
        guard let stored = page.edition else {
            return Layout.page(
                frame, head,
                """
                <h1>\(title)</h1><p class="missing">\(frame.say(
                    "Belum ada edisi dengan batas pendaftaran.", "No edition has an end of registration yet."))</p>
                """)
        }
        let edition = stored.edition
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            <p>\(frame.say("Menurut aturan", "By the rules of")) <a href="\(frame.to(.path("kompetisi", stored.code)))">\
            \(frame.language.say(edition.name))</a>, \(frame.say(
                "bila aturan dan tanggalnya tetap pada tahun-tahun berikut. \(name).",
                "if its rules and dates stay the same in the years to come. \(name)."))</p>
            \(years(page.years, frame))\(table(page.entries, edition, frame))\(pager(page, institution, from, frame))
            """)
    }

    private static func years(_ years: [Int?: Int], _ frame: Frame) -> HTML {
        guard !years.isEmpty else { return .empty }
        let known = years.keys.compactMap(\.self).sorted().prefix(3)
        return """
            <dl class="figures">\(known.html { year in
                "<div><dt>\(frame.say("cukup syarat mulai \(year)", "eligible from \(year)"))</dt><dd class=\"n\">\(years[year] ?? 0)</dd></div>"
            })\(html(years[nil]) {
                "<div><dt>\(frame.say("perlu dilengkapi dulu", "need something first"))</dt><dd class=\"n\">\($0)</dd></div>"
            })</dl>

            """
    }

    private static func table(_ entries: [Pipelines.Entry], _ edition: Edition, _ frame: Frame) -> HTML {
        guard !entries.isEmpty else { return .empty }
        let rows = entries.map { entry in
            StackView.Row(
                """
                <a href="\(frame.to(.path("inovasi", String(entry.innovation))))"\(frame.record)>\(entry.title)</a>
                """, "\(entry.unit ?? "–")", year(entry.outlook, edition, frame), hurdles(entry.outlook, frame))
        }
        return StackView.table(
            caption: frame.say("Yang paling dekat di atas", "The soonest first"),
            columns: [
                frame.say("Inovasi", "Innovation"), "Unit", frame.say("Cukup syarat", "Eligible"),
                frame.say("Yang perlu dilakukan", "What to do"),
            ], rows)
    }

    private static func year(_ outlook: Outlook, _ edition: Edition, _ frame: Frame) -> HTML {
        guard let year = outlook.year else { return StateView.state(.never, frame.say("belum", "not yet")) }
        let group = edition.groups.first { $0.code == outlook.group }.map { ", \(frame.language.say($0.name))" } ?? ""
        return StateView.state(.valid, "\(year)\(group)")
    }

    private static func hurdles(_ outlook: Outlook, _ frame: Frame) -> HTML {
        guard !outlook.hurdles.isEmpty else { return "–" }
        return """
            <ul class="plain">\(outlook.hurdles.html { verdict in
                """
                <li>\(frame.language.say(verdict.change ?? verdict.because)) \
                <span class="soft">\(frame.language.say(verdict.rule)). \(frame.language.say(verdict.because))</span></li>

                """
            })</ul>
            """
    }

    private static func pager(_ page: Pipelines.Page, _ institution: String, _ from: Int, _ frame: Frame) -> HTML {
        let next = from + page.entries.count
        guard next < page.total else { return .empty }
        let address = Address.path("kerja", "alur", query: [("instansi", institution), ("dari", String(next))])
        return """
            <p><a class="button second" href="\(frame.to(address))">\(frame.say(
                "\(next + 1) dan seterusnya dari \(page.total)", "\(next + 1) onwards of \(page.total)"))</a></p>
            """
    }
}
