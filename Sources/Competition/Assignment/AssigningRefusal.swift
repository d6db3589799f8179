import Kernel

/// Why reads are not planned, released, given or taken back.
package enum AssigningRefusal: Refusal, Hashable {
    /// A plan, proposal or reading that is not there, or that the person may not know of.
    case missing(Int)
    /// The edition does not say how many reads a proposal gets.
    case noNeed
    case noProposals
    /// Nobody can be assigned: so many are listed, so many of them have not declared their conflicts.
    case nobodyReady(listed: Int, undeclared: Int)
    case complete
    case changedMeanwhile
    case released
    case over(Phrase)
    case noReason
    /// Every rule that it would break, in words.
    case breaks([Phrase])
    /// No evaluator can take the proposal: why each group cannot.
    case noReader(proposal: Int, conflicted: Int, known: Int, full: Int)

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .noReason: .invalid
        default: .conflict
        }
    }

    package var problems: [Problem] {
        switch self {
        case .noReason: [Problem("alasan", message)]
        case .breaks(let rules): rules.map { Problem("", $0) }
        default: []
        }
    }

    package var message: Phrase {
        switch self {
        case .missing(let id):
            Phrase("Nomor \(id) tidak ada di sini.", "There is no number \(id) here.")
        case .noNeed:
            Phrase(
                "Edisi ini belum menyebut berapa kali setiap usulan dibaca. Isi pada aturan, bagian Ringkasan.",
                "This edition does not say how often each proposal is read. Fill it in among its rules.")
        case .noProposals:
            Phrase("Belum ada usulan yang lulus administrasi.", "No proposal has passed the administrative check yet.")
        case .nobodyReady(let listed, let undeclared):
            listed == 0
                ? Phrase("Belum ada penilai. Undang penilai dahulu.", "There are no evaluators. Invite some first.")
                : Phrase(
                    "Tidak ada penilai yang siap: \(undeclared) dari \(listed) belum masuk atau belum menyatakan benturan.",
                    "No evaluator is ready: \(undeclared) of \(listed) have not signed in or not declared their conflicts."
                )
        case .complete:
            Phrase(
                "Semua usulan sudah mendapat penilai yang diperlukan.",
                "Every proposal has the evaluators that it needs.")
        case .changedMeanwhile:
            Phrase(
                "Usulan, penilai, atau benturan berubah selagi rencana dihitung. Buat rencana sekali lagi.",
                "Proposals, evaluators or conflicts changed while the plan was computed. Make it once more.")
        case .released: Phrase("Rencana ini sudah dilepas.", "This plan was released already.")
        case .over(let moment):
            Phrase(
                "Penilaian sudah ditutup \(moment.indonesian). Perpanjang tahapnya lebih dahulu.",
                "Evaluation closed on \(moment.english). Extend the stage first.")
        case .noReason: Phrase("Tulis alasannya.", "Write the reason.")
        case .breaks(let rules):
            Phrase(rules.map(\.indonesian).joined(separator: " "), rules.map(\.english).joined(separator: " "))
        case .noReader(let proposal, let conflicted, let known, let full):
            Phrase(
                "Tidak ada penilai yang dapat membaca usulan \(proposal): \(conflicted) berbenturan, \(known) sudah pernah ditugasi, \(full) sudah penuh bebannya. Tambah penilai atau naikkan batas.",
                "No evaluator can read proposal \(proposal): \(conflicted) in conflict, \(known) had it already, \(full) at their limit. Add evaluators or raise limits."
            )
        }
    }
}
