import Institutions
import Kernel
import Search

extension Catalogue {
    /// Runs a search; throws `InquiryRefusal.cursor` for a marker that no page gave.
    package func find(_ inquiry: Inquiry, counting: [Filter] = []) throws -> Found {
        var cursor: Cursor?
        if let text = inquiry.cursor {
            cursor = Cursor(text)
            guard cursor != nil else { throw InquiryRefusal.cursor }
        }
        let answer = index.search(
            Query(
                inquiry.text,
                filters: Dictionary(uniqueKeysWithValues: inquiry.filters.map { ($0.rawValue, Set($1)) }),
                sort: inquiry.order == .newest ? .newest : .relevance, limit: inquiry.limit, cursor: cursor,
                counting: counting.map(\.rawValue)))
        var facets: [Filter: [Found.Count]] = [:]
        for filter in counting {
            facets[filter] = (answer.facets[filter.rawValue] ?? []).map {
                Found.Count(value: $0.value, count: $0.count)
            }
        }
        let marks = answer.marks
        return Found(
            total: answer.total, ids: answer.rows.map { Int($0.id) }, facets: facets, next: answer.next?.text,
            from: (cursor?.shown ?? 0) + 1, cut: answer.cut, suggestion: answer.suggestion,
            marks: { marks.ranges(in: $0) })
    }

    /// The values a filter knows: what the register and closed lists define, or what records hold.
    package func known(_ filter: Filter) -> [String] {
        switch filter {
        case .province: register.provinces.map(\.code)
        case .institution: register.institutions.map(\.code)
        case .kind: Institution.Kind.allCases.map(\.rawValue)
        case .sdg: (1...17).map(String.init)
        case .status: Innovation.Continuity.allCases.map(\.rawValue)
        case .year, .category, .affair, .award: held(filter)
        }
    }

    /// The values that records hold, most frequent first; counted once for each state of the data.
    private func held(_ filter: Filter) -> [String] {
        let index = index
        if let values = heldValues.withLock({ $0.change == index.change ? $0.values[filter] : nil }) { return values }
        let counted = index.search(Query(limit: 0, counting: [filter.rawValue]))
        let values = counted.facets[filter.rawValue]?.map(\.value) ?? []
        heldValues.withLock {
            if $0.change != index.change { $0 = (index.change, [:]) }
            $0.values[filter] = values
        }
        return values
    }

    /// Complete counts over all records of one facet.
    package func counts(_ filter: Filter, where filters: [Filter: [String]] = [:]) -> [String: Int] {
        let asked = Dictionary(uniqueKeysWithValues: filters.map { ($0.rawValue, Set($1)) })
        let counts = index.search(Query(filters: asked, limit: 0, counting: [filter.rawValue])).facets[filter.rawValue]
        return Dictionary(uniqueKeysWithValues: (counts ?? []).map { ($0.value, $0.count) })
    }
}
