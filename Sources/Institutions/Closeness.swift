import Text

/// The one key closest to a text, if it is close enough for its length (one error from `shortest` letters, two from
/// twice as many less four) and no other answer is as close or only one error farther.
func closest<Answer: Hashable>(
    to text: String, among keys: some Sequence<(key: String, value: Answer)>, shortest: Int
) -> Answer? {
    guard text.utf8.count >= shortest else { return nil }
    let limit = text.utf8.count >= shortest * 2 - 4 ? 2 : 1
    let letters = Array(text.utf8)
    var best: [Answer: Int] = [:]
    for (key, value) in keys {
        guard let d = editDistance(letters, Array(key.utf8), limit: limit + 1) else { continue }
        best[value] = min(best[value] ?? .max, d)
    }
    let order = best.sorted { $0.value < $1.value }
    guard let first = order.first, first.value <= limit else { return nil }
    if order.count > 1, order[1].value <= first.value + 1 { return nil }
    return first.key
}
