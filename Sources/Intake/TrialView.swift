import Directory
import Kernel
import Web

/// What the rows of a file would become.
enum TrialView {
    /// - Parameters:
    ///   - derived: whether the rows' numbers are made.
    ///   - institution: the name of an institution's code.
    static func trial(
        _ trial: DeliveryPreview, derived: Bool, institution: (String) -> String, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let good = frame.number(trial.rows - trial.rejected)
        let (all, bad) = (frame.number(trial.rows), frame.number(trial.rejected))
        let title =
            trial.rejected == 0
            ? say("Semua \(all) baris terbaca", "All \(all) rows are readable")
            : say(
                "\(good) dari \(all) baris terbaca, \(bad) akan ditolak",
                "\(good) of \(all) rows are readable, \(bad) would be rejected")
        let columns = [
            say("Judul", "Title"), say("Baris", "Row"), say("Nomor", "Number"), say("Instansi", "Institution"),
            say("Wilayah", "Region"), say("Tahun", "Year"), say("Catatan", "Notes"),
        ]
        let shown = trial.shown.map { row($0, derived, institution, frame) }
        return """
            <section class="panel" aria-labelledby="percobaan"><h2 id="percobaan">\(title)</h2>
            <p class="soft">\(say("Percobaan: belum ada yang disimpan.", "A trial: nothing was stored."))</p>
            \(mistakes(trial, frame))
            <h3 id="contoh">\(say("Baris pertama, seperti akan dibaca", "The first rows as they would be read"))</h3>
            \(StackView.table(labelled: "contoh", columns: columns, compact: true, shown))</section>
            """
    }

    private static func mistakes(_ trial: DeliveryPreview, _ frame: Frame) -> HTML {
        var lines = trial.problems.prefix(12).html { count -> HTML in
            let rows = frame.count(count.rows, "baris", "row", "rows")
            let what = count.problem.field.isEmpty ? rows : "\(count.problem.field), \(rows)"
            let place = frame.say(
                "Mulai baris \(frame.number(count.line)).", "From row \(frame.number(count.line)) on.")
            return """
                <li><strong>\(what)</strong>: \(frame.language.say(count.problem.message)) <span class="soft">\(place)</span></li>
                """
        }
        if trial.unknownInstitutions > 0 {
            let rows = frame.count(trial.unknownInstitutions, "baris", "row", "rows")
            lines += """
                <li><strong>\(frame.say("Instansi, \(rows)", "Institution, \(rows)"))</strong>: \(frame.say(
                    "Namanya belum dikenal. Barisnya tetap diterima, dengan nama seperti ditulis.",
                    "Its name is not known yet. The row is taken all the same, with the name as written."))</li>
                """
        }
        return lines.text.isEmpty ? .empty : "<ul>\(lines)</ul>"
    }

    private static func row(
        _ row: DeliveryPreview.Row, _ derived: Bool, _ institution: (String) -> String, _ frame: Frame
    ) -> StackView.Row {
        let record = row.innovation
        let title: HTML =
            record.map { "<span\(frame.record)>\($0.title)</span>" }
            ?? "<span class=\"soft\">\(frame.say("akan ditolak", "would be rejected"))</span>"
        let notes: HTML =
            row.problems.isEmpty
            ? "–" : "<ul class=\"bare\">\(row.problems.html { "<li>\(line($0, frame))</li>" })</ul>"
        let name = record?.institution.map(institution) ?? record?.institutionAsGiven
        return StackView.Row(
            title, "\(frame.number(row.line))", "\(derived ? frame.say("dibentuk", "made") : row.externalID ?? "–")",
            "\(name ?? "–")",
            "\(record?.regionAsGiven ?? "–")", "\(record?.year.map(String.init) ?? "–")", notes)
    }

    private static func line(_ problem: Problem, _ frame: Frame) -> String {
        let words = frame.language.say(problem.message)
        return problem.field.isEmpty ? words : "\(problem.field): \(words)"
    }
}
