import Files
import Hummingbird
import Kernel
import Web

/// One person as those who manage them see and change them: `/kerja/orang/{account}`.
extension PeoplePages {
    func addColleague(to desk: Desk) {
        desk.page("/kerja/orang/{account}", .managePeople) { request, context, person, frame in
            let query = try request.query()
            var model = try await colleague(context, person, try scope(query, person))
            model.notice = PeoplePages.notices[try query.one("selesai") ?? ""]
            return .personal(ColleagueView.page(model, .none, frame))
        }
        act("akhiri", on: desk) { form, account, actor in
            guard let grant = try form.integer("peran", in: 1...Int.max) else { throw AccountRefusal.unknown }
            try await accounts.endGrant(grant, by: actor, at: clock())
        }
        act("tangguhkan", on: desk) { _, account, actor in
            try await accounts.suspend(account, by: actor, at: clock())
        }
        act("pulihkan", on: desk) { _, account, actor in
            try await accounts.restore(account, by: actor, at: clock())
        }
        act("lepas-kode", on: desk) { _, account, actor in
            try await accounts.resetCode(of: account, by: actor, at: clock())
        }
        act("undang-ulang", on: desk, says: "undang") { _, account, actor in
            let known = try await accounts.colleague(account, at: clock())
            guard let email = known.email, let grant = known.grants.first?.grant else { throw AccountRefusal.unknown }
            _ = try await accounts.invite(Invitee(email: email, grant: grant), by: actor, at: clock())
        }
        desk.upload(
            "/kerja/orang/{account}/ganti", .managePeople, into: letters.files.temporaryFolder,
            limits: UploadLimits(file: FileKind.letter.mostBytes)
        ) { upload, _, context, person, frame in
            try await replace(upload, context, person, frame)
        }
    }

    /// A button of the person's page.
    private func act(
        _ name: String, on desk: Desk, says: String? = nil,
        _ body: @escaping @Sendable (Query, _ account: Int, Actor) async throws -> Void
    ) {
        desk.submit("/kerja/orang/{account}/\(name)", .managePeople) { form, _, context, person, frame in
            let institution = try scope(form, person)
            var model = try await colleague(context, person, institution)
            do {
                try await body(form, model.person.account, person.actor(from: context.clientAddress))
                return done(says ?? name, institution, context.language)
            } catch let refusal as AccountRefusal {
                model = try await colleague(context, person, institution)
                return .personal(
                    ColleagueView.page(model, FormProblems([Problem("", refusal.message)]), frame),
                    status: refusal.kind.status)
            }
        }
    }

    private func replace(_ upload: Upload, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer
    {
        guard let institution = try scope(upload.fields, person) else { throw AccountRefusal.unknown }
        var model = try await colleague(context, person, institution)
        model.successor = try upload.fields.text("email", limit: 300) ?? ""
        do {
            guard EmailAddress(model.successor) != nil else { throw AccountRefusal.notAnEmail }
            _ = try await accounts.replace(
                model.person.account, at: institution, by: model.successor,
                name: try upload.fields.text("name", limit: 200), letter: try await keep(upload),
                by: person.actor(from: context.clientAddress), at: clock())
            return done("ganti", institution, context.language)
        } catch let refusal as any Refusal where PeoplePages.belongsToForm(refusal) {
            return .personal(
                ColleagueView.page(model, PeoplePages.problems(refusal), frame), status: refusal.kind.status)
        }
    }

    /// Throws `AccountRefusal.unknown` for someone whom the person has no business with: that they exist is not told.
    private func colleague(_ context: Context, _ person: Person, _ institution: String?) async throws -> ColleaguePage {
        let account = try context.number("account") { _ in AccountRefusal.unknown }
        let found = try await accounts.colleague(account, at: clock())
        let mine = found.grants.filter { held in
            held.grant.isManaged(by: person.grants) || held.grant.isReplaced(by: person.grants)
        }
        guard !mine.isEmpty || (found.grants.isEmpty && person.may(.manageNetwork)) else {
            throw AccountRefusal.unknown
        }
        return ColleaguePage(
            person: found, institution: named(institution), isMe: found.account == person.account,
            manages: Set(found.grants.filter { $0.grant.isManaged(by: person.grants) }.map(\.id)),
            canReplace: institution != nil
                && found.grants.contains {
                    $0.grant.institution == institution && $0.grant.isReplaced(by: person.grants)
                },
            accept: FileKind.letter.accept)
    }
}
