import Database
import Directory
import Foundation
import Hummingbird
import Documents
import Kernel
import People
import Web

/// `/kerja/kiriman/{run}`: one delivery, how far it is, what became of its rows.
package struct RunPages: Sendable {
    private let runs: Runs
    private let rows: StagedRows
    private let mappings: Mappings
    private let feed: ProgressFeed

    package init(_ runs: Runs, _ rows: StagedRows, _ mappings: Mappings) {
        self.init(runs, rows, mappings, feed: ProgressFeed(runs))
    }

    init(_ runs: Runs, _ rows: StagedRows, _ mappings: Mappings, feed: ProgressFeed) {
        self.runs = runs
        self.rows = rows
        self.mappings = mappings
        self.feed = feed
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kiriman/{run}", .readSources) { request, context, person, frame in
            let run = try await runs.run(try Self.number(context))
            return .personal(RunView.page(try await page(run, request.query(), person, frame), frame))
        }
        desk.page("/kerja/kiriman/{run}/baris/{line}", .readSources) { _, context, _, frame in
            let run = try await runs.run(try Self.number(context))
            let line = try context.number("line") { _ in RunRefusal.unknownRow }
            return .personal(RowView.page(try await page(run, line), frame))
        }
        desk.submit("/kerja/kiriman/{run}/lanjut", .manageSources) { _, _, context, person, frame in
            let id = try Self.number(context)
            try await runs.approve(id, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "kiriman", String(id))))
        }
        desk.submit("/kerja/kiriman/{run}/henti", .manageSources) { _, _, context, person, frame in
            let id = try Self.number(context)
            try await runs.stop(id, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "kiriman", String(id))))
        }
        feed.add(to: desk)
    }

    private func page(_ run: Run, _ query: Query, _ person: Person, _ frame: Frame) async throws -> RunPage {
        let chosen = try query.choice("hasil", among: StagedOutcome.shown.map(\.word)).flatMap(
            StagedOutcome.init(word:))
        let trail = Trail(query)
        let names = try await ActorNames.read([run.actor, run.approvedBy], from: runs.database)
        let page = try await rows.page(
            of: run.id, outcome: chosen, after: trail.last.flatMap { Int($0) } ?? 0, limit: Trail.size)
        let title = try await titleColumn(of: run)
        let total = chosen.map { run.sums[$0] } ?? run.sums.rows
        let pager = trail.pager(
            .path("kerja", "kiriman", String(run.id)), chosen.map { [("hasil", $0.word)] } ?? [],
            shown: page.rows.count, total: total, next: page.next.map(String.init), frame)
        let listed = RunRowsView.Page(
            run: run.id, chosen: chosen, total: total,
            rows: try page.rows.map { try Self.shown($0, titled: title) }, pager: pager)
        return RunPage(
            run: run, by: names.shown(run.actor, frame.language),
            approvedBy: run.approvedBy.map { names.shown($0, frame.language) },
            rows: run.sums.rows > 0 ? listed : nil, mayManage: person.may(.manageSources))
    }

    private func page(_ run: Run, _ line: Int) async throws -> RowPage {
        let row = try await rows.row(line, of: run.id)
        let trace = try await rows.trace(of: row)
        return RowPage(
            run: run, row: try Self.shown(row, titled: try await titleColumn(of: run)),
            content: try Self.members(row).map { ($0.name, $0.value) }, problems: row.problems,
            innovation: row.innovation, twin: trace.twin, probability: row.probability, pair: trace.pair)
    }

    /// The column that the delivery's mapping takes for the title: what names a row that could not be read.
    private func titleColumn(of run: Run) async throws -> String? {
        let versions = try await mappings.versions(of: run.source)
        return versions.first { $0.version == run.mapping }?.mapping.columns.first { $0.value == .title }?.key
    }

    private static func shown(_ row: StagedRow, titled column: String?) throws -> RunRowsView.Row {
        let title =
            try row.record.map { try Innovation(json: $0).title }
            ?? (try members(row).first { $0.name == column }?.value)
        return RunRowsView.Row(
            line: row.line, externalID: row.externalID, title: title.map { String($0.prefix(300)) },
            outcome: row.outcome, problem: row.problems.first)
    }

    private static func members(_ row: StagedRow) throws -> [JSONRows.Row.Member] {
        var objects = try JSONRows(Data("[\(row.content)]".utf8))
        return try objects.next()?.members ?? []
    }

    static func number(_ context: Context) throws -> Int {
        try context.number("run") { _ in RunRefusal.unknown }
    }
}
