import Kernel

/// Why a result is not frozen, or not found.
package enum ResultRefusal: Refusal, Hashable {
    case notDecided
    case noReason
    case unchanged(Int)
    case none(String)
    case unknownVersion(Int)

    package var kind: RefusalKind {
        switch self {
        case .none, .unknownVersion: .missing
        case .notDecided, .unchanged: .conflict
        case .noReason: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .notDecided:
            Phrase(
                "Belum ada sidang finalis atau penghargaan yang ditutup. Tutup sidang itu dulu, lalu bekukan hasilnya.",
                "No sitting on finalists or awards is closed yet. Close it first, then freeze the result.")
        case .noReason:
            Phrase(
                "Tulis mengapa hasil sebelumnya diganti; alasan ini tampil untuk umum.",
                "Give the reason why the earlier result is replaced; it is shown publicly.")
        case .unchanged(let number):
            Phrase(
                "Tidak ada yang berubah sejak versi \(number). Tidak perlu membekukan lagi.",
                "Nothing has changed since version \(number). There is nothing to freeze.")
        case .none(let code):
            Phrase(
                "Hasil edisi \(code.prefix(60)) belum dibekukan.",
                "The result of edition \(code.prefix(60)) is not frozen yet.")
        case .unknownVersion(let number):
            Phrase(
                "Hasil versi \(number) tidak ada. Pilih dari daftar versi.",
                "There is no version \(number) of the result. Choose from the list.")
        }
    }

    package var problems: [Problem] { self == .noReason ? [Problem("alasan", message)] : [] }
}
