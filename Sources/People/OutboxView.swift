import Kernel
import Messages
import Web

/// What the page of the outbox shows.
struct OutboxPage: Sendable {
    /// The state it is limited to; nil for all.
    let state: MessageState?
    let counts: [MessageState: Int]
    let lines: [OutboxLine]
    let isFirst: Bool
    let isLast: Bool
    /// False when no mail server is set.
    let sendsMail: Bool
    /// Whether this person may send again and give up.
    let mayAct: Bool
}

enum OutboxView {
    static func page(_ model: OutboxPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let count = { (state: MessageState) in frame.number(model.counts[state] ?? 0) }
        let head = PageHead(
            say("Pesan keluar", "Outgoing messages"),
            description: say("Pesan yang terkirim, menunggu, dan gagal.", "Messages sent, waiting and failed."),
            crumbs: [Crumb(say("Meja kerja", "Desk"), frame.to(.path("kerja")))], indexed: false)
        return Layout.page(
            frame, head,
            """
            <h1>\(say(
                "\(count(.waiting)) pesan menunggu, \(count(.failed)) gagal, \(count(.unclear)) belum pasti",
                "\(count(.waiting)) messages waiting, \(count(.failed)) failed, \(count(.unclear)) unclear"))</h1>
            \(model.sendsMail ? "" : noServer(frame))
            <nav aria-label="\(say("Saring menurut keadaan", "Filter by state"))"><ul class="row bare">
            \(chip(nil, say("Semua", "All"), model.counts.values.reduce(0, +), model, frame))
            \(MessageState.allCases.html { chip($0, frame.language.say($0.name), model.counts[$0] ?? 0, model, frame) })
            </ul></nav>
            \(model.state == .unclear ? unclear(frame) : "")
            \(model.lines.isEmpty ? empty(frame) : table(model, frame))
            \(pager(model, frame))
            """)
    }

    private static func noServer(_ frame: Frame) -> HTML {
        """
        <div class="notice bad"><p><strong>\(frame.say(
            "Peladen surel belum diatur, jadi pesan belum dikirim.",
            "No mail server is set, so nothing is sent yet."))</strong> \(frame.say(
            "Semua pesan tersimpan dan dikirim begitu pengelola sistem mengisi SIMPUL_SMTP.",
            "All messages are kept and go out as soon as the operator sets SIMPUL_SMTP."))</p></div>
        """
    }

    private static func unclear(_ frame: Frame) -> HTML {
        """
        <p>\(frame.say(
            "Pesan ini sudah diserahkan, tetapi jawaban peladen surel tidak sampai. Mungkin sudah diterima. Tanyakan kepada penerima sebelum mengirim lagi.",
            "These messages were handed over, but the mail server's answer was lost. They may have arrived. Ask the reader before sending again."))</p>
        """
    }

    private static func empty(_ frame: Frame) -> HTML {
        "<p>\(frame.say("Tidak ada pesan dengan keadaan ini.", "No messages in this state."))</p>"
    }

    private static func chip(
        _ state: MessageState?, _ name: String, _ count: Int, _ model: OutboxPage, _ frame: Frame
    ) -> HTML {
        let address = frame.to(list(state))
        let current: HTML = model.state == state ? " aria-current=\"page\"" : ""
        return "<li><a class=\"chip\" href=\"\(address)\"\(current)>\(name) (\(frame.number(count)))</a></li>"
    }

    private static func list(_ state: MessageState?, before: Int? = nil) -> Address {
        var query: [(String, String)] = state.map { [("keadaan", $0.rawValue)] } ?? []
        if let before { query.append(("sebelum", String(before))) }
        return .path("kerja", "pesan", query: query)
    }

    private static func table(_ model: OutboxPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <table class="stack"><caption class="sr">\(say("Pesan, terbaru dulu", "Messages, newest first"))</caption>\
            <thead><tr><th scope="col">\(say("Pesan", "Message"))</th><th scope="col">\(say("Penerima", "Reader"))</th>\
            <th scope="col">\(say("Keadaan", "State"))</th>\
            \(model.mayAct ? "<th scope=\"col\">\(say("Tindakan", "Action"))</th>" : "")</tr></thead><tbody>
            \(model.lines.html { row($0, model, frame) })
            </tbody></table>
            """
    }

    private static func row(_ line: OutboxLine, _ model: OutboxPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let action: HTML =
            model.mayAct ? "<td data-label=\"\(say("Tindakan", "Action"))\">\(actions(line, frame))</td>" : ""
        return """
            <tr><th scope="row"><span\(frame.record)>\(line.subject)</span><br><span class="soft">\(line.fact)</span></th>\
            <td data-label="\(say("Penerima", "Reader"))">\(line.address)</td>\
            <td data-label="\(say("Keadaan", "State"))">\(standing(line, frame))\
            \(html(line.problem) { "<br><span class=\"soft\">\(problem($0, frame))</span>" })</td>\(action)</tr>

            """
    }

    private static func standing(_ line: OutboxLine, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let name = frame.language.say(line.state.name)
        let tries =
            line.tries > 0
            ? say(", \(line.tries) kali dicoba", line.tries == 1 ? ", tried once" : ", tried \(line.tries) times") : ""
        switch line.state {
        case .sent: return "\(name), \(time(line.sentAt ?? line.madeAt, frame))"
        case .waiting:
            let how = line.joined ? say("bersama kabar harian", "with the day's messages") : say("dicoba", "tried")
            return "\(name), \(how) \(time(line.dueAt, frame))\(tries)"
        case .handingOver, .failed, .unclear, .dropped:
            return "\(name), \(say("dibuat", "written")) \(time(line.madeAt, frame))\(tries)"
        }
    }

    private static func time(_ instant: Instant, _ frame: Frame) -> String {
        "\(instant.day().long(frame.language)) \(instant.clock()) WIB"
    }

    /// Our own problems in the reader's words; a mail server's as it said them.
    private static func problem(_ problem: String, _ frame: Frame) -> String {
        if problem.hasPrefix("lost:") {
            return frame.say(
                "Pengiriman terputus sebelum peladen surel menjawab.",
                "Sending broke off before the mail server answered.")
        }
        if problem.hasPrefix("left:") {
            return frame.say("Penerima sudah keluar dari Simpul.", "The reader has left Simpul.")
        }
        return problem
    }

    private static func actions(_ line: OutboxLine, _ frame: Frame) -> HTML {
        var forms = HTML.empty
        if line.state.mayBeSentAgain { forms += form(line, "kirim", frame.say("Kirim lagi", "Send again"), frame) }
        if line.state.mayBeDropped { forms += form(line, "batal", frame.say("Batalkan", "Give up"), frame) }
        return forms
    }

    private static func form(_ line: OutboxLine, _ act: String, _ label: String, _ frame: Frame) -> HTML {
        """
        <form method="post" action="\(frame.to(.path("kerja", "pesan", String(line.id), act)))">\
        <input type="hidden" name="token" value="\(frame.formToken)">\
        <button class="button second small">\(label)<span class="sr">: \(line.subject), \(line.address)</span></button></form>
        """
    }

    private static func pager(_ model: OutboxPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        guard !model.isFirst || !model.isLast else { return .empty }
        let first = model.isFirst ? nil : frame.to(list(model.state))
        let next = model.isLast ? nil : model.lines.last.map { frame.to(list(model.state, before: $0.id)) }
        return """
            <nav class="pager" aria-label="\(say("Halaman pesan", "Message pages"))">
            \(html(first) { "<a class=\"button second\" href=\"\($0)\">\(say("Terbaru", "Newest"))</a>" })
            \(html(next) { "<a class=\"button second\" rel=\"next\" href=\"\($0)\">\(say("Lebih lama", "Older"))</a>" })
            </nav>
            """
    }
}
