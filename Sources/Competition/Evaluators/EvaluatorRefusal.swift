import Kernel

/// Why something about an evaluator or panelist is not done.
package enum EvaluatorRefusal: Refusal, Hashable {
    /// There is none in the edition, or the person may not know of it.
    case missing(Int)
    /// The account holds no seat in the edition now.
    case noSeat
    case taken
    case removed
    case notRemoved
    case noReason
    case fixedTie
    case invalid([Problem])

    package var kind: RefusalKind {
        switch self {
        case .missing, .noSeat: .missing
        case .taken, .removed, .notRemoved, .fixedTie: .conflict
        case .noReason, .invalid: .invalid
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .noReason: [Problem("alasan", message)]
        case .taken: [Problem("email", message)]
        default: []
        }
    }

    package var message: Phrase {
        switch self {
        case .missing(let id):
            Phrase(
                "Penilai nomor \(id) tidak ada pada edisi ini. Pilih dari daftar penilai.",
                "There is no evaluator number \(id) in this edition. Choose from the list.")
        case .noSeat:
            Phrase(
                "Anda tidak menjadi penilai atau panelis pada edisi ini.",
                "You are neither an evaluator nor a panelist of this edition.")
        case .taken:
            Phrase(
                "Orang ini sudah terdaftar pada edisi ini. Ubah lewat halamannya.",
                "This person is listed in this edition already. Change their own page.")
        case .removed:
            Phrase(
                "Orang ini sudah diberhentikan. Aktifkan kembali dahulu.",
                "This person was removed. Reinstate them first.")
        case .notRemoved: Phrase("Orang ini masih aktif.", "This person is still active.")
        case .noReason: Phrase("Tulis alasannya.", "Write the reason.")
        case .fixedTie:
            Phrase(
                "Yang sudah dinyatakan tidak dapat ditarik sendiri. Tulis kepada penyelenggara bila keliru.",
                "What was declared cannot be taken back by oneself. Write to the organiser if it is wrong.")
        case .invalid: Phrase("Perbaiki yang ditandai.", "Mend what is marked.")
        }
    }
}
