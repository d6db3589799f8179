/// Jaro's similarity with Winkler's bonus for a common beginning of up to four letters, 0 to 1 (1 is equal).
///
/// Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model", 1990.
package func jaroWinkler(_ a: String, _ b: String) -> Double {
    let a = Array(a.unicodeScalars)
    let b = Array(b.unicodeScalars)
    if a == b { return 1 }
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    let reach = max(0, max(a.count, b.count) / 2 - 1)
    var takenA = [Bool](repeating: false, count: a.count)
    var takenB = [Bool](repeating: false, count: b.count)
    var matches = 0
    for i in a.indices {
        let low = max(0, i - reach)
        let high = min(b.count, i + reach + 1)
        guard low < high else { continue }
        for j in low..<high where !takenB[j] && a[i] == b[j] {
            takenA[i] = true
            takenB[j] = true
            matches += 1
            break
        }
    }
    guard matches > 0 else { return 0 }
    var swapped = 0
    var j = 0
    for i in a.indices where takenA[i] {
        while !takenB[j] { j += 1 }
        if a[i] != b[j] { swapped += 1 }
        j += 1
    }
    let m = Double(matches)
    let jaro = (m / Double(a.count) + m / Double(b.count) + (m - Double(swapped) / 2) / m) / 3
    let common = zip(a, b).prefix(4).prefix { $0 == $1 }.count
    return jaro + Double(common) * 0.1 * (1 - jaro)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other
/// (optimal string alignment); nil when more than `limit` are needed.
package func editDistance(_ a: String, _ b: String, limit: Int = .max) -> Int? {
    editDistance(Array(a.unicodeScalars.map(\.value)), Array(b.unicodeScalars.map(\.value)), limit: limit)
}

/// The same on any comparable letters, such as UTF-8 bytes.
package func editDistance<Letter: Equatable>(_ a: [Letter], _ b: [Letter], limit: Int = .max) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var row = before
    for i in 1...a.count {
        row[0] = i
        var least = i
        for j in 1...b.count {
            var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
            row[j] = cost
            least = min(least, cost)
        }
        if least > limit { return nil }
        (before, last, row) = (last, row, before)
    }
    return last[b.count] <= limit ? last[b.count] : nil
}

/// The share of words two texts have in common after folding and stemming, stop words aside: 0 to 1.
package func tokenJaccard(_ a: String, _ b: String) -> Double {
    let a = stems(of: a)
    let b = stems(of: b)
    let all = a.union(b).count
    return all == 0 ? 0 : Double(a.intersection(b).count) / Double(all)
}

/// The distinct stems of a text without stop words.
package func stems(of text: String) -> Set<String> {
    Set(tokens(in: text).lazy.map(\.word).filter { !StopWords.contains($0) }.map(Stemmer.indonesian.stem))
}
