import Kernel

/// A table that becomes a list on a phone, where each cell carries its own heading.
package enum StackView {
    package struct Row: Sendable {
        /// What the row is about.
        package let head: HTML
        /// One for each further column.
        package let cells: [HTML]

        package init(_ head: HTML, _ cells: HTML...) { self.init(head, cells) }

        package init(_ head: HTML, _ cells: [HTML]) {
            self.head = head
            self.cells = cells
        }
    }

    /// A table below a heading whose id is `labelled`. The first column names the rows; `compact` keeps the other cells
    /// on one line below it on a phone, for long lists of short facts.
    package static func table(labelled: String, columns: [String], compact: Bool = false, _ rows: [Row]) -> HTML {
        table(HTML.empty, " aria-labelledby=\"\(labelled)\"", columns, compact: compact, rows)
    }

    /// A table with a caption of its own.
    package static func table(caption: String, columns: [String], _ rows: [Row]) -> HTML {
        table("<caption>\(caption)</caption>", .empty, columns, rows)
    }

    private static func table(
        _ caption: HTML, _ label: HTML, _ columns: [String], compact: Bool = false, _ rows: [Row]
    ) -> HTML {
        """
        <table class="stack\(compact ? " compact" : "")"\(label)>\(caption)<thead><tr>\(columns.html { "<th scope=\"col\">\($0)</th>" })</tr></thead>\
        <tbody>
        \(rows.html { row($0, columns) })</tbody></table>

        """
    }

    private static func row(_ row: Row, _ columns: [String]) -> HTML {
        """
        <tr><th scope="row">\(row.head)</th>\
        \(zip(columns.dropFirst(), row.cells).html { "<td data-label=\"\($0)\">\($1)</td>" })</tr>

        """
    }
}
