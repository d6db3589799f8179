import Kernel

/// Why a query string or a form cannot be read.
package enum QueryRefusal: Refusal, Equatable {
    /// Broken percent-encoding or bytes that are not UTF-8.
    case notText(name: String)
    /// NUL or another control character.
    case control(name: String)
    /// More parameters than the limit.
    case tooMany(limit: Int)
    /// More characters than the limit.
    case tooLong(name: String, limit: Int)
    /// Not a whole number within the range.
    case notInRange(name: String, range: ClosedRange<Int>)
    /// Not one of the values that exist.
    case unknownValue(name: String, allowed: [String])
    /// A name that the address does not know.
    case unknownName(name: String, allowed: [String])
    /// Given twice where once is meant.
    case repeated(name: String)
    /// A form without a field it needs.
    case absent(name: String)

    package var kind: RefusalKind {
        switch self {
        case .notText, .control, .tooMany: .malformed
        default: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .notText(let name):
            Phrase(
                "Isi “\(name)” tidak terbaca sebagai teks UTF-8. Ketik ulang isinya.",
                "The value of “\(name)” cannot be read as UTF-8 text. Type it again.")
        case .control(let name):
            Phrase(
                "Isi “\(name)” memuat karakter kendali yang tidak diterima. Ketik ulang isinya.",
                "The value of “\(name)” holds a control character that is not accepted. Type it again.")
        case .tooMany(let limit):
            Phrase("Paling banyak \(limit) parameter.", "At most \(limit) parameters.")
        case .tooLong(let name, let limit):
            Phrase(
                "Isi “\(name)” terlalu panjang: paling banyak \(limit) karakter.",
                "The value of “\(name)” is too long: at most \(limit) characters.")
        case .notInRange(let name, let range):
            Phrase(
                "“\(name)” harus bilangan bulat dari \(range.lowerBound) sampai \(range.upperBound).",
                "“\(name)” must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        case .unknownValue(let name, let allowed):
            Phrase(
                "Nilai “\(name)” tidak dikenal. Yang ada: \(list(allowed)).",
                "The value of “\(name)” is not known. There are: \(list(allowed)).")
        case .unknownName(let name, let allowed):
            Phrase(
                "Parameter “\(name)” tidak dikenal. Yang ada: \(list(allowed)).",
                "The parameter “\(name)” is not known. There are: \(list(allowed)).")
        case .repeated(let name):
            Phrase("“\(name)” hanya boleh diisi satu kali.", "“\(name)” may be given only once.")
        case .absent(let name):
            Phrase("“\(name)” belum diisi.", "“\(name)” is missing.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .tooMany: []
        case .notText(let name), .control(let name), .tooLong(let name, _), .notInRange(let name, _),
            .unknownValue(let name, _), .unknownName(let name, _), .repeated(let name), .absent(let name):
            [Problem(name, message)]
        }
    }

    // A sentence that names thousands of values helps nobody.
    private func list(_ values: [String]) -> String {
        values.prefix(40).joined(separator: ", ") + (values.count > 40 ? ", …" : "")
    }
}
