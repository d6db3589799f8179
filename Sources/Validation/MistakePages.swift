import Directory
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// Reports of mistakes: sent by anybody from a public page, handled at the agency's desk.
package struct MistakePages: Sendable {
    private let reports: MistakeReports
    private let rate: ReportRate
    private let register: @Sendable () -> Register
    private let publicURL: String

    package init(
        _ reports: MistakeReports, rate: ReportRate = ReportRate(), register: @escaping @Sendable () -> Register,
        publicURL: String
    ) {
        self.reports = reports
        self.rate = rate
        self.register = register
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        routes.page("/inovasi/{id}/lapor") { request, context in
            let id = try number(context)
            let name: ShownName
            do {
                name = try await reports.subject(id)
            } catch DirectoryRefusal.merged(let root) {
                let frame = Frame(request, context, publicURL: publicURL)
                return .moved(frame.to(.path("inovasi", String(root), "lapor")))
            }
            if try request.query().one("terkirim") == "1" {
                return .personal(MistakeView.thanks(id, name, Frame(request, context, publicURL: publicURL)))
            }
            return form(id, name, request, context)
        }
        routes.submit("/inovasi/{id}/lapor") { request, context in
            var id = try number(context)
            let sent = try await request.form(limit: 32 * 1024)
            try FormToken.check(sent, request, context)
            let name: ShownName
            do {
                name = try await reports.subject(id)
            } catch DirectoryRefusal.merged(let root) {
                id = root
                name = try await reports.subject(root)
            }
            let typed = MistakeView.Typed(
                text: try sent.text("isi", limit: 20_000) ?? "", contact: try sent.text("kontak", limit: 2000) ?? "")
            let frame = Frame(request, context, publicURL: publicURL)
            let done = Answer.seeOther(
                frame.to(.path("inovasi", String(id), "lapor", query: [("terkirim", "1")])))
            // A program that fills in everything is told what people are told.
            guard try sent.one(MistakeView.trap) == nil else { return done }
            do {
                let notice = try MistakeNotice(text: typed.text, contact: typed.contact)
                let now = Instant.now()
                try rate.count(from: context.clientAddress, at: now)
                try await reports.report(notice, about: id, at: now)
                return done
            } catch let refusal as MistakeRefusal {
                return form(
                    id, name, request, context, typed, problems: FormProblems(refusal), status: refusal.kind.status)
            }
        }
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/laporan", .followInstitution) { _, _, person, frame in
            .personal(try await list(person, frame))
        }
        desk.submit("/kerja/laporan/{id}", .handleReports) { form, _, context, person, frame in
            try await handle(form, context, person, frame)
        }
        // Reports about records of no known institution.
        desk.submit("/kerja/laporan/{id}/tanpa-instansi", .manageNetwork) { form, _, context, person, frame in
            try await handle(form, context, person, frame)
        }
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("id") { DirectoryRefusal.unknownInnovation(String($0.prefix(40))) }
    }

    private func form(
        _ id: Int, _ name: ShownName, _ request: Request, _ context: Context,
        _ typed: MistakeView.Typed = MistakeView.Typed(), problems: FormProblems = .none, status: Int = 200
    ) -> Answer {
        let (token, cookie) = FormToken.issue(request, context)
        let frame = Frame(request, context, publicURL: publicURL, formToken: token)
        let answer = Answer.personal(MistakeView.form(id, name, typed, problems: problems, frame), status: status)
        return cookie.map { answer.with($0.name, $0.value) } ?? answer
    }

    private func handle(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let id = try context.number("id") { _ in MistakeRefusal.unknown }
        guard let result = try form.choice("hasil", among: ["accepted", "declined"]) else {
            throw QueryRefusal.absent(name: "hasil")
        }
        let note = try form.text(MistakeView.noteField(id), limit: 20_000) ?? ""
        do {
            try await reports.handle(
                id, accepted: result == "accepted", note: note, by: person.actor(from: context.clientAddress),
                at: .now())
        } catch let refusal as MistakeRefusal where refusal == .noNote {
            return .personal(
                try await list(
                    person, failed: (id, note, FormProblems([Problem(MistakeView.noteField(id), refusal.message)])),
                    frame), status: 422)
        }
        return .seeOther(frame.to(.path("kerja", "laporan")))
    }

    private func list(
        _ person: Person, failed: (id: Int, note: String, problems: FormProblems)? = nil, _ frame: Frame
    ) async throws -> HTML {
        let now = Instant.now()
        let register = register()
        let listed = try await reports.list(for: person, at: now)
        return MistakeView.desk(
            listed, at: now, owner: { register.institution($0)?.name ?? $0 },
            mayHandle: { report in
                let id = String(report.id)
                guard let institution = report.institution else {
                    return person.may(.manageNetwork) ? .path("kerja", "laporan", id, "tanpa-instansi") : nil
                }
                return person.may(.handleReports, at: institution) ? .path("kerja", "laporan", id) : nil
            }, failed: failed, frame)
    }
}
