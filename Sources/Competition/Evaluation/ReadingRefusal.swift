import Kernel

/// Why a proposal is not opened to an evaluator, or what they wrote of it not taken.
package enum ReadingRefusal: Refusal, Hashable {
    /// One section that two windows changed to different values.
    package struct Clash: Sendable, Hashable {
        package let section: String
        package let value: Int?
        package let words: String?
    }

    /// There is none, or the person may not know of it.
    case missing
    /// Conflicts of interest come first, in the edition of this code.
    case undeclared(String)
    /// The names in it are still being hidden.
    case notReady
    case early(Instant, Zone)
    case late(Instant, Zone)
    /// The edition is over, or the organiser closed it.
    case closed
    case state(Reading.State)
    /// Other windows changed the same sections after the version that these changes were based on.
    case changedMeanwhile([Clash], version: Int)
    case invalid([Problem])

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .undeclared: .forbidden
        case .notReady, .early, .late, .closed, .state, .changedMeanwhile: .conflict
        case .invalid: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .missing:
            Phrase(
                "Penilaian ini tidak ada pada daftar Anda. Buka daftar penilaian Anda.",
                "This reading is not on your list. Open your list of readings.")
        case .undeclared:
            Phrase(
                "Nyatakan dulu benturan kepentingan Anda; sesudah itu usulan terbuka.",
                "Declare your conflicts of interest first; then the proposals open.")
        case .notReady:
            Phrase(
                "Usulan ini belum terbuka: nama di dalamnya masih disamarkan sekretariat.",
                "This proposal is not open yet: the secretariat is still hiding the names in it.")
        case .early(let opens, let zone):
            Phrase(
                "Penilaian baru dibuka \(opens.moment(in: zone, starting: true).indonesian).",
                "The evaluation opens on \(opens.moment(in: zone, starting: true).english).")
        case .late(let closes, let zone):
            Phrase(
                "Penilaian ditutup \(closes.moment(in: zone).indonesian). Yang Anda tulis tidak disimpan; salin dari halaman ini bila perlu, lalu hubungi sekretariat.",
                "The evaluation closed on \(closes.moment(in: zone).english). What you wrote is not stored; copy it from this page if you need it, then call the secretariat."
            )
        case .closed:
            Phrase(
                "Edisi ini sudah ditutup. Yang Anda tulis tidak disimpan.",
                "This edition is closed. What you wrote is not stored.")
        case .state(let state):
            Phrase(
                "Penilaian ini sudah berkeadaan: \(state.name.indonesian.lowercased()). Muat ulang halaman.",
                "This reading is already: \(state.name.english.lowercased()). Reload the page.")
        case .changedMeanwhile:
            Phrase(
                "Jendela lain mengubah bagian yang sama. Pilih isi yang benar, lalu simpan lagi.",
                "Another window changed the same section. Choose what is right, then save again.")
        case .invalid: Phrase("Perbaiki yang ditandai.", "Mend what is marked.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .changedMeanwhile(let clashes, _):
            clashes.map { Problem(SectionScore.valueField($0.section), message) }
        default: []
        }
    }
}
