import Kernel

/// Why a merge is not shown or taken back.
package enum MergeRefusal: Refusal, Hashable {
    case unknown
    case emptyReason
    case longReason(Int)
    case undone(by: String, on: Day)

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .emptyReason, .longReason: .invalid
        case .undone: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown:
            Phrase("Penggabungan ini tidak ada. Buka daftar gabungan.", "There is no such merge. Open the list.")
        case .emptyReason: Phrase("Tulis alasannya.", "Write the reason.")
        case .longReason(let over): Phrase("Kurangi \(over) karakter.", "Shorten it by \(over) characters.")
        case .undone(let by, let on):
            Phrase(
                "Penggabungan ini sudah dibatalkan oleh \(by) pada \(on.long(.indonesian)).",
                "This merge was undone by \(by) on \(on.long(.english)).")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .emptyReason, .longReason: [Problem("alasan", message)]
        case .unknown, .undone: []
        }
    }
}
