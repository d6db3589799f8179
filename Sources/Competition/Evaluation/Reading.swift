import Kernel

/// One proposal given to one evaluator: due → begun → done, or abstained; removed when it was taken back.
package struct Reading: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case due, begun, done, abstained, removed

        package var name: Phrase {
            switch self {
            case .due: Phrase("Belum dibaca", "Not begun")
            case .begun: Phrase("Sedang dinilai", "Begun")
            case .done: Phrase("Selesai", "Done")
            case .abstained: Phrase("Tidak menilai", "Abstained")
            case .removed: Phrase("Ditarik", "Taken back")
            }
        }

        /// Whether it is still to be done.
        package var isOpen: Bool { self == .due || self == .begun }
        /// Whether it counts as one of the reads that a proposal needs.
        package var counts: Bool { isOpen || self == .done }
    }

    package enum Origin: String, Sendable, Hashable, CaseIterable {
        /// By the assignment.
        case plan
        /// By the organiser's hand.
        case manual
        /// Because a proposal lay close to the cut or its reads differed.
        case extra
    }

    package let id: Int
    package let edition: Int
    package let proposal: Int
    package let evaluator: Int
    package let origin: Origin
    package let state: State
    /// Rises by one with every save.
    package let version: Int
    package let givenAt: Instant
    package let openedAt: Instant?
    package let endedAt: Instant?
    /// Why it was abstained from or taken back.
    package let words: String?
}
