import Foundation
import Kernel

/// Why a search is not run as asked.
package enum InquiryRefusal: Refusal, Hashable {
    /// A filter value that no record and no register knows; with some of those that exist.
    case unknownValue(Filter, String, existing: [String])
    case unknownOrder(String)
    case limit
    case cursor

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .unknownValue(let filter, let value, let existing):
            Phrase(
                "Saringan \(filter.title.indonesian) tidak mengenal “\(value.prefix(60))”. Yang ada: \(existing.joined(separator: ", ")).",
                "The filter \(filter.title.english) does not know “\(value.prefix(60))”. It knows: \(existing.joined(separator: ", "))."
            )
        case .unknownOrder: Phrase("Urutan: relevance atau newest.", "The order is relevance or newest.")
        case .limit: Phrase("Jumlah per halaman 1 sampai 100.", "A page has 1 to 100 rows.")
        case .cursor:
            Phrase(
                "Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.",
                "This page marker is not known. Begin again from the first page.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .unknownValue(let filter, _, _): [Problem(filter.rawValue, message)]
        case .unknownOrder: [Problem("sort", message)]
        case .limit: [Problem("limit", message)]
        case .cursor: [Problem("cursor", message)]
        }
    }
}

/// A search as it was asked for: pages, API and exports share its names. A repeated name means *or*, different names
/// *and*.
package struct Inquiry: Sendable, Hashable {
    package var text: String
    package var filters: [Filter: [String]]
    package var order: Selection.Order
    package var limit: Int
    package var cursor: String?

    package static let names = ["q", "sort", "limit", "cursor"] + Filter.allCases.map(\.rawValue)

    package init(
        text: String = "", filters: [Filter: [String]] = [:], order: Selection.Order? = nil, limit: Int = 20,
        cursor: String? = nil
    ) {
        self.text = text
        self.filters = filters
        self.order = order ?? (text.isEmpty ? .newest : .relevance)
        self.limit = limit
        self.cursor = cursor
    }

    /// Reads parameters; `values` gives all values of a name, `known` those a filter knows.
    package init(_ values: (String) -> [String], known: (Filter) -> [String]) throws(InquiryRefusal) {
        let text = (values("q").first ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        var filters: [Filter: [String]] = [:]
        for filter in Filter.allCases {
            let asked = values(filter.rawValue)
            guard !asked.isEmpty else { continue }
            let existing = known(filter)
            for value in asked where !existing.contains(value) {
                throw .unknownValue(filter, value, existing: Array(existing.prefix(40)).sorted())
            }
            filters[filter] = Array(Set(asked)).sorted()
        }
        var order: Selection.Order?
        if let name = values("sort").first {
            order = Selection.Order(rawValue: name)
            guard order != nil else { throw .unknownOrder(name) }
        }
        var limit = 20
        if let asked = values("limit").first {
            guard let number = Int(asked), (1...100).contains(number) else { throw .limit }
            limit = number
        }
        self.init(text: text, filters: filters, order: order, limit: limit, cursor: values("cursor").first)
    }
}

/// What a search found: numbers of records, counts, and what to mark.
package struct Found: Sendable {
    package struct Count: Sendable, Hashable {
        package let value: String
        package let count: Int
    }

    package let total: Int
    package let ids: [Int]
    package let facets: [Filter: [Count]]
    package let next: String?
    /// The position of the first row, from 1.
    package let from: Int
    /// Whether relevance ended before the result did.
    package let cut: Bool
    package let suggestion: String?
    /// The stretches of a text that answer the words asked for.
    package let marks: @Sendable (String) -> [Range<String.Index>]
}
