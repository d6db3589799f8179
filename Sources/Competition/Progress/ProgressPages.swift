import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/pemantauan`: how evaluation goes, and reminders to those who are late.
package struct ProgressPages: Sendable {
    private let reports: ProgressReports

    package init(_ reports: ProgressReports) { self.reports = reports }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/pemantauan", .manageEditions) { request, context, person, frame in
            let told = try request.query().integer("diingatkan", in: 0...100_000)
            let report = try await reports.report(try context.part("edition"), for: person, at: context.began)
            return .personal(ProgressView.page(report, told: told, at: context.began, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/pemantauan/ingatkan", .manageEditions) { _, _, context, person, frame in
            let code = try context.part("edition")
            let told = try await reports.nudge(
                code, for: person, by: person.actor(from: context.clientAddress), at: context.began)
            return .seeOther(
                frame.to(
                    .path("kerja", "kompetisi", code, "pemantauan", query: [("diingatkan", String(told))])))
        }
    }
}
