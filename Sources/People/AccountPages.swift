import Foundation
import Hummingbird
import Kernel
import Web

/// One's own account: `/akun` and what hangs below it.
package struct AccountPages: Sendable {
    private let parts: SignInParts
    private let calendars: CalendarAddresses

    package init(_ parts: SignInParts, calendars: CalendarAddresses) {
        self.parts = parts
        self.calendars = calendars
    }

    package func add(to desk: Desk) {
        desk.page("/akun", .enterDesk) { request, _, person, frame in
            let done = try request.query().one("selesai")
            var model = try await page(person)
            model.notice = AccountPages.notices[done ?? ""]
            return .personal(AccountView.page(model, .none, frame))
        }
        desk.submit("/akun/profil", .enterDesk) { form, _, context, person, frame in
            let typed = try InvitationPages.profile(form)
            return try await attempt(person, frame, typed: typed) {
                let actor = person.actor(from: context.clientAddress)
                try await parts.accounts.correct(try typed.checked(), of: person.account, by: actor, at: parts.clock())
                try await parts.accounts.setDigest(
                    try form.one("digest") == "1", of: person.account, by: actor, at: parts.clock())
                return done("profil", typed.language)
            }
        }
        desk.submit("/akun/sandi", .enterDesk) { form, _, context, person, frame in
            try await attempt(person, frame) {
                try await parts.accounts.changePassword(
                    from: form.secret("current"), to: try InvitationPages.password(form), of: person.account,
                    keeping: person.session, by: person.actor(from: context.clientAddress), at: parts.clock())
                return done("sandi", context.language)
            }
        }
        desk.submit("/akun/sesi", .enterDesk) { form, _, context, person, _ in
            let actor = person.actor(from: context.clientAddress)
            if try form.one("sesi") == "lain" {
                try await parts.sessions.endOthers(
                    than: person.session, of: person.account, by: actor, at: parts.clock())
            } else if let session = try form.integer("sesi", in: 1...Int.max) {
                try await parts.sessions.end(session, of: person.account, by: actor, at: parts.clock())
            }
            return done("sesi", context.language)
        }
        desk.submit("/akun/kalender", .enterDesk) { _, _, context, person, frame in
            let token = try await calendars.make(
                for: person.account, by: person.actor(from: context.clientAddress), at: parts.clock())
            var model = try await page(person)
            model.calendar = "\(parts.publicURL)/kalender/\(token).ics"
            return .personal(AccountView.page(model, .none, frame))
        }
        desk.page("/akun/data.json", .enterDesk) { _, _, person, _ in
            let data = try await parts.accounts.personalData(of: person.account, at: parts.clock())
            return .bytes(Array(data), type: "application/json", sharing: .personal)
                .with("Content-Disposition", "attachment; filename=\"simpul-data-saya.json\"")
        }
        desk.page("/akun/berhenti", .enterDesk) { _, _, person, frame in
            .personal(AccountView.leave(person.email, .none, frame))
        }
        desk.submit("/akun/berhenti", .enterDesk) { form, _, context, person, frame in
            do {
                try await parts.accounts.confirm(form.secret("current"), of: person.account, at: parts.clock())
                try await parts.accounts.leave(
                    person.account, by: person.actor(from: context.clientAddress), at: parts.clock())
                return .seeOther(Address.path().within(context.language.prefix))
                    .with("Set-Cookie", parts.cookie.end)
            } catch let refusal as any Refusal where refusal is PasswordRefusal || refusal is AccountRefusal {
                return .personal(
                    AccountView.leave(person.email, FormProblems(refusal), frame), status: refusal.kind.status)
            }
        }
        addCodes(to: desk)
    }

    private func addCodes(to desk: Desk) {
        desk.page("/akun/kode", .enterDesk) { _, _, person, frame in
            .personal(try await setup(person, .none, frame))
        }
        desk.submit("/akun/kode", .enterDesk) { form, _, context, person, frame in
            do {
                let codes = try await parts.secondFactors.confirm(
                    try form.text("code", limit: 100) ?? "", of: person.account,
                    by: person.actor(from: context.clientAddress), at: parts.clock())
                return .personal(CodeSetupView.recovery(codes, next: frame.to(.path("akun")), frame))
            } catch let refusal as SignInRefusal {
                return .personal(
                    try await setup(person, FormProblems(refusal), frame), status: refusal.kind.status)
            }
        }
        desk.submit("/akun/kode/pemulihan", .enterDesk) { _, _, context, person, frame in
            let codes = try await parts.secondFactors.renewRecovery(
                of: person.account, by: person.actor(from: context.clientAddress), at: parts.clock())
            return .personal(CodeSetupView.recovery(codes, next: frame.to(.path("akun")), frame))
        }
        desk.submit("/akun/kode/lepas", .enterDesk) { _, _, context, person, frame in
            try await attempt(person, frame) {
                try await parts.secondFactors.remove(
                    of: person.account, by: person.actor(from: context.clientAddress), at: parts.clock())
                return done("kode", context.language)
            }
        }
    }

    private func setup(_ person: Person, _ problems: FormProblems, _ frame: Frame) async throws -> HTML {
        let setup = try await parts.secondFactors.prepare(person.account, issuer: "Simpul", at: parts.clock())
        return CodeSetupView.page(
            CodeSetup(
                secret: setup.secret, link: setup.uri, action: .path("akun", "kode"), required: needsCode(person)),
            problems, frame)
    }

    private func needsCode(_ person: Person) -> Bool { person.grants.contains { $0.role.needsSecondFactor } }

    private func page(_ person: Person) async throws -> AccountPage {
        let now = parts.clock()
        return AccountPage(
            own: try await parts.accounts.own(person.account, at: now),
            sessions: try await parts.sessions.list(person.account, at: now), here: person.session,
            codeNeeded: needsCode(person), hasCalendar: try await calendars.exists(for: person.account))
    }

    /// Does what a form of the page asks; a refusal shows the page again with each problem beside its field.
    private func attempt(
        _ person: Person, _ frame: Frame, typed: ProfileForm? = nil, _ body: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await body()
        } catch let refusal as any Refusal
            where refusal is AccountRefusal || refusal is PasswordRefusal || refusal is RepeatRefusal
            || refusal is SignInRefusal
        {
            var model = try await page(person)
            if let typed { model.profile = typed }
            return .personal(
                AccountView.page(model, FormProblems(refusal), frame), status: refusal.kind.status)
        }
    }

    private func done(_ what: String, _ language: Language) -> Answer {
        .seeOther(Address.path("akun", query: [("selesai", what)]).within(language.prefix))
    }

    private static let notices = [
        "profil": Phrase("Profil tersimpan.", "The profile is saved."),
        "sandi": Phrase(
            "Kata sandi diganti. Sesi di perangkat lain sudah berakhir.",
            "The password is changed. Sessions on other devices have ended."),
        "sesi": Phrase("Sesi diakhiri.", "The session has ended."),
        "kode": Phrase("Kode sekali pakai dilepas.", "One-time codes are removed."),
    ]
}

extension Query {
    /// A password as typed, spaces and all; empty when the form has none.
    func secret(_ name: String) -> String { parameters.first { $0.name == name }?.value ?? "" }
}
