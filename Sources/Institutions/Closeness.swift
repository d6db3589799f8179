/// The number of single-letter insertions, deletions, substitutions and swaps of neighbours between two texts, or nil
/// when it is more than `limit` (optimal string alignment).
func distance(_ a: some StringProtocol, _ b: some StringProtocol, within limit: Int) -> Int? {
    let x = Array(a.utf8)
    let y = Array(b.utf8)
    guard abs(x.count - y.count) <= limit else { return nil }
    if x.isEmpty || y.isEmpty { return max(x.count, y.count) }
    var before = [Int](repeating: 0, count: y.count + 1)
    var above = Array(0...y.count)
    for i in 1...x.count {
        var row = [i] + [Int](repeating: 0, count: y.count)
        for j in 1...y.count {
            let substituted = above[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1)
            row[j] = min(above[j] + 1, row[j - 1] + 1, substituted)
            if i > 1, j > 1, x[i - 1] == y[j - 2], x[i - 2] == y[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
        }
        if let least = row.min(), least > limit { return nil }
        before = above
        above = row
    }
    return above[y.count] <= limit ? above[y.count] : nil
}

/// The one key closest to a text, if it is close enough for its length (one error from `shortest` letters, two from
/// twice as many less four) and no other answer is as close or only one error farther.
func closest<Answer: Hashable>(
    to text: String, among keys: some Sequence<(key: String, value: Answer)>, shortest: Int
) -> Answer? {
    guard text.utf8.count >= shortest else { return nil }
    let limit = text.utf8.count >= shortest * 2 - 4 ? 2 : 1
    var best: [Answer: Int] = [:]
    for (key, value) in keys {
        guard let d = distance(text, key, within: limit + 1) else { continue }
        best[value] = min(best[value] ?? .max, d)
    }
    let order = best.sorted { $0.value < $1.value }
    guard let first = order.first, first.value <= limit else { return nil }
    if order.count > 1, order[1].value <= first.value + 1 { return nil }
    return first.key
}
