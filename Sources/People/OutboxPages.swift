import Database
import Hummingbird
import Kernel
import Messages
import Web

/// The outbox: what was sent, waits, failed or is unclear, for those who answer for mail.
package struct OutboxPages: Sendable {
    private let database: Database
    private let sendsMail: Bool

    /// - Parameter sendsMail: false when no mail server is set, so that everything waits.
    package init(_ database: Database, sendsMail: Bool) {
        self.database = database
        self.sendsMail = sendsMail
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/pesan", .readOutbox) { request, _, person, frame in
            .personal(OutboxView.page(try await model(request.query(), person), frame))
        }
        desk.submit("/kerja/pesan/{id}/kirim", .manageNetwork) { _, request, context, person, frame in
            let actor = person.actor(from: context.clientAddress)
            let id = try number(context)
            try await database.write { db in
                let fact = try Messages.sendAgain(id, at: db.at, db)
                try Audit.note("send-again", "message", String(id), [("fact", fact)], by: actor, db)
            }
            return .seeOther(frame.to(.path("kerja", "pesan", query: [("keadaan", MessageState.waiting.rawValue)])))
        }
        desk.submit("/kerja/pesan/{id}/batal", .manageNetwork) { _, request, context, person, frame in
            let actor = person.actor(from: context.clientAddress)
            let id = try number(context)
            try await database.write { db in
                let fact = try Messages.drop(id, db)
                try Audit.note("drop", "message", String(id), [("fact", fact)], by: actor, db)
            }
            return .seeOther(frame.to(.path("kerja", "pesan", query: [("keadaan", MessageState.dropped.rawValue)])))
        }
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("id") { _ in OutboxRefusal.unknown }
    }

    private static let rows = 50

    private func model(_ query: Query, _ person: Person) async throws -> OutboxPage {
        let state = try query.choice("keadaan", of: MessageState.self)
        let before = try query.integer("sebelum", in: 1...Int.max)
        let (sendsMail, mayAct) = (sendsMail, person.may(.manageNetwork))
        return try await database.read { db in
            let lines = try Messages.list(state, before: before, limit: OutboxPages.rows + 1, db)
            return OutboxPage(
                state: state, counts: try Messages.counts(db), lines: Array(lines.prefix(OutboxPages.rows)),
                isFirst: before == nil, isLast: lines.count <= OutboxPages.rows, sendsMail: sendsMail, mayAct: mayAct)
        }
    }
}
