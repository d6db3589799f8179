import Kernel
import Web

/// What waits for a validator.
struct QueuePage: Sendable {
    struct Row: Sendable {
        enum News: Sendable, Hashable {
            case new
            /// A change to what is published.
            case change
            /// Sent again after it was returned; how many parts differ since.
            case revised(Int)
        }

        let draft: Int
        let name: String
        let unit: String?
        /// Named only where the queue spans several institutions.
        let institution: String?
        let news: News
        let submittedAt: Instant
        /// Why this reader may not validate it, with who may.
        let notYours: Phrase?
    }

    let rows: [Row]
    let waiting: Int
    let pager: Pager?
    /// The page of renewals and how many are due, where the reader has that duty.
    let renewals: Bool
    /// What was just decided.
    let done: Phrase?
    let now: Instant
}

enum QueueView {
    static func page(_ model: QueuePage, _ frame: Frame) -> HTML {
        let head = PageHead(
            frame.say("Antrean validasi", "Validation queue"),
            description: frame.say("Inovasi yang menunggu diperiksa.", "Innovations waiting to be checked."),
            indexed: false)
        return Layout.page(
            frame, head,
            """
            \(html(model.done) { NoticeView.notice(.good, frame.language.say($0)) })
            <h1>\(title(model, frame))</h1>
            \(model.renewals ? renewals(frame) : .empty)
            \(model.rows.isEmpty ? .empty : table(model, frame))
            \(html(model.pager) { $0.view(frame) })
            """)
    }

    private static func title(_ model: QueuePage, _ frame: Frame) -> String {
        model.waiting == 0
            ? frame.say("Tidak ada yang menunggu diperiksa", "Nothing is waiting to be checked")
            : frame.say(
                "\(frame.number(model.waiting)) inovasi menunggu diperiksa",
                "\(frame.number(model.waiting)) \(model.waiting == 1 ? "innovation waits" : "innovations wait") to be checked"
            )
    }

    private static func renewals(_ frame: Frame) -> HTML {
        let text = frame.say("Perpanjang masa berlaku yang terbit", "Renew what is published")
        return "<p><a href=\"\(frame.to(.path("kerja", "perpanjang")))\">\(text)</a></p>"
    }

    private static func table(_ model: QueuePage, _ frame: Frame) -> HTML {
        """
        <table class="stack"><caption class="sr">\(frame.say("Menunggu diperiksa, yang paling lama di atas", "Waiting, oldest first"))</caption>
        <thead><tr><th scope="col">\(frame.say("Inovasi", "Innovation"))</th><th scope="col">Unit</th>\
        <th scope="col">\(frame.say("Isi", "Content"))</th><th scope="col">\(frame.say("Dikirim", "Sent"))</th></tr></thead><tbody>
        \(model.rows.html { row($0, model.now, frame) })</tbody></table>

        """
    }

    private static func row(_ row: QueuePage.Row, _ now: Instant, _ frame: Frame) -> HTML {
        let (say, address) = (frame.language.say(_:_:), frame.to(.path("kerja", "periksa", String(row.draft))))
        let unit = [row.unit, row.institution].compactMap(\.self).joined(separator: ", ")
        return """
            <tr><th scope="row"><a class="name" href="\(address)"\(frame.record)>\(row.name)</a></th>\
            <td data-label="Unit">\(unit.isEmpty ? "–" : unit)</td>\
            <td data-label="\(say("Isi", "Content"))">\(news(row.news, frame))\
            \(html(row.notYours) { "<br><span class=\"soft\">\(frame.language.say($0))</span>" })</td>\
            <td data-label="\(say("Dikirim", "Sent"))">\(frame.language.since(row.submittedAt, now))</td></tr>

            """
    }

    private static func news(_ news: QueuePage.Row.News, _ frame: Frame) -> String {
        switch news {
        case .new: frame.say("baru", "new")
        case .change: frame.say("mengubah yang terbit", "changes what is published")
        case .revised(let n):
            frame.say(
                "diperbaiki, \(n) bagian berubah", n == 1 ? "revised, 1 part changed" : "revised, \(n) parts changed")
        }
    }
}
