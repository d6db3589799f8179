import Directory
import Foundation
import Kernel

/// What is wrong with one typed value.
struct Misreading: Error {
    let message: Phrase
}

extension ClaimField {
    /// The canonical spelling of what was typed, which is not empty.
    func read(_ typed: String) -> Result<String, Misreading> {
        func wrong(_ message: Phrase) -> Result<String, Misreading> { .failure(Misreading(message: message)) }
        guard !typed.utf8.contains(0) else {
            return wrong(
                Phrase(
                    "Isian memuat tanda yang tidak terbaca. Ketik ulang.", "It holds an unreadable sign. Type it again."
                ))
        }
        let line = Innovation.line(typed)
        switch form {
        case .text:
            let text = Innovation.lines(typed)
            return text.count <= 20_000 ? .success(text) : wrong(Self.tooLong(20_000))
        case .line: return line.count <= 500 ? .success(line) : wrong(Self.tooLong(500))
        case .day: return Day(typed: line).map { .success($0.iso) } ?? wrong(Day.wanted)
        case .number:
            return Measure(typed: line).map { .success($0.digits) }
                ?? wrong(
                    Phrase("Tulis angka saja, misalnya 27,5 atau 1.234.", "Write a number only, e.g. 27,5 or 1.234."))
        case .rupiah:
            return Measure.rupiah(typed: line).map { .success(String($0)) }
                ?? wrong(
                    Phrase(
                        "Tulis rupiah penuh tanpa sen, misalnya 150.000.000.", "Write whole rupiah, e.g. 150.000.000."))
        case .year:
            guard line.utf8.count == 4, let year = Int(line), (1900...2999).contains(year) else {
                return wrong(
                    Phrase(
                        "Tulis tahun dengan empat angka, misalnya 2024.", "Write the year in four digits, e.g. 2024."))
            }
            return .success(line)
        case .link: return Self.link(line).map { .success($0) } ?? wrong(Self.linkWanted)
        case .yes:
            switch line {
            case "yes", "on", "true", "1": return .success("yes")
            default: return wrong(Phrase("Centang atau kosongkan.", "Tick it or leave it empty."))
            }
        case .choice(let choices):
            return choices.contains { $0.code == line }
                ? .success(line) : wrong(Phrase("Pilih salah satu.", "Choose one."))
        }
    }

    private static func tooLong(_ limit: Int) -> Phrase {
        Phrase(
            "Paling banyak \(Language.indonesian.number(limit)) huruf.",
            "At most \(Language.english.number(limit)) characters.")
    }

    /// An address that a reader may be sent to: http or https, a host with a name, nobody's password in it.
    static func link(_ text: String) -> String? {
        guard text.utf8.count <= 2000, let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), scheme == "https" || scheme == "http",
            let host = parts.host, host.contains("."), !host.hasPrefix("."), !host.hasSuffix("."),
            parts.user == nil, parts.password == nil
        else { return nil }
        return text
    }

    private static let linkWanted = Phrase(
        "Tulis tautan lengkap yang diawali https://", "Write the whole link, beginning with https://")
}

extension Measure {
    /// Reads the canonical spelling.
    package init?(digits: String) {
        let plain = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
        guard !plain.isEmpty, plain.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else { return nil }
        self.init(canonical: digits)
    }
}
