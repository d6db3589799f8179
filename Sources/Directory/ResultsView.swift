import Kernel
import Web

/// The names that filters have on pages and in the API.
package enum Filter: String, Sendable, CaseIterable, Codable {
    case province, year, kind, category, affair, sdg, award, status, institution

    package var title: Phrase {
        switch self {
        case .province: Phrase("Provinsi", "Province")
        case .year: Phrase("Tahun", "Year")
        case .kind: Phrase("Jenis instansi", "Kind of institution")
        case .category: Phrase("Kategori", "Category")
        case .affair: Phrase("Urusan", "Government affair")
        case .sdg: Phrase("SDG", "SDG")
        case .award: Phrase("Penghargaan", "Award")
        case .status: Phrase("Keberlanjutan", "Continuity")
        case .institution: Phrase("Instansi", "Institution")
        }
    }
}

/// What a reader asked for: words, chosen filter values, order. Its address is the page's address.
package struct Selection: Sendable, Hashable {
    package enum Order: String, Sendable { case relevance, newest }

    package struct Choice: Sendable, Hashable {
        package let filter: Filter
        package let value: String
        /// The value as the screen says it, in the page's language.
        package let label: String

        package init(_ filter: Filter, _ value: String, label: String) {
            self.filter = filter
            self.value = value
            self.label = label
        }
    }

    package var query: String
    package var choices: [Choice]
    package var order: Order

    package init(query: String = "", choices: [Choice] = [], order: Order = .relevance) {
        self.query = query
        self.choices = choices
        self.order = order
    }

    package func without(_ choice: Choice) -> Selection {
        Selection(query: query, choices: choices.filter { $0 != choice }, order: order)
    }

    /// The list's address; the usual order (by relevance with words, newest without) is left out.
    package var address: Address {
        var parameters: [(String, String)] = query.isEmpty ? [] : [("q", query)]
        parameters += choices.map { ($0.filter.rawValue, $0.value) }
        if order != (query.isEmpty ? .newest : .relevance) { parameters.append(("sort", order.rawValue)) }
        return .path("inovasi", query: parameters)
    }
}

/// One filter with the values one can choose and how many results each has.
package struct Facet: Sendable {
    package struct Value: Sendable {
        package let value: String
        package let label: String
        package let count: Int
        package let chosen: Bool

        package init(value: String, label: String, count: Int, chosen: Bool) {
            self.value = value
            self.label = label
            self.count = count
            self.chosen = chosen
        }
    }

    package let filter: Filter
    package let values: [Value]

    package init(_ filter: Filter, _ values: [Value]) {
        self.filter = filter
        self.values = values
    }
}

/// A spelling that finds more, and how much it finds.
package struct Suggestion: Sendable {
    package let query: String
    package let total: Int?

    package init(query: String, total: Int?) {
        self.query = query
        self.total = total
    }
}

/// A page of search results.
package struct ResultsPage: Sendable {
    package var selection: Selection
    package var entries: [Entry]
    package var facets: [Facet]
    package var pager: Pager
    package var suggestion: Suggestion?
    package var downloads: [Download]
    /// For an empty result: the same words with one filter dropped, and what that would find.
    package var ways: [(choice: Selection.Choice, total: Int)]

    package init(
        selection: Selection, entries: [Entry], facets: [Facet], pager: Pager, suggestion: Suggestion? = nil,
        downloads: [Download] = [], ways: [(choice: Selection.Choice, total: Int)] = []
    ) {
        self.selection = selection
        self.entries = entries
        self.facets = facets
        self.pager = pager
        self.suggestion = suggestion
        self.downloads = downloads
        self.ways = ways
    }
}

package enum ResultsView {
    package static func page(_ model: ResultsPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let query = model.selection.query
        let heading =
            query.isEmpty
            ? say("Semua inovasi", "All innovations") : say("Hasil untuk “\(query)”", "Results for “\(query)”")
        let head = PageHead(
            heading,
            description: say(
                "Cari dan saring data inovasi pelayanan publik Indonesia.",
                "Search and filter Indonesian public service innovations."),
            place: .innovations,
            indexed: query.isEmpty && model.selection.choices.isEmpty && model.pager.previous == nil)
        let content = model.entries.isEmpty ? EmptyResultsView.content(model, frame) : results(model, frame)
        return Layout.page(
            frame, head,
            """
            <h1 class="sr">\(heading)</h1>
            \(SearchForm.plain(query, keeping: model.selection, frame))
            \(content)
            """)
    }

    private static func results(_ model: ResultsPage, _ frame: Frame) -> HTML {
        """
        <div class="cols left">
        \(FacetView.form(model, frame))
        <div>
        \(summary(model, frame))
        \(html(model.suggestion) { suggestion($0, model.selection, frame) })
        \(FacetView.button(model, frame))
        \(FacetView.chips(model.selection, frame))
        \(EntryView.list(model.entries, frame))
        \(model.pager.view(frame))
        \(downloads(model.downloads, frame))
        </div></div>
        """
    }

    private static func summary(_ model: ResultsPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let query = model.selection.query
        let count = frame.count(model.pager.total, "inovasi", "innovation", "innovations")
        return """
            <div class="row push"><p><strong>\(count)</strong>\
            \(query.isEmpty ? "" : say(" untuk “\(query)”", " for “\(query)”"))</p>
            <p class="soft">\(say("Urut:", "Order:")) \
            \(order(.relevance, say("paling sesuai", "best match"), model.selection, frame)) · \
            \(order(.newest, say("terbaru", "newest"), model.selection, frame))</p></div>
            """
    }

    private static func order(
        _ order: Selection.Order, _ name: String, _ selection: Selection, _ frame: Frame
    ) -> HTML {
        if selection.order == order { return "<strong aria-current=\"true\">\(name)</strong>" }
        var other = selection
        other.order = order
        return "<a href=\"\(frame.to(other.address))\">\(name)</a>"
    }

    static func suggestion(_ suggestion: Suggestion, _ selection: Selection, _ frame: Frame) -> HTML {
        var other = selection
        other.query = suggestion.query
        let count = suggestion.total.map {
            frame.say("Ada ", "It has ") + frame.count($0, "inovasi", "innovation", "innovations") + "."
        }
        return """
            <p class="lead">\(frame.say("Maksud Anda:", "Did you mean:")) \
            <a href="\(frame.to(other.address))"><strong>\(suggestion.query)</strong></a>? \(count ?? "")</p>
            """
    }

    static func downloads(_ downloads: [Download], _ frame: Frame) -> HTML {
        guard !downloads.isEmpty else { return .empty }
        let links = downloads.enumerated().html { n, download in
            "\(n == 0 ? "" : ", ")<a href=\"\(download.address)\">\(download.label)</a>"
        }
        return """
            <p class="soft">\(frame.say("Unduh hasil ini:", "Download these results:")) \(links). \
            \(frame.say("Alamat halaman ini dapat dibagikan.", "The address of this page can be shared."))</p>
            """
    }
}

/// The search box. It keeps the chosen filters, so that new words search within them.
package enum SearchForm {
    package static func plain(_ query: String, keeping selection: Selection? = nil, _ frame: Frame) -> HTML {
        """
        <form class="search plain" role="search" action="\(frame.to(.path("inovasi")))">\
        <label for="q">\(frame.say("Cari inovasi", "Search innovations"))</label><div>\
        <input type="search" id="q" name="q" value="\(query)" maxlength="500" enterkeyhint="search">\
        <button class="button">\(frame.say("Cari", "Search"))</button></div>\
        \(html(selection) { hidden($0.choices) })</form>
        """
    }

    private static func hidden(_ choices: [Selection.Choice]) -> HTML {
        choices.html { "<input type=\"hidden\" name=\"\($0.filter.rawValue)\" value=\"\($0.value)\">" }
    }
}
