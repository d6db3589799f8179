import Database
import Directory
import Files
import Institutions
import Kernel
import People
import Web

/// The desk of those who write: our innovations, the form in steps, claims and their evidence.
package struct WritingPages: Sendable {
    let drafts: Drafts
    let claims: Claims
    let reviews: Reviews
    let ours: OurInnovations
    let files: FileStore
    let words: DraftWords

    /// - Parameter goals: the SDGs with their names.
    package init(
        _ database: Database, _ reviews: Reviews, files: FileStore, goals: [Goal],
        register: @escaping @Sendable () -> Register
    ) {
        drafts = Drafts(database)
        claims = Claims(database)
        self.reviews = reviews
        ours = OurInnovations(database: database)
        self.files = files
        words = DraftWords(goals: goals, register: register)
    }

    package func add(to desk: Desk) {
        OurInnovationsPages(drafts: drafts, ours: ours, words: words).add(to: desk)
        InnovationDraftPages(drafts: drafts, reviews: reviews, ours: ours, words: words).add(to: desk)
        ClaimPages(drafts: drafts, claims: claims, files: files).add(to: desk)
    }
}

/// The desk of those who validate: the queue, and one submission at a time.
package struct ReviewPages: Sendable {
    let reviews: Reviews
    let ours: OurInnovations
    let words: DraftWords
    package init(
        _ database: Database, _ reviews: Reviews, goals: [Goal], register: @escaping @Sendable () -> Register
    ) {
        self.reviews = reviews
        ours = OurInnovations(database: database)
        words = DraftWords(goals: goals, register: register)
    }

    package func add(to desk: Desk) {
        QueuePages(reviews: reviews, ours: ours, words: words).add(to: desk)
        CheckPages(reviews: reviews, words: words).add(to: desk)
    }
}
