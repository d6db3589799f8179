import Foundation

/// What the words of one field weigh in each record: rare words much, common ones little, and words that several
/// records of one group share less again, since they name a theme there and not one thing.
struct Rarity: Sendable {
    private let column: Column
    /// For each record, parallel to its value's stems.
    private let weights: [[Float]]
    /// For each stem its weight whatever the group; what parts two records is no theme.
    private let plain: [Float]
    private let alike: Double

    init(_ column: Column, group: Column?, _ model: LinkageModel.Rarity?) {
        self.column = column
        alike = model?.alike ?? 1
        let background = Double(model?.background ?? 0)
        let common = column.vocabulary.map { word in
            background * (model?.common?[String(decoding: word, as: UTF8.self)] ?? 0)
        }
        var frequency = [Int32](repeating: 0, count: column.vocabulary.count)
        var inGroup: [UInt64: Int32] = [:]
        func key(_ row: Int, _ stem: Int32) -> UInt64? {
            guard let group, let code = group.code(row) else { return nil }
            return UInt64(UInt32(bitPattern: group.folded[code])) << 32 | UInt64(UInt32(bitPattern: stem))
        }
        var held = 0
        for row in column.codes.indices {
            guard let code = column.code(row) else { continue }
            held += 1
            for stem in column.stems[code] {
                frequency[Int(stem)] += 1
                if let key = key(row, stem) { inGroup[key, default: 0] += 1 }
            }
        }
        let all = Double(held + 1) + background
        let plain = column.vocabulary.indices.map { stem in
            Float(min(log(all / (Double(frequency[stem]) + common[stem])), Rarity.most))
        }
        self.plain = plain
        weights = column.codes.indices.map { row in
            guard let code = column.code(row) else { return [] }
            return column.stems[code].map { stem in
                let others = key(row, stem).flatMap { inGroup[$0] } ?? 0
                return plain[Int(stem)] / (1 + 0.5 * Float(max(0, others - 2)))
            }
        }
    }

    /// What the rarest word weighs: that of one record in a thousand. More records make a word no more telling.
    private static let most = log(1000.0)

    struct Overlap {
        var shared = 0.0
        var a = 0.0
        var b = 0.0
        /// What the words weigh that only one of the two has.
        var onlyA = 0.0
        var onlyB = 0.0
        var jaccard: Double { a + b - shared > 0 ? shared / (a + b - shared) : 0 }
        var contained: Double { min(a, b) > 0 ? min(1, shared / min(a, b)) : 0 }
    }

    func overlap(_ i: Int, _ j: Int) -> Overlap? {
        guard let codeA = column.code(i), let codeB = column.code(j) else { return nil }
        let (a, b) = (column.stems[codeA], column.stems[codeB])
        let (weightsA, weightsB) = (weights[i], weights[j])
        var overlap = Overlap()
        for weight in weightsA { overlap.a += Double(weight) }
        for weight in weightsB { overlap.b += Double(weight) }
        var (restA, restB): ([Int], [Int]) = ([], [])
        var (x, y) = (0, 0)
        while x < a.count || y < b.count {
            if x < a.count, y < b.count, a[x] == b[y] {
                overlap.shared += Double(min(weightsA[x], weightsB[y]))
                x += 1
                y += 1
            } else if y >= b.count || (x < a.count && a[x] < b[y]) {
                restA.append(x)
                x += 1
            } else {
                restB.append(y)
                y += 1
            }
        }
        for x in restA { overlap.onlyA += Double(plain[Int(a[x])]) }
        for y in restB { overlap.onlyB += Double(plain[Int(b[y])]) }
        guard alike < 1 else { return overlap }
        for x in restA {
            let word = column.vocabulary[Int(a[x])]
            guard word.count >= 4 else { continue }
            var best: (place: Int, similarity: Double)?
            for (place, y) in restB.enumerated() {
                let other = column.vocabulary[Int(b[y])]
                guard other.count >= 4, abs(other.count - word.count) <= 3 else { continue }
                let similarity = jaroWinkler(word, other)
                if similarity >= alike, similarity > best?.similarity ?? 0 { best = (place, similarity) }
            }
            if let best {
                overlap.shared += Double(min(weightsA[x], weightsB[restB[best.place]])) * best.similarity
                overlap.onlyA -= Double(plain[Int(a[x])])
                overlap.onlyB -= Double(plain[Int(b[restB[best.place]])])
                restB.remove(at: best.place)
            }
        }
        return overlap
    }
}
