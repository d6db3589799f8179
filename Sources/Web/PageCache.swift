import Kernel
import Synchronization

/// Public pages of one data version, bounded in bytes. When it is full, those used longest ago go first.
package final class PageCache: Sendable {
    private struct Entry {
        let answer: StoredAnswer
        let cost: Int
        var lastUse: UInt64
    }

    private struct State {
        var version: Int64 = .min
        var entries: [String: Entry] = [:]
        var bytes = 0
        var clock: UInt64 = 0
        var hits: UInt64 = 0
        var misses: UInt64 = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// `limit` is in bytes.
    package init(limit: Int) { self.limit = limit }

    /// Bytes held, pages held, hits and misses so far.
    package var figures: (bytes: Int, pages: Int, hits: UInt64, misses: UInt64) {
        state.withLock { ($0.bytes, $0.entries.count, $0.hits, $0.misses) }
    }

    /// The page stored under a key for this data version, if it is still valid now.
    func find(_ key: String, version: Int64) -> StoredAnswer? {
        state.withLock { state in
            guard state.version == version, let index = state.entries.index(forKey: key) else {
                state.misses &+= 1
                return nil
            }
            let answer = state.entries.values[index].answer
            guard answer.isValid(at: .now()) else {
                state.misses &+= 1
                state.bytes -= state.entries.remove(at: index).value.cost
                return nil
            }
            state.clock &+= 1
            state.hits &+= 1
            state.entries.values[index].lastUse = state.clock
            return answer
        }
    }

    /// Keeps a page made from data of at least this version. Pages of an older version than the newest seen are not kept.
    func store(_ answer: StoredAnswer, key: String, version: Int64) {
        let cost = answer.cost + key.utf8.count * 2
        guard cost <= limit / 4 else { return }
        state.withLock { state in
            guard version >= state.version else { return }
            if version > state.version {
                state.version = version
                state.entries.removeAll(keepingCapacity: true)
                state.bytes = 0
            }
            state.clock &+= 1
            let old = state.entries.updateValue(Entry(answer: answer, cost: cost, lastUse: state.clock), forKey: key)
            state.bytes += cost - (old?.cost ?? 0)
            if state.bytes > limit { evict(&state) }
        }
    }

    // Down to three quarters at once, so that the sort is rare.
    private func evict(_ state: inout State) {
        for (key, entry) in state.entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            guard state.bytes > limit / 4 * 3 else { return }
            state.entries[key] = nil
            state.bytes -= entry.cost
        }
    }

    /// The same key for targets that mean the same: no empty parameters, different names in one order, the values of a
    /// repeated name in the order given.
    static func key(_ target: String) -> String {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return target }
        let pieces = target[target.index(after: mark)...].split(separator: "&")
        guard !pieces.isEmpty else { return String(target[..<mark]) }
        func name(_ piece: Substring) -> Substring { piece.prefix { $0 != "=" } }
        // Swift's sort is stable.
        return target[...mark]
            + pieces.sorted { name($0).utf8.lexicographicallyPrecedes(name($1).utf8) }.joined(separator: "&")
    }
}
