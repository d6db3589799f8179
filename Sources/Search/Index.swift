import Foundation
import Synchronization

/// An index in memory. Readers take the snapshot of the moment and never wait for a writer's work; writers replace it.
package final class Index: Sendable {
    package let schema: Schema
    private let state: Mutex<Snapshot>
    private let writing = Mutex(())
    private let merging = Atomic(false)
    private let scratches = Scratch.Pool()

    package init(_ schema: Schema) {
        self.schema = schema
        state = Mutex(Snapshot())
    }

    /// An index of everything the builder holds, as of a change number.
    package init(_ builder: Builder, change: Int64 = 0) {
        schema = builder.schema
        state = Mutex(Snapshot(builder, change: change))
    }

    init(_ schema: Schema, _ snapshot: Snapshot) {
        self.schema = schema
        state = Mutex(snapshot)
    }

    var snapshot: Snapshot { state.withLock { $0 } }

    /// Documents that can be found.
    package var count: Int { snapshot.count }

    /// The number of the last change applied.
    package var change: Int64 { snapshot.change }

    package func contains(_ id: Int64) -> Bool { snapshot.contains(id) }

    /// Adds or replaces documents and deletes others, all at once for readers. A document in both lists is deleted.
    ///
    /// Small segments are merged on the way, large ones on a thread of their own, where nobody waits for it.
    package func apply(_ documents: [Document], deleting: [Int64] = [], change: Int64? = nil) {
        let large = writing.withLock { _ in
            var next = snapshot
            let deleted = Set(deleting)
            let builder = Builder(schema)
            for document in documents where !deleted.contains(document.id) { builder.add(document) }
            for id in deleted.union(documents.map(\.id)) { next.remove(id) }
            if builder.count > 0 { next.parts += Snapshot(builder, change: 0).parts }
            let large = next.compact(schema, upTo: Index.largestWait)
            next.change = change ?? next.change
            state.withLock { $0 = next }
            return large
        }
        let starts = large && !merging.exchange(true, ordering: .acquiringAndReleasing)
        if starts { Thread.detachNewThread { self.compact() } }
    }

    /// Merges that take more documents than this are not waited for.
    private static let largestWait = 20_000

    /// Makes every merge that is due, however large, while readers and writers go on.
    package func compact() {
        while let merge = snapshot.nextMerge(schema) {
            writing.withLock { _ in
                var next = snapshot
                next.adopt(merge)
                state.withLock { $0 = next }
            }
        }
        merging.store(false, ordering: .releasing)
    }

    /// The likeliest words that the last word of a text is the beginning of.
    package func completions(of text: String, limit: Int = 8) -> [String] {
        snapshot.completions(of: String(text.suffix(200)), limit: min(max(0, limit), 50))
    }

    /// Answers a query. Names of facets or keys that the schema lacks match nothing and are not counted.
    package func search(_ query: Query) -> Answer {
        let snapshot = snapshot
        let plan = Planner.plan(query, snapshot, schema)
        var result = Answer()
        result.unknown = plan.unknown
        result.suggestion = plan.suggestion
        result.marks = plan.marks
        result.searched = !plan.isEmpty
        let counted = schema.facets.indices.filter { query.counting.contains(schema.facets[$0]) }
        for facet in counted { result.facets[schema.facets[facet]] = [] }
        guard let ask = Ask(query, plan, schema) else { return result }

        var top = Top(capacity: ask.limit, after: ask.after)
        var sums = counted.map { _ in [String: Int]() }
        scratches.use { scratch in
            for (number, part) in snapshot.parts.enumerated() {
                var execution = Execution(
                    part, number, plan, coordination: plan.coordination(schema.coordination), key: ask.key, scratch)
                var counting = Counting(part.segment, filters: ask.filters, facets: counted)
                execution.run(&counting, &top)
                result.total += counting.total
                for (place, facet) in counted.enumerated() { counting.spread(facet, into: &sums[place]) }
            }
        }
        for (place, facet) in counted.enumerated() {
            result.facets[schema.facets[facet]] = sums[place].map { Answer.FacetCount(value: $0.key, count: $0.value) }
                .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
        }
        ask.finish(&result, top, snapshot, keys: schema.keys.count)
        return result
    }
}

/// A query's order, limits and filters, checked against the schema.
private struct Ask {
    let key: Int?
    let limit: Int
    let after: (place: Int64, tie: Int64)?
    let shown: Int
    let filters: [Int: Set<String>]

    init?(_ query: Query, _ plan: Plan, _ schema: Schema) {
        let key: Int?
        switch query.sort {
        case .relevance: key = plan.isEmpty ? 0 : nil
        case .newest: key = 0
        case .highest(let name):
            guard let found = schema.keys.firstIndex(of: name) else { return nil }
            key = found
        }
        self.key = key
        var filters: [Int: Set<String>] = [:]
        for (name, values) in query.filters where !values.isEmpty {
            guard let facet = schema.facets.firstIndex(of: name) else { return nil }
            filters[facet] = values
        }
        self.filters = filters
        // A cursor of another order than the one asked for begins anew.
        let cursor = query.cursor.flatMap { ($0.order == "k") == (key != nil) ? $0 : nil }
        shown = cursor?.shown ?? 0
        let byRelevance = key == nil
        after = cursor.map { ($0.place, byRelevance ? ~$0.id : $0.id) }
        let wanted = min(max(0, query.limit), Query.mostRows)
        limit = byRelevance ? max(0, min(wanted, Query.relevanceEnd - shown)) : wanted
    }

    func finish(_ result: inout Answer, _ top: Top, _ snapshot: Snapshot, keys: Int) {
        let best = top.best
        result.rows = best.map { entry in
            let segment = snapshot.parts[Int(entry.part)].segment
            let document = Int(entry.document)
            return Answer.Row(
                id: segment.ids[document], score: key == nil ? Float(bitPattern: UInt32(entry.place)) : 0,
                key: keys > 0 ? segment.keys[(key ?? 0) * segment.count + document] : 0)
        }
        let remaining = (after == nil ? result.total : top.eligible) - best.count
        guard remaining > 0, let last = best.last, let row = result.rows.last else { return }
        let seen = shown + best.count
        if key == nil, seen >= Query.relevanceEnd {
            result.cut = true
        } else {
            result.next = Cursor(order: key == nil ? "r" : "k", place: last.place, id: row.id, shown: seen)
        }
    }
}
