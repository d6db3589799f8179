import Database
import Directory
import Institutions
import Kernel
import People
import Web

/// Everything about standing by what is published, ready to be mounted: renewing, how current the data are, questions,
/// reports of mistakes, dates for units, and the calendar of deadlines.
package struct StandingSite: Sendable {
    private let renewing: StandingPages
    private let currency: CurrencyPages
    private let questions: QuestionPages
    private let mistakes: MistakePages
    private let collections: CollectionPages
    private let calendar: CalendarFeed

    /// - Parameters:
    ///   - term: how long a renewal holds.
    ///   - publicURL: scheme and host of the portal without a final slash.
    package init(
        _ database: Database, _ innovations: Innovations, term: Term = Term(),
        register: @escaping @Sendable () -> Register, publicURL: String
    ) {
        renewing = StandingPages(
            Renewals(database, publicURL: publicURL, term: term), drafts: Drafts(database), term: term,
            register: register)
        currency = CurrencyPages(CurrencyFigures(database), register: register, publicURL: publicURL)
        questions = QuestionPages(
            Questions(database, publicURL: publicURL), innovations: innovations, register: register)
        mistakes = MistakePages(
            MistakeReports(database, publicURL: publicURL), register: register, publicURL: publicURL)
        collections = CollectionPages(Collections(database), register: register)
        calendar = CalendarFeed(Deadlines(database, publicURL: publicURL))
    }

    package func add(to routes: Routes) {
        currency.add(to: routes)
        mistakes.add(to: routes)
        calendar.add(to: routes)
    }

    package func add(to desk: Desk) {
        renewing.add(to: desk)
        currency.add(to: desk)
        questions.add(to: desk)
        mistakes.add(to: desk)
        collections.add(to: desk)
    }

    /// The part of an innovation's page that leads readers to the form for mistakes, and the Hub to its questions.
    package static func panel(_ id: Int, _ frame: Frame) -> HTML {
        let mayAsk = (frame.visitor as? Person)?.may(.clarify) ?? false
        return MistakeView.panel(id, mayAsk: mayAsk, frame)
    }
}
