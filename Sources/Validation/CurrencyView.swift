import Institutions
import Kernel
import Web

/// An institution or a hub with how current its records are.
package struct CurrencyLine: Sendable {
    package let code: String
    package let name: String
    package let currency: Currency

    package init(code: String, name: String, currency: Currency) {
        self.code = code
        self.name = name
        self.currency = currency
    }
}

/// How current the data are. Institutions stand in the order of the alphabet, each beside its own last year: there is
/// no ranking.
package struct CurrencyPage: Sendable {
    package let all: Currency
    package let continuity: ContinuityTotals
    package let hubs: [CurrencyLine]
    package let institutions: [CurrencyLine]
    package let asOf: Instant
    package let pager: Pager

    package init(
        all: Currency, continuity: ContinuityTotals, hubs: [CurrencyLine], institutions: [CurrencyLine], asOf: Instant,
        pager: Pager
    ) {
        self.all = all
        self.continuity = continuity
        self.hubs = hubs
        self.institutions = institutions
        self.asOf = asOf
        self.pager = pager
    }
}

package enum CurrencyView {
    package static func page(_ model: CurrencyPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Kemutakhiran data", "How current the data are"),
            description: say(
                "Berapa data inovasi yang masih valid, jatuh tempo, dan belum divalidasi.",
                "How many records are in force, due, or were never validated."))
        let all = model.all
        return Layout.page(
            frame, head,
            """
            \(patterns)
            <h1>\(headline(all, frame))</h1>
            <p class="lead">\(say("Setiap data inovasi divalidasi oleh instansinya untuk waktu tertentu, lalu diperpanjang. Yang lewat waktu tetap tampil dan diberi tanda.", "Each record is validated by its institution for a term, then renewed. Those past their term stay and are marked."))</p>
            \(totals(model, frame))
            \(continuity(model, frame))
            \(model.hubs.isEmpty ? .empty : """
            <h2 id="hub">\(say("Menurut Hub", "By Hub"))</h2>
            <p class="soft">\(say("Hub provinsi mencakup provinsi itu dengan kabupaten dan kotanya.", "A province's Hub covers the province with its regencies and cities."))</p>
            \(table(model.hubs, labelled: "hub", frame))
            """)
            <h2 id="instansi">\(say("Menurut instansi", "By institution"))</h2>
            <p class="soft">\(say("Menurut abjad. Tiap instansi dibandingkan dengan keadaannya sendiri setahun lalu.", "In alphabetical order. Each is compared with its own last year."))</p>
            \(key(frame))
            \(table(model.institutions, labelled: "instansi", frame))
            \(model.pager.view(frame))
            <p class="row"><a href="\(Address.path("kemutakhiran.csv"))">\(say("Unduh CSV", "Download CSV"))</a></p>
            """)
    }

    private static func headline(_ all: Currency, _ frame: Frame) -> String {
        let (valid, running) = (frame.number(all.inForce), frame.number(all.running))
        return frame.say(
            "\(valid) dari \(running) data inovasi yang berjalan masih valid",
            "\(valid) of \(running) running records are in force")
    }

    private static func totals(_ model: CurrencyPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let all = model.all
        let before = all.before.map {
            say(
                "setahun lalu \(frame.number($0.inForce)) dari \(frame.number($0.running))",
                "a year before \(frame.number($0.inForce)) of \(frame.number($0.running))")
        }
        func figure(_ number: Int, _ label: String, _ detail: String) -> HTML {
            "<div><dt>\(label)</dt><dd class=\"n\">\(frame.number(number))</dd><dd>\(detail)</dd></div>\n"
        }
        return """
            <dl class="figures">
            \(figure(all.inForce, say("masih valid", "in force"), before ?? say("belum ada data setahun lalu", "no data of a year before")))\
            \(figure(all.due, say("di antaranya jatuh tempo", "of which due"), say("berakhir dalam 30 hari", "end within 30 days")))\
            \(figure(all.overdue, say("lewat masa berlaku", "past their term"), say("belum diperpanjang instansinya", "not renewed by their institution")))\
            \(figure(all.never, say("belum divalidasi", "never validated"), say("dimuat dari sumber terbuka", "loaded from public sources")))
            </dl>
            <p class="from">\(say(
                "\(frame.number(all.inForce)) valid + \(frame.number(all.overdue)) lewat + \(frame.number(all.never)) belum divalidasi + \(frame.number(all.stopped)) dinyatakan berhenti = \(frame.number(all.total)). Dihitung \(when(model.asOf, frame)).",
                "\(frame.number(all.inForce)) in force + \(frame.number(all.overdue)) past + \(frame.number(all.never)) never validated + \(frame.number(all.stopped)) registered as stopped = \(frame.number(all.total)). Counted \(when(model.asOf, frame))."))</p>
            """
    }

    private static func when(_ at: Instant, _ frame: Frame) -> String {
        "\(at.day().long(frame.language)), \(at.clock()) WIB"
    }

    private static func continuity(_ model: CurrencyPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let totals = model.continuity
        let known = totals.total - totals.unknown
        return """
            <h2 id="keberlanjutan">\(say(
                "\(frame.number(known)) diketahui keberlanjutannya, \(frame.number(totals.stopped)) di antaranya berhenti",
                "\(frame.number(known)) are known to go on or not, \(frame.number(totals.stopped)) of them stopped"))</h2>
            \(ChartView.table(
                Chart(
                    caption: say("Keberlanjutan inovasi", "Continuity of innovations"),
                    rowTitle: say("Keadaan", "Condition"), numberTitle: say("Inovasi", "Innovations"),
                    rows: [
                        Chart.Row(say("Berlanjut dengan pengembangan", "Developed further"), totals.developing),
                        Chart.Row(say("Berlanjut", "Continuing"), totals.continuing),
                        Chart.Row(say("Berhenti", "Stopped"), totals.stopped),
                        Chart.Row(say("Belum diketahui", "Not known yet"), totals.unknown),
                    ]), frame))
            <p class="from">\(say(
                "Jumlahnya \(frame.number(totals.total)) data inovasi, \(when(model.asOf, frame)).",
                "They add up to \(frame.number(totals.total)) records, \(when(model.asOf, frame))."))</p>
            """
    }

    static func key(_ frame: Frame) -> HTML {
        """
        <ul class="key"><li><svg aria-hidden="true"><rect class="f-valid" width="100%" height="100%"/></svg>\
        \(frame.say("valid sekarang", "in force now"))</li><li><svg aria-hidden="true">\
        <rect fill="url(#p-before)" width="100%" height="100%"/><rect class="outl l-edge" width="100%" height="100%"/></svg>\
        \(frame.say("valid setahun lalu", "in force a year before"))</li></ul>
        """
    }

    static let patterns: HTML = """
        <svg class="sr" width="0" height="0" aria-hidden="true" focusable="false"><defs>\
        <pattern id="p-before" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <path class="ground" d="M0 0h6v6H0z"/><path class="pat l-edge" d="M0 0v6"/></pattern></defs></svg>
        """

    static func table(_ lines: [CurrencyLine], labelled: HTML, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <table class="stack dense" aria-labelledby="\(labelled)"><thead><tr>\
            <th scope="col">\(say("Nama", "Name"))</th><th scope="col">\(say("Kemutakhiran", "In force"))</th>\
            <th scope="col" class="num">\(say("Valid", "In force"))</th>\
            <th scope="col" class="num">\(say("Setahun lalu", "A year before"))</th>\
            <th scope="col" class="num">\(say("Perubahan", "Change"))</th></tr></thead><tbody>
            \(lines.html { row($0, frame) })</tbody></table>
            """
    }

    private static func row(_ line: CurrencyLine, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let currency = line.currency
        let before = currency.before
        let of = say("dari", "of")
        let now = "\(frame.number(currency.inForce)) \(of) \(frame.number(currency.running))"
        let past = before.map { "\(frame.number($0.inForce)) \(of) \(frame.number($0.running))" } ?? "–"
        let change = currency.change.map { change in
            let sign = change > 0 ? "+" : change < 0 ? "−" : ""
            return "\(sign)\(abs(change)) \(say("poin", "points"))"
        }
        let pastBar: HTML = html(before?.share) { share in
            """
            <rect y="66%" width="\(share)%" height="34%" fill="url(#p-before)"/>\
            <rect y="66%" width="\(share)%" height="34%" class="outl l-edge"/>
            """
        }
        return """
            <tr><th scope="row"><a href="\(frame.to(.path("instansi", line.code)))">\(line.name)</a></th>\
            <td data-label="\(say("Kemutakhiran", "In force"))"><svg class="bar" aria-hidden="true" focusable="false">\
            <rect width="\(currency.share ?? 0)%" height="58%" class="f-valid"/>\(pastBar)</svg></td>\
            <td class="num" data-label="\(say("Valid", "In force"))">\(now)</td>\
            <td class="num" data-label="\(say("Setahun lalu", "A year before"))">\(past)</td>\
            <td class="num" data-label="\(say("Perubahan", "Change"))">\(change ?? "–")</td></tr>

            """
    }

    /// Whom to call, for the secretariat and the Hub alone.
    package static func calls(
        _ calls: [CurrencyFigures.Call], name: (String) -> String, pager: Pager, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say(
            "\(frame.number(pager.total)) instansi untuk dihubungi",
            "\(frame.count(pager.total, "", "institution", "institutions")) to call")
        let columns = [
            say("Instansi", "Institution"), say("Lewat masa berlaku", "Past their term"),
            say("Jatuh tempo", "Due"), say("Belum divalidasi", "Never validated"), say("Kontak", "Contact"),
        ]
        let rows = calls.map { call in
            StackView.Row(
                "<a href=\"\(frame.to(.path("instansi", call.code)))\">\(name(call.code))</a>",
                "\(call.currency.overdue)", "\(call.currency.due)", "\(call.currency.never)",
                call.contacts.isEmpty
                    ? "<span class=\"soft\">\(say("belum punya akun", "no account yet"))</span>"
                    : call.contacts.html { contact($0) })
        }
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1 id="hubungi">\(title)</h1>
            \(NoticeView.notice(.plain, say("Hanya untuk sekretariat dan Hub.", "For the secretariat and the Hub only."), "\(say("Hub melihat anggotanya sendiri. Publik melihat jumlahnya saja.", "A Hub sees its own members. The public sees the totals only."))"))
            \(StackView.table(labelled: "hubungi", columns: columns, rows))
            \(pager.view(frame))
            <p class="row"><a href="\(Address.path("kerja", "kemutakhiran.xlsx"))">Excel (XLSX)</a>\
            <a href="\(Address.path("kerja", "kemutakhiran.csv"))">CSV</a>\
            <a href="\(frame.to(.path("kemutakhiran")))">\(say("Halaman publik", "Public page"))</a></p>
            """)
    }

    private static func contact(_ contact: CurrencyFigures.Contact) -> HTML {
        let mail: HTML = html(Address("mailto:" + contact.email)) { "<a href=\"\($0)\">\(contact.email)</a>" }
        return "<div>\(contact.office)<br>\(mail)\(html(contact.phone) { ", \($0)" })</div>"
    }
}
