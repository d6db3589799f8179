import Kernel

/// Where a message stands.
package enum MessageState: String, Sendable, Hashable, CaseIterable {
    case waiting
    /// The whole message went out and the server's word is awaited; written down before the end of it goes out.
    case handingOver = "handing-over"
    case sent
    /// Refused for good, or tried for a day without success.
    case failed
    /// It may have arrived: never sent again unless a person decides so.
    case unclear
    /// Given up by a person, or the reader has left.
    case dropped

    package var name: Phrase {
        switch self {
        case .waiting: Phrase("Menunggu", "Waiting")
        case .handingOver: Phrase("Sedang dikirim", "Being sent")
        case .sent: Phrase("Terkirim", "Sent")
        case .failed: Phrase("Gagal", "Failed")
        case .unclear: Phrase("Belum pasti", "Unclear")
        case .dropped: Phrase("Tidak dikirim", "Not sent")
        }
    }

    /// Whether a person may have it sent again.
    package var mayBeSentAgain: Bool { self == .failed || self == .unclear }

    /// Whether a person may give it up.
    package var mayBeDropped: Bool { self == .waiting || self == .failed || self == .unclear }
}

/// When a message is tried.
package enum DeliverySchedule {
    /// Minutes to wait after the first, second … try that did not succeed; after the last the message has failed.
    static let pauses = [1, 5, 15, 60, 240, 720]

    /// When to try again after this many tries; nil for never.
    package static func next(afterTries tries: Int, at now: Instant) -> Instant? {
        guard tries >= 1, tries <= pauses.count else { return nil }
        return Instant(milliseconds: now.milliseconds + Int64(pauses[tries - 1]) * 60_000)
    }

    /// The hour of the day at which daily messages go out, in WIB.
    static let digestHour = 7

    /// The first 07.00 WIB that is not before a moment.
    package static func digest(notBefore now: Instant) -> Instant {
        let offset = Int64(digestHour - Zone.wib.hours) * 3_600_000
        let today = Int64(now.day().daysSince1970) * 86_400_000 + offset
        let moment = Instant(milliseconds: today)
        return moment < now ? moment.adding(days: 1) : moment
    }
}
