import Kernel
import Web

/// The rows of a delivery, one page of them.
enum RunRowsView {
    struct Row: Sendable {
        let line: Int
        let externalID: String?
        let title: String?
        let outcome: StagedOutcome?
        /// Why it was rejected, or what was left out of it: the first problem.
        let problem: Problem?
    }

    struct Page: Sendable {
        let run: Int
        /// The outcome it is limited to.
        let chosen: StagedOutcome?
        let total: Int
        let rows: [Row]
        let pager: Pager?
    }

    static func list(_ model: Page, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title: String =
            model.chosen.map {
                say("Baris: \(say($0.name.indonesian, $0.name.english))", "Rows: \($0.name.english)")
            } ?? say("Semua baris", "All rows")
        let all: HTML =
            model.chosen == nil
            ? .empty
            : "<p><a href=\"\(frame.to(.path("kerja", "kiriman", String(model.run), fragment: "baris")))\">\(say("Tampilkan semua baris", "Show all rows"))</a></p>"
        let columns = [
            say("Judul", "Title"), say("Hasil", "Outcome"), say("Baris", "Row"), say("Nomor di sumber", "Number there"),
        ]
        let content: HTML =
            model.rows.isEmpty
            ? "<p class=\"missing\">\(say("Tidak ada baris dengan hasil ini.", "No rows with this outcome."))</p>"
            : StackView.table(
                labelled: "baris", columns: columns, compact: true, model.rows.map { row($0, model.run, frame) })
        return """
            <section aria-labelledby="baris"><h2 id="baris">\(title) (\(frame.number(model.total)))</h2>
            \(all)\(content)\(html(model.pager) { $0.view(frame) })</section>
            """
    }

    private static func row(_ row: Row, _ run: Int, _ frame: Frame) -> StackView.Row {
        let address = frame.to(.path("kerja", "kiriman", String(run), "baris", String(row.line)))
        let outcome = frame.language.say(row.outcome?.name ?? Phrase("belum selesai", "on its way"))
        let title: HTML =
            row.title.map { "<a href=\"\(address)\"\(frame.record)>\($0)</a>" }
            ?? "<a href=\"\(address)\">\(frame.say("tanpa judul", "no title"))</a>"
        return StackView.Row(
            title,
            """
            \(outcome)\(html(row.problem) { problem in
                "<br><span class=\"soft\">\(problem.field.isEmpty ? "" : "\(problem.field): ")\(frame.language.say(problem.message))</span>"
            })
            """, "\(frame.number(row.line))", "\(row.externalID ?? "–")")
    }
}
