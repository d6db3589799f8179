import Foundation
import Text

/// One wording for what titles and units say in many: "akte" and "akta", "kartu identitas anak" and "KIA", "hoax clinic"
/// and "klinik hoaks", the name of the own place left out.
struct TitleWording: Sendable {
    /// Folded words to the words they are replaced by.
    private let phrases: [String: String]
    /// The numbers of words of the phrases that begin with a word, the greatest first.
    private let lengths: [Substring: [Int]]

    /// Reads the lines of a table of synonyms that begin with `=`; the first term stands for the others.
    init(synonyms table: String) {
        var phrases: [String: String] = [:]
        var lengths: [Substring: Set<Int>] = [:]
        func add(_ terms: [String]) {
            guard let first = terms.first else { return }
            for term in terms.dropFirst() where phrases[term] == nil && term != first {
                phrases[term] = first
                let words = term.split(separator: " ")
                if let start = words.first { lengths[start, default: []].insert(words.count) }
            }
        }
        for group in TitleWording.alike { add(group.split(separator: ",").map { fold(String($0)) }) }
        for line in table.split(whereSeparator: \.isNewline) where line.hasPrefix("=") {
            add(line.split(separator: "\t").dropFirst().map { fold(String($0)) }.filter { !$0.isEmpty })
        }
        self.phrases = phrases
        self.lengths = lengths.mapValues { $0.sorted(by: >) }
    }

    static let shipped: TitleWording = {
        let address = Bundle.module.url(forResource: "synonyms", withExtension: "tsv", subdirectory: "Reference")
        return TitleWording(synonyms: address.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? "")
    }()

    /// Words that say the same in titles of innovations, the first for the others.
    private static let alike = [
        "elektronik,online,daring,digital,e,digitalisasi,komputerisasi,berbasis komputer,berbasis it,berbasis web,web",
        "penanggulangan,pengentasan,pengurangan,penurunan", "kemitraan,kerjasama,kerja sama,kolaborasi",
        "terpadu,terintegrasi,one stop", "klinik,clinic", "taman,garden", "kota,city", "administrasi,administration",
        "satu hari,one day,sehari", "pusat,center,centre", "kebersihan,bersih", "keluhan,pengaduan,aduan",
        "capil,civil registration,civil administration,catatan sipil,pencatatan sipil",
    ]

    /// Folded text in one wording.
    func normal(_ text: String) -> String {
        let words = text.split(separator: " ")
        var out: [String] = []
        var at = 0
        next: while at < words.count {
            for length in lengths[words[at]] ?? [] where length <= words.count - at {
                if let one = phrases[words[at..<(at + length)].joined(separator: " ")] {
                    out.append(one)
                    at += length
                    continue next
                }
            }
            out.append(String(words[at]))
            at += 1
        }
        return TitleWording.sound(out.joined(separator: " "))
    }

    /// One spelling for loan words: "hoax" and "hoaks", "clinic" and "klinik".
    static func sound(_ text: String) -> String {
        var text = text.replacing("ph", with: "f").replacing("x", with: "ks").replacing("ch", with: "h")
        for soft in ["e", "i", "y"] { text = text.replacing("c" + soft, with: "s" + soft) }
        return text.replacing("c", with: "k")
    }
}

/// The words of an institution's name that its own titles may add without saying more.
struct OwnPlace: Sendable, Hashable {
    private let words: Set<Substring>
    /// The whole name of a company or a school; empty for a government.
    private let full: String
    /// The first word of a name of several, else nothing; and the letters of those that follow.
    private let first: Substring
    private let rest: String

    init(_ agency: String) {
        let folded = fold(agency)
        // "Kota" before a place is part of many a title: "Kota Surakarta Layak Anak".
        full = folded.split(separator: " ").first.map(OwnPlace.common.contains) ?? true ? "" : folded
        let telling = folded.split(separator: " ").filter { !OwnPlace.common.contains($0) }
        var words = Set(telling)
        for word in telling { words.formUnion(OwnPlace.bynames[word] ?? []) }
        self.words = words
        first = telling.count >= 2 ? telling[0] : ""
        rest = telling.dropFirst().joined()
    }

    /// Whether a folded word is of the name of the place.
    func names(_ word: Substring) -> Bool { words.contains(word) || isShortened(word) }

    /// A folded text without the name of the place, unless nothing else is left.
    func without(_ text: String) -> String {
        let text = full.contains(" ") ? trimmed(text.replacing(full, with: " ")) : text
        var words = text.split(separator: " ")[...]
        let ends = words.last.map { names($0) } ?? false
        while let last = words.last, names(last) { words.removeLast() }
        // "… di Kota Solo" leaves nothing of its place behind.
        while ends, words.count > 1, let last = words.last, OwnPlace.kinds.contains(last) { words.removeLast() }
        let kept = words.filter { !names($0) }
        return kept.isEmpty ? text : kept.joined(separator: " ")
    }

    /// "Lutra" for Luwu Utara, "Jabar" for Jawa Barat: the beginning of the first word, then letters of the others.
    private func isShortened(_ word: Substring) -> Bool {
        guard !first.isEmpty, (5...8).contains(word.count) else { return false }
        for split in 2...3 where word.count >= split + 2 && first.hasPrefix(word.prefix(split)) {
            var letters = word.dropFirst(split)
            for letter in rest where letters.first == letter { letters = letters.dropFirst() }
            if letters.isEmpty { return true }
        }
        return false
    }

    private static let kinds: Set<Substring> = ["di", "kota", "kabupaten", "provinsi", "kab", "se", "pemerintah"]

    private static let bynames: [Substring: Set<Substring>] = [
        "surakarta": ["solo"], "yogyakarta": ["jogja", "yogya", "jogjakarta"], "makassar": ["ujung pandang"],
        "jakarta": ["dki"], "bandung": [], "tangerang": ["tangsel"],
    ]

    /// The words of institutions' names that name no place.
    private static let common: Set<Substring> = [
        "pemerintah", "kota", "kabupaten", "provinsi", "daerah", "dan", "kementerian", "badan", "dinas", "republik",
        "indonesia", "nasional", "pt", "rumah", "sakit", "umum", "persero", "pusat", "negara", "prov", "kab", "pemkot",
        "pemkab", "pemprov", "pemda", "desa", "kecamatan", "kelurahan", "tbk", "perusahaan", "lembaga", "pemenang",
    ]
}
