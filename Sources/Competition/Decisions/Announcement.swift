import Kernel

/// Something made public at a set minute: nothing of it shows anywhere before, all of it at once then.
package struct Announcement: Sendable, Hashable {
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        /// Who passed the administrative check.
        case administrative
        case finalists, awards

        package var name: Phrase {
            switch self {
            case .administrative: Phrase("Hasil pemeriksaan administrasi", "Result of the administrative check")
            case .finalists: Phrase("Finalis", "Finalists")
            case .awards: Phrase("Penghargaan", "Awards")
            }
        }

        /// The subject of the sittings that decide it; nil where none does.
        package var sitting: Sitting.Subject? {
            switch self {
            case .administrative: nil
            case .finalists: .finalists
            case .awards: .awards
            }
        }
    }

    package let id: Int
    package let edition: Int
    package let subject: Subject
    /// The closed sitting that decided what is announced; later sittings do not show.
    package let sitting: Int?
    /// The number of the frozen result it rests on.
    package let result: Int?
    /// The decree's number and date.
    package let decree: String?
    package let decreeOn: Day?
    /// What it says besides; of one that replaces another, what changed.
    package let words: String?
    package let publishAt: Instant
    package let madeAt: Instant
    package let cancelledAt: Instant?
    package let cancelledFor: String?

    /// Whether it is public at a moment.
    package func isOut(at moment: Instant) -> Bool { publishAt <= moment && cancelledAt == nil }

    /// Whether it still waits for its moment.
    package func isWaiting(at moment: Instant) -> Bool { publishAt > moment && cancelledAt == nil }
}
