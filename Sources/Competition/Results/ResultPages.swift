import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/hasil`: the organiser freezes the result, issues and revokes awards.
package struct ResultPages: Sendable {
    private let results: Results
    private let awards: Awards
    private let register: @Sendable () -> Register

    package init(_ results: Results, _ awards: Awards, register: @escaping @Sendable () -> Register) {
        self.results = results
        self.awards = awards
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/hasil", .manageEditions) { _, context, person, frame in
            .personal(try await page(.none, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/hasil", .manageEditions) { form, _, context, person, frame in
            // First: whether the edition is there and theirs.
            _ = try await results.sheet(of: try context.part("edition"), for: person)
            let reason = try form.text("alasan", limit: 2000) ?? ""
            return try await shown(context, person, frame, reason: reason) {
                try await results.freeze(
                    try context.part("edition"), reason: reason, by: person.actor(from: context.clientAddress),
                    at: context.began)
            }
        }
        desk.submit("/kerja/kompetisi/{edition}/hasil/terbit", .manageEditions) { _, _, context, person, frame in
            try await shown(context, person, frame) {
                try await awards.issue(
                    try context.part("edition"), by: person.actor(from: context.clientAddress), at: context.began)
            }
        }
        desk.submit("/kerja/kompetisi/{edition}/hasil/{serial}/cabut", .manageEditions) {
            form, _, context, person, frame in
            let (code, serial) = (try context.part("edition"), try context.part("serial"))
            let known = try await awards.desk(of: code, for: person, at: context.began).awards
            guard known.contains(where: { $0.serial == serial }) else { throw AwardRefusal.unknown(serial) }
            let reason = try form.text("alasan-cabut", limit: 2000) ?? form.text("alasan-\(serial)", limit: 2000) ?? ""
            return try await shown(context, person, frame, revoking: (serial, reason)) {
                try await awards.revoke(
                    serial, in: code, reason: reason, by: person.actor(from: context.clientAddress),
                    at: context.began)
            }
        }
    }

    private func shown(
        _ context: Context, _ person: Person, _ frame: Frame, reason: String = "",
        revoking: (serial: String, reason: String)? = nil, _ act: () async throws -> some Sendable
    ) async throws -> Answer {
        do {
            _ = try await act()
            return .seeOther(frame.to(.path("kerja", "kompetisi", try context.part("edition"), "hasil")))
        } catch let refusal as any Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return .personal(
                try await page(
                    FormProblems(refusal), reason: reason, revoking: revoking, context, person, frame),
                status: refusal.kind.status)
        }
    }

    private func page(
        _ problems: FormProblems, reason: String = "", revoking: (serial: String, reason: String)? = nil,
        _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let code = try context.part("edition")
        let sheet = try await results.sheet(of: code, for: person)
        let desk = try await awards.desk(of: code, for: person, at: context.began)
        let lines = (try? sheet.versions.first?.outcome().lines) ?? []
        let register = register()
        let names = Dictionary(
            lines.map { ($0.institution, register.institution($0.institution)?.name ?? $0.institution) },
            uniquingKeysWith: { a, _ in a })
        return ResultView.page(
            .init(
                sheet: sheet, desk: desk, own: Set(person.grants.compactMap(\.institution)), names: names,
                reason: reason, revoking: revoking), problems, frame)
    }
}
