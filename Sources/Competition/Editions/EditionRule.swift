import Kernel

/// One condition of eligibility, with its number and where it is known from.
package struct EditionRule: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// In use for at least so many months when registration closes.
        case age
        /// Not awarded a rank, or not more often than a number.
        case awardedAtMost
        /// Awarded a rank at least so often.
        case awardedAtLeast
        /// Goes on: nobody said that it stopped.
        case continuing
        /// Names the innovation that it replicates.
        case replicates
        /// The record is validated and the validation has not expired.
        case validated
        /// No other proposal of the edition has the same title.
        case ownTitle
        /// The same innovation is proposed once.
        case once

        package var name: Phrase {
            switch self {
            case .age: Phrase("umur inovasi", "age of the innovation")
            case .awardedAtMost: Phrase("penghargaan sebelumnya paling banyak", "earlier awards at most")
            case .awardedAtLeast: Phrase("penghargaan sebelumnya paling sedikit", "earlier awards at least")
            case .continuing: Phrase("inovasi masih berjalan", "the innovation goes on")
            case .replicates: Phrase("menyebut inovasi yang direplikasi", "names what it replicates")
            case .validated: Phrase("data sudah divalidasi", "the record is validated")
            case .ownTitle: Phrase("judul belum dipakai", "a title of its own")
            case .once: Phrase("inovasi diusulkan satu kali", "proposed once")
            }
        }
    }

    package let kind: Kind
    package let group: String?
    package let number: Int?
    /// The rank an award rule speaks of, as awards name it, e.g. `Top 99`.
    package let rank: String?
    /// Where it is known from; nil when it is not sourced.
    package let source: String?
}
