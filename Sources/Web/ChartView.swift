import Kernel

/// A chart that is a table: each row has a name, a bar and its number, so it reflows, prints and is read aloud.
package struct Chart: Sendable {
    package struct Row: Sendable {
        package let name: String
        package let count: Int
        package let address: Address?

        package init(_ name: String, _ count: Int, _ address: Address? = nil) {
            self.name = name
            self.count = count
            self.address = address
        }
    }

    package let caption: String
    /// What a row is and what its number counts, for the hidden headings.
    package let rowTitle: String
    package let numberTitle: String
    package let rows: [Row]

    package init(caption: String, rowTitle: String, numberTitle: String, rows: [Row]) {
        self.caption = caption
        self.rowTitle = rowTitle
        self.numberTitle = numberTitle
        self.rows = rows
    }
}

package enum ChartView {
    package static func table(_ chart: Chart, _ frame: Frame) -> HTML {
        let top = max(1, chart.rows.map(\.count).max() ?? 1)
        return """
            <table class="chart slim"><caption>\(chart.caption)</caption>
            <thead class="sr"><tr><th scope="col">\(chart.rowTitle)</th><th scope="col">\(frame.say("Batang", "Bar"))</th>\
            <th scope="col">\(chart.numberTitle)</th></tr></thead><tbody>
            \(chart.rows.html { row($0, top, frame) })
            </tbody></table>
            """
    }

    private static func row(_ row: Chart.Row, _ top: Int, _ frame: Frame) -> HTML {
        let width = "\(row.count * 1000 / top / 10).\(row.count * 1000 / top % 10)%"
        let name: HTML = row.address.map { "<a href=\"\($0)\">\(row.name)</a>" } ?? "\(row.name)"
        return """
            <tr><th scope="row">\(name)</th><td><svg class="bar" aria-hidden="true" focusable="false">\
            <rect width="\(width)" height="100%" class="f-act"/></svg></td><td class="num">\(frame.number(row.count))</td></tr>

            """
    }
}
