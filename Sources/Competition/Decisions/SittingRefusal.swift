import Kernel

/// Why something about a sitting is not done.
package enum SittingRefusal: Refusal, Hashable {
    case missing
    case invalid([Problem])
    case changedMeanwhile
    case closed
    /// What keeps it from being closed.
    case unready([Phrase])
    /// The published constraints that its choice breaks, while no exception is stated.
    case unbalanced([Phrase])
    case notSigner

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .invalid, .unready, .unbalanced: .invalid
        case .changedMeanwhile, .closed, .notSigner: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .missing: Phrase("Sidang ini tidak ada.", "There is no such sitting.")
        case .invalid: Phrase("Perbaiki isian yang ditandai.", "Correct the fields marked.")
        case .changedMeanwhile:
            Phrase(
                "Berita acara ini diubah orang lain sesudah Anda membukanya. Bandingkan, lalu simpan lagi.",
                "Somebody changed these minutes after you opened them. Compare, then save again.")
        case .closed:
            Phrase(
                "Sidang ini sudah ditutup dan tidak berubah lagi. Perbaikan dibuat sebagai sidang baru.",
                "This sitting is closed and changes no more. A correction is made as a new sitting.")
        case .unready: Phrase("Sidang belum dapat ditutup.", "The sitting cannot be closed yet.")
        case .unbalanced:
            Phrase(
                "Pilihan ini melanggar susunan yang diumumkan. Ubah pilihannya, atau tulis alasan pengecualian.",
                "This choice breaks the published balance. Change it, or write the reason for an exception.")
        case .notSigner:
            Phrase(
                "Berita acara ditandatangani peserta sidang sesudah sidang ditutup.",
                "Minutes are signed by those who attended, once the sitting is closed.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .unready(let phrases): phrases.map { Problem("", $0) }
        case .unbalanced(let phrases): phrases.map { Problem("", $0) } + [Problem("pengecualian", message)]
        default: []
        }
    }
}
