import Kernel
import Web

/// What an innovation's page shows of the validated claims and their evidence.
struct ClaimsPanel: Sendable {
    struct Assertion: Sendable {
        let title: String
        /// Number, date, who signed, level: what the claim says besides its title.
        let lines: [String]
        let evidence: [EvidenceLine]
        let link: Address?
        /// Where it comes from and when it was checked.
        let from: String?
    }

    struct Indicator: Sendable {
        /// A value that was measured and the day of it, as the unit states them.
        struct Point: Sendable {
            let value: Measure
            let on: Day?
        }

        let name: String
        let unit: String
        let before: Point?
        let after: Point?
        /// How many were served or asked, in words.
        let population: String?
        let source: String?
        let evidence: [EvidenceLine]
    }

    struct Testimony: Sendable {
        let text: String
        /// Who said it; nil where they did not agree to be named.
        let by: String?
    }

    let claims: [Assertion]
    let indicators: [Indicator]
    let testimonies: [Testimony]

    var isEmpty: Bool { claims.isEmpty && indicators.isEmpty && testimonies.isEmpty }
}

enum ClaimsPanelView {
    static func panel(_ model: ClaimsPanel, _ frame: Frame) -> HTML {
        guard !model.isEmpty else { return .empty }
        return thread(model, frame) + impact(model.indicators, frame) + testimonies(model.testimonies, frame)
    }

    private static func thread(_ model: ClaimsPanel, _ frame: Frame) -> HTML {
        let measured = model.indicators.map { indicator in
            ClaimsPanel.Assertion(
                title: indicator.name, lines: [change(indicator, frame.language)].compactMap(\.self),
                evidence: indicator.evidence, link: nil, from: indicator.source)
        }
        let all = model.claims + measured
        guard !all.isEmpty else { return .empty }
        let proved = all.count { !$0.evidence.isEmpty || $0.link != nil }
        return """
            <h2 id="bukti">\(frame.say(
                "\(proved) dari \(all.count) klaim disertai bukti", "\(proved) of \(all.count) claims come with evidence"))</h2>
            <ol class="thread">\(all.html { claim($0, frame) })</ol>

            """
    }

    private static func claim(_ claim: ClaimsPanel.Assertion, _ frame: Frame) -> HTML {
        let proof = frame.say("Bukti", "Evidence")
        let proved = !claim.evidence.isEmpty || claim.link != nil
        return """
            <li class="\(proved ? "tied" : "loose")"><h3\(frame.record)>\(claim.title)</h3>\
            \(claim.lines.html { "<p\(frame.record)>\($0)</p>" })\
            \(claim.evidence.html { "<p>\(proof): \(EvidenceView.link($0, scans: false, frame))</p>" })\
            \(html(claim.link) { "<p>\(proof): <a href=\"\($0)\">\(frame.say("tautan ke bukti", "link to the evidence"))</a></p>" })\
            \(proved ? "" : "<p>\(frame.say("Belum ada bukti.", "No evidence yet."))</p>")\
            \(html(claim.from) { "<p class=\"from\"\(frame.record)>\($0)</p>" })</li>

            """
    }

    /// `dari 310 (1 Januari 2019) menjadi 180 (30 Juni 2021) ribu rupiah sebulan`
    private static func change(_ indicator: ClaimsPanel.Indicator, _ language: Language) -> String? {
        guard let before = indicator.before, let after = indicator.after else { return nil }
        let (a, b) = (before.value.shown(language), after.value.shown(language))
        return language.say("dari \(a) menjadi \(b) \(indicator.unit)", "from \(a) to \(b) \(indicator.unit)")
    }

    // MARK: before and after

    private static func impact(_ indicators: [ClaimsPanel.Indicator], _ frame: Frame) -> HTML {
        guard !indicators.isEmpty else { return .empty }
        let say = frame.language.say(_:_:)
        let notes = indicators.compactMap { indicator -> String? in
            let parts = [indicator.population, indicator.source].compactMap(\.self)
            return parts.isEmpty ? nil : "\(indicator.name): \(parts.joined(separator: "; "))"
        }
        return """
            <h2 id="ukuran">\(say("Sebelum dan sesudah", "Before and after"))</h2>
            \(pattern)<table class="chart"><caption>\(say(
                "\(indicators.count) ukuran, masing-masing dengan skala sendiri",
                indicators.count == 1 ? "One measure" : "\(indicators.count) measures, each on its own scale"))</caption>
            <thead class="sr"><tr><th scope="col">\(say("Waktu", "Time"))</th><th scope="col">\(say("Batang", "Bar"))</th>\
            <th scope="col">\(say("Nilai", "Value"))</th></tr></thead>
            \(indicators.html { body($0, frame) })
            </table>
            \(notes.html { "<p class=\"from\"\(frame.record)>\($0)</p>" })

            """
    }

    private static func body(_ indicator: ClaimsPanel.Indicator, _ frame: Frame) -> HTML {
        let top = max(indicator.before?.value.value ?? 0, indicator.after?.value.value ?? 0, 0)
        return """
            <tbody><tr><th scope="rowgroup" colspan="3"\(frame.record)>\(indicator.name) \
            <span class="soft">(\(indicator.unit))</span></th></tr>\
            \(row(frame.say("Sebelum", "Before"), indicator.before, top, solid: false, frame))\
            \(row(frame.say("Sesudah", "After"), indicator.after, top, solid: true, frame))</tbody>

            """
    }

    private static func row(
        _ name: String, _ point: ClaimsPanel.Indicator.Point?, _ top: Double, solid: Bool, _ frame: Frame
    ) -> HTML {
        let when = point?.on.map { " \($0.year)" } ?? ""
        let width = percent(max(point?.value.value ?? 0, 0), of: top)
        let bar: HTML =
            solid
            ? "<rect width=\"\(width)\" height=\"100%\" class=\"f-act\"/>"
            : """
            <rect width="\(width)" height="100%" fill="url(#p-before)"/>\
            <rect class="outl l-edge" width="\(width)" height="100%"/>
            """
        return """
            <tr><th scope="row">\(name)\(when)</th><td><svg class="bar" aria-hidden="true" focusable="false">\(bar)</svg></td>\
            <td class="num">\(point.map { $0.value.shown(frame.language) } ?? "–")</td></tr>
            """
    }

    /// Tenths of a percent, so that no width depends on how a machine prints a fraction.
    private static func percent(_ value: Double, of top: Double) -> String {
        guard top > 0 else { return "0%" }
        let tenths = Int((value / top * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// The hatching of what was before; readable in black and white.
    private static let pattern: HTML = """
        <svg class="sr" width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="p-before" width="6" \
        height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="ground" d="M0 0h6v6H0z"/>\
        <path class="pat l-edge" d="M0 0v6"/></pattern></defs></svg>

        """

    // MARK: what people said

    private static func testimonies(_ testimonies: [ClaimsPanel.Testimony], _ frame: Frame) -> HTML {
        guard !testimonies.isEmpty else { return .empty }
        return """
            <h2 id="testimoni">\(frame.say("Kata yang merasakan", "What people say"))</h2>
            \(testimonies.html { testimony($0, frame) })
            """
    }

    private static func testimony(_ testimony: ClaimsPanel.Testimony, _ frame: Frame) -> HTML {
        """
        <blockquote class="prose"\(frame.record)><p>“\(testimony.text)”</p>\
        <p class="from">\(testimony.by ?? frame.say("Tidak ingin disebut namanya", "Prefers not to be named"))</p></blockquote>

        """
    }
}
