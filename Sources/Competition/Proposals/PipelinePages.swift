import Institutions
import Kernel
import People
import Web

/// The page on which an agency sees which innovations will be ready in which year.
package struct PipelinePages: Sendable {
    private let pipelines: Pipelines
    private let register: @Sendable () -> Register

    package init(_ pipelines: Pipelines, register: @escaping @Sendable () -> Register) {
        self.pipelines = pipelines
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/alur", .followInstitution) { request, _, person, frame in
            let query = try request.query()
            let asked = try query.text("instansi", limit: 40)
            let own = person.grants(for: .followInstitution).compactMap(\.institution)
            guard let institution = asked ?? own.first else {
                return .personal(PipelineView.choose(register().institutions, frame))
            }
            guard person.may(.followInstitution, at: institution) else {
                throw DeskRefusal.notYours(.followInstitution)
            }
            let from = try query.integer("dari", in: 0...Pipelines.most) ?? 0
            let now = Instant.now()
            let page = try await pipelines.page(of: institution, after: from, at: now)
            return .personal(
                PipelineView.page(
                    page, of: institution, name: register().institution(institution)?.name ?? institution, from: from,
                    at: now, frame))
        }
    }
}
