import Directory
import Kernel

/// A field that two people changed to different values.
package struct FieldDifference: Sendable, Hashable {
    package let field: Innovation.Field
    package let mine: String?
    package let theirs: String?
}

/// Why a draft is not shown, written, submitted, returned or validated.
package enum DraftRefusal: Refusal, Hashable {
    /// There is none, or the person may not know of it.
    case missing(Int)
    case notYours
    case notValidator
    case wroteIt
    /// The office has somebody who can validate: neither leader nor Hub does it instead.
    case hasReviewer
    /// Not in this state.
    case state(Draft.State)
    /// Others changed the same fields after the version that these changes were based on.
    case changedMeanwhile([FieldDifference], version: Int)
    case invalid([Problem])
    /// The innovation has an open draft already, by its number.
    case alreadyOpen(Int)
    /// What is still missing before it can be submitted.
    case incomplete([Finding])
    /// Somebody else decided before, for this office.
    case decided(Draft.State, office: String)
    /// What was looked at was submitted anew in the meantime.
    case newRound(Int)
    case noComment
    case noInstitution
    case unknownUnit

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .notYours, .notValidator, .wroteIt, .hasReviewer: .forbidden
        case .state, .changedMeanwhile, .alreadyOpen, .decided, .newRound: .conflict
        case .invalid, .incomplete, .noComment, .noInstitution, .unknownUnit: .invalid
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .incomplete(let findings): findings.map { Problem($0.rule.subject, $0.rule.text) }
        case .changedMeanwhile(let differences, _): differences.map { Problem($0.field.rawValue, Self.changed) }
        default: []
        }
    }

    private static let changed = Phrase(
        "Rekan Anda mengubah isian ini sesudah Anda membukanya. Pilih isi yang benar.",
        "A colleague changed this field after you opened it. Choose which one is right.")

    package var message: Phrase {
        switch self {
        case .missing:
            Phrase("Draf ini tidak ada atau bukan untuk Anda.", "There is no such draft, or it is not for you.")
        case .notYours:
            Phrase(
                "Draf ini ditulis unit lain. Yang dapat mengubahnya: orang unit itu dan admin instansi.",
                "Another unit writes this draft. Its people and the agency admin can change it.")
        case .notValidator:
            Phrase(
                "Anda tidak memegang hak validasi di instansi ini. Yang dapat memvalidasi: validator dan admin instansi.",
                "You do not hold the right to validate here. The institution's validators and admins do.")
        case .wroteIt:
            Phrase(
                "Anda ikut menulisnya, jadi bukan Anda yang memvalidasi. Validator lain, pimpinan, atau Hub yang memeriksa.",
                "You wrote in it, so you do not validate it. Another validator, the leader or the Hub does.")
        case .hasReviewer:
            Phrase(
                "Instansi ini punya validator yang tidak ikut menulis; dia yang memvalidasi.",
                "The institution has a validator who did not write it; they validate it.")
        case .state(let state): Self.message(in: state)
        case .changedMeanwhile:
            Phrase(
                "Rekan Anda mengubah isian yang sama. Belum ada yang ditimpa; pilih isi yang benar lalu simpan.",
                "A colleague changed the same fields. Nothing was overwritten; choose and save.")
        case .invalid: Phrase("Ada isian yang perlu diperbaiki.", "Some fields need correcting.")
        case .alreadyOpen(let draft):
            Phrase(
                "Inovasi ini sedang diubah dalam draf nomor \(draft). Lanjutkan draf itu.",
                "This innovation is being changed in draft \(draft). Continue that one.")
        case .incomplete(let findings): Self.message(missing: findings)
        case .decided(let state, let office): Self.message(decided: state, by: office)
        case .newRound(let round):
            Phrase(
                "Data ini sudah diajukan lagi (putaran \(round)). Muat ulang untuk melihat perubahannya.",
                "It was submitted again (round \(round)). Reload to see what changed.")
        case .noComment:
            Phrase(
                "Tulis sedikitnya satu catatan, agar unit tahu apa yang harus diperbaiki.",
                "Write at least one comment, so that the unit knows what to correct.")
        case .noInstitution:
            Phrase(
                "Inovasi ini belum terhubung dengan instansi. Minta Sekretariat menghubungkannya dulu.",
                "This innovation has no institution yet. Ask the secretariat to link it first.")
        case .unknownUnit:
            Phrase(
                "Unit itu tidak ada di instansi ini. Pilih dari daftar.",
                "The institution has no such unit. Choose from the list.")
        }
    }

    private static func message(in state: Draft.State) -> Phrase {
        switch state {
        case .draft: Phrase("Draf ini belum diajukan.", "This draft has not been submitted.")
        case .submitted:
            Phrase(
                "Draf ini sedang diperiksa. Tarik dulu pengajuannya untuk mengubahnya.",
                "This draft is being reviewed. Withdraw the submission to change it.")
        case .returned: Phrase("Draf ini sudah dikembalikan kepada unit.", "This draft was returned to its unit.")
        case .published:
            Phrase(
                "Draf ini sudah terbit. Untuk mengubahnya, mulai perubahan baru dari halaman inovasinya.",
                "This draft is published. To change it, begin a new change from the innovation's page.")
        case .abandoned: Phrase("Draf ini sudah dibatalkan.", "This draft was abandoned.")
        }
    }

    private static func message(missing findings: [Finding]) -> Phrase {
        Phrase(
            "Belum dapat diajukan. Yang masih kurang: \(findings.map(\.rule.text.indonesian).joined(separator: " "))",
            "It cannot be submitted yet. Missing: \(findings.map(\.rule.text.english).joined(separator: " "))")
    }

    private static func message(decided state: Draft.State, by office: String) -> Phrase {
        state == .published
            ? Phrase("Sudah divalidasi oleh \(office).", "Already validated by \(office).")
            : Phrase("Sudah dikembalikan oleh \(office).", "Already returned by \(office).")
    }
}
