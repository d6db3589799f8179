import Kernel

/// Why a proposal is not shown, written, registered, submitted, returned, withdrawn or decided.
package enum ProposalRefusal: Refusal, Hashable {
    /// A field that two people changed to different values.
    package struct Clash: Sendable, Hashable {
        package let field: String
        package let mine: String
        package let theirs: String
    }

    /// There is none, or the person may not know of it.
    case missing(Int)
    case notYours
    case notAdmin
    case state(Proposal.State)
    /// The edition takes no proposals: it is a draft, an archive, closed, or no competition.
    case notOpen(String)
    case early(Instant, Zone)
    case late(ProposalDeadline)
    /// The innovation has a live proposal in the edition already, by its number.
    case already(Int)
    /// Others changed the same fields after the version that these changes were based on.
    case changedMeanwhile([Clash], version: Int)
    case invalid([Problem])
    /// All that the rules say, met or not.
    case ineligible([Verdict])
    /// Every place of the quota is spent.
    case quota(Int, EditionQuota.Scope, group: Phrase?)
    case noRecord(Int)
    case noInstitution
    case unknownUnit
    case unknownDocument(String)
    case tooLarge(Int, most: Int)
    case noRemark
    case noReason
    /// The edition grants no days to complete anything, or they are over.
    case noCure
    /// The check asks once.
    case askedBefore
    /// The agency may still hand in what was asked for.
    case cureOpen(Instant, Zone)
    case cureLate(ProposalDeadline)
    case cureEnded
    case noAnswer
    case noWords
    case appealed
    case appealLate(ProposalDeadline)
    case noAppeal
    case appealAnswered

    package var kind: RefusalKind {
        switch self {
        case .missing, .noRecord, .unknownDocument: .missing
        case .notYours, .notAdmin: .forbidden
        case .state, .notOpen, .early, .late, .already, .changedMeanwhile, .quota: .conflict
        case .noCure, .askedBefore, .cureOpen, .cureLate, .cureEnded: .conflict
        case .appealed, .appealLate, .noAppeal, .appealAnswered: .conflict
        case .invalid, .ineligible, .noInstitution, .unknownUnit, .tooLarge, .noRemark, .noReason: .invalid
        case .noAnswer, .noWords: .invalid
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .changedMeanwhile(let clashes, _): clashes.map { Problem($0.field, Self.changed) }
        case .noRemark: [Problem("catatan", message)]
        case .noReason: [Problem("alasan", message)]
        case .noAnswer: [Problem("jawaban", message)]
        case .noWords: [Problem("banding", message)]
        default: []
        }
    }

    private static let changed = Phrase(
        "Rekan Anda mengubah isian ini sesudah Anda membukanya. Pilih isi yang benar.",
        "A colleague changed this field after you opened it. Choose which one is right.")

    package var message: Phrase {
        switch self {
        case .missing:
            Phrase("Usulan ini tidak ada atau bukan untuk Anda.", "There is no such proposal, or it is not for you.")
        case .notYours:
            Phrase(
                "Inovasi ini milik instansi lain. Yang dapat mengusulkannya: unit dan admin instansi itu.",
                "This innovation is another institution's. Its units and admins can propose it.")
        case .notAdmin:
            Phrase(
                "Usulan yang sudah terdaftar dipegang admin instansi. Minta admin mengembalikannya bila perlu diubah.",
                "The agency admin holds what is registered. Ask them to return it if it has to change.")
        case .state(let state): Self.message(in: state)
        case .notOpen(let code):
            Phrase(
                "Edisi \(code) tidak menerima usulan. Pilih edisi yang pendaftarannya dibuka.",
                "The edition \(code) takes no proposals. Choose one whose registration is open.")
        case .early(let opens, let zone):
            Phrase(
                "Pendaftaran baru dibuka \(opens.moment(in: zone, starting: true).indonesian). Draf dapat ditulis sekarang.",
                "Registration opens on \(opens.moment(in: zone, starting: true).english). A draft can be written now.")
        case .late(let deadline):
            Phrase(
                "Pendaftaran ditutup \(deadline.moment.indonesian). Permintaan Anda dimulai sesudahnya, jadi tidak diterima.",
                "Registration closed on \(deadline.moment.english). Your request began after that and is not taken.")
        case .already(let proposal):
            Phrase(
                "Inovasi ini sudah diusulkan pada edisi ini: usulan nomor \(proposal). Lanjutkan usulan itu.",
                "This innovation is proposed in this edition already: proposal \(proposal). Continue that one.")
        case .changedMeanwhile:
            Phrase(
                "Rekan Anda mengubah isian yang sama. Belum ada yang ditimpa; pilih isi yang benar lalu simpan.",
                "A colleague changed the same fields. Nothing was overwritten; choose and save.")
        case .invalid: Phrase("Ada isian yang perlu diperbaiki.", "Some fields need correcting.")
        case .ineligible(let verdicts): Self.message(verdicts.filter { $0.answer != .met })
        case .quota(let most, let scope, let group):
            Phrase(
                "Kuota \(most) usulan\(group.map { " \($0.indonesian)" } ?? "") untuk tiap \(scope.name.indonesian) sudah habis. Tarik satu usulan yang terkirim bila yang ini lebih utama.",
                "The quota of \(most) \(group.map { "\($0.english) " } ?? "")proposals for each \(scope.name.english) is spent. Withdraw a submitted one if this matters more."
            )
        case .noRecord(let id):
            Phrase("Inovasi nomor \(id) tidak ada di direktori.", "There is no innovation \(id) in the directory.")
        case .noInstitution:
            Phrase(
                "Inovasi ini belum terhubung dengan instansi. Minta Sekretariat menghubungkannya dulu.",
                "This innovation has no institution yet. Ask the secretariat to link it first.")
        case .unknownUnit:
            Phrase(
                "Unit itu tidak ada di instansi ini. Pilih dari daftar.",
                "The institution has no such unit. Choose from the list.")
        case .unknownDocument:
            Phrase("Edisi ini tidak meminta dokumen itu.", "This edition does not ask for that document.")
        case .tooLarge(let size, let most):
            Phrase(
                "Berkas ini \(Self.megabytes(size, ",")) MB; untuk dokumen ini paling besar \(most) MB.",
                "This file has \(Self.megabytes(size, ".")) MB; this document may have \(most) MB.")
        case .noRemark:
            Phrase("Tulis apa yang harus diperbaiki unit.", "Write what the unit has to correct.")
        case .noReason:
            Phrase("Tulis alasannya; pengusul akan membacanya.", "Give the reason; the proposer will read it.")
        case .noAnswer: Phrase("Tulis jawabannya.", "Write the answer.")
        case .noWords: Phrase("Tulis alasan banding Anda.", "Write why you appeal.")
        case .noCure, .askedBefore, .cureOpen, .cureLate, .cureEnded, .appealed, .appealLate, .noAppeal,
            .appealAnswered:
            afterwards
        }
    }

    /// What is said of acts after the submission.
    private var afterwards: Phrase {
        switch self {
        case .askedBefore:
            Phrase(
                "Kelengkapan hanya diminta satu kali. Putuskan lulus atau tidak lulus.",
                "Completion is asked for once. Pass or fail it.")
        case .cureOpen(let until, let zone):
            Phrase(
                "Instansi masih boleh melengkapi sampai \(until.moment(in: zone).indonesian). Putuskan sesudah diserahkan kembali atau sesudah waktu itu.",
                "The agency may complete it until \(until.moment(in: zone).english). Decide once it is handed back, or after that."
            )
        case .cureLate(let deadline):
            Phrase(
                "Masa melengkapi berakhir \(deadline.moment.indonesian). Permintaan Anda dimulai sesudahnya, jadi tidak diterima.",
                "The time to complete it ended on \(deadline.moment.english). Your request began after that and is not taken."
            )
        case .cureEnded:
            Phrase(
                "Kelengkapan sudah diserahkan kembali; tunggu keputusan Sekretariat.",
                "It was handed back already; wait for the secretariat's decision.")
        case .appealed:
            Phrase(
                "Banding untuk usulan ini sudah diajukan; hanya sekali.",
                "This proposal was appealed already; that is possible once.")
        case .appealLate(let deadline):
            Phrase(
                "Banding dapat diajukan sampai \(deadline.moment.indonesian). Permintaan Anda dimulai sesudahnya.",
                "Appeals were possible until \(deadline.moment.english). Your request began after that.")
        case .noAppeal: Phrase("Tidak ada banding untuk usulan ini.", "There is no appeal of this proposal.")
        case .appealAnswered: Phrase("Banding ini sudah dijawab.", "This appeal was answered already.")
        default:
            Phrase(
                "Edisi ini tidak memberi masa melengkapi, atau masanya sudah lewat. Putuskan lulus atau tidak lulus.",
                "This edition grants no time to complete a proposal, or it is over. Pass or fail it.")
        }
    }

    private static func megabytes(_ bytes: Int, _ point: String) -> String {
        let tenths = (bytes * 10 + (1 << 20) - 1) >> 20
        return "\(tenths / 10)\(point)\(tenths % 10)"
    }

    private static func message(in state: Proposal.State) -> Phrase {
        switch state {
        case .draft: Phrase("Usulan ini masih draf; daftarkan dulu.", "This proposal is a draft; register it first.")
        case .registered:
            Phrase(
                "Usulan ini sudah terdaftar dan dipegang admin instansi.",
                "This proposal is registered and with the agency admin.")
        case .submitted:
            Phrase(
                "Usulan ini sudah terkirim; isinya tidak dapat diubah lagi.",
                "This proposal was submitted; its content is fixed.")
        case .passed, .failed:
            Phrase("Usulan ini sudah diperiksa sekretariat.", "The secretariat has checked this proposal.")
        case .withdrawn: Phrase("Usulan ini sudah ditarik.", "This proposal was withdrawn.")
        }
    }

    private static func message(_ open: [Verdict]) -> Phrase {
        Phrase(
            "Belum dapat dikirim, \(open.count) syarat belum terpenuhi: \(open.map(\.rule.indonesian).joined(separator: "; ")).",
            "It cannot be submitted yet; \(open.count) conditions are not met: \(open.map(\.rule.english).joined(separator: "; "))."
        )
    }
}
