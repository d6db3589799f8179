import Hummingbird
import Kernel
import People
import Web

/// The private calendar of deadlines: the address that a calendar program reads, and the page where it is made.
package struct CalendarFeed: Sendable {
    private let deadlines: Deadlines
    private let publicURL: String

    package init(_ deadlines: Deadlines, publicURL: String) {
        self.deadlines = deadlines
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        routes.get("/kalender/{token}.ics") { _, context in
            let now = Instant.now()
            guard let calendar = try await deadlines.calendar(try context.part("token"), at: now) else {
                throw CalendarRefusal.unknown
            }
            return .text(calendar.text(at: now), type: "text/calendar; charset=utf-8", sharing: .personal)
        }
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kalender", .enterDesk) { _, _, person, frame in
            .personal(CalendarView.page(try await deadlines.hasAddress(person.account), new: nil, frame))
        }
        desk.submit("/kerja/kalender", .enterDesk) { form, _, context, person, frame in
            let actor = person.actor(from: context.clientAddress)
            if try form.one("akhiri") != nil {
                try await deadlines.endAddress(for: actor, at: .now())
                return .seeOther(frame.to(.path("kerja", "kalender")))
            }
            let token = try await deadlines.newAddress(for: actor, at: .now())
            // Shown in the answer itself: it is stored nowhere and stands in no address of ours.
            return .personal(CalendarView.page(true, new: "\(publicURL)/kalender/\(token).ics", frame))
        }
    }
}

/// Why a calendar is not given.
package enum CalendarRefusal: Refusal, Hashable {
    case unknown

    package var kind: RefusalKind { .missing }
    package var message: Phrase {
        Phrase(
            "Alamat kalender ini tidak berlaku lagi. Buat yang baru di meja kerja Anda.",
            "This calendar address is no longer in use. Make a new one at your desk.")
    }
}
