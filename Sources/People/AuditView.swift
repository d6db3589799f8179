import Kernel
import Web

/// A stretch of the audit trail.
package struct AuditPage: Sendable {
    package let filter: AuditFilter
    package let entries: [AuditEntry]
    package let acts: [String]
    package let kinds: [String]
    package let older: Address?
    package let newest: Address?
    package let export: Address
}

package enum AuditView {
    package static func page(_ model: AuditPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say("Jejak audit", "Audit trail")
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>
            <p>\(say(
                "Siapa melakukan apa terhadap data yang mana, kapan, dan dari mana. Setiap catatan terikat pada catatan sebelumnya dengan sidik SHA-256;",
                "Who did what to which record, when and from where. Each entry is tied to the one before by SHA-256;"))
            <a href="\(frame.to(.path("data", "jejak-audit")))">\(say("sidik akhir setiap hari diumumkan", "the last hash of each day is public"))</a>.</p>
            \(filter(model, frame))
            \(model.entries.isEmpty ? "<p>\(say("Tidak ada catatan dengan saringan ini.", "There are no entries with this filter."))</p>" : table(model.entries, frame))
            <nav class="pager" aria-label="\(say("Halaman catatan", "Pages of entries"))">\
            \(html(model.newest) { "<a class=\"button second\" href=\"\($0)\">\(say("Terbaru", "Newest"))</a>" })\
            \(html(model.older) { "<a class=\"button second\" rel=\"next\" href=\"\($0)\">\(say("Lebih lama", "Older"))</a>" })</nav>
            <p><a class="button second" href="\(model.export)">\(say("Unduh semua dengan saringan ini (CSV)", "Download all with this filter (CSV)"))</a></p>
            """)
    }

    private static func filter(_ model: AuditPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame)
        let any = say("semua", "all")
        let isSet = model.filter != AuditFilter()
        return """
            <details\(isSet ? " open" : "")><summary>\(say("Saring catatan", "Filter the entries"))</summary>
            <form method="get" action="\(frame.to(.path("kerja", "audit")))">
            \(form.pair(
                form.select("act", label: say("Tindakan", "Act"), choices: model.acts.map { Choice($0, $0) }, value: model.filter.act ?? "", empty: any),
                form.select("kind", label: say("Terhadap", "On"), choices: model.kinds.map { Choice($0, $0) }, value: model.filter.kind ?? "", empty: any),
                form.text("key", label: say("Nomornya", "Its number"), value: model.filter.key ?? "", short: true),
                form.number("account", label: say("Oleh akun nomor", "By account number"), value: model.filter.account.map(String.init) ?? ""),
                form.date("from", label: say("Sejak", "From"), value: model.filter.from?.iso ?? ""),
                form.date("until", label: say("Sampai", "Until"), value: model.filter.until?.iso ?? "")))
            <p>\(form.button(say("Saring", "Filter")))</p></form></details>
            """
    }

    private static func table(_ entries: [AuditEntry], _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <section aria-labelledby="catatan"><h2 id="catatan" class="sr">\(say("Catatan", "Entries"))</h2>
            \(StackView.table(
                labelled: "catatan",
                columns: [say("Nomor", "Number"), say("Kapan", "When"), say("Oleh", "By"), say("Tindakan", "Act"), say("Terhadap", "On"), say("Rincian", "Details"), say("Dari", "From")],
                entries.map { entry in
                    StackView.Row(
                        "\(entry.id)", "\(entry.at.day().iso) \(entry.at.clock())", "\(entry.actor)", word(entry.act),
                        "\(word(entry.kind)) \(entry.key)",
                        entry.facts.isEmpty ? "–" : entry.facts.html { "\(word("\($0.name): \($0.value)"))<br>" }, "\(entry.address ?? "–")")
                }))</section>
            """
    }

    /// Acts and kinds stand as the trail holds them, in English on every page.
    private static func word(_ text: String) -> HTML { "<span lang=\"en\">\(text)</span>" }

    /// The public anchor of the chain.
    package static func heads(_ heads: [AuditHead], _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say("Sidik jejak audit", "Heads of the audit trail")
        return Layout.page(
            frame,
            PageHead(
                title,
                description: say(
                    "Sidik akhir jejak audit setiap hari.", "The last hash of the audit trail of each day."),
                place: .data, crumbs: [Crumb(say("Data terbuka", "Open data"), frame.to(.path("data")))]),
            """
            <h1>\(title)</h1>
            <p>\(say(
                "Setiap keputusan di portal ini dicatat, dan setiap catatan terikat pada catatan sebelumnya. Sidik akhir tiap hari diumumkan di sini, sehingga siapa pun yang menyimpannya dapat membuktikan bila kelak ada catatan yang diubah, dihapus, atau ditukar urutannya.",
                "Every decision in this portal is recorded, and each entry is tied to the one before. The last hash of each day is published here, so that whoever keeps it can prove it if an entry is ever changed, removed or reordered."))</p>
            \(heads.isEmpty ? "<p>\(say("Belum ada hari yang selesai dengan catatan.", "No day with entries is over yet."))</p>" : table(heads, frame))
            <p><a class="button second" href="\(Address.path("data", "jejak-audit.csv"))">\(say("Unduh CSV", "Download CSV"))</a></p>
            """)
    }

    private static func table(_ heads: [AuditHead], _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <section aria-labelledby="hari"><h2 id="hari" class="sr">\(say("Menurut hari", "By day"))</h2>\(StackView.table(
                labelled: "hari",
                columns: [say("Hari (WIB)", "Day (WIB)"), say("Catatan", "Entries"), say("Catatan terakhir", "Last entry"), say("Sidik SHA-256", "SHA-256")],
                heads.reversed().prefix(90).map { head in
                    StackView.Row("\(head.day.iso)", "\(frame.number(head.count))", "\(head.entry)", "<kbd>\(head.hash)</kbd>")
                }))</section>
            """
    }
}
