import Kernel
import Web

/// Where each value of a record comes from. Where sources differ, every value stands, the one in use first.
enum ProvenanceView {
    /// - Parameter id: of the record, for the way to what each source says.
    static func table(_ rows: [ProvenanceRow], of id: String, _ frame: Frame) -> HTML {
        guard !rows.isEmpty else { return .empty }
        let say = frame.language.say(_:_:)
        let differing = rows.count { row in Set(row.values.map(\.text)).count > 1 }
        let finding =
            differing == 0
            ? say("Dari mana tiap nilai", "Where each value comes from")
            : say(
                "Dari mana tiap nilai; \(differing) berbeda antarsumber",
                "Where each value comes from; sources differ on \(differing)")
        return """
            <h2 id="asal">\(finding)</h2>
            <table class="stack"><thead><tr><th scope="col">\(say("Nilai", "Value"))</th>\
            <th scope="col">\(say("Isi", "Content"))</th><th scope="col">\(say("Sumber", "Source"))</th></tr></thead><tbody>
            \(rows.html { row($0, frame) })</tbody></table>
            <p class="screen"><a href="\(frame.to(.path("inovasi", id, "sumber")))">\(say("Lihat apa kata tiap sumber", "See what each source says"))</a></p>

            """
    }

    private static func row(_ row: ProvenanceRow, _ frame: Frame) -> HTML {
        let differ = Set(row.values.map(\.text)).count > 1
        let values = row.values.sorted { $0.used && !$1.used }
        let label = frame.language.say(Innovation.fieldName(row.field))
        let state = frame.say("Sumber berbeda", "Sources differ")
        return values.enumerated().html { n, value in
            """
            <tr><th scope="row">\(n == 0 ? "\(label)" : "<span class=\"sr\">\(label)</span>")\
            \(n == 0 && differ ? "<br><span class=\"state due\">\(state)</span>" : "")</th>\
            <td data-label="\(frame.say("Isi", "Content"))"><span\(frame.record)>\(content(value, differ, frame))</td>\
            <td data-label="\(frame.say("Sumber", "Source"))"><span class="from">\(value.source)\
            \(html(value.on) { ", \($0.long(frame.language))" })</span></td></tr>

            """
        }
    }

    private static func content(_ value: ProvenanceRow.Value, _ differ: Bool, _ frame: Frame) -> HTML {
        let text = shortened(value.text, to: 240)
        guard differ else { return "\(text)</span>" }
        return value.used
            ? "<strong>\(text)</strong></span> (\(frame.say("dipakai", "in use")))"
            : "\(text)</span> (\(frame.say("tidak dipakai", "not in use")))"
    }
}
