import Kernel

/// The way back through a keyset list: each page's address holds the places at which the pages before it ended, so that
/// "previous" needs no second order of the list.
package struct Trail: Sendable {
    /// Rows of one page.
    package static let size = 50
    private static let name = "sesudah"
    // A list longer than this many pages is filtered, not paged through.
    private static let longest = 100

    private let places: [String]

    package init(_ query: Query) {
        places = query.all(Trail.name).prefix(Trail.longest).filter { $0.utf8.count <= 60 }
    }

    /// After what this page begins; nil on the first.
    package var last: String? { places.last }

    /// The links to the pages before and after this one; nil where all is on it. `kept` are the filters of the list.
    package func pager(
        _ place: Address, _ kept: [(String, String)], shown: Int, total: Int, next: String?, _ frame: Frame
    ) -> Pager? {
        guard next != nil || !places.isEmpty else { return nil }
        let from = places.count * Trail.size + 1
        func address(_ places: [String]) -> Address {
            frame.to(place).adding(kept + places.map { (Trail.name, $0) })
        }
        return Pager(
            from: from, to: from + max(0, shown - 1), total: total,
            previous: places.isEmpty ? nil : address(places.dropLast()),
            next: places.count < Trail.longest ? next.map { address(places + [$0]) } : nil)
    }
}
