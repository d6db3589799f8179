import Foundation
import Institutions
import Kernel

/// Synthetic rows shaped like real ones, for measuring: nothing in them says anything about anybody.
///
/// Titles, short names with their expansions, institutions and regions of the register, years, categories, awards, goals
/// and a summary of some 80 words. The words are made of syllables and Indonesian affixes and as frequent as words are
/// (Zipf). The same seed gives the same rows, whatever their number: row 7 is row 7.
package struct Generator: Sendable {
    package static let header = [
        ImportColumn.id, .title, .agency, .unit, .region, .year, .award, .category, .description, .note, .stage, .form,
        .affair, .sdgs, .continuity,
    ].map(\.rawValue)

    private let seed: UInt64
    private let owners: [[(name: String, region: String)]]
    private let categories = Category.shipped.map(\.indonesian)

    package init(seed: UInt64, register: Register) {
        self.seed = seed
        owners = Self.kinds.map { kind, _ in
            register.institutions.filter { $0.kind == kind && $0.until == nil }.map {
                ($0.name, register.region($0.region)?.name ?? "")
            }
        }
    }

    /// The cells of a row in the order of `header`; the first row is number 1.
    package func row(_ number: Int) -> [String] {
        var dice = Dice(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number))
        let digits = String(number)
        let id = "G" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        let citizen = dice.often(0.1)
        let owner = owner(&dice)
        let year = 2010 + Int(16 * dice.unit().squareRoot())
        return [
            id, title(&dice), owner.name, dice.often(0.7) ? dice.one(of: Self.units) : "", owner.region,
            dice.often(0.9) ? String(year) : "", dice.often(0.15) ? dice.one(of: Self.awards) + " \(year)" : "",
            citizen ? "inovasi masyarakat" : dice.often(0.8) && !categories.isEmpty ? dice.skewed(categories) : "",
            summary(&dice), dice.often(0.03) ? "Contoh buatan untuk pengukuran" : "",
            dice.often(0.6) ? dice.one(of: Self.stages) : "",
            citizen ? "" : dice.often(0.5) ? dice.one(of: Self.forms) : "",
            dice.often(0.4) ? dice.one(of: Self.affairs) : "", goals(&dice),
            dice.often(0.5) ? dice.one(of: Self.continuities) : "",
        ]
    }

    private func owner(_ dice: inout Dice) -> (name: String, region: String) {
        var share = dice.unit()
        for (place, (_, weight)) in Self.kinds.enumerated() {
            share -= weight
            if share < 0, !owners[place].isEmpty { return dice.one(of: owners[place]) }
        }
        return ("", "")
    }

    private func title(_ dice: inout Dice) -> String {
        let words =
            [dice.one(of: Self.openings)] + (0..<(2 + dice.below(4))).map { _ in Vocabulary.word(&dice).capitalized }
        guard dice.often(0.45) else { return words.joined(separator: " ") }
        let short = words.map { $0.prefix(2).uppercased() }.joined()
        return "\(short) (\(words.joined(separator: " ")))"
    }

    private func summary(_ dice: inout Dice) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(800)
        let count = 60 + dice.below(41)
        var sentence = 0
        for word in 1...count {
            let start = out.count
            if sentence > 0, dice.often(0.22) {
                out += dice.one(of: Self.smallWords)
            } else {
                Vocabulary.append(&dice, to: &out)
            }
            if sentence == 0 { out[start] -= 32 }
            sentence += 1
            if word == count || (sentence > 7 && dice.often(0.2)) {
                out.append(UInt8(ascii: "."))
                sentence = 0
            }
            if word < count { out.append(32) }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private func goals(_ dice: inout Dice) -> String {
        guard dice.often(0.6) else { return "" }
        let numbers = Set((0...dice.below(3)).map { _ in 1 + dice.below(17) })
        return numbers.sorted().map(String.init).joined(separator: ", ")
    }

    /// Who owns innovations, roughly as in the collections that are public.
    private static let kinds: [(Institution.Kind, Double)] = [
        (.regency, 0.42), (.city, 0.25), (.province, 0.12), (.ministry, 0.08), (.agency, 0.06), (.university, 0.03),
        (.stateEnterprise, 0.02), (.regionalEnterprise, 0.02),
    ]
    private static let openings = [
        "Sistem", "Layanan", "Aplikasi", "Gerakan", "Program", "Klinik", "Rumah", "Sekolah", "Pelayanan", "Kampung",
        "Pojok", "Mobil", "Bank", "Desa", "Pusat", "Loket",
    ]
    private static let units = [
        "Dinas Kesehatan", "Dinas Pendidikan", "Bappeda", "Dinas Kependudukan dan Catatan Sipil", "DPMPTSP",
        "Dinas Koperasi dan UKM", "Dinas Sosial", "Dinas Perpustakaan dan Kearsipan", "Dinas Lingkungan Hidup",
        "Dinas Pertanian", "RSUD", "Puskesmas", "Kecamatan", "Dinas Perhubungan", "Badan Pendapatan Daerah",
    ]
    private static let awards = ["Top 99 KIPP", "Top 45 KIPP", "Finalis KIPP", "IGA", "Top 30 KIPP"]
    private static let stages = ["inisiatif", "uji coba", "penerapan"]
    private static let forms = ["pelayanan publik", "tata kelola", "lainnya"]
    private static let affairs = ["kesehatan", "pendidikan", "sosial", "perhubungan", "pangan", "perpustakaan"]
    private static let continuities = ["berlanjut dengan pengembangan", "berlanjut", "berhenti"]
    private static let smallWords = ["dan", "untuk", "yang", "di", "dengan", "dari", "pada", "oleh", "bagi", "serta"]
        .map { Array($0.utf8) }
}

extension Generator {
    /// Twenty thousand roots of syllables, the n-th as frequent as 1 / (n + 2.7), with Indonesian affixes.
    package enum Vocabulary {
        package static let count = 20_000

        /// A root without affixes; the most frequent is number 0.
        package static func root(_ number: Int) -> String {
            var out: [UInt8] = []
            append(root: number, to: &out)
            return String(decoding: out, as: UTF8.self)
        }

        fileprivate static func word(_ dice: inout Dice) -> String {
            var out: [UInt8] = []
            append(&dice, to: &out)
            return String(decoding: out, as: UTF8.self)
        }

        fileprivate static func append(_ dice: inout Dice, to out: inout [UInt8]) {
            let affix = dice.below(prefixes.count)
            out += prefixes[affix]
            append(root: pick(dice.unit()), to: &out)
            out += suffixes[affix]
        }

        private static func append(root number: Int, to out: inout [UInt8]) {
            var rest = number
            for _ in 0..<3 {
                out += syllables[rest % syllables.count]
                rest /= syllables.count
            }
            if rest > 0 { out += syllables[rest % syllables.count] }
        }

        private static func pick(_ share: Double) -> Int {
            var lower = 0
            var upper = count - 1
            while lower < upper {
                let middle = (lower + upper) / 2
                if cumulative[middle] < share { lower = middle + 1 } else { upper = middle }
            }
            return lower
        }

        private static let cumulative: [Double] = {
            var sum = 0.0
            let sums = (0..<count).map { number in
                sum += 1 / (Double(number) + 2.7)
                return sum
            }
            return sums.map { $0 / sum }
        }()
        private static let syllables = [
            "ka", "ri", "to", "ba", "mu", "la", "si", "den", "pur", "wa", "ne", "go", "ti", "sa", "ram", "bi", "lo",
            "ku",
            "ma", "ha",
        ].map { Array($0.utf8) }
        private static let prefixes = ["", "me", "pe", "di", "ber", "ter", "ke", "", ""].map { Array($0.utf8) }
        private static let suffixes = ["", "an", "", "kan", "", "", "an", "i", "nya"].map { Array($0.utf8) }
    }
}

/// Throws for made-up records, the same for the same seed.
private struct Dice {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed) }

    mutating func next() -> UInt64 { random.next() }
    mutating func unit() -> Double { random.unit() }
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
    mutating func often(_ share: Double) -> Bool { unit() < share }
    mutating func one<T>(of list: [T]) -> T { list[below(list.count)] }
    /// The first of a list more often than the last.
    mutating func skewed<T>(_ list: [T]) -> T { list[Int(Double(list.count) * unit() * unit())] }
}
