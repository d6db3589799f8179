/// A text in which some stretches are marked, as search marks the words it found.
package struct Marked: Sendable, Hashable {
    package struct Part: Sendable, Hashable {
        package let text: String
        package let marked: Bool

        package init(_ text: String, marked: Bool = false) {
            self.text = text
            self.marked = marked
        }
    }

    package let parts: [Part]

    package init(_ parts: [Part]) { self.parts = parts }
    package init(_ plain: String) { parts = [Part(plain)] }

    /// Marks the given stretches of a text; overlapping and unordered stretches are joined.
    package init(_ text: String, marking ranges: [Range<String.Index>]) {
        var parts: [Part] = []
        var at = text.startIndex
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > at {
            let start = max(range.lowerBound, at)
            if start > at { parts.append(Part(String(text[at..<start]))) }
            parts.append(Part(String(text[start..<range.upperBound]), marked: true))
            at = range.upperBound
        }
        if at < text.endIndex { parts.append(Part(String(text[at...]))) }
        self.parts = parts
    }

    package var plain: String { parts.map(\.text).joined() }

    package var html: HTML {
        parts.html { $0.marked ? "<mark>\($0.text)</mark>" : "\($0.text)" }
    }
}
