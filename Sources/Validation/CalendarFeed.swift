import Hummingbird
import Kernel
import Web

/// The private calendar of deadlines: the address that a calendar program reads. It is made on the account's page.
package struct CalendarFeed: Sendable {
    private let deadlines: Deadlines
    package init(_ deadlines: Deadlines) { self.deadlines = deadlines }

    package func add(to routes: Routes) {
        routes.get("/kalender/{token}.ics") { _, context in
            let now = Instant.now()
            guard let calendar = try await deadlines.calendar(try context.part("token"), at: now) else {
                throw CalendarRefusal.unknown
            }
            return .text(calendar.text(at: now), type: "text/calendar; charset=utf-8", sharing: .personal)
        }
    }
}

/// Why a calendar is not given.
package enum CalendarRefusal: Refusal, Hashable {
    case unknown

    package var kind: RefusalKind { .missing }
    package var message: Phrase {
        Phrase(
            "Alamat kalender ini tidak berlaku lagi. Buat yang baru di halaman akun Anda.",
            "This calendar address is no longer in use. Make a new one on the page of your account.")
    }
}
