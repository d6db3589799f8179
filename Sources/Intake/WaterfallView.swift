import Kernel
import Web

/// Why the model finds two records as alike as it does: each step from what is likely before one looks to what it says
/// in the end, as a table whose bars hang one below the other.
struct Waterfall: Sendable {
    struct Step: Sendable {
        let words: Phrase
        /// Log2 of the odds it adds.
        let weight: Double
    }

    let steps: [Step]
    /// What was compared and said nothing, e.g. because a value was missing.
    var silent: [Phrase] = []
    let probability: Double

    /// Where each bar begins and ends, and where even odds stand, in tenths of a percent of the width.
    var bars: (spans: [(from: Int, to: Int)], even: Int) {
        var ends = [0.0]
        for step in steps { ends.append((ends.last ?? 0) + step.weight) }
        let low = min(0, ends.min() ?? 0)
        let width = max(1, (ends.max() ?? 0) - low)
        func place(_ value: Double) -> Int { Int(((value - low) / width * 1000).rounded()) }
        return (zip(ends, ends.dropFirst()).map { (place(min($0, $1)), place(max($0, $1))) }, place(0))
    }
}

enum WaterfallView {
    static func table(_ model: Waterfall, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let bars = model.bars
        let sum = model.steps.reduce(0) { $0 + $1.weight }
        return """
            <table class="chart why"><caption>\(say(
                "Mengapa \(PairView.percent(model.probability, frame))", "Why \(PairView.percent(model.probability, frame))"))</caption>
            <thead class="sr"><tr><th scope="col">\(say("Yang dibandingkan", "What was compared"))</th>\
            <th scope="col">\(say("Batang", "Bar"))</th><th scope="col">\(say("Bobot", "Weight"))</th></tr></thead><tbody>
            \(zip(model.steps, bars.spans).html { row($0, $1, even: bars.even, frame) })
            <tr><th scope="row"><strong>\(say("Jumlah", "Sum")): \(PairView.percent(model.probability, frame))</strong></th>\
            <td></td><td class="num">\(signed(sum, frame))</td></tr>
            </tbody></table>
            \(model.silent.isEmpty ? "" : "<p class=\"small soft\">\(say("Tidak menambah apa-apa", "Says nothing")): \(model.silent.map(frame.language.say).joined(separator: "; ")).</p>")
            <p class="small soft">\(say(
                "Garis tegak: sama mungkin, 50 persen. Tiap +1 melipatduakan peluang, tiap −1 membaginya dua. Batang penuh menguatkan, batang kosong melemahkan.",
                "Upright line: even odds, 50 percent. Each +1 doubles the odds, each −1 halves them. A full bar speaks for, an empty one against."))</p>
            """
    }

    private static func row(_ step: Waterfall.Step, _ span: (from: Int, to: Int), even: Int, _ frame: Frame) -> HTML {
        let look: HTML = step.weight < 0 ? "f-none" : "f-act"
        return """
            <tr><th scope="row">\(frame.language.say(step.words))</th><td><svg class="bar" aria-hidden="true" focusable="false">\
            <rect x="\(tenths(span.from))" width="\(tenths(max(4, span.to - span.from)))" height="100%" class="\(look)"/>\
            <line x1="\(tenths(even))" x2="\(tenths(even))" y1="0" y2="100%" stroke-width="2" class="l-edge"/></svg></td>\
            <td class="num">\(signed(step.weight, frame))</td></tr>

            """
    }

    private static func tenths(_ n: Int) -> String { "\(n / 10).\(n % 10)%" }

    /// `+6,2`, `−0,4`.
    static func signed(_ weight: Double, _ frame: Frame) -> String {
        let tenths = Int((abs(weight) * 10).rounded())
        let sign = tenths == 0 ? "" : weight < 0 ? "−" : "+"
        return "\(sign)\(tenths / 10)\(frame.say(",", "."))\(tenths % 10)"
    }
}
