import Kernel

/// The thread and its knots: anything with an order or an origin, e.g. the steps of a form or a history.
package enum ThreadView {
    /// Filled: proved, done, running. Ring: now, or merely noted. Dashed: not tied yet. Red: a snag.
    package enum Knot: Sendable {
        case tied, now, loose, snag

        var attribute: HTML {
            switch self {
            case .tied: " class=\"tied\""
            case .now: ""
            case .loose: " class=\"loose\""
            case .snag: " class=\"snag\""
            }
        }
    }

    /// One step of a form that has several.
    package struct Step: Sendable {
        package let name: String
        /// Without a language prefix; nil where it cannot be opened yet.
        package let address: Address?
        package let knot: Knot
        package let isHere: Bool

        package init(_ name: String, _ address: Address?, _ knot: Knot, isHere: Bool = false) {
            self.name = name
            self.address = address
            self.knot = knot
            self.isHere = isHere
        }
    }

    /// Knots with any content, oldest or nearest first as the page wants it.
    package static func list(_ entries: [(knot: Knot, content: HTML)], tight: Bool = false) -> HTML {
        """
        <ol class="thread\(tight ? " tight" : "")">\(entries.html { "<li\($0.knot.attribute)>\($0.content)</li>\n" })</ol>

        """
    }

    /// The steps of a form beside it; on a phone behind a button. `status` stands below them, e.g. when it was saved.
    package static func steps(_ steps: [Step], status: HTML = .empty, _ frame: Frame) -> HTML {
        """
        <nav aria-label="\(frame.say("Langkah", "Steps"))" class="stay sheet" id="langkah" popover>\
        <ol class="thread tight steps">\(steps.html { "<li\($0.knot.attribute)>\(name($0, frame))</li>" })</ol>\(status)\
        <p class="menu"><button class="button small" type="button" popovertarget="langkah" popovertargetaction="hide">\
        \(frame.say("Tutup", "Close"))</button></p></nav>
        """
    }

    /// Where one stands, above the form's heading: words on a wide screen, the button that opens the steps on a phone.
    package static func place(_ steps: [Step], of thing: String, _ frame: Frame) -> HTML {
        let number = (steps.firstIndex { $0.isHere } ?? 0) + 1
        let words = frame.say("Langkah \(number) dari \(steps.count)", "Step \(number) of \(steps.count)")
        return """
            <p class="soft wide">\(words) · \(thing)</p><p class="menu"><button class="button second small" type="button" \
            popovertarget="langkah">\(words)</button> <span class="soft">\(thing)</span></p>

            """
    }

    private static func name(_ step: Step, _ frame: Frame) -> HTML {
        let here: HTML = step.isHere ? " aria-current=\"step\"" : ""
        guard let address = step.address else { return "<span\(here)>\(step.name)</span>" }
        return "<a href=\"\(frame.to(address))\"\(here)>\(step.name)</a>"
    }
}
