import Hummingbird
import Kernel
import People
import Web

/// `/kerja/antrean`: what waits for a validator.
struct QueuePages: Sendable {
    let reviews: Reviews
    let ours: OurInnovations
    let words: DraftWords

    func add(to desk: Desk) {
        desk.page("/kerja/antrean", .followInstitution) { request, _, person, frame in
            .personal(try await page(try request.query(), person, frame))
        }
    }

    private func page(_ query: Query, _ person: Person, _ frame: Frame) async throws -> HTML {
        let now = Instant.now()
        let trail = Trail(query)
        let queue = try await reviews.queue(
            for: person, after: trail.last.flatMap(DraftPlace.init), limit: Trail.size, at: now)
        let revised = try await ours.revised(queue.lines.filter { $0.draft.round > 1 }.map(\.draft.id))
        let several = Set(queue.lines.map(\.draft.institution)).count > 1
        let rows = queue.lines.map { line in
            QueuePage.Row(
                draft: line.draft.id, name: line.draft.title, unit: line.draft.unitName,
                institution: several ? words.institution(line.draft.institution) : nil,
                news: news(line.draft, revised), submittedAt: line.draft.submittedAt ?? now,
                notYours: line.wrote ? QueuePages.wrote : nil)
        }
        return QueueView.page(
            QueuePage(
                rows: rows, waiting: queue.total,
                pager: trail.pager(
                    .path("kerja", "antrean"), [], shown: rows.count, total: queue.total, next: queue.next?.text, frame),
                renewals: person.may(.validate), done: done(query), now: now), frame)
    }

    private func news(_ draft: DraftLine, _ revised: [Int: Int]) -> QueuePage.Row.News {
        if let parts = revised[draft.id] { return .revised(parts) }
        return draft.innovation == nil ? .new : .change
    }

    private static let wrote = Phrase(
        "Anda ikut menulisnya, jadi orang lain yang memvalidasi: validator lain, atau bila tidak ada, pimpinan atau Hub; akan ditandai.",
        "You wrote in it, so somebody else validates it: another validator or, where there is none, the leader or the Hub; it will be marked."
    )

    private func done(_ query: Query) -> Phrase? {
        switch query.all("selesai").first {
        case "sah":
            Phrase("Divalidasi. Halamannya sudah terbit.", "Validated. Its page is published.")
        case "kembali":
            Phrase("Dikembalikan. Unitnya sudah diberi tahu.", "Returned. Its unit was told.")
        default: nil
        }
    }
}
