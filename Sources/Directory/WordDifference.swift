/// What changed between two texts, word by word, by Myers' algorithm (Algorithmica 1, 1986) of the standard library.
package struct WordDifference: Sendable, Hashable {
    package enum Run: Sendable, Hashable {
        case same(String)
        case removed(String)
        case added(String)
    }

    package let runs: [Run]

    /// Texts of more than this many words are shown as one removal and one addition, so that no page can cost much.
    private static let limit = 3000

    package init(from before: String, to after: String) {
        let old = before.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        let new = after.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard old.count + new.count <= WordDifference.limit else {
            runs = [.removed(before), .added(after)]
            return
        }
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var pieces: [Run] = []
        var i = 0
        var j = 0
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                WordDifference.append(.removed(old[i]), to: &pieces)
                i += 1
            } else if j < new.count, added.contains(j) {
                WordDifference.append(.added(new[j]), to: &pieces)
                j += 1
            } else {
                WordDifference.append(.same(new[j]), to: &pieces)
                i += 1
                j += 1
            }
        }
        runs = pieces
    }

    /// Joins a word to the run before it when both are of one kind.
    private static func append(_ run: Run, to runs: inout [Run]) {
        switch (runs.last, run) {
        case (.same(let a), .same(let b)): runs[runs.count - 1] = .same(a + " " + b)
        case (.removed(let a), .removed(let b)): runs[runs.count - 1] = .removed(a + " " + b)
        case (.added(let a), .added(let b)): runs[runs.count - 1] = .added(a + " " + b)
        default: runs.append(run)
        }
    }
}
