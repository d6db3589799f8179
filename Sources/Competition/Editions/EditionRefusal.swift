import Kernel

/// Why something about an edition is not done.
package enum EditionRefusal: Refusal, Hashable {
    case unknown(String)
    case unknownPart(String)
    case badCode
    case taken(String)
    /// What contradicts itself, or cannot be read.
    case contradictory([EditionProblem])
    case alreadyOpen
    case archived
    case noReason
    case changedMeanwhile

    package var kind: RefusalKind {
        switch self {
        case .unknown, .unknownPart: .missing
        case .alreadyOpen, .archived, .changedMeanwhile, .taken: .conflict
        case .badCode, .contradictory, .noReason: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown(let code):
            Phrase(
                "Edisi \(code.prefix(60)) tidak ada. Pilih dari daftar kompetisi.",
                "There is no edition \(code.prefix(60)). Choose from the list of competitions.")
        case .unknownPart(let part):
            Phrase("Bagian \(part.prefix(60)) tidak ada.", "There is no part \(part.prefix(60)).")
        case .badCode:
            Phrase(
                "Tulis kode dengan huruf kecil, angka, dan tanda hubung, misalnya kipp-2027.",
                "Write the code in lower-case letters, digits and dashes, e.g. kipp-2027.")
        case .taken(let code):
            Phrase("Kode \(code) sudah dipakai edisi lain.", "The code \(code) belongs to another edition.")
        case .contradictory:
            Phrase(
                "Perbaiki yang ditandai; edisi belum dapat dibuka.", "Mend what is marked; the edition cannot open yet."
            )
        case .alreadyOpen: Phrase("Edisi ini sudah dibuka.", "This edition is open already.")
        case .archived:
            Phrase(
                "Edisi ini arsip. Buat edisi baru dengan menyalinnya.",
                "This edition is an archive. Make a new one by copying it.")
        case .noReason:
            Phrase("Tulis alasan perubahan; alasan ini tampil untuk umum.", "Give the reason; it is shown publicly.")
        case .changedMeanwhile:
            Phrase(
                "Edisi ini diubah orang lain sesudah Anda membukanya. Bandingkan, lalu simpan lagi.",
                "Somebody changed this edition after you opened it. Compare, then save again.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .contradictory(let found):
            found.map { Problem("\($0.part.rawValue).\($0.row ?? 0).\($0.column ?? "")", $0.message) }
        case .badCode, .taken: [Problem("code", message)]
        case .noReason: [Problem("reason", message)]
        default: []
        }
    }
}
