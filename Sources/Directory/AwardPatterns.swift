import Foundation
import Text

/// Reads what sources write in a column named "award": prizes by listed patterns; everything else (a directory, a
/// nomination, a proposal, an article) is a note, and a stage is a stage. Parts are separated by semicolons.
///
/// A finalist is listed with rank `Finalis …`: the status was published by the organiser. What was only proposed,
/// nominated, exhibited or mentioned is no prize.
package enum AwardPatterns {
    /// What one cell holds; notes keep the source's words.
    package struct Reading: Sendable, Hashable {
        package var awards: [Innovation.Award] = []
        package var notes: [String] = []
        package var stage: Innovation.Stage?

        package init(awards: [Innovation.Award] = [], notes: [String] = [], stage: Innovation.Stage? = nil) {
            self.awards = awards
            self.notes = notes
            self.stage = stage
        }
    }

    /// Reads one cell; an empty cell gives an empty reading.
    package static func read(_ text: String) -> Reading {
        var reading = Reading()
        for part in parts(text.prefix(2_000)) {
            let whole = trimmed(String(part))
            if whole.isEmpty { continue }
            if let stage = stages[fold(whole)] {
                reading.stage = stage
                continue
            }
            let (outer, aside) = parentheses(whole)
            guard var award = award(in: outer) else {
                reading.notes.append(whole)
                continue
            }
            for remark in aside {
                let first = fold(remark).split(separator: " ").first.map(String.init) ?? ""
                if decrees.contains(first), award.decree == nil {
                    award.decree = remark
                } else {
                    reading.notes.append(whole)
                }
            }
            if !reading.awards.contains(award) { reading.awards.append(award) }
        }
        return reading
    }

    private static let stages: [String: Innovation.Stage] = [
        "penerapan": .implementation, "tahap penerapan": .implementation, "uji coba": .trial,
        "tahap uji coba": .trial, "ujicoba": .trial, "inisiatif": .initiative, "tahap inisiatif": .initiative,
    ]
    private static let decrees: Set<String> = ["kepmen", "keputusan", "sk", "kepgub", "kepwal", "kepbup", "kep"]

    /// Words of taking part, of being mentioned, or of a source.
    private static let noPrize: Set<String> = [
        "usulan", "diusulkan", "peserta", "diajukan", "ajuan", "nominasi", "nominator", "nomine", "contoh", "proposal",
        "lolos", "direkomendasikan", "rekomendasi", "pernah", "presentasi", "verifikasi", "ditampilkan", "pameran",
        "unggulan", "disebut", "menyebut", "liputan", "artikel", "pos", "direktori", "basis", "situs", "kajian", "ide",
        "program", "laboratorium", "dokumen", "peraturan", "inovasi", "seleksi", "calon", "kandidat", "mengikuti",
        "berpartisipasi", "partisipasi", "replikasi", "pendaftaran", "terdaftar", "portal", "berita", "buku",
    ]
    private static let rankWords: Set<String> = [
        "top", "juara", "terbaik", "finalis", "outstanding", "besar", "pemenang", "peringkat", "terpuji", "harapan",
        "utama", "emas", "perak", "perunggu",
    ]

    /// Words that say who holds a national competition and add nothing to its name.
    private static let organisers: Set<String> = [
        "tahun", "kemenpan", "kemenpanrb", "menpan", "panrb", "rb", "kemendagri", "ri",
    ]

    /// Programmes by the folded words that name them, the longest first.
    private static let programmes: [([String], String)] = [
        ("united nations public service awards", "UNPSA"), ("united nations public service award", "UNPSA"),
        ("un public service award", "UNPSA"), ("kompetisi inovasi pelayanan publik", "KIPP"),
        ("innovative government award", "IGA"), ("lomba inovasi daerah", "Lomba Inovasi Daerah"),
        ("inotek award", "Inotek Award"), ("sinovik kipp", "KIPP"), ("kovablik", "KOVABLIK"), ("krenova", "Krenova"),
        ("unpsa", "UNPSA"), ("sinovik", "KIPP"), ("kipp", "KIPP"), ("iga", "IGA"),
    ].map { ($0.0.split(separator: " ").map(String.init), $0.1) }

    private static let provinces: [String: String] = [
        "jateng": "Jawa Tengah", "jatim": "Jawa Timur", "jabar": "Jawa Barat", "sulsel": "Sulawesi Selatan",
        "sulteng": "Sulawesi Tengah", "sulut": "Sulawesi Utara", "sultra": "Sulawesi Tenggara",
        "sulbar": "Sulawesi Barat", "sumbar": "Sumatera Barat", "sumut": "Sumatera Utara",
        "sumsel": "Sumatera Selatan", "kalsel": "Kalimantan Selatan", "kalbar": "Kalimantan Barat",
        "kaltim": "Kalimantan Timur", "kalteng": "Kalimantan Tengah", "kaltara": "Kalimantan Utara",
        "diy": "DIY", "ntb": "Nusa Tenggara Barat", "ntt": "Nusa Tenggara Timur", "kepri": "Kepulauan Riau",
        "babel": "Kepulauan Bangka Belitung", "dki": "DKI Jakarta", "banten": "Banten", "bali": "Bali", "riau": "Riau",
        "jambi": "Jambi", "lampung": "Lampung", "aceh": "Aceh", "gorontalo": "Gorontalo", "malut": "Maluku Utara",
    ]

    /// The ranks of the national KIPP through the years: a bare "Top 99" can only be its.
    private static let nationalTops: Set<String> = ["99", "45", "40", "35", "33", "25", "9"]

    private struct Word {
        let raw: String
        let folded: String
    }

    private static func award(in text: String) -> Innovation.Award? {
        var words = text.split(whereSeparator: \.isWhitespace).flatMap { raw -> [Word] in
            let folded = fold(String(raw)).split(separator: " ").map(String.init)
            return folded.count == 1
                ? [Word(raw: raw.trimmingCharacters(in: .punctuationCharacters), folded: folded[0])]
                : folded.map { Word(raw: $0, folded: $0) }
        }
        var year: Int?
        if let i = words.lastIndex(where: { isYear($0.folded) }) {
            year = Int(words[i].folded)
            words.remove(at: i)
        }
        if words.first?.folded != "penghargaan" { words.removeAll { organisers.contains($0.folded) } }
        guard !words.isEmpty else { return nil }
        guard let (range, name) = programme(in: words) else { return unnamed(words, year) }
        let before = Array(words[..<range.lowerBound])
        var after = Array(words[range.upperBound...])
        let place = takePlace(&after)
        let rest = before + after
        let programme = [name, place].compactMap { $0 }.joined(separator: " ")
        if rest.isEmpty { return Innovation.Award(programme: programme, year: year) }
        guard rank(rest) else {
            // "Inotek Award Jatim inovasi daerah": the prize's class is no rank.
            let isClass = before.isEmpty && after.first?.folded == "inovasi" && name == "Inotek Award"
            return isClass ? Innovation.Award(programme: programme, year: year) : nil
        }
        return Innovation.Award(programme: programme, year: year, rank: joined(rest))
    }

    /// "Top 99", "Outstanding …", "Juara II Lomba X", "X Award Juara Utama", "Penghargaan X".
    private static func unnamed(_ words: [Word], _ year: Int?) -> Innovation.Award? {
        let folded = words.map(\.folded)
        let tail = folded.first == "finalis" ? Array(folded.dropFirst()) : folded
        if tail.first == "outstanding" || tail.first == "oapsi"
            || tail.starts(with: ["top", "inovasi", "terpuji"])
            || tail.count >= 2 && tail[0] == "top" && nationalTops.contains(tail[1])
                && tail.dropFirst(2).allSatisfy(["inovasi", "pelayanan", "publik", "nasional"].contains)
        {
            return Innovation.Award(programme: "KIPP", year: year, rank: joined(words))
        }
        if noPrize.contains(folded[0]) { return nil }
        if folded[0] == "penghargaan", words.count > 1 {
            return Innovation.Award(programme: "Penghargaan " + joined(Array(words.dropFirst())), year: year)
        }
        if let i = folded.firstIndex(where: { $0 == "award" || $0 == "awards" }), i > 0,
            !folded.contains(where: noPrize.contains)
        {
            let rest = Array(words[(i + 1)...])
            if !rest.isEmpty, !rank(rest) { return nil }
            return Innovation.Award(
                programme: joined(Array(words[...i])), year: year, rank: rest.isEmpty ? nil : joined(rest))
        }
        if folded[0] == "juara", words.count > 2 {
            return Innovation.Award(
                programme: joined(Array(words[2...])), year: year, rank: joined(Array(words[..<2])))
        }
        return nil
    }

    private static func programme(in words: [Word]) -> (Range<Int>, String)? {
        let folded = words.map(\.folded)
        for (name, title) in programmes where folded.count >= name.count {
            for start in 0...(folded.count - name.count) where folded[start...].starts(with: name) {
                return (start..<(start + name.count), title)
            }
        }
        return nil
    }

    /// Takes the place that follows a programme's name: "Jateng", "Provinsi Jawa Barat", "Kabupaten Kudus".
    private static func takePlace(_ words: inout [Word]) -> String? {
        while let first = words.first?.folded, ["nasional", "tingkat"].contains(first) { words.removeFirst() }
        guard let first = words.first else { return nil }
        if let province = provinces[first.folded] {
            words.removeFirst()
            return province
        }
        let levels = [
            "kabupaten": "Kabupaten", "kab": "Kabupaten", "kota": "Kota", "provinsi": "Provinsi", "prov": "Provinsi",
        ]
        let island = ["jawa", "sulawesi", "sumatera", "kalimantan", "nusa", "papua", "maluku"].contains(first.folded)
        guard levels[first.folded] != nil || island else { return nil }
        let end = words.firstIndex { rankWords.contains($0.folded) || noPrize.contains($0.folded) } ?? words.count
        var name = words[..<end].map(\.raw)
        if let level = levels[first.folded] { name[0] = level }
        if name.count > 1, name[0] == "Provinsi" { name.removeFirst() }
        words.removeFirst(end)
        return name.joined(separator: " ")
    }

    /// Words are a rank when they hold a word of ranking and none of merely taking part ("Terbaik replikasi" names
    /// the class of replications and is one).
    private static func rank(_ words: [Word]) -> Bool {
        guard let first = words.first, words.contains(where: { rankWords.contains($0.folded) }) else { return false }
        if rankWords.contains(first.folded) { return true }
        return Int(first.folded) != nil && words.count > 1 && words[1].folded == "besar"
    }

    private static func isYear(_ word: String) -> Bool {
        word.utf8.count == 4 && (word.hasPrefix("19") || word.hasPrefix("20")) && Int(word) != nil
    }

    private static func joined(_ words: [Word]) -> String { words.map(\.raw).joined(separator: " ") }

    /// The text at its semicolons, but not at those within parentheses.
    private static func parts(_ text: Substring) -> [String] {
        var out = [""]
        var depth = 0
        for c in text {
            if c == "(" { depth += 1 }
            if c == ")", depth > 0 { depth -= 1 }
            if c == ";", depth == 0 { out.append("") } else { out[out.count - 1].append(c) }
        }
        return out
    }

    private static func parentheses(_ text: String) -> (String, [String]) {
        var outer = ""
        var aside: [String] = []
        for (i, piece) in text.split(separator: "(", omittingEmptySubsequences: false).enumerated() {
            if i == 0 {
                outer += piece
            } else {
                let halves = piece.split(separator: ")", maxSplits: 1, omittingEmptySubsequences: false)
                aside.append(halves[0].trimmingCharacters(in: .whitespaces))
                if halves.count > 1 { outer += " " + halves[1] }
            }
        }
        return (outer, aside)
    }
}
