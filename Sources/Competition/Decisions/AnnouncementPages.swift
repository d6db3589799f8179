import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/pengumuman`: what is made public, and at which minute.
package struct AnnouncementPages: Sendable {
    private let announcements: Announcements

    package init(_ announcements: Announcements) { self.announcements = announcements }

    package func add(to desk: Desk) {
        let place = "/kerja/kompetisi/{edition}/pengumuman"
        desk.page(place, .manageEditions) { _, context, person, frame in
            .personal(try await page(.empty, .none, context, person, frame))
        }
        desk.submit(place, .manageEditions) { form, _, context, person, frame in
            let code = try context.part("edition")
            let schedule = try await announcements.schedule(in: code, for: person)
            do {
                _ = try await announcements.prepare(
                    try draft(form, schedule.stored.edition), in: code,
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(EditionMenuView.Place.announcements.path(code)))
            } catch let refusal as AnnouncementRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    try await page(form, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
            }
        }
        desk.submit(place + "/{announcement}/batal", .manageEditions) { form, _, context, person, frame in
            let code = try context.part("edition")
            let id = try context.number("announcement") { _ in AnnouncementRefusal.missing }
            let schedule = try await announcements.schedule(in: code, for: person)
            guard schedule.announcements.contains(where: { $0.id == id }) else { throw AnnouncementRefusal.missing }
            do {
                try await announcements.cancel(
                    id, reason: try form.text("alasan", limit: 20_000) ?? "", in: code,
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(EditionMenuView.Place.announcements.path(code)))
            } catch let refusal as AnnouncementRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    try await page(.empty, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
            }
        }
    }

    private func draft(_ form: Query, _ edition: Edition) throws -> AnnouncementDraft {
        AnnouncementDraft(
            try form.choice("pokok", of: Announcement.Subject.self) ?? .finalists,
            sitting: try form.integer("sidang", in: 1...Int.max), decree: try form.text("keputusan", limit: 4000),
            decreeOn: try form.text("tanggal-keputusan", limit: 40).flatMap { Day(iso: $0) },
            words: try form.text("kata", limit: 40_000)?.replacing("\r\n", with: "\n"),
            publishAt: try SittingFields.moment(form, edition.zone))
    }

    private func page(
        _ form: Query, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let schedule = try await announcements.schedule(in: try context.part("edition"), for: person)
        return AnnouncementView.page(
            schedule,
            .init(
                subject: try form.text("pokok", limit: 40) ?? "", sitting: try form.text("sidang", limit: 20) ?? "",
                decree: try form.text("keputusan", limit: 4000) ?? "",
                decreeOn: try form.text("tanggal-keputusan", limit: 40) ?? "",
                words: try form.text("kata", limit: 40_000) ?? "", day: try form.text("tanggal", limit: 40) ?? "",
                time: try form.text("jam", limit: 40) ?? ""), problems, at: context.began, frame)
    }
}
