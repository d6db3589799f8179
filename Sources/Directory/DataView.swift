import Kernel
import Web

/// The open data page: what one can take, in which form, from which sources.
package struct DataPage: Sendable {
    package struct Source: Sendable {
        package let name: String
        package let records: Int
        package let latest: Instant
        /// The source's own terms, where it states them.
        package let terms: String?

        package init(name: String, records: Int, latest: Instant, terms: String?) {
            self.name = name
            self.records = records
            self.latest = latest
            self.terms = terms
        }
    }

    package let total: Int
    package let downloads: [Download]
    package let catalogue: Address?
    package let sources: [Source]
    package let jsonLD: String?

    package init(
        total: Int, downloads: [Download], catalogue: Address?, sources: [Source], jsonLD: String? = nil
    ) {
        self.total = total
        self.downloads = downloads
        self.catalogue = catalogue
        self.sources = sources
        self.jsonLD = jsonLD
    }
}

package enum DataView {
    package static func page(_ model: DataPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let count = frame.count(model.total, "inovasi", "innovation", "innovations")
        let head = PageHead(
            say("Data terbuka", "Open data"),
            description: say(
                "Unduh seluruh data inovasi atau baca lewat API.", "Download all records or read them through the API."),
            place: .data, jsonLD: model.jsonLD)
        return Layout.page(
            frame, head,
            """
            <h1>\(say("Ambil seluruh data, \(count)", "Take all the data, \(count)"))</h1>
            <p class="lead">\(say("Tanpa mendaftar. Setiap hasil pencarian juga dapat diunduh di bawah daftarnya.", "No registration. Every search result can be downloaded below its list too."))</p>
            <div class="cols"><div>
            <h2 id="unduh">\(say("Unduh", "Download"))</h2>
            <ul class="files bare">\(model.downloads.html { file($0, frame) })</ul>
            <h2 id="program">\(say("Untuk program", "For programs"))</h2>
            <dl class="facts">\(links(model, frame))</dl>
            <h2 id="sumber">\(say("Data ini berasal dari", "These data come from"))</h2>
            \(sources(model.sources, frame))
            </div><aside aria-label="\(say("Ketentuan", "Terms"))"><div class="panel">
            <h2>\(say("Boleh dipakai untuk apa", "What you may use it for"))</h2>
            <p>\(say("Data tetap mengikuti ketentuan sumbernya masing-masing. Portal ini tidak memberi lisensi lain atasnya.", "The data keep the terms of their sources. This portal grants no other licence on them."))</p>
            <p>\(say("Kode portal berlisensi Apache-2.0.", "The portal's code is licensed under Apache-2.0."))</p>
            <p>\(say("Sebutkan sumber asal dan tanggal unduh bila mengutip.", "When citing, name the original source and the day of download."))</p>
            </div></aside></div>
            """)
    }

    private static func file(_ download: Download, _ frame: Frame) -> HTML {
        """
        <li><a class="button second" href="\(download.address)">\(download.label)</a> \
        \(html(download.note) { "<span class=\"soft\">\(frame.language.say($0))</span>" })</li>

        """
    }

    private static func links(_ model: DataPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let feed = say("umpan Atom, inovasi terbaru", "Atom feed, newest innovations")
        let catalogue = html(model.catalogue) { address in
            """
            <dt>DCAT</dt><dd><a href="\(address)">\(say("katalog data untuk mesin", "machine-readable data catalogue"))</a></dd>
            """
        }
        return """
            <dt>API</dt><dd><a href="\(Address.path("api"))">\(say("cara membaca data lewat program", "how to read the data from a program"))</a></dd>\
            <dt>OpenAPI</dt><dd><a href="\(Address.path("api", "openapi.json"))">openapi.json</a></dd>\
            \(catalogue)<dt>Atom</dt><dd><a href="\(frame.feed)">\(feed)</a></dd>
            """
    }

    private static func sources(_ sources: [DataPage.Source], _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <table class="stack"><thead><tr><th scope="col">\(say("Sumber", "Source"))</th>\
            <th scope="col" class="num">\(say("Data", "Records"))</th>\
            <th scope="col">\(say("Terakhir dimuat", "Last loaded"))</th>\
            <th scope="col">\(say("Ketentuan", "Terms"))</th></tr></thead><tbody>
            \(sources.html { source($0, frame) })</tbody></table>
            """
    }

    private static func source(_ source: DataPage.Source, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <tr><th scope="row">\(source.name)</th>\
            <td class="num" data-label="\(say("Data", "Records"))">\(frame.number(source.records))</td>\
            <td data-label="\(say("Dimuat", "Loaded"))">\(source.latest.day().long(frame.language))</td>\
            <td data-label="\(say("Ketentuan", "Terms"))">\(source.terms ?? say("belum dinyatakan sumbernya", "not stated by the source"))</td></tr>

            """
    }
}
