import Foundation
import Kernel

/// Two records of which a person says whether they are one innovation.
package enum Pair {
    /// Why the two stand beside each other.
    package enum Kind: String, Sendable, Hashable {
        /// The model found them alike.
        case twin
        /// A source gave the external id of the one to the other.
        case reused
    }

    package enum State: String, Sendable, Hashable, CaseIterable {
        case open
        /// One person said that two published records are the same; another has to agree.
        case proposed
        case same, different, related

        package var isDecided: Bool { self != .open && self != .proposed }
    }

    /// What a person may say of the two.
    package enum Decision: String, Sendable, Hashable, CaseIterable {
        case same, different, related
    }

    /// The most characters of a decision's reason.
    package static let reasonLimit = 500

    /// How much a decision is worth, for the order of the queue: the entropy of the model's probability in bits (1 when
    /// it knows nothing, 0 when it is certain) times what hangs on it. A public record counts as much as the pair
    /// itself, each award a quarter of that and at most four of them: visitors, citations and results rest on these.
    ///
    /// - Parameters:
    ///   - publicRecords: how many of the two are published, 0 to 2.
    ///   - awards: of both records together.
    package static func value(probability: Double, publicRecords: Int, awards: Int) -> Double {
        let p = min(max(probability, 0), 1)
        let entropy = p == 0 || p == 1 ? 0 : -(p * log2(p) + (1 - p) * log2(1 - p))
        return entropy * (1 + Double(publicRecords) + Double(min(awards, 4)) / 4)
    }
}

/// Why a pair is not decided as asked.
package enum PairRefusal: Refusal, Hashable {
    case unknown
    /// Somebody was faster.
    case decided(Pair.State, by: String, on: Day)
    /// It is not what the page showed any more: proposed since, or one record joined another.
    case changed
    /// Both belong to one record by now.
    case joined(Int)
    /// A record was withdrawn.
    case withdrawn(Int)
    /// Nobody agrees with themselves.
    case needsAnother
    case needsAccount
    case longReason(Int)
    case notPublished(Int)
    case sameNumber
    case notDecided
    case decidedByAnother
    /// What came of a decision was worked on since.
    case workedOn(Int)

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .needsAnother, .needsAccount, .decidedByAnother: .forbidden
        case .longReason, .notPublished, .sameNumber: .invalid
        default: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown: Phrase("Pasangan ini tidak ada. Buka daftar kembar.", "There is no such pair. Open the queue.")
        case .decided(let state, let by, let on):
            Phrase(
                "\(by) sudah memutuskan pada \(on.long(.indonesian)): \(state.name.indonesian). Keputusan Anda belum disimpan.",
                "\(by) decided on \(on.long(.english)): \(state.name.english). Your decision was not saved.")
        case .changed:
            Phrase(
                "Pasangan ini berubah sejak halaman dibuka. Lihat lagi, lalu putuskan.",
                "This pair changed since the page was opened. Look again, then decide.")
        case .joined(let id):
            Phrase(
                "Keduanya sudah menjadi satu data inovasi, nomor \(id). Tidak ada yang perlu diputuskan.",
                "Both are one record by now, number \(id). There is nothing to decide.")
        case .withdrawn(let id):
            Phrase(
                "Data inovasi \(id) sudah ditarik. Tidak ada yang perlu diputuskan.",
                "Record \(id) was withdrawn. There is nothing to decide.")
        case .needsAnother:
            Phrase(
                "Anda yang mengusulkan penggabungan ini. Orang lain di sekretariat yang menyetujuinya.",
                "You proposed this merge. Somebody else of the secretariat agrees to it.")
        case .needsAccount:
            Phrase("Masuk dengan akun untuk memutuskan.", "Sign in with an account to decide.")
        case .longReason(let over):
            Phrase("Kurangi \(over) karakter.", "Shorten it by \(over) characters.")
        case .notPublished(let id):
            Phrase(
                "Data inovasi \(id) tidak terbit. Tulis nomor dari alamat halamannya.",
                "Record \(id) is not published. Write the number from its page's address.")
        case .sameNumber:
            Phrase("Tulis nomor dua data inovasi yang berbeda.", "Write the numbers of two different records.")
        case .notDecided: Phrase("Belum ada keputusan untuk diurungkan.", "There is no decision to take back.")
        case .decidedByAnother:
            Phrase(
                "Keputusan ini bukan keputusan Anda. Penggabungan dapat dibatalkan di daftar gabungan.",
                "This decision is not yours. A merge can be undone in the list of merges.")
        case .workedOn(let id):
            Phrase(
                "Data inovasi \(id) sudah diubah sesudah keputusan itu, jadi tidak dapat diurungkan dari sini.",
                "Record \(id) was changed since that decision, so it cannot be taken back here.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .longReason: [Problem("alasan", message)]
        case .notPublished, .sameNumber: [Problem("lain", message)]
        default: []
        }
    }
}

extension Pair.State {
    package var name: Phrase {
        switch self {
        case .open: Phrase("menunggu diputuskan", "waits for a decision")
        case .proposed: Phrase("menunggu orang kedua", "waits for a second person")
        case .same: Phrase("sama", "the same")
        case .different: Phrase("berbeda", "different")
        case .related: Phrase("berkaitan", "related")
        }
    }
}

extension Pair.Decision {
    package var state: Pair.State {
        switch self {
        case .same: .same
        case .different: .different
        case .related: .related
        }
    }
}
