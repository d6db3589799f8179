import Text

/// Finds the regions named in a spelling.
struct Gazetteer: Sendable {
    /// A place found in a run of words.
    struct Mention: Hashable {
        let range: Range<Int>
        /// The regions it may be, sorted by code.
        let codes: [String]
        /// The levels the text states before it ("Kota", "Kabupaten/Kota"); empty when it states none.
        let stated: Set<Region.Level>
        var manner: Manner = .exact

        enum Manner { case exact, otherKind, typo }
    }

    private struct Entry: Hashable {
        let code: String
        let level: Region.Level
        /// Counts only after "Kabupaten", "Kota", "Pemda" …: short or former names that are words of their own.
        let needsKind: Bool
    }

    private(set) var regions: [String: Region] = [:]
    private var entries: [String: [Entry]] = [:]

    init(regions list: [Region], names: [InstitutionName]) {
        for region in list {
            regions[region.code] = region
            let words = Spelling(region.name).words
            enter(
                words.filter { !["kabupaten", "kota", "administrasi"].contains($0) || words.count == 1 }, region, false)
            // "Lima Puluh Kota" carries a level's word inside its name.
            if words.count > 1, words.dropFirst().contains("kota") { enter(Array(words.dropFirst()), region, false) }
        }
        for name in names where name.kind != .official {
            guard let region = regions[String(name.code.dropFirst())], "PR".contains(name.code.prefix(1)) else {
                continue
            }
            let words = Spelling(name.name).words
            if words.count > 1, Self.level[words[0]] == region.level {
                enter(Array(words.dropFirst()), region, true)
            } else {
                let letters = words.joined().utf8.count
                enter(words, region, region.level != .province && name.kind == .short && letters <= 5)
            }
        }
    }

    private mutating func enter(_ words: [String], _ region: Region, _ needsKind: Bool) {
        let entry = Entry(code: region.code, level: region.level, needsKind: needsKind)
        let key = words.joined()
        if !entries[key, default: []].contains(where: { $0.code == entry.code && !$0.needsKind }) {
            entries[key, default: []].append(entry)
        }
    }

    static let level: [String: Region.Level] = ["kabupaten": .regency, "kota": .city, "provinsi": .province]

    /// Words that make another place of the one before them: "Bogor Barat" is not Bogor.
    private static let directions: Set<String> = [
        "utara", "selatan", "timur", "barat", "tengah", "tenggara", "laut", "daya", "raya", "hulu", "hilir", "dalam",
        "baru", "kepulauan", "jaya", "tua",
    ]

    /// The places named, from left to right, none overlapping.
    func mentions(in raw: [String]) -> [Mention] {
        let words = split(raw)
        var found: [Mention] = []
        var i = 0
        while i < words.count {
            if let mention = mention(in: words, at: i) {
                found.append(mention)
                i = mention.range.upperBound
            } else {
                i += 1
            }
        }
        return found
    }

    /// The words with a level's word cut off the place it is written together with ("KotaSemarang").
    func split(_ words: [String]) -> [String] {
        words.flatMap { word -> [String] in
            guard entries[word] == nil else { return [word] }
            for prefix in ["kabupaten", "provinsi", "kota"] where word.hasPrefix(prefix) {
                let rest = String(word.dropFirst(prefix.count))
                if entries[rest] != nil { return [prefix, rest] }
            }
            return [word]
        }
    }

    private func mention(in words: [String], at start: Int) -> Mention? {
        var i = start
        var stated: Set<Region.Level> = []
        while i < words.count, let level = Self.level[words[i]] {
            // "Kabupaten Kota Baru": the second word belongs to the name.
            if !stated.isEmpty, let named = longest(in: words, at: i), named.end > i + 1 { break }
            stated.insert(level)
            i += 1
        }
        let bare = longest(in: words, at: start)
        guard !stated.isEmpty else {
            guard let bare, !continues(words, bare.end) else { return nil }
            let official = start > 0 && ["daerah", "pemerintah", "bupati", "walikota"].contains(words[start - 1])
            let codes = bare.entries.filter { !$0.needsKind || official }.map(\.code)
            return codes.isEmpty ? nil : Mention(range: start..<bare.end, codes: sorted(codes), stated: [])
        }
        if i < words.count, words[i] == "administrasi" { i += 1 }
        let named = longest(in: words, at: i)
        if let bare, bare.end > (named?.end ?? 0), !continues(words, bare.end) {
            let codes = bare.entries.filter { !$0.needsKind }.map(\.code)
            if !codes.isEmpty { return Mention(range: start..<bare.end, codes: sorted(codes), stated: []) }
        }
        if let named, !continues(words, named.end) {
            let range = start..<named.end
            let fitting = named.entries.filter { stated.contains($0.level) }.map(\.code)
            if !fitting.isEmpty { return Mention(range: range, codes: sorted(fitting), stated: stated) }
            let lower = named.entries.filter { $0.level != .province && !$0.needsKind }.map(\.code)
            if lower.count == 1, !stated.contains(.province) {
                return Mention(range: range, codes: lower, stated: stated, manner: .otherKind)
            }
        }
        return misspelt(words, start, i, stated)
    }

    private func misspelt(_ words: [String], _ start: Int, _ i: Int, _ stated: Set<Region.Level>) -> Mention? {
        let known = entries.lazy.flatMap { key, list in
            list.filter { stated.contains($0.level) && !$0.needsKind }.map { (key: key, value: $0.code) }
        }
        for length in stride(from: min(4, words.count - i), to: 0, by: -1) {
            let end = i + length
            guard !continues(words, end) else { continue }
            if let code = closest(to: words[i..<end].joined(), among: known, shortest: 6) {
                return Mention(range: start..<end, codes: [code], stated: stated, manner: .typo)
            }
        }
        return nil
    }

    private func longest(in words: [String], at start: Int) -> (end: Int, entries: [Entry])? {
        for length in stride(from: min(6, words.count - start), to: 0, by: -1) {
            if let list = entries[words[start..<(start + length)].joined()] { return (start + length, list) }
        }
        return nil
    }

    private func continues(_ words: [String], _ end: Int) -> Bool {
        guard end < words.count else { return false }
        let word = words[end]
        if Self.directions.contains(word) { return true }
        let cut = word.utf8.count >= 3 && word != "tim"
        return Self.directions.contains {
            $0.utf8.count >= 5
                && (cut && $0.hasPrefix(word) || editDistance(Array($0.utf8), Array(word.utf8), limit: 1) != nil)
        }
    }

    private func sorted(_ codes: [String]) -> [String] { Set(codes).sorted() }
}
