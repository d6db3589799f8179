import Kernel
import Web

/// The sums of a delivery: as a bar, as a sentence, as a table that adds up.
enum OutcomeView {
    /// The sums in words, without those that are none: `2.300 baru, 12 ditolak`.
    static func sentence(_ sums: RunSums, _ frame: Frame) -> String {
        let parts = StagedOutcome.shown.compactMap { outcome -> String? in
            let count = sums[outcome]
            return count == 0 ? nil : "\(frame.number(count)) \(frame.language.say(outcome.name))"
        }
        return parts.joined(separator: ", ")
    }

    /// One bar of all rows; the words stand beside it.
    static func bar(_ sums: RunSums) -> HTML {
        guard sums.rows > 0 else { return .empty }
        var from = 0
        var pieces = HTML.empty
        let parts = StagedOutcome.shown.map { (look($0), sums[$0]) } + [("f-open", sums.open)]
        for (look, count) in parts where count > 0 {
            pieces += piece(look, from: from, count: count, of: sums.rows)
            from += count
        }
        return "<svg class=\"bar parts\" aria-hidden=\"true\" focusable=\"false\">\(pieces)</svg>\n"
    }

    /// Each outcome with its number and what it means; the last line is their sum, the rows that were read.
    ///
    /// - Parameters:
    ///   - list: the address that lists the rows of an outcome, or all.
    ///   - chosen: the outcome that is listed below.
    static func table(
        _ sums: RunSums, list: (StagedOutcome?) -> Address, chosen: StagedOutcome? = nil, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let lines = StagedOutcome.shown.html { outcome in
            line(outcome, sums, outcome == chosen, list(outcome), frame)
        }
        return """
            <table class="chart sums"><caption>\(say("Apa yang terjadi pada setiap baris", "What became of every row"))</caption>
            <thead class="sr"><tr><th scope="col">\(say("Hasil", "Outcome"))</th><th scope="col">\(say("Bagian", "Share"))</th>\
            <th scope="col">\(say("Baris", "Rows"))</th></tr></thead><tbody>
            \(lines)\(sums.open > 0 ? open(sums, frame) : .empty)</tbody>
            <tfoot><tr><th scope="row">\(say("Jumlah", "Sum"))</th><td><span class="soft">\(say("semua baris yang dibaca", "all rows that were read"))</span></td>\
            <td class="num">\(frame.number(sums.rows))</td></tr></tfoot></table>

            """
    }

    private static func line(
        _ outcome: StagedOutcome, _ sums: RunSums, _ chosen: Bool, _ address: Address, _ frame: Frame
    ) -> HTML {
        let count = sums[outcome]
        let name = frame.language.say(outcome.name).capitalizedFirst
        let shown: HTML =
            count == 0 ? "\(name)" : "<a href=\"\(address)\"\(chosen ? " aria-current=\"true\"" : "")>\(name)</a>"
        return """
            <tr><th scope="row">\(shown)</th><td>\(bar(look(outcome), count, of: sums.rows))\
            <span class="soft">\(frame.language.say(outcome.meaning))</span></td>\
            <td class="num">\(frame.number(count))</td></tr>

            """
    }

    private static func open(_ sums: RunSums, _ frame: Frame) -> HTML {
        """
        <tr><th scope="row">\(frame.say("Belum selesai", "On its way"))</th><td>\(bar("f-open", sums.open, of: sums.rows))\
        <span class="soft">\(frame.say("sudah dibaca, belum disimpan", "read, not stored yet"))</span></td>\
        <td class="num">\(frame.number(sums.open))</td></tr>

        """
    }

    private static func bar(_ look: String, _ count: Int, of all: Int) -> HTML {
        guard count > 0 else { return .empty }
        return """
            <svg class="bar" aria-hidden="true" focusable="false">\(piece(look, from: 0, count: count, of: all))</svg>
            """
    }

    private static func piece(_ look: String, from: Int, count: Int, of all: Int) -> HTML {
        "<rect x=\"\(percent(from, all))\" width=\"\(percent(count, all))\" height=\"100%\" class=\"\(look)\"/>"
    }

    private static func percent(_ part: Int, _ all: Int) -> String {
        let tenths = part * 10_000 / max(1, all)
        let rest = tenths % 100
        return "\(tenths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    private static func look(_ outcome: StagedOutcome) -> String {
        switch outcome {
        case .created: "f-act"
        case .updated: "f-m3"
        case .unchanged: "f-m1"
        case .merged: "f-valid"
        case .review: "f-due"
        case .rejected: "f-late"
        }
    }
}

extension String {
    /// The first letter large, as at the start of a line.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
