import Foundation
import Kernel

/// What a blind edition's evaluators read of a proposal: its texts with the names hidden, and the documents that give
/// nobody away.
package struct Redaction: Sendable, Hashable, Codable {
    /// By field of the form.
    package var texts: [String: String]
    /// Codes of the documents that were cleared.
    package var documents: [String]

    package init(texts: [String: String], documents: [String]) {
        self.texts = texts
        self.documents = documents
    }

    init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    /// What stands in place of a name.
    static let mark = "▇▇▇"

    /// Words before the name of a place. What an office is called without `Dinas` or `Badan` is no name but its work.
    private static let kinds = [
        "Pemerintah", "Provinsi", "Kabupaten", "Kota", "Kab.", "Kab", "Pemprov", "Pemkab", "Pemkot", "Daerah", "Khusus",
        "Istimewa", "Ibukota", "DI", "DKI", "Prov.",
    ]

    /// The forms in which a name may stand in a text: whole, without the words before it, and in initials.
    static func forms(of name: String) -> [String] {
        var words = name.split(whereSeparator: \.isWhitespace).map(String.init)
        var found = [words.joined(separator: " ")]
        while words.count > 1, let first = words.first, kinds.contains(where: { $0.lowercased() == first.lowercased() })
        {
            words.removeFirst()
            found.append(words.joined(separator: " "))
        }
        let initials = name.split(whereSeparator: { !$0.isLetter }).filter { $0.first?.isUppercase ?? false }
            .compactMap(\.first)
        if initials.count > 2 { found.append(String(initials)) }
        return found.filter { $0.count > 2 }
    }

    /// A text in which names, addresses of mail and the web, and telephone numbers are hidden. Names are found as whole
    /// words, whatever their case and however they are spaced; the longest first.
    static func hide(_ names: [String], in text: String) -> String {
        let forms = Set(names.flatMap(forms)).sorted { ($0.count, $1) > ($1.count, $0) }
        let patterns =
            [
                "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]++@[\\p{L}\\p{N}.-]+", "(?:https?://|www\\.)[^\\s<>\"]+",
                "(?<![\\p{L}\\p{N}-])[\\p{L}\\p{N}-]++(?:\\.[\\p{L}\\p{N}-]+)*\\.(?:go\\.id|or\\.id|ac\\.id|co\\.id|id|com|org|net)(?:/[^\\s<>\"]*)?(?![\\p{L}\\p{N}])",
                "(?<![\\p{L}\\p{N}])(?:\\+62|62|0)[\\s.-]?\\d{2,4}(?:[\\s.-]?\\d{2,5}){1,3}(?!\\d)",
                "(?<![\\p{L}\\p{N}])@[A-Za-z0-9._]{3,}",
            ]
            + forms.map { form in
                let words = form.split(whereSeparator: \.isWhitespace).map {
                    NSRegularExpression.escapedPattern(for: String($0))
                }
                return "(?<![\\p{L}\\p{N}])" + words.joined(separator: "[\\s\\u00A0]+") + "(?![\\p{L}\\p{N}])"
            }
        var text = text
        for pattern in patterns {
            guard let expression = try? NSRegularExpression(pattern: pattern, options: [.caseInsensitive]) else {
                continue
            }
            text = expression.stringByReplacingMatches(
                in: text, range: NSRange(text.startIndex..., in: text),
                withTemplate: NSRegularExpression.escapedTemplate(for: mark))
        }
        // Two hidden names side by side are one.
        return text.replacing(mark + " " + mark, with: mark)
    }

    /// What is proposed for a proposal, to be looked over: every text with the names hidden, no document cleared.
    static func proposed(for content: [String: String], hiding names: [String]) -> Redaction {
        var texts = content
        for (field, text) in content where field == Proposal.titleField || field.hasPrefix("bagian.") {
            texts[field] = hide(names, in: text)
        }
        texts[Proposal.originalField] = nil
        return Redaction(texts: texts, documents: [])
    }
}
