import Foundation
import Text

/// What the title of an innovation is made of: the names it goes by, what explains them, and where it only says what
/// for.
///
/// "SISTEM PENYUSUNAN ANGGARAN SECARA ELEKTRONIK (E-BUDGETING)" goes by the bracket too; in "Daur Ulang Limbah Plastik
/// Menjadi Bahan Bakar Minyak (BBM)" the bracket shortens a term and names nothing. In "Optimalisasi Pendidikan
/// Kesetaraan melalui Pola Komunikasi" the rest from "melalui" on explains.
struct TitleReading: Sendable, Hashable {
    /// Every name as it is spelled, the title without its brackets first.
    private(set) var names: [String] = []
    /// What explains the name: the long form of a short one, a bracket, the text after a colon or a dash.
    private(set) var explanation: String?
    /// The name that stands for the whole, when the title says what it is short for.
    private(set) var short: String?
    /// The title without a short name that its other words spell out.
    private(set) var plain: String
    /// The title up to the words that say what for or how, and these words; nil when there are none.
    private(set) var beginning: String?
    private(set) var aim: String?

    /// The institution whose title it is; its own name before a name says nothing.
    private let own: OwnPlace

    init(_ title: String, of own: OwnPlace = OwnPlace("")) {
        self.own = own
        let title = String(title.prefix(1000))
        let (before, inside, bare) = TitleReading.bracket(title)
        plain = bare.isEmpty ? title : bare
        names.append(plain)
        if let (head, tail) = TitleReading.parted(plain) {
            names.append(head)
            explanation = tail
            if ShortName.spells(head, tail) {
                short = head
                names.append(tail)
            }
        }
        if !inside.isEmpty, !before.isEmpty { read(inside, after: TitleReading.parted(before)?.head ?? before) }
        if let quoted = TitleReading.quoted(title) { names.append(quoted) }
        let words = plain.split(separator: " ")
        if let place = words.lastIndex(where: { ["atau", "alias"].contains($0.lowercased()) }),
            (1...3).contains(words.count - place - 1), place >= 2
        {
            names.append(words[(place + 1)...].joined(separator: " "))
            names.append(words[..<place].joined(separator: " "))
        }
        readAim()
    }

    /// The numbers of the name, each once, in rising order of their digits.
    var numbers: [String] {
        Set(fold(head).split(separator: " ").filter { $0.allSatisfy(\.isNumber) }.map(String.init)).sorted()
    }

    /// The number with which the name ends, as editions do: "SIMPEL 2.0", "Tahap II".
    var edition: String? {
        let words = fold(head).split(separator: " ")
        let end = words.reversed().prefix { $0.allSatisfy(\.isNumber) || TitleReading.romans.contains($0) }
        return end.isEmpty || end.count == words.count ? nil : end.reversed().joined(separator: " ")
    }

    private var head: String { TitleReading.parted(names[0])?.head ?? names[0] }

    private static let romans: Set<Substring> = ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]

    private mutating func read(_ inside: String, after before: String) {
        let (outer, inner) = (ShortName.letters(before).count, ShortName.letters(inside).count)
        if inner < outer {
            if let spelled = TitleReading.words(before, withInitials: inside)
                ?? ShortName.words(before, spelling: inside)
            {
                let lead = String(before.dropLast(spelled.count))
                // Only a short name of all the words, or of what the title leads to, is the title's own.
                guard leadsToName(lead) else { return }
                short = inside
                explanation = spelled
                names += [inside, spelled]
            } else if isName(inside, after: before) {
                names.append(inside)
                explanation = before
            } else {
                explanation = inside
                plain += " " + inside
            }
            return
        }
        explanation = inside
        if ShortName.spells(before, inside) {
            short = before
            names.append(inside)
            plain = inside
        } else {
            plain += " " + inside
        }
    }

    /// One word that says more than a manner, or two behind a longer text: "Tilang Elektronik (ETLE)".
    private func isName(_ inside: String, after before: String) -> Bool {
        let words = fold(inside).split(separator: " ").map(String.init)
        if words.count == 1 { return TitleReading.wordCount(before) >= 2 && !TitleReading.isWeak(words[0]) }
        return words.count == 2 && TitleReading.wordCount(before) >= 3
    }

    private mutating func readAim() {
        let words = (names.first ?? plain).split(separator: " ")
        guard
            let end = words.indices.first(where: { place in
                TitleReading.markers.contains(fold(String(words[place])))
                    && words[..<place].count { !TitleReading.isWeak(fold(String($0))) } >= 3
            })
        else { return }
        beginning = words[..<end].joined(separator: " ")
        aim = words[(end + 1)...].joined(separator: " ")
    }

    /// Words after which a title says what for, how or for whom.
    private static let markers: Set<String> = [
        "untuk", "melalui", "yang", "dalam", "sebagai", "guna", "demi", "bagi", "agar", "menuju", "lewat", "via",
    ]

    /// Whether what follows some words is the innovation itself: they are weak, or lead to the name of a thing.
    private func leadsToName(_ lead: String) -> Bool {
        let words = fold(lead).split(separator: " ")
        if words.allSatisfy({ TitleReading.isWeak(String($0)) || own.names($0) }) { return true }
        return words.last.map { ["dengan", "melalui", "lewat", "via", "aplikasi", "berbasis"].contains($0) } ?? true
    }

    /// The end of a text whose words' initials are the letters of a short name: "pedagang kaki lima" for PKL, however
    /// well the words before would spell it too.
    private static func words(_ text: String, withInitials name: String) -> String? {
        let letters = ShortName.letters(name)
        let words = text.split(separator: " ")
        guard letters.count >= 2 else { return nil }
        for start in words.indices.reversed() {
            let end = words[start...].map(String.init)
            for kept in [end, end.filter { !StopWords.contains(fold($0)) }]
            where kept.count == letters.count && kept.compactMap({ ShortName.letters($0).first }) == letters {
                return end.joined(separator: " ")
            }
        }
        return nil
    }

    /// Words that say only that something is done or which kind of thing it is.
    static func isWeak(_ word: String) -> Bool {
        StopWords.contains(word) || weak.contains(word) || soundingWeak.contains(word)
    }

    private static let soundingWeak = Set(weak.map(TitleWording.sound))

    private static let weak: Set<String> = [
        "program", "inovasi", "aplikasi", "penerapan", "implementasi", "pelaksanaan", "penyelenggaraan", "pembentukan",
        "pembentukkan", "kegiatan", "kebijakan", "konsep", "model", "metode", "gerakan", "layanan", "pelayanan",
        "penerbitan", "pembuatan", "pemanfaatan", "penggunaan", "pengembangan", "pembangunan", "optimalisasi",
        "peningkatan", "sistem", "informasi", "sistim", "manajemen", "pengelolaan", "online", "daring", "digital",
        "elektronik", "berbasis", "terpadu", "terintegrasi", "web", "mobile", "e", "smart", "jemput", "bola", "one",
        "day", "service", "stop", "publik", "daerah",
    ]

    /// What stands before and inside the first bracket, and the title without any.
    private static func bracket(_ title: String) -> (before: String, inside: String, bare: String) {
        guard let open = title.firstIndex(of: "(") else { return (clean(title), "", clean(title)) }
        var bare = ""
        var depth = 0
        for letter in title {
            if letter == "(" { depth += 1 }
            if depth == 0 { bare.append(letter) }
            if letter == ")" { depth = max(0, depth - 1) }
        }
        let inside = title[title.index(after: open)...].prefix { $0 != ")" }
        return (clean(title[..<open]), clean(inside), clean(bare))
    }

    /// Both sides of a colon or a dash between spaces.
    private static func parted(_ title: String) -> (head: String, tail: String)? {
        let signs = [": ", " : ", " - ", " – ", " — ", " Sebuah ", " sebuah "]
        guard
            let sign = signs.compactMap({ place(of: $0, in: title) }).min(by: {
                $0.lowerBound < $1.lowerBound
            })
        else { return nil }
        let (head, tail) = (clean(title[..<sign.lowerBound]), clean(title[sign.upperBound...]))
        return head.isEmpty || tail.isEmpty ? nil : (head, tail)
    }

    /// What stands in quotes.
    private static func quoted(_ title: String) -> String? {
        for (open, close) in [("“", "”"), ("\"", "\""), ("‘", "’")] as [(Character, Character)] {
            guard let start = title.firstIndex(of: open) else { continue }
            let rest = title[title.index(after: start)...]
            guard let end = rest.firstIndex(of: close) else { continue }
            let inside = clean(rest[..<end])
            if ShortName.letters(inside).count >= 4 { return inside }
        }
        return nil
    }

    private static func clean(_ text: some StringProtocol) -> String {
        trimmed(text.trimmingCharacters(in: CharacterSet(charactersIn: " \"“”‘’'.,;:-–—")))
    }

    private static func wordCount(_ text: String) -> Int { fold(text).split(separator: " ").count }
}
