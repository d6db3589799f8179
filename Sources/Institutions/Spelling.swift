import Foundation
import Text

/// The words of a raw spelling with abbreviations of government written out, ready for comparison.
struct Spelling: Sendable, Hashable {
    let words: [String]

    /// Folds the text, writes abbreviations out and joins the many names of a water company into `pdam`.
    init(_ text: String) {
        var out: [String] = []
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.map { Self.isLetter($0) ? $0 : " " }))
        for word in fold(plain).split(separator: " ").map(String.init) {
            out += Spelling.writtenOut[word] ?? [word]
        }
        words = Spelling.joinWaterCompany(out)
    }

    init(words: [String]) { self.words = words }

    /// The words without what names often carry and as often leave out: "RI", legal forms, "dan".
    var core: [String] {
        var out: [String] = []
        var i = 0
        while i < words.count {
            if words[i] == "republik", i + 1 < words.count, words[i + 1] == "indonesia" {
                i += 2
                continue
            }
            if words[i] == "perusahaan", i + 1 < words.count, ["umum", "perseroan", "daerah"].contains(words[i + 1]) {
                i += 2
                continue
            }
            if !Spelling.carried.contains(words[i]) { out.append(words[i]) }
            i += 1
        }
        return out
    }

    /// A text in parentheses apart from the text around it.
    static func parts(_ text: String) -> (outer: String, inner: [String]) {
        var outer = ""
        var inner: [String] = []
        var depth = 0
        for c in text {
            if c == "(" || c == "[" {
                depth += 1
                if depth == 1 { inner.append("") }
                outer.append(" ")
            } else if (c == ")" || c == "]"), depth > 0 {
                depth -= 1
            } else if depth == 0 {
                outer.append(c)
            } else {
                inner[inner.count - 1].append(c)
            }
        }
        return (outer, inner)
    }

    /// Letters, digits and the marks that belong to letters; typographic quotes and dashes separate words.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII || scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    }

    private static let carried: Set<String> = [
        "ri", "dan", "pt", "persero", "perseroda", "tbk", "perum", "perumda", "pd", "cv",
    ]

    private static let writtenOut: [String: [String]] = [
        "kab": ["kabupaten"], "kabupten": ["kabupaten"], "kabuapten": ["kabupaten"], "kabupatn": ["kabupaten"],
        "prov": ["provinsi"], "prop": ["provinsi"], "propinsi": ["provinsi"],
        "pemkab": ["pemerintah", "kabupaten"], "pemkot": ["pemerintah", "kota"],
        "pemprov": ["pemerintah", "provinsi"], "pemprop": ["pemerintah", "provinsi"],
        "pemda": ["pemerintah", "daerah"], "pemdaprov": ["pemerintah", "provinsi"],
        "pemdakab": ["pemerintah", "kabupaten"], "pemdakot": ["pemerintah", "kota"],
        "pem": ["pemerintah"], "pemerintahan": ["pemerintah"],
        "kec": ["kecamatan"], "kel": ["kelurahan"], "kep": ["kepulauan"], "adm": ["administrasi"],
        "kodya": ["kota"], "kotamadya": ["kota"], "kotamadia": ["kota"], "kanwil": ["kantor", "wilayah"],
        "ditjen": ["direktorat", "jenderal"], "dirjen": ["direktorat", "jenderal"], "jendral": ["jenderal"],
        "univ": ["universitas"], "poltek": ["politeknik"],
    ]

    private static let waterCompanies: [[String]] = [
        ["perusahaan", "umum", "daerah", "air", "minum"], ["perusahaan", "daerah", "air", "minum"],
        ["perumda", "air", "minum"], ["perumda", "air", "bersih"], ["perumdam"], ["pudam"],
    ]

    private static func joinWaterCompany(_ words: [String]) -> [String] {
        for name in waterCompanies where words.count >= name.count {
            for start in 0...(words.count - name.count) where Array(words[start..<(start + name.count)]) == name {
                return words[..<start] + ["pdam"] + words[(start + name.count)...]
            }
        }
        return words
    }
}
