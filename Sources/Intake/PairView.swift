import Directory
import Kernel
import Web

/// The queue of pairs.
struct PairListPage: Sendable {
    let part: Pairs.Part
    let source: Int?
    let page: Pairs.Page
    let pager: Pager?
    /// The name of an institution by its code.
    let institution: @Sendable (String) -> String
    /// What was just decided and can be taken back.
    let done: DonePair?
}

/// A decision that was just taken.
struct DonePair: Sendable {
    let pair: Int
    let state: Pair.State
    let mine: Bool
}

enum PairView {
    static func page(_ model: PairListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Data yang mungkin kembar", "Possible twins"),
            description: say("Pasangan yang diputuskan orang.", "Pairs that a person decides."),
            crumbs: [Crumb(say("Meja kerja", "Desk"), frame.to(.path("kerja")))], indexed: false)
        return Layout.page(
            frame, head,
            """
            \(html(model.done) { done($0, source: model.source, frame) })
            <h1>\(title(model, frame))</h1>
            \(model.part == .open && !model.page.lines.isEmpty ? lead(frame) : "")
            <nav aria-label="\(say("Saring menurut keadaan", "Filter by state"))"><ul class="row bare">
            \(Pairs.Part.allCases.html { chip($0, model, frame) })
            <li><a href="\(frame.to(.path("kerja", "gabungan")))">\(say("Penggabungan yang dibuat", "Merges that were made"))</a></li>
            </ul></nav>
            \(model.page.sources.count > 1 ? sources(model, frame) : "")
            \(model.page.lines.isEmpty ? nothing(model, frame) : table(model, frame))
            \(html(model.pager) { $0.view(frame) })
            """)
    }

    private static func title(_ model: PairListPage, _ frame: Frame) -> String {
        let n = model.page.counts[model.part] ?? 0
        switch model.part {
        case .open:
            return n == 0
                ? frame.say("Tidak ada pasangan yang menunggu", "No pair is waiting")
                : frame.say(
                    "\(frame.number(n)) pasangan menunggu diputuskan",
                    "\(frame.count(n, "", "pair waits", "pairs wait")) for a decision")
        case .proposed:
            return frame.say(
                "\(frame.number(n)) usulan penggabungan menunggu orang kedua",
                "\(frame.count(n, "", "proposed merge waits", "proposed merges wait")) for a second person")
        case .decided:
            return frame.say(
                "\(frame.number(n)) pasangan sudah diputuskan", "\(frame.count(n, "", "pair", "pairs")) decided")
        }
    }

    private static func lead(_ frame: Frame) -> HTML {
        """
        <p class="lead">\(frame.say(
            "Di atas: yang paling tidak pasti dan paling banyak bergantung padanya.",
            "On top: what is least certain and has most resting on it."))</p>
        """
    }

    private static func chip(_ part: Pairs.Part, _ model: PairListPage, _ frame: Frame) -> HTML {
        let current: HTML = part == model.part ? " aria-current=\"page\"" : ""
        let name = part.name(frame.language)
        return """
            <li><a class="chip" href="\(frame.to(list(part, model.source)))"\(current)>\(name) \
            (\(frame.number(model.page.counts[part] ?? 0)))</a></li>
            """
    }

    /// The address of a list, without a language's prefix.
    static func list(_ part: Pairs.Part, _ source: Int?) -> Address {
        .path("kerja", "kembar", query: query(part, source))
    }

    static func query(_ part: Pairs.Part, _ source: Int?) -> [(String, String)] {
        (part == .open ? [] : [("keadaan", part.rawValue)]) + (source.map { [("sumber", String($0))] } ?? [])
    }

    private static func sources(_ model: PairListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <form class="row" method="get" action="\(frame.to(.path("kerja", "kembar")))">\
            \(model.part == .open ? "" : "<input type=\"hidden\" name=\"keadaan\" value=\"\(model.part.rawValue)\">")\
            <label for="sumber">\(say("Dibawa oleh sumber", "Brought by source"))</label> \
            <select class="auto" id="sumber" name="sumber"><option value="">\(say("Semua", "All"))</option>\
            \(model.page.sources.html { "<option value=\"\($0.id)\"\($0.id == model.source ? " selected" : "")>\($0.name)</option>" })\
            </select> <button class="button second small">\(say("Saring", "Filter"))</button></form>

            """
    }

    private static func nothing(_ model: PairListPage, _ frame: Frame) -> HTML {
        let words =
            switch model.part {
            case .open:
                frame.say(
                    "Pasangan yang tidak dapat diputuskan mesin muncul di sini sesudah kiriman dicocokkan.",
                    "Pairs that the machine cannot decide appear here after a delivery was matched.")
            case .proposed:
                frame.say(
                    "Dua data yang sudah terbit baru digabung bila dua orang setuju.",
                    "Two published records are merged only when two persons agree.")
            case .decided: frame.say("Belum ada keputusan.", "Nothing was decided yet.")
            }
        return "<p>\(words)</p>"
    }

    private static func table(_ model: PairListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let last = model.part == .open ? say("Dibawa", "Brought") : say("Keputusan", "Decision")
        return """
            <table class="stack pairs"><caption class="sr">\(say("Pasangan", "Pairs"))</caption><thead><tr>\
            <th scope="col">\(say("Inovasi", "Innovation"))</th><th scope="col">\(say("Mungkin sama dengan", "May be the same as"))</th>\
            <th scope="col">\(say("Peluang sama", "Probability"))</th><th scope="col">\(last)</th></tr></thead><tbody>
            \(model.page.lines.html { row($0, last, model, frame) })</tbody></table>

            """
    }

    private static func row(_ line: Pairs.Line, _ last: String, _ model: PairListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let address = frame.to(.path("kerja", "kembar", String(line.id), query: query(.open, model.source)))
        // Waiting is what most first records do, published what most second ones are: only the rest is said.
        let (left, right) =
            line.state == .open
            ? (
                line.left.isWaiting ? nil : say("sudah terbit", "published"),
                line.right.isWaiting ? say("juga menunggu", "waits too") : nil
            ) : (nil, nil)
        return """
            <tr><th scope="row"><a class="name" href="\(address)"\(frame.record)>\(line.left.shown.name)</a>\
            \(under(line.left, more: left, model.institution, frame))</th>\
            <td data-label="\(say("Mungkin sama dengan", "May be the same as"))">\
            <span class="name"\(frame.record)>\(line.right.shown.name)</span>\(under(line.right, more: right, model.institution, frame))</td>\
            <td data-label="\(say("Peluang sama", "Probability"))">\(percent(line.probability, frame))\
            \(line.kind == .reused ? "<br><span class=\"tag\">\(say("nomor dipakai ulang", "number used again"))</span>" : "")</td>\
            <td data-label="\(last)">\(came(line, model, frame))</td></tr>

            """
    }

    /// Whose it is and of which year.
    static func under(
        _ name: Pairs.Name, more: String? = nil, _ institution: (String) -> String, _ frame: Frame
    ) -> HTML {
        let parts = [name.institution.map(institution), name.year.map(String.init), more].compactMap(\.self)
        return parts.isEmpty ? .empty : "<br><span class=\"soft\">\(parts.joined(separator: " · "))</span>"
    }

    private static func came(_ line: Pairs.Line, _ model: PairListPage, _ frame: Frame) -> HTML {
        if line.state == .open {
            let since = line.at.day().long(frame.language)
            return "\(html(line.source) { "\($0)<br>" })<span class=\"soft\">\(since)</span>"
        }
        let on = line.decidedAt.map { ", \($0.day().long(frame.language))" } ?? ""
        return """
            \(frame.language.say(line.state.name))\(on)<br><span class="soft">\(line.office ?? "")</span>
            """
    }

    /// What was decided, what follows, and the way back.
    static func done(_ done: DonePair, source: Int?, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame)
        let words =
            switch done.state {
            case .same:
                say(
                    "Digabung. Nomor lama mengarah ke data yang bertahan.",
                    "Merged. The old number leads to the record that stays.")
            case .different: say("Dicatat: dua inovasi yang berbeda.", "Noted: two different innovations.")
            case .related:
                say("Dicatat: berkaitan, bukan inovasi yang sama.", "Noted: related, not the same innovation.")
            case .proposed: say("Diusulkan. Orang lain perlu menyetujuinya.", "Proposed. Somebody else has to agree.")
            case .open:
                say(
                    "Keputusan diurungkan. Pasangan ini menunggu lagi.",
                    "The decision was taken back. The pair waits again.")
            }
        let back = """
            \(form.token)\(html(source) { form.hidden("sumber", String($0)) })
            <button class="button second small" data-key="u" accesskey="u">\(say("Urungkan", "Take back"))</button>
            """ as HTML
        return """
            <div class="notice good"><p><strong>\(words)</strong> \
            <a href="\(frame.to(.path("kerja", "kembar", String(done.pair))))">\(say("Lihat pasangannya", "See the pair"))</a></p>
            \(done.mine && done.state != .open ? "<form method=\"post\" action=\"\(frame.to(.path("kerja", "kembar", String(done.pair), "urungkan")))\">\(back)</form>" : "")</div>

            """
    }

    /// `87 persen`; certainty is never claimed.
    static func percent(_ probability: Double, _ frame: Frame) -> String {
        let whole = Int((probability * 100).rounded())
        switch whole {
        case ..<1: return frame.say("kurang dari 1 persen", "less than 1 percent")
        case 100...: return frame.say("lebih dari 99 persen", "more than 99 percent")
        default: return frame.say("\(whole) persen", "\(whole) percent")
        }
    }
}

extension Pairs.Part {
    func name(_ language: Language) -> String {
        switch self {
        case .open: language.say("Menunggu", "Waiting")
        case .proposed: language.say("Menunggu orang kedua", "Waiting for a second person")
        case .decided: language.say("Selesai", "Decided")
        }
    }
}
