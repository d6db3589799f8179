import Kernel
import Web

/// A withdrawn record: its address stays and says why. Answered with 410.
package struct GonePage: Sendable {
    package let id: String
    package let name: String?
    package let reason: String
    package let on: Day
    /// The record to read instead, if it was joined with another.
    package let instead: Named?

    package init(id: String, name: String?, reason: String, on: Day, instead: Named? = nil) {
        self.id = id
        self.name = name
        self.reason = reason
        self.on = on
        self.instead = instead
    }
}

package enum GoneView {
    package static func page(_ model: GonePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say("Data inovasi ini sudah ditarik", "This record has been withdrawn")
        let head = PageHead(
            title, description: title, place: .innovations,
            crumbs: [Crumb(say("Inovasi", "Innovations"), frame.to(.path("inovasi")))], indexed: false)
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            \(html(model.name) { "<p class=\"name\"\(frame.record)>\($0)</p>" })
            <ol class="thread"><li class="snag"><h2 class="knot">\(say("Ditarik", "Withdrawn")) \
            \(model.on.long(frame.language))</h2><p\(frame.record)>\(model.reason)</p></li></ol>
            \(html(model.instead) { named in
                """
                <p class="lead">\(say("Bacalah", "Read instead:")) \
                <a href="\(frame.to(.path("inovasi", named.code)))"\(frame.record)>\(named.name)</a>.</p>
                """
            })
            <p>\(say("Alamat ini tetap ada supaya rujukan lama tidak hilang. Riwayatnya dapat dibaca di", "The address stays so that old references do not break. Its history can be read under"))
            <a href="\(frame.to(.path("inovasi", model.id, "riwayat")))">\(say("riwayat data", "history of the data"))</a>.</p>
            \(SearchForm.plain("", frame))
            """)
    }
}
