import Kernel
import Web

package enum CalendarView {
    /// The page about one's calendar address; a new one is shown once.
    package static func page(_ exists: Bool, new address: String?, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame)
        let title = say("Tenggat di kalender Anda", "Deadlines in your calendar")
        let shown = html(address) { address in
            """
            \(NoticeView.notice(.good, say("Alamat kalender sudah dibuat.", "The calendar address is made."), "\(say("Salin sekarang; alamat ini hanya tampil sekali.", "Copy it now; it is shown only once."))"))
            <div class="field"><label for="f-alamat">\(say("Alamat kalender", "Calendar address"))</label>\
            <input type="text" id="f-alamat" readonly value="\(address)"></div>
            <p>\(say("Tempel di aplikasi kalender sebagai langganan. Siapa pun yang punya alamat ini dapat membaca tenggat Anda, jadi jangan dibagikan.", "Paste it into a calendar program as a subscription. Whoever has this address can read your deadlines, so do not share it."))</p>
            """
        }
        let words =
            exists
            ? say("Ganti dengan alamat baru", "Replace it by a new address")
            : say("Buat alamat kalender", "Make a calendar address")
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>
            \(shown)
            <p class="lead">\(say("Masa berlaku data, batas isian, dan batas menjawab pertanyaan tampil di kalender ponsel atau komputer Anda.", "Ends of validity, dates set for units, and last days to answer appear in the calendar of your phone or computer."))</p>
            \(exists && address == nil ? "<p>\(say("Anda sudah punya alamat kalender. Alamat baru mengakhiri yang lama.", "You have a calendar address. A new one ends the old."))</p>" : "")
            <div class="row">\(form.form(to: .path("kerja", "kalender"), form.button(words, address == nil ? .primary : .second)))\
            \(exists ? form.form(to: .path("kerja", "kalender"), form.button(say("Akhiri alamat", "End the address"), .second, name: "akhiri")) : .empty)</div>
            """)
    }
}
