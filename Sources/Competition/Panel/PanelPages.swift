import Files
import Hummingbird
import Kernel
import Messages
import People
import Web

/// `/kerja/panel`: a panelist's own presentations, their scores, and the calendar of them.
package struct PanelPages: Sendable {
    private let desks: PanelDesks
    private let slots: Slots
    private let scores: PanelScores
    private let files: FileStore
    private let publicURL: String

    package init(
        _ desks: PanelDesks, _ slots: Slots, _ scores: PanelScores, files: FileStore, publicURL: String
    ) {
        self.desks = desks
        self.slots = slots
        self.scores = scores
        self.files = files
        self.publicURL = publicURL
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/panel", .judge) { _, context, person, frame in
            .personal(PanelDeskView.page(try await desks.desk(for: person), at: context.began, frame))
        }
        desk.page("/kerja/panel/kalender.ics", .judge) { _, context, person, frame in
            let lines = try await desks.desk(for: person).slots
            return .text(
                calendar(lines, frame).text(at: context.began), type: "text/calendar; charset=utf-8",
                sharing: .personal
            ).with("Content-Disposition", "attachment; filename=\"panel.ics\"")
        }
        desk.page("/kerja/panel/{slot}", .judge) { _, context, person, frame in
            try await declared(frame) {
                .personal(
                    PanelSheetView.page(.init(sheet: try await sheet(context, person), account: person.account), frame))
            }
        }
        desk.submit("/kerja/panel/{slot}", .judge) { form, _, context, person, frame in
            try await declared(frame) { try await save(form, context, person, frame) }
        }
        desk.submit("/kerja/panel/{slot}/mulai", .judge) { _, _, context, person, frame in
            let id = try Self.number(context, "slot")
            try await slots.begin(id, by: person.actor(from: context.clientAddress), at: context.began)
            return .seeOther(frame.to(.path("kerja", "panel", String(id))))
        }
        desk.page("/kerja/panel/{slot}/dokumen/{code}", .judge) { _, context, person, _ in
            let (sheet, code) = (try await sheet(context, person), try context.part("code"))
            guard let document = sheet.proposal.documents.first(where: { $0.code == code }) else {
                throw PanelRefusal.missing
            }
            return try await Self.file(document.digest, document.name, files)
        }
    }

    private func sheet(_ context: Context, _ person: Person) async throws -> PanelScores.Sheet {
        try await scores.sheet(try Self.number(context, "slot"), for: person, at: context.began)
    }

    private func save(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let before = try await sheet(context, person)
        let isScript = !form.all("otomatis").isEmpty
        let version = try form.integer("versi", in: 0...Int.max) ?? 0
        let sent = Dictionary(form.parameters.map { ($0.name, $0.value) }) { first, _ in first }
        var typed: [String: (value: String, words: String)] = [:]
        for part in before.stored.edition.presentation {
            guard let value = sent["nilai." + part.code] else { continue }
            typed[part.code] = (
                value.trimmingPrefix(while: \.isWhitespace).description, sent["catatan." + part.code] ?? ""
            )
        }
        var problems = FormProblems.none
        var status = 422
        do {
            let saved = try await scores.save(
                before.slot.id, typed, basedOn: version, by: person.actor(from: context.clientAddress),
                at: context.began)
            if isScript {
                return .json(
                    Array("{\"version\":\(saved.version),\"saved\":\"\(Instant.now().clock())\"}".utf8),
                    sharing: .personal)
            }
            guard !saved.problems.isEmpty else { return .seeOther(frame.to(.path("kerja", "panel"))) }
            problems = FormProblems(saved.problems)
        } catch let refusal as PanelRefusal where refusal.kind == .conflict {
            if isScript {
                return .bytes(
                    Array("{\"version\":\(before.version)}".utf8), type: "application/json", sharing: .personal,
                    status: 409)
            }
            (problems, status) = (FormProblems(refusal), 409)
        }
        return .personal(
            PanelSheetView.page(
                .init(
                    sheet: try await sheet(context, person), account: person.account, typed: typed, problems: problems,
                    isOvertaken: status == 409), frame), status: status)
    }

    private func calendar(_ lines: [PanelDesks.Line], _ frame: Frame) -> Calendar {
        Calendar(
            name: frame.say("Presentasi KIPP", "KIPP presentations"),
            events: lines.map { line in
                let slot = line.slot
                return Calendar.Event(
                    uid: "slot:\(slot.id)@\(host)", time: .span(slot.starts, slot.ends), summary: slot.title,
                    details: "\(slot.room)\n\(slot.institutionName)",
                    address: publicURL + frame.to(.path("kerja", "panel", String(slot.id))).text)
            })
    }

    private var host: String { publicURL.split(separator: "/").last.map(String.init) ?? "simpul" }

    // MARK: what the pages of panels share

    /// Leads to the declaration of conflicts where that comes first.
    private func declared(_ frame: Frame, _ body: () async throws -> Answer) async throws -> Answer {
        try await Self.declared(frame, body)
    }

    static func declared(_ frame: Frame, _ body: () async throws -> Answer) async throws -> Answer {
        do { return try await body() } catch PanelRefusal.undeclared(let code) {
            return .seeOther(frame.to(.path("kerja", "benturan", code)))
        }
    }

    static func number(_ context: Context, _ name: String) throws -> Int {
        try context.number(name) { _ in PanelRefusal.missing }
    }

    /// A stored file to take away; a picture to be looked at where it stands.
    static func file(_ digest: String, _ name: String, _ files: FileStore, inline: Bool = false) async throws -> Answer
    {
        let stored = try await files.open(digest)
        return Answer.stream(type: stored.type) { out in
            try await files.chunks(of: digest) { try await out.write($0) }
        }.with("Content-Disposition", FileName.disposition(name, type: stored.type, inline: inline))
    }
}
