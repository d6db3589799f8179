import Kernel
import Web

struct RowPage: Sendable {
    let run: Run
    let row: RunRowsView.Row
    /// Its columns as they came, in the file's order.
    let content: [(name: String, value: String)]
    /// What is wrong with single columns, or left out because of it.
    let problems: [Problem]
    /// The innovation it became or belongs to.
    let innovation: Int?
    /// The innovation it was joined with or resembles.
    let twin: (id: Int, title: String)?
    /// How sure the model is that both are the same, from 0 to 1.
    let probability: Double?
    /// The question whether both are the same, and whether it is still open.
    let pair: (id: Int, isOpen: Bool)?
}

/// One row of a delivery: what came, what became of it, what to do.
enum RowView {
    static func page(_ model: RowPage, _ frame: Frame) -> HTML {
        let (say, row) = (frame.language.say(_:_:), model.row)
        let title = row.title ?? say("Baris \(row.line)", "Row \(row.line)")
        let run = frame.to(.path("kerja", "kiriman", String(model.run.id)))
        let head = PageHead(
            title, description: say("Baris \(row.line) dari \(model.run.name)", "Row \(row.line) of \(model.run.name)"),
            crumbs: [
                Crumb(say("Sumber data", "Data sources"), frame.to(.path("kerja", "sumber"))),
                Crumb(model.run.sourceName, frame.to(.path("kerja", "sumber", String(model.run.source)))),
                Crumb(say("Kiriman", "Delivery") + " " + model.run.at.day().long(frame.language), run),
            ], indexed: false)
        let number = row.externalID.map { say("Nomor di sumber \($0)", "Number in the source \($0)") }
        return Layout.page(
            frame, head,
            """
            <h1\(row.title == nil ? .empty : frame.record)>\(title)</h1>
            <p class="meta"><span>\(model.run.name)</span><span>\(say("Baris \(frame.number(row.line))", "Row \(frame.number(row.line))"))</span>\
            \(html(number) { "<span>\($0)</span>" })</p>
            \(became(model, frame))
            \(problems(model, frame))
            <section aria-labelledby="isi-baris"><h2 id="isi-baris">\(say("Isi baris seperti yang dikirim", "The row as it was delivered"))</h2>
            <dl class="facts raw">\(model.content.html { content($0.name, $0.value, frame) })</dl></section>
            """)
    }

    private static func content(_ name: String, _ value: String, _ frame: Frame) -> HTML {
        value.isEmpty
            ? "<dt>\(name)</dt><dd class=\"soft\">\(frame.say("kosong", "empty"))</dd>\n"
            : "<dt>\(name)</dt><dd\(frame.record)>\(value)</dd>\n"
    }

    private static func became(_ model: RowPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        func open(_ id: Int?, _ words: String) -> HTML {
            id.map { "<a href=\"\(frame.to(.path("inovasi", String($0))))\">\(words)</a>" } ?? .empty
        }
        let sure = model.probability.map { "\(percent($0, frame)) persen" } ?? ""
        switch model.row.outcome {
        case .created?:
            return NoticeView.notice(
                .good, say("Menjadi inovasi baru di direktori.", "Became a new innovation of the directory."),
                open(model.innovation, say("Buka inovasinya", "Open the innovation")))
        case .updated?:
            return NoticeView.notice(
                .good, say("Memperbarui inovasi yang sudah ada.", "Updated a known innovation."),
                open(model.innovation, say("Buka inovasinya", "Open the innovation")))
        case .unchanged?:
            return NoticeView.notice(
                .plain,
                say("Isinya sama dengan yang sudah ada; tidak ada yang berubah.", "Same as before; nothing changed."),
                open(model.innovation, say("Buka inovasinya", "Open the innovation")))
        case .merged?:
            let twin = model.twin.map(\.title) ?? ""
            let how: HTML =
                sure.isEmpty
                ? .empty
                : "\(say("Kemungkinan sama: \(sure).", "Probability that they are the same: \(percent(model.probability ?? 0, frame)) percent.")) "
            return NoticeView.notice(
                .good, say("Digabung dengan \(twin).", "Joined with \(twin)."),
                "\(how)\(open(model.twin?.id ?? model.innovation, say("Buka inovasinya", "Open the innovation")))")
        case .review?:
            let twin = model.twin.map(\.title) ?? ""
            let isOpen = model.pair?.isOpen ?? true
            let pair = html(model.pair) { pair -> HTML in
                let words =
                    isOpen
                    ? say("Bandingkan dan putuskan", "Compare and decide")
                    : say("Lihat keputusannya", "See the decision")
                return "<a href=\"\(frame.to(.path("kerja", "kembar", String(pair.id))))\">\(words)</a>"
            }
            guard isOpen else {
                return NoticeView.notice(
                    .plain,
                    say("Pernah menunggu diperiksa; sudah diputuskan.", "It waited for review; that was decided."), pair
                )
            }
            return NoticeView.notice(
                .soon, say("Mungkin sama dengan \(twin).", "May be the same as \(twin)."),
                "\(say("Belum tampil di direktori sampai ada yang memutuskan.", "Not shown in the directory until somebody decides.")) \(pair)"
            )
        case .rejected?:
            return NoticeView.notice(
                .bad, say("Ditolak.", "Rejected."),
                "\(say("Tidak ada yang disimpan dari baris ini. Perbaiki di sumbernya, lalu kirim lagi.", "Nothing of this row was stored. Mend it at the source and deliver again."))"
            )
        case nil:
            return NoticeView.notice(
                .plain, say("Belum selesai.", "On its way."),
                "\(say("Baris ini sudah dibaca, tetapi belum disimpan.", "The row was read and is not stored yet."))")
        }
    }

    private static func percent(_ part: Double, _ frame: Frame) -> String {
        let tenths = Int((part * 1000).rounded(.down))
        let point = frame.say(",", ".")
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10)\(point)\(tenths % 10)"
    }

    private static func problems(_ model: RowPage, _ frame: Frame) -> HTML {
        guard !model.problems.isEmpty else { return .empty }
        let rejected = model.row.outcome == .rejected
        let title =
            rejected
            ? frame.say("Yang perlu diperbaiki", "What needs to be corrected")
            : frame.say("Yang dikosongkan karena tidak terbaca", "Left empty because it was not readable")
        return """
            <section aria-labelledby="salah"><h2 id="salah">\(title)</h2><ul>\(model.problems.html {
                $0.field.isEmpty
                    ? "<li>\(frame.language.say($0.message))</li>"
                    : "<li><strong>\($0.field)</strong>: \(frame.language.say($0.message))</li>"
            })</ul></section>
            """
    }
}
