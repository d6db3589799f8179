import Kernel

/// Why a message cannot be sent again or given up.
package enum OutboxRefusal: Refusal, Hashable {
    case unknown
    case notSentAgain(MessageState)
    case notDropped(MessageState)

    package var kind: RefusalKind { self == .unknown ? .missing : .conflict }

    package var message: Phrase {
        switch self {
        case .unknown: Phrase("Pesan ini tidak ada.", "There is no such message.")
        case .notSentAgain(let state):
            Phrase(
                "Hanya pesan yang gagal atau belum pasti dapat dikirim lagi. Pesan ini: \(state.name.indonesian.lowercased()).",
                "Only a failed or unclear message can be sent again. This one: \(state.name.english.lowercased()).")
        case .notDropped(let state):
            Phrase(
                "Pesan ini tidak dapat dibatalkan lagi: \(state.name.indonesian.lowercased()).",
                "This message can no longer be given up: \(state.name.english.lowercased()).")
        }
    }
}

/// Problems that are not a mail server's words, as they are stored.
enum MessageProblem {
    static let lost = "lost: the sender went away before the server's answer"
    static let left = "left: nobody reads this address any more"
}
