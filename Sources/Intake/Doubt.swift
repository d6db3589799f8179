import Kernel

/// What makes a delivery stop and ask before anything of it is taken.
package enum Doubt: Sendable, Hashable, Codable {
    /// Unusually many rows cannot be read.
    case rejected(Int, of: Int)
    /// Unusually many records of a complete source are gone.
    case missing(Int, of: Int)
    /// Nothing is new or changed where each of the last deliveries had something.
    case nothingNew(deliveries: Int)
    /// Unusually many rows are of an institution that is not in the register.
    case unknownInstitutions(Int, of: Int)
    /// Unusually many ids now stand for another innovation.
    case reused(Int, of: Int)

    package var message: Phrase {
        switch self {
        case .rejected(let n, let all):
            Phrase(
                "\(n) dari \(all) baris tidak terbaca. Periksa apakah kolomnya masih sama.",
                "\(n) of \(all) rows cannot be read. Check whether the columns are still the same.")
        case .missing(let n, let all):
            Phrase(
                "\(n) dari \(all) data sumber ini tidak ada lagi dalam kiriman. Mungkin terhapus tanpa sengaja.",
                "\(n) of \(all) records of this source are gone. They may have been deleted by mistake.")
        case .nothingNew(let n):
            Phrase(
                "Tidak ada yang baru atau berubah, padahal \(n) kiriman terakhir selalu membawa perubahan. Mungkin berkas lama.",
                "Nothing is new or changed, while each of the last \(n) deliveries had something. It may be an old file."
            )
        case .unknownInstitutions(let n, let all):
            Phrase(
                "Instansi pada \(n) dari \(all) baris tidak dikenal. Periksa apakah kolom instansi benar.",
                "The institution of \(n) of \(all) rows is unknown. Check whether the right column is mapped.")
        case .reused(let n, let all):
            Phrase(
                "Nomor pada \(n) dari \(all) baris kini dipakai untuk inovasi lain. Mungkin kolomnya tertukar.",
                "The id of \(n) of \(all) rows now stands for another innovation. Columns may be swapped.")
        }
    }

    /// What a delivery looks like beside those before it.
    struct Figures: Sendable, Hashable {
        var rows = 0
        var rejected = 0
        /// Records that the source stated before and that were not missing already.
        var known = 0
        /// Those of them that the delivery does not hold; 0 unless the source sends complete lists.
        var missing = 0
        /// Rows that are new or whose content changed.
        var fresh = 0
        /// The same of the last deliveries that were taken, the newest first.
        var freshBefore: [Int] = []
        /// Whether an earlier delivery had this very file.
        var isSameFile = false
        /// Rows with an institution that the register does not know.
        var unknownInstitutions = 0
        /// The same share of the source's records so far, 0 to 1.
        var unknownBefore = 0.0
        var reused = 0
    }

    /// Every reason to ask.
    static func all(_ f: Figures) -> [Doubt] {
        var doubts: [Doubt] = []
        if f.rejected >= 5, f.rejected * 5 > f.rows { doubts.append(.rejected(f.rejected, of: f.rows)) }
        if f.missing >= 20, f.missing * 10 > f.known { doubts.append(.missing(f.missing, of: f.known)) }
        if f.fresh == 0, f.freshBefore.count >= 3, f.freshBefore.prefix(3).allSatisfy({ $0 > 0 }), !f.isSameFile {
            doubts.append(.nothingNew(deliveries: 3))
        }
        if f.unknownInstitutions >= 5, f.unknownInstitutions * 2 > f.rows, f.unknownBefore < 0.2 {
            doubts.append(.unknownInstitutions(f.unknownInstitutions, of: f.rows))
        }
        if f.reused >= 5, f.reused * 5 > f.rows { doubts.append(.reused(f.reused, of: f.rows)) }
        return doubts
    }
}
