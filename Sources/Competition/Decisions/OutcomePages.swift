import Hummingbird
import Kernel
import People
import Web

/// `/kompetisi/{edition}/finalis` and `/hasil`: what was announced, and the citizens' rating of finalists. Before an
/// announcement all of it is as if it did not exist.
package struct OutcomePages: Sendable {
    /// The moment by which a request is judged: when it began.
    package typealias Clock = @Sendable (Context) -> Instant

    private let outcomes: Outcomes
    private let ratings: Ratings
    private let rate: NetworkRate
    private let publicURL: String
    private let clock: Clock

    package init(
        _ outcomes: Outcomes, _ ratings: Ratings, rate: NetworkRate = NetworkRate(perHour: 600, perDay: 3000),
        publicURL: String, clock: @escaping Clock = { $0.began }
    ) {
        self.outcomes = outcomes
        self.ratings = ratings
        self.rate = rate
        self.publicURL = publicURL
        self.clock = clock
    }

    package func add(to routes: Routes) {
        list(.finalists, "/kompetisi/{edition}/finalis", routes)
        list(.awards, "/kompetisi/{edition}/hasil", routes)
        routes.page("/kompetisi/{edition}/finalis/{proposal}") { request, context in
            try await finalist(request, context)
        }
        routes.submit("/kompetisi/{edition}/finalis/{proposal}/nilai") { request, context in
            let (code, proposal, now) = (try context.part("edition"), try number(context), clock(context))
            let cookie = request.cookie(Voter.cookie)
            // First: whether it is there at all.
            _ = try await outcomes.finalist(proposal, in: code, cookie: nil, from: "", at: now)
            let sent = try await request.form(limit: 8 * 1024)
            try FormToken.check(sent, request, context)
            do {
                guard rate.count(from: context.clientAddress, at: now) == nil else { throw RatingRefusal.tooMany }
                try await ratings.rate(
                    proposal, try sent.text("nilai", limit: 20).flatMap { Int($0) }, in: code, cookie: cookie,
                    from: context.clientAddress, at: now)
                let frame = Frame(request, context, publicURL: publicURL)
                return .seeOther(
                    frame.to(
                        .path(
                            "kompetisi", code, "finalis", String(proposal), query: [("dinilai", "1")],
                            fragment: "nilai")))
            } catch let refusal as RatingRefusal {
                return try await finalist(
                    request, context, problems: FormProblems(refusal), status: refusal.kind.status)
            }
        }
    }

    /// What was announced, with the way there, for the edition's page.
    package func panel(_ stored: Editions.Stored, _ now: Instant, _ frame: Frame) async throws -> HTML {
        OutcomeView.links(try await outcomes.out(in: stored.id, at: now), stored, frame)
    }

    private func list(_ subject: Announcement.Subject, _ path: String, _ routes: Routes) {
        routes.page(path) { request, context in
            let (frame, now) = (Frame(request, context, publicURL: publicURL), clock(context))
            let number = try request.query().integer("pengumuman", in: 1...Int.max)
            let list = try await outcomes.list(
                subject, in: try context.part("edition"), announcement: number, at: now)
            return .page(
                subject == .awards ? OutcomeView.awards(list, frame) : OutcomeView.finalists(list, frame),
                until: Outcomes.until(after: now, next: try await outcomes.next(in: list.stored.id, after: now)))
        }
    }

    private func finalist(
        _ request: Request, _ context: Context, problems: FormProblems = .none, status: Int = 200
    ) async throws -> Answer {
        let now = clock(context)
        let known = request.cookie(Voter.cookie).flatMap { Voter.isOurs($0) ? $0 : nil }
        let finalist = try await outcomes.finalist(
            try number(context), in: try context.part("edition"), cookie: known, from: context.clientAddress, at: now)
        guard finalist.isOpen(.rating, at: now) || !problems.isEmpty else {
            return .page(
                FinalistView.page(finalist, at: now, Frame(request, context, publicURL: publicURL)),
                until: Outcomes.until(
                    after: now, next: try await outcomes.next(in: finalist.stored.id, after: now)))
        }
        let (token, form) = FormToken.issue(request, context)
        let frame = Frame(request, context, publicURL: publicURL, formToken: token)
        var answer = Answer.personal(
            FinalistView.page(
                finalist, isThanked: try request.query().one("dinilai") == "1", problems, at: now, frame),
            status: status)
        if let form { answer = answer.with(form.name, form.value) }
        guard known == nil else { return answer }
        let secure = publicURL.hasPrefix("https://") ? "; Secure" : ""
        return answer.with(
            "Set-Cookie",
            "\(Voter.cookie)=\(Token.fresh()); Path=/; Max-Age=\(Voter.cookieAge); HttpOnly; SameSite=Lax\(secure)")
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("proposal") { _ in AnnouncementRefusal.notOut }
    }
}
