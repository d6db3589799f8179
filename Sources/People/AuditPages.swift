import Database
import Documents
import Hummingbird
import Kernel
import Web

/// The audit trail: `/kerja/audit` for the auditor, and the head of each day for everybody at `/data/jejak-audit`.
package struct AuditPages: Sendable {
    private let database: Database
    private let publicURL: String
    private let clock: @Sendable () -> Instant

    package init(_ database: Database, publicURL: String, clock: @escaping @Sendable () -> Instant = Instant.now) {
        self.database = database
        self.publicURL = publicURL
        self.clock = clock
    }

    private static let rows = 50

    package func add(to desk: Desk) {
        desk.page("/kerja/audit", .audit) { request, _, _, frame in
            .personal(AuditView.page(try await page(try request.query(), frame), frame))
        }
        desk.page("/kerja/audit.csv", .audit) { request, _, _, _ in
            let filter = try AuditPages.filter(try request.query())
            return .download(name: "jejak-audit.csv", type: "text/csv; charset=utf-8") { chunks in
                try await export(filter, to: chunks)
            }
        }
        // A day that is over cannot change its head, so the page holds until the next midnight in Jakarta.
        desk.routes.page("/data/jejak-audit") { request, context in
            .page(
                AuditView.heads(try await heads(), Frame(request, context, publicURL: publicURL)), until: midnight())
        }
        desk.routes.get("/data/jejak-audit.csv") { _, _ in
            var out = DelimitedText.byteOrderMark
            DelimitedText.append(["day", "entries", "last_entry", "sha256"].map { Cell($0) }, to: &out)
            for head in try await heads() {
                DelimitedText.append(
                    [Cell(head.day.iso), Cell(head.count), Cell(head.entry), Cell(head.hash)], to: &out)
            }
            return .bytes(out, type: "text/csv; charset=utf-8", sharing: .everyone(until: midnight()))
        }
    }

    private func heads() async throws -> [AuditHead] { try await Audit.heads(database, before: clock().day()) }

    private func midnight() -> Instant {
        let next = Int64(clock().day().daysSince1970 + 1)
        return Instant(milliseconds: (next * 24 - Int64(Zone.wib.hours)) * 3_600_000)
    }

    private func page(_ query: Query, _ frame: Frame) async throws -> AuditPage {
        let filter = try AuditPages.filter(query)
        let before = try query.integer("before", in: 1...Int.max)
        let (entries, words) = try await database.read { db in
            (
                try Audit.entries(filter, before: before, limit: AuditPages.rows + 1, db), try Audit.words(db)
            )
        }
        let shown = Array(entries.prefix(AuditPages.rows))
        let kept = AuditPages.parameters(filter)
        func address(_ more: [(String, String)]) -> Address { frame.to(.path("kerja", "audit", query: kept + more)) }
        return AuditPage(
            filter: filter, entries: shown, acts: words.acts, kinds: words.kinds,
            older: entries.count > shown.count ? shown.last.map { address([("before", String($0.id))]) } : nil,
            newest: before == nil ? nil : address([]), export: frame.to(.path("kerja", "audit.csv", query: kept)))
    }

    private static func filter(_ query: Query) throws -> AuditFilter {
        func day(_ name: String) throws -> Day? {
            guard let text = try query.text(name, limit: 20) else { return nil }
            guard let day = Day(iso: text) else { throw AuditRefusal.day(name) }
            return day
        }
        return AuditFilter(
            account: try query.integer("account", in: 1...Int.max), act: try query.text("act", limit: 60),
            kind: try query.text("kind", limit: 60), key: try query.text("key", limit: 200), from: try day("from"),
            until: try day("until"))
    }

    private static func parameters(_ filter: AuditFilter) -> [(String, String)] {
        [
            ("account", filter.account.map(String.init)), ("act", filter.act), ("kind", filter.kind),
            ("key", filter.key), ("from", filter.from?.iso), ("until", filter.until?.iso),
        ].compactMap { name, value in value.map { (name, $0) } }
    }

    /// The entries in pages, oldest first, so that neither memory nor a reader of the database is held for long.
    private func export(_ filter: AuditFilter, to chunks: Chunks) async throws {
        var head = DelimitedText.byteOrderMark
        let columns = ["id", "at", "account", "actor", "address", "act", "kind", "key", "detail", "sha256"]
        DelimitedText.append(columns.map { Cell($0) }, to: &head)
        try await chunks.write(head)
        var after = 0
        while true {
            let start = after
            let (lines, last) = try await database.read { db in
                var lines: [UInt8] = []
                var last = start
                for (entry, hash) in try Audit.page(filter, after: start, limit: 1000, db) {
                    last = entry.id
                    DelimitedText.append(
                        [
                            Cell(entry.id), Cell(entry.at.rfc3339), Cell(entry.account), Cell(entry.actor),
                            Cell(entry.address), Cell(entry.act), Cell(entry.kind), Cell(entry.key),
                            Cell(entry.detail), Cell(hash),
                        ], to: &lines)
                }
                return (lines, last)
            }
            guard last > start else { return }
            try await chunks.write(lines)
            after = last
        }
    }
}

/// Why a filter of the audit trail is not understood.
enum AuditRefusal: Refusal, Hashable {
    case day(String)

    var kind: RefusalKind { .invalid }
    var message: Phrase {
        Phrase("Tulis tanggal seperti 2026-11-21.", "Write a date like 2026-11-21.")
    }
    var problems: [Problem] {
        switch self {
        case .day(let field): [Problem(field, message)]
        }
    }
}
