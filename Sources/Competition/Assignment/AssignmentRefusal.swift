import Foundation
import Kernel

/// Why the files of an assignment are not taken.
package enum AssignmentRefusal: Refusal, Hashable {
    case missingColumn(file: String, column: String)
    case width(file: String, line: Int, expected: Int, found: Int)
    case emptyName(file: String, line: Int)
    case repeated(file: String, line: Int, name: String)
    case notWhole(file: String, line: Int, column: String, text: String, range: ClosedRange<Int>)
    case limits(line: Int, name: String, least: Int, most: Int)
    case unknown(file: String, line: Int, name: String)
    case unlisted(file: String, name: String)

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .missingColumn(let file, let column):
            Phrase(
                "\(file) tidak memuat kolom \(column). Tambahkan kolom itu pada baris pertama.",
                "\(file) has no column \(column). Add it to the first line.")
        case .width(let file, let line, let expected, let found):
            Phrase(
                "\(file) baris \(line) berisi \(found) kolom, seharusnya \(expected). Periksa pemisah kolomnya.",
                "\(file) line \(line) has \(found) columns instead of \(expected). Check its separators.")
        case .emptyName(let file, let line):
            Phrase(
                "\(file) baris \(line) tidak bernama. Isi kolom pertamanya.",
                "\(file) line \(line) has no name. Fill its first column.")
        case .repeated(let file, let line, let name):
            Phrase(
                "\(file) baris \(line) mengulang \(name). Sisakan satu baris untuk setiap nama.",
                "\(file) line \(line) repeats \(name). Keep one line for each name.")
        case .notWhole(let file, let line, let column, let text, let range):
            Phrase(
                "\(file) baris \(line), kolom \(column): \"\(text)\" bukan bilangan bulat dari \(range.lowerBound) sampai \(range.upperBound).",
                "\(file) line \(line), column \(column): \"\(text)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        case .limits(let line, let name, let least, let most):
            Phrase(
                "evaluators.csv baris \(line): \(name) paling sedikit \(least) tetapi paling banyak \(most). Betulkan salah satunya.",
                "evaluators.csv line \(line): \(name) has min \(least) above max \(most). Correct one of them.")
        case .unknown(let file, let line, let name):
            Phrase(
                "\(file) baris \(line) menyebut \(name), yang tidak terdaftar. Daftarkan dahulu atau hapus.",
                "\(file) line \(line) names \(name), which is not listed. List it first or remove it.")
        case .unlisted(let file, let name):
            Phrase(
                "\(file) tidak memuat \(name). Tambahkan biayanya; sel kosong berarti konflik kepentingan.",
                "\(file) lacks \(name). Add its costs; an empty cell means a conflict of interest.")
        }
    }
}
