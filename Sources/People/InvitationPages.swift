import Hummingbird
import Kernel
import Web

/// One-time links: the invitation to an account, `/undangan/{token}`, and a new password, `/sandi`.
package struct InvitationPages: Sendable {
    private let parts: SignInParts

    package init(_ parts: SignInParts) { self.parts = parts }

    package func add(to routes: Routes) {
        routes.page("/undangan/{token}") { request, context in
            try await invitation(
                request, context, again: try request.query().one("langkah") == "profil", typed: nil, .none)
        }
        routes.submit("/undangan/{token}") { request, context in
            let form = try await request.form()
            try FormToken.check(form, request, context)
            return try form.one("langkah") == "sandi"
                ? try await accept(form, request, context) : try await complete(form, request, context)
        }
        routes.page("/sandi") { request, context in
            parts.strangers(request, context) { InvitationView.reset("", sent: false, .none, $0) }
        }
        routes.submit("/sandi") { request, context in
            let form = try await request.form()
            try FormToken.check(form, request, context)
            guard let email = try form.text("email", limit: 300), EmailAddress(email) != nil else {
                let problems = FormProblems(AccountRefusal.notAnEmail)
                return parts.strangers(request, context, status: 422) {
                    InvitationView.reset((try? form.text("email", limit: 300)) ?? "", sent: false, problems, $0)
                }
            }
            try await parts.accounts.requestReset(email, from: context.clientAddress, at: parts.clock())
            return parts.strangers(request, context) { InvitationView.reset(email, sent: true, .none, $0) }
        }
        routes.page("/sandi/{token}") { request, context in try await reset(request, context, .none) }
        routes.submit("/sandi/{token}") { request, context in
            let form = try await request.form()
            try FormToken.check(form, request, context)
            do {
                _ = try await parts.accounts.reset(
                    try context.part("token"), to: try InvitationPages.password(form), from: context.clientAddress,
                    at: parts.clock())
                // Not signed in by the link alone: a second factor still asks.
                return .seeOther(Address.path("masuk", query: [("sandi", "1")]).within(context.language.prefix))
                    .with("Set-Cookie", parts.cookie.end)
            } catch let refusal as any Refusal where !refusal.problems.isEmpty {
                return try await reset(request, context, FormProblems(refusal))
            }
        }
    }

    private func invitation(
        _ request: Request, _ context: Context, again: Bool, typed: ProfileForm?, _ problems: FormProblems
    ) async throws -> Answer {
        let token = try context.part("token")
        let known = try await parts.accounts.invitation(token, at: parts.clock())
        let action = Address.path("undangan", token)
        return parts.strangers(request, context, status: problems.isEmpty ? 200 : 422) { frame in
            guard known.hasProfile, !again else {
                let profile =
                    typed
                    ?? ProfileForm(
                        name: known.name, office: known.office, phone: known.phone ?? "", language: known.language)
                return InvitationView.profile(
                    profile, email: known.email, roles: known.grants.map { GrantWords.say($0, frame.language) },
                    action: action, problems, frame)
            }
            return InvitationView.password(
                first: true, email: known.email, action: action,
                back: frame.to(.path("undangan", token, query: [("langkah", "profil")])), problems, frame)
        }
    }

    private func complete(_ form: Query, _ request: Request, _ context: Context) async throws -> Answer {
        let token = try context.part("token")
        let typed = try InvitationPages.profile(form)
        do {
            try await parts.accounts.completeProfile(
                token, try typed.checked(), from: context.clientAddress, at: parts.clock())
            return .seeOther(Address.path("undangan", token).within(typed.language.prefix))
        } catch let refusal as AccountRefusal where !refusal.problems.isEmpty {
            return try await invitation(request, context, again: true, typed: typed, FormProblems(refusal))
        }
    }

    private func accept(_ form: Query, _ request: Request, _ context: Context) async throws -> Answer {
        do {
            let account = try await parts.accounts.accept(
                try context.part("token"), password: try InvitationPages.password(form), from: context.clientAddress,
                at: parts.clock())
            let opened = try await parts.signIns.open(
                account, how: "invitation", from: parts.origin(request, context), at: parts.clock())
            return parts.proceed(opened, to: nil)
        } catch let refusal as any Refusal where !refusal.problems.isEmpty {
            return try await invitation(request, context, again: false, typed: nil, FormProblems(refusal))
        }
    }

    private func reset(_ request: Request, _ context: Context, _ problems: FormProblems) async throws -> Answer {
        let token = try context.part("token")
        let email = try await parts.accounts.reset(token, at: parts.clock())
        return parts.strangers(request, context, status: problems.isEmpty ? 200 : 422) {
            InvitationView.password(
                first: false, email: email, action: .path("sandi", token), back: nil, problems, $0)
        }
    }

    /// The new password, typed twice. Throws `RepeatRefusal`.
    static func password(_ form: Query) throws -> String {
        let password = form.parameters.first { $0.name == "password" }?.value ?? ""
        guard password == form.parameters.first(where: { $0.name == "again" })?.value else {
            throw RepeatRefusal.differs
        }
        return password
    }

    static func profile(_ form: Query) throws -> ProfileForm {
        ProfileForm(
            name: try form.text("name", limit: 2000) ?? "", office: try form.text("office", limit: 2000) ?? "",
            phone: try form.text("phone", limit: 2000) ?? "",
            language: try form.choice("language", of: Language.self) ?? .indonesian)
    }
}

extension ProfileForm {
    func checked() throws(AccountRefusal) -> Profile {
        try Profile(name: name, office: office, phone: phone, language: language)
    }
}

/// Why a new password is not taken although it is good.
enum RepeatRefusal: Refusal, Hashable {
    case differs

    var kind: RefusalKind { .invalid }
    var message: Phrase {
        Phrase("Kedua kata sandi belum sama. Ketik lagi keduanya.", "The two passwords differ. Type both again.")
    }
    var problems: [Problem] { [Problem("again", message)] }
}
