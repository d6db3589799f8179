/// The mark: a reef knot of two ropes, one who claims and one who validates.
package enum Mark {
    private static let left: HTML = "M1 10h12C20 10 22 5 33 5a9 9 0 0 1 0 18C22 23 20 18 13 18H1"
    private static let right: HTML = "M51 10H39C32 10 30 5 19 5a9 9 0 0 0 0 18C30 23 32 18 39 18H51"
    private static let over: HTML = "M14.5 6.2a9 9 0 0 0 0 15.6"
    private static let under: HTML = "M19.65 22.99C28.59 22.83 31.38 19.28 36.32 18.27"
    private static let gaps: HTML = "M14.5 6.2a9 9 0 0 0 0 15.6M24.63 22.48C29.41 21.52 31.95 19.48 35.29 18.52"

    /// The small mark beside the name.
    package static let small: HTML = """
        <svg class="mark" viewBox="0 0 52 28" aria-hidden="true" focusable="false"><path class="b" d="\(right)"/>\
        <path class="gap" d="M5 10h8C20 10 22 5 33 5a9 9 0 0 1 0 18C22 23 20 18 13 18H5"/>\
        <path class="a" d="\(left)"/><path class="gap" d="\(gaps)"/><path class="b" d="\(over)\(under)"/></svg>
        """

    /// The knot at full size with its strands, beside the search of the home page on wide screens.
    package static let rope: HTML = {
        let right: HTML = "M90 10H39C32 10 30 5 19 5a9 9 0 0 0 0 18C30 23 32 18 39 18H90"
        let left: HTML = "M-40 10h53C20 10 22 5 33 5a9 9 0 0 1 0 18C22 23 20 18 13 18H-40"
        return """
            <svg class="rope" viewBox="-30 0 100 28" aria-hidden="true" focusable="false">\(strands("b", right))\
            <path class="gap" d="\(left)"/>\(strands("a", left))<path class="gap" d="\(gaps)"/>\
            \(strands("b", over))\(strands("b", under))</svg>
            """
    }()

    private static func strands(_ colour: HTML, _ path: HTML) -> HTML {
        [(colour, "w1"), ("c", "w2"), (colour, "w3"), ("c", "w4")].html { (ink: HTML, width: HTML) in
            "<path class=\"\(ink) \(width)\" d=\"\(path)\"/>"
        }
    }
}
