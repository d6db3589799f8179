import Kernel

/// Why an award is not issued, revoked or shown.
package enum AwardRefusal: Refusal, Hashable {
    case unknown(String)
    /// Nothing was decided about awards in the newest frozen result.
    case nothingToIssue
    /// No announcement of awards names a decree with number and date.
    case noDecree
    /// The database says something else than the newest frozen result.
    case outdated(Int)
    case noReason
    case alreadyRevoked(Day)
    /// The program that makes PDFs is not there, or failed.
    case noPDF

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .nothingToIssue, .noDecree, .outdated, .alreadyRevoked: .conflict
        case .noReason: .invalid
        case .noPDF: .unavailable
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown(let serial):
            Phrase(
                "Piagam \(serial.prefix(60)) tidak ada. Periksa nomornya, huruf demi huruf.",
                "There is no certificate \(serial.prefix(60)). Check its number, letter by letter.")
        case .nothingToIssue:
            Phrase(
                "Semua penghargaan dalam hasil yang dibekukan sudah diterbitkan.",
                "Every award in the frozen result is issued already.")
        case .noDecree:
            Phrase(
                "Belum ada keputusan. Tulis nomor dan tanggal keputusan pada pengumuman penghargaan, lalu terbitkan.",
                "There is no decree yet. Give its number and date with the announcement of awards, then issue.")
        case .outdated(let number):
            Phrase(
                "Sidang penghargaan berubah sesudah hasil versi \(number) dibekukan. Bekukan hasil baru dulu.",
                "The sittings on awards changed after version \(number) was frozen. Freeze a new result first.")
        case .noReason:
            Phrase(
                "Tulis alasan pencabutan; alasan ini tampil untuk umum.",
                "Give the reason for revoking; it is shown publicly.")
        case .alreadyRevoked(let on):
            Phrase(
                "Penghargaan ini sudah dicabut pada \(on.long(.indonesian)).",
                "This award was revoked on \(on.long(.english)) already.")
        case .noPDF:
            Phrase(
                "PDF belum dapat dibuat di sini. Cetak halaman piagam dari peramban; isinya sama.",
                "No PDF can be made here now. Print the certificate's page from the browser; it says the same.")
        }
    }

    package var problems: [Problem] { self == .noReason ? [Problem("alasan-cabut", message)] : [] }
}
