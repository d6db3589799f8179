import Kernel

/// Where in a list a page stands: next and previous, never page numbers.
package struct Pager: Sendable {
    /// Position of the first and the last row of this page, from 1.
    package let from: Int
    package let to: Int
    package let total: Int
    package let previous: Address?
    package let next: Address?
    /// Said when the list ends before its total, e.g. how to narrow the search.
    package let limit: Phrase?

    package init(from: Int, to: Int, total: Int, previous: Address?, next: Address?, limit: Phrase? = nil) {
        self.from = from
        self.to = to
        self.total = total
        self.previous = previous
        self.next = next
        self.limit = limit
    }

    package func view(_ frame: Frame) -> HTML {
        guard previous != nil || next != nil || limit != nil else { return .empty }
        let say = frame.language.say(_:_:)
        let position = say(
            "\(frame.number(from))–\(frame.number(to)) dari \(frame.number(total))",
            "\(frame.number(from))–\(frame.number(to)) of \(frame.number(total))")
        return """
            <nav class="pager" aria-label="\(say("Halaman hasil", "Result pages"))">
            \(html(previous) { "<a class=\"button second\" rel=\"prev\" href=\"\($0)\">\(say("Sebelumnya", "Previous"))</a>" })
            <span class="soft">\(position)</span>
            \(html(next) { "<a class=\"button second\" rel=\"next\" href=\"\($0)\">\(say("Berikutnya", "Next"))</a>" })
            </nav>
            \(html(limit) { "<p class=\"soft\">\(frame.language.say($0))</p>" })
            """
    }
}
