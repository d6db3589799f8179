import Hummingbird
import Kernel
import People
import Web

/// `/kerja/usulan/{proposal}/umpan-balik`: what the evaluation said, for a proposal's own people.
package struct FeedbackPages: Sendable {
    private let feedbacks: Feedbacks

    package init(_ feedbacks: Feedbacks) { self.feedbacks = feedbacks }

    package func add(to desk: Desk) {
        desk.page("/kerja/usulan/{proposal}/umpan-balik", .write) { _, context, person, frame in
            let id = try context.number("proposal") { ProposalRefusal.missing(Int($0) ?? 0) }
            let feedback = try await feedbacks.feedback(on: id, for: person, at: context.began)
            return .personal(FeedbackView.page(feedback, frame))
        }
    }
}
