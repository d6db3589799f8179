import Hummingbird
import Institutions
import Kernel
import Web

/// The list of innovations: search, filters, order, pages.
struct ResultsPages {
    let innovations: Innovations
    let catalogue: Catalogue
    let site: DirectorySite

    /// The filters whose counts the page shows.
    static let counted: [Filter] = [.province, .year, .kind, .category, .sdg, .award, .status]

    func add(to routes: Routes) {
        routes.page("/inovasi") { request, context in
            let query = try request.query()
            let frame = Frame(request, context, publicURL: site.publicURL)
            do {
                let inquiry = try Inquiry({ query.all($0) }, known: catalogue.known)
                return try await page(inquiry, frame)
            } catch let refusal as InquiryRefusal {
                return .personal(ErrorView.page(waysOut(refusal, query), frame), status: 422)
            }
        }
    }

    private func page(_ inquiry: Inquiry, _ frame: Frame) async throws -> Answer {
        let register = catalogue.register
        let found = try catalogue.find(inquiry, counting: Self.counted)
        let listed = try await innovations.listed(found.ids)
        let label = { (filter: Filter, value: String) in
            register.label(filter, value, goals: site.goals, frame.language)
        }
        let selection = Selection(
            query: inquiry.text,
            choices: Filter.allCases.flatMap { filter -> [Selection.Choice] in
                (inquiry.filters[filter] ?? []).map { Selection.Choice(filter, $0, label: label(filter, $0)) }
            },
            order: inquiry.order)
        let facets = Self.counted.compactMap { filter -> Facet? in
            let chosen: [String] = inquiry.filters[filter] ?? []
            var counts: [Found.Count] = found.facets[filter] ?? []
            for value in chosen where !counts.contains(where: { $0.value == value }) {
                counts.append(Found.Count(value: value, count: 0))
            }
            guard !counts.isEmpty else { return nil }
            switch filter {
            case .year: counts.sort { $0.value > $1.value }
            case .sdg: counts.sort { (Int($0.value) ?? 0) < (Int($1.value) ?? 0) }
            default: break
            }
            let values = counts.map { count -> Facet.Value in
                let label = label(filter, count.value)
                return Facet.Value(
                    value: count.value, label: label, count: count.count, chosen: chosen.contains(count.value))
            }
            return Facet(filter, values)
        }
        var suggestion: Suggestion?
        if let text = found.suggestion {
            var other = inquiry
            other.text = text
            other.cursor = nil
            suggestion = Suggestion(query: text, total: try catalogue.find(other).total)
        }
        let marks = inquiry.text.isEmpty ? nil : found.marks
        let now = Instant.now()
        let entries = listed.map { Entry($0, register, at: now, marks: marks) }
        let model = ResultsPage(
            selection: selection, entries: entries, facets: facets,
            pager: try pager(inquiry, found, selection, frame), suggestion: suggestion,
            downloads: downloads(selection), ways: found.total == 0 ? try ways(inquiry, selection) : [])
        return .page(ResultsView.page(model, frame), until: entries.changesAt)
    }

    private func pager(_ inquiry: Inquiry, _ found: Found, _ selection: Selection, _ frame: Frame) throws -> Pager {
        func address(_ cursor: String?) -> Address {
            guard let cursor else { return frame.to(selection.address) }
            return frame.to(selection.address.adding([("cursor", cursor)]))
        }
        var previous: Address?
        if inquiry.cursor != nil {
            previous = address(try start(before: found.from, inquiry))
        }
        return Pager(
            from: found.from, to: found.from + max(found.ids.count, 1) - 1, total: found.total, previous: previous,
            next: found.next.map { address($0) },
            limit: found.cut
                ? Phrase(
                    "Menurut kesesuaian hanya 1.000 hasil pertama yang ditampilkan. Tambahkan kata atau saringan.",
                    "By best match only the first 1,000 results are shown. Add words or filters.") : nil)
    }

    /// The marker of the page before the one that begins at a position; nil is the first page, also when the way back is
    /// longer than 1,000 rows.
    private func start(before from: Int, _ inquiry: Inquiry) throws -> String? {
        let skip = from - 1 - inquiry.limit
        guard skip > 0, skip <= 1000 else { return nil }
        var first = inquiry
        first.cursor = nil
        first.limit = skip
        return try catalogue.find(first).next
    }

    private func downloads(_ selection: Selection) -> [Download] {
        let query = selection.query.isEmpty ? [] : [("q", selection.query)]
        let parameters = query + selection.choices.map { ($0.filter.rawValue, $0.value) }
        return [("CSV", "inovasi.csv"), ("Excel", "inovasi.xlsx"), ("JSON Lines", "inovasi.jsonl")].map {
            Download($0, .path($1, query: parameters))
        }
    }

    private func ways(_ inquiry: Inquiry, _ selection: Selection) throws -> [(choice: Selection.Choice, total: Int)] {
        try selection.choices.map { choice in
            var other = inquiry
            other.cursor = nil
            other.filters[choice.filter]?.removeAll { $0 == choice.value }
            if other.filters[choice.filter]?.isEmpty == true { other.filters[choice.filter] = nil }
            return (choice, try catalogue.find(other).total)
        }
    }

    /// The page that names what is wrong with the address and offers to drop it.
    private func waysOut(_ refusal: InquiryRefusal, _ query: Query) -> ErrorPage {
        let dropped: [(String, String)]
        let label: Phrase
        switch refusal {
        case .unknownValue(let filter, let value, _):
            dropped = query.parameters.filter { !($0.name == filter.rawValue && $0.value == value) }.map {
                ($0.name, $0.value)
            }
            label = Phrase("Hapus saringan “\(value.prefix(60))”", "Drop the filter “\(value.prefix(60))”")
        case .unknownOrder, .limit, .cursor:
            let name = refusal.problems.first?.field ?? ""
            dropped = query.parameters.filter { $0.name != name }.map { ($0.name, $0.value) }
            label = Phrase("Mulai dari halaman pertama", "Begin from the first page")
        }
        return ErrorPage(
            status: 422,
            ways: [.init(problem: refusal.message, label: label, address: .path("inovasi", query: dropped))])
    }
}
