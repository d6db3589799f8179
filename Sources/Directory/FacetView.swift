import Kernel
import Web

/// The filters of a result: a form beside it on wide screens, a sheet on a phone, working without script.
enum FacetView {
    /// How many values a facet shows before the rest folds away.
    private static let shown = 8

    static func form(_ model: ResultsPage, _ frame: Frame) -> HTML {
        let selection = model.selection
        let words: HTML =
            selection.query.isEmpty ? "" : "<input type=\"hidden\" name=\"q\" value=\"\(selection.query)\">"
        let usual: Selection.Order = selection.query.isEmpty ? .newest : .relevance
        let order: HTML =
            selection.order == usual
            ? "" : "<input type=\"hidden\" name=\"sort\" value=\"\(selection.order.rawValue)\">"
        return """
            <form class="facets stay sheet" id="saring" popover action="\(frame.to(.path("inovasi")))" \
            aria-label="\(frame.say("Saringan", "Filters"))">\(words)\(order)
            \(model.facets.enumerated().html { facet($1, open: $0 < 3, frame) })
            <p><button class="button">\(frame.say("Terapkan saringan", "Apply filters"))</button> \
            <button class="menu button second" type="button" popovertarget="saring" popovertargetaction="hide">\
            \(frame.say("Tutup", "Close"))</button></p></form>
            """
    }

    private static func facet(_ facet: Facet, open: Bool, _ frame: Frame) -> HTML {
        guard !facet.values.isEmpty else { return .empty }
        let title = frame.language.say(facet.filter.title)
        let first = facet.values.prefix(shown) + facet.values.dropFirst(shown).filter(\.chosen)
        let rest = facet.values.dropFirst(shown).filter { !$0.chosen }
        let opened = open || facet.values.contains(where: \.chosen)
        return """
            <details\(opened ? " open" : "")><summary>\(title)</summary><fieldset><legend class="sr">\(title)</legend>
            \(first.html { value($0, facet.filter, frame) })\(more(rest, facet.filter, frame))</fieldset></details>

            """
    }

    private static func more(_ rest: [Facet.Value], _ filter: Filter, _ frame: Frame) -> HTML {
        guard !rest.isEmpty else { return .empty }
        return """
            <details class="more"><summary>\(frame.say("\(rest.count) pilihan lain", "\(rest.count) more"))</summary>
            \(rest.html { value($0, filter, frame) })</details>
            """
    }

    private static func value(_ value: Facet.Value, _ filter: Filter, _ frame: Frame) -> HTML {
        """
        <label class="check"><input type="checkbox" name="\(filter.rawValue)" value="\(value.value)"\
        \(value.chosen ? " checked" : "")> <span>\(value.label)</span> \
        <span class="n">\(frame.number(value.count))</span></label>

        """
    }

    static func button(_ model: ResultsPage, _ frame: Frame) -> HTML {
        let active = model.selection.choices.count
        let note = active == 0 ? "" : frame.say(" (\(active) aktif)", " (\(active) active)")
        return """
            <p class="menu"><button class="button second" type="button" popovertarget="saring">\
            \(frame.say("Saring", "Filter"))\(note)</button></p>
            """
    }

    static func chips(_ selection: Selection, _ frame: Frame) -> HTML {
        guard !selection.choices.isEmpty else { return .empty }
        var bare = selection
        bare.choices = []
        let chips = selection.choices.html { choice in
            """
            <li><a class="chip" href="\(frame.to(selection.without(choice).address))">\
            <span class="sr">\(frame.say("Hapus saringan", "Remove filter")) </span>\(choice.label) \
            <span class="x" aria-hidden="true">×</span></a></li>
            """
        }
        return """
            <ul class="row bare" aria-label="\(frame.say("Saringan aktif", "Active filters"))">\(chips)\
            <li><a href="\(frame.to(bare.address))">\(frame.say("Hapus semua", "Remove all"))</a></li></ul>
            """
    }
}

/// What a search that found nothing offers instead.
enum EmptyResultsView {
    static func content(_ model: ResultsPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let selection = model.selection
        let title =
            selection.query.isEmpty
            ? say("Tidak ada inovasi dengan saringan ini", "No innovation matches these filters")
            : say("Tidak ada inovasi untuk “\(selection.query)”", "No innovation for “\(selection.query)”")
        return """
            <h2>\(title)</h2>
            \(html(model.suggestion) { ResultsView.suggestion($0, selection, frame) })
            \(FacetView.chips(selection, frame))
            <h3>\(say("Cara lain menemukan", "Other ways to find it"))</h3>
            <ul>\(model.ways.html { way($0.choice, $0.total, selection, frame) })
            <li>\(say("Sebut masalahnya, bukan nama programnya: “bayi belum punya akta”.", "Name the problem, not the programme: “bayi belum punya akta”."))</li>
            <li>\(say("Pakai kata yang lebih sedikit atau lebih umum.", "Use fewer or more general words."))</li>
            <li>\(say("Telusuri", "Browse")) <a href="\(frame.to(.path("instansi")))">\(say("menurut instansi", "by institution"))</a>, \
            <a href="\(frame.to(.path("wilayah")))">\(say("menurut wilayah", "by region"))</a>, \
            <a href="\(frame.to(.path("sdg")))">\(say("menurut SDG", "by SDG"))</a>.</li></ul>
            <p class="soft">\(say("Portal ini baru memuat sebagian inovasi Indonesia. Tidak ditemukan di sini bukan berarti tidak ada.", "This portal holds only part of Indonesia's innovations so far. Not found here does not mean that there is none."))</p>
            """
    }

    private static func way(_ choice: Selection.Choice, _ total: Int, _ selection: Selection, _ frame: Frame) -> HTML {
        """
        <li>\(frame.say("Cari tanpa saringan", "Search without the filter")) <strong>\(choice.label)</strong>: \
        <a href="\(frame.to(selection.without(choice).address))">\
        \(frame.count(total, "inovasi", "innovation", "innovations"))</a></li>
        """
    }
}
