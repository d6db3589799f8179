import Kernel

/// Why something about presentations, panel scores or field visits is not shown or done.
package enum PanelRefusal: Refusal, Hashable {
    /// There is none, or the person may not know of it.
    case missing
    /// Conflicts of interest are declared first, in this edition.
    case undeclared(String)
    case early(Phrase, Instant, Zone)
    case late(Phrase, Instant, Zone)
    case invalid([Problem])
    /// What stands in the way of a presentation there and then.
    case clash([Phrase])
    /// The timetable that was looked at is no longer the one that comes out.
    case changedMeanwhile
    case begun
    case shortage(Phrase)
    /// Somebody stored something else since; what they stored, by field.
    case overtaken(version: Int)
    /// Who presents is not the leader and brought no letter.
    case noLetter
    /// There is a visit of this proposal by this person already.
    case planned
    /// A visit that was reported is not cancelled.
    case reported

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .undeclared: .forbidden
        case .early, .late, .clash, .changedMeanwhile, .begun, .overtaken, .planned, .reported: .conflict
        case .invalid, .shortage, .noLetter: .invalid
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .noLetter: [Problem("surat", message)]
        default: []
        }
    }

    package var message: Phrase {
        switch self {
        case .missing: Phrase("Ini tidak ada atau bukan untuk Anda.", "There is no such thing, or it is not for you.")
        case .undeclared:
            Phrase("Nyatakan dulu benturan kepentingan Anda.", "Declare your conflicts of interest first.")
        case .early(let stage, let opens, let zone):
            Phrase(
                "Tahap \(stage.indonesian) baru dibuka \(opens.moment(in: zone, starting: true).indonesian).",
                "The stage “\(stage.english)” opens on \(opens.moment(in: zone, starting: true).english).")
        case .late(let stage, let closes, let zone):
            Phrase(
                "Tahap \(stage.indonesian) ditutup \(closes.moment(in: zone).indonesian). Permintaan Anda dimulai sesudahnya, jadi tidak diterima; isinya masih ada di halaman ini.",
                "The stage “\(stage.english)” closed on \(closes.moment(in: zone).english). Your request began after that and is not taken; what you wrote is still on this page."
            )
        case .invalid: Phrase("Ada isian yang perlu diperbaiki.", "Some fields need correcting.")
        case .clash(let words):
            Phrase(words.map(\.indonesian).joined(separator: " "), words.map(\.english).joined(separator: " "))
        case .changedMeanwhile:
            Phrase(
                "Finalis, panelis, atau benturan berubah sesudah jadwal ini disusun. Periksa jadwal yang baru, lalu terima.",
                "Finalists, panelists or conflicts changed after this timetable was made. Look at the new one, then accept it."
            )
        case .begun:
            Phrase(
                "Presentasi sudah ada yang dimulai; pindahkan satu per satu.",
                "Presentations have begun; move them one by one.")
        case .shortage(let words): words
        case .overtaken:
            Phrase(
                "Isian ini sudah dikirim dari perangkat lain dengan isi berbeda. Belum ada yang ditimpa; bandingkan lalu kirim lagi.",
                "This was sent from another device with other content. Nothing was overwritten; compare and send again."
            )
        case .noLetter:
            Phrase(
                "Unggah surat delegasi, atau nyatakan bahwa pimpinan sendiri yang presentasi.",
                "Upload the letter of delegation, or say that the leader presents in person.")
        case .planned:
            Phrase(
                "Orang ini sudah dijadwalkan mengunjungi usulan itu.",
                "This person's visit to that proposal is planned.")
        case .reported:
            Phrase(
                "Kunjungan ini sudah dilaporkan, jadi tidak dibatalkan.", "This visit was reported and stays.")
        }
    }
}
