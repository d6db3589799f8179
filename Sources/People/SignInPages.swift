import Hummingbird
import Kernel
import Web

/// Everything that signing in needs, shared by its pages.
package struct SignInParts: Sendable {
    package let accounts: Accounts
    package let sessions: Sessions
    package let signIns: SignIns
    package let secondFactors: SecondFactors
    package let cookie: SessionCookie
    /// Scheme and host of the portal without a final slash.
    package let publicURL: String
    /// The agencies' own sign-in, where there is one.
    package let provider: OpenIDProvider?
    package let clock: @Sendable () -> Instant

    package init(
        accounts: Accounts, sessions: Sessions, signIns: SignIns, secondFactors: SecondFactors, publicURL: String,
        provider: OpenIDProvider? = nil, clock: @escaping @Sendable () -> Instant = Instant.now
    ) {
        self.accounts = accounts
        self.sessions = sessions
        self.signIns = signIns
        self.secondFactors = secondFactors
        self.publicURL = publicURL
        self.provider = provider
        self.clock = clock
        cookie = SessionCookie(publicURL: publicURL)
    }

    func origin(_ request: Request, _ context: Context) -> SignIns.Origin {
        SignIns.Origin(
            address: context.clientAddress, agent: request.headers[.userAgent] ?? "",
            device: request.cookie(SessionCookie.device), session: request.cookie(cookie.name))
    }

    /// A page with a form that strangers send: its frame with the token, and the cookie that proves it.
    func strangers(
        _ request: Request, _ context: Context, status: Int = 200, _ page: (Frame) -> HTML
    ) -> Answer {
        let (token, cookie) = FormToken.issue(request, context)
        let frame = Frame(request, context, publicURL: publicURL, formToken: token)
        let answer = Answer.personal(page(frame), status: status)
        return cookie.map { answer.with($0.name, $0.value) } ?? answer
    }

    /// Gives the browser its session and sends it on: to the next step, or to where the person wanted to go.
    func proceed(_ opened: SignIns.Opened, to target: SitePath?) -> Answer {
        let place: Address
        switch opened.step {
        case .full: place = target.flatMap { Address($0.text) } ?? Address.path("kerja").within(opened.language.prefix)
        case .code, .setup:
            place = .path("masuk", "kode", query: target.map { [("ke", $0.text)] } ?? []).within(
                opened.language.prefix)
        }
        return cookies(opened, .seeOther(place))
    }

    func cookies(_ opened: SignIns.Opened, _ answer: Answer) -> Answer {
        let answer = answer.with("Set-Cookie", cookie.begin(opened.token))
        return opened.device.map { answer.with("Set-Cookie", cookie.device($0)) } ?? answer
    }
}

/// Signing in and out: `/masuk`, `/masuk/kode`, `/keluar`.
package struct SignInPages: Sendable {
    private let parts: SignInParts

    package init(_ parts: SignInParts) { self.parts = parts }

    package func add(to routes: Routes) {
        routes.page("/masuk") { request, context in
            let target = SitePath(try request.query().one("ke"))
            if context.visitor != nil {
                return .seeOther(target.flatMap { Address($0.text) } ?? home(context))
            }
            var model = page(target)
            if try request.query().one("keluar") != nil {
                model.notice = Phrase("Anda sudah keluar.", "You are signed out.")
            }
            if try request.query().one("sandi") != nil {
                model.notice = Phrase(
                    "Kata sandi sudah diganti. Masuklah dengan yang baru.",
                    "The password is changed. Sign in with the new one.")
            }
            return parts.strangers(request, context) { SignInView.page(model, $0) }
        }
        routes.submit("/masuk") { request, context in try await signIn(request, context) }
        routes.page("/masuk/kode") { request, context in
            try await step(request, context, target: SitePath(try request.query().one("ke")))
        }
        routes.submit("/masuk/kode") { request, context in try await enter(request, context) }
        routes.page("/keluar") { request, context in
            guard context.visitor != nil else {
                return .seeOther(Address.path("masuk").within(context.language.prefix))
            }
            return .personal(SignInView.leave(Frame(request, context, publicURL: parts.publicURL)))
        }
        routes.submit("/keluar") { request, context in
            try FormToken.check(try await request.form(), request, context)
            if let token = request.cookie(parts.cookie.name) {
                try await parts.sessions.signOut(token, from: context.clientAddress, at: parts.clock())
            }
            return .seeOther(Address.path("masuk", query: [("keluar", "1")]).within(context.language.prefix))
                .with("Set-Cookie", parts.cookie.end)
        }
    }

    private func home(_ context: Context) -> Address { Address.path("kerja").within(context.language.prefix) }

    private func page(_ target: SitePath?) -> SignInPage {
        var model = SignInPage()
        model.target = target
        model.provider = parts.provider?.settings.name
        return model
    }

    private func signIn(_ request: Request, _ context: Context) async throws -> Answer {
        let form = try await request.form()
        try FormToken.check(form, request, context)
        var model = page(SitePath(try form.one("ke")))
        let email = try form.text("email", limit: 300) ?? ""
        let password = form.parameters.first { $0.name == "password" }?.value ?? ""
        do {
            if let missing = SignInPages.missing(email, password) { throw missing }
            let opened = try await parts.signIns.signIn(
                email: email, password: password, from: parts.origin(request, context), at: parts.clock())
            return parts.proceed(opened, to: model.target)
        } catch let refusal as any Refusal
            where refusal is SignInRefusal || refusal is PasswordRefusal || refusal is QueryRefusal
        {
            model.email = email
            model.problems = FormProblems(refusal)
            return parts.strangers(request, context, status: refusal.kind.status) { SignInView.page(model, $0) }
        }
    }

    private static func missing(_ email: String, _ password: String) -> QueryRefusal? {
        email.isEmpty ? .absent(name: "email") : password.isEmpty ? .absent(name: "password") : nil
    }

    /// The second step of a sign-in, if one is under way.
    private func step(_ request: Request, _ context: Context, target: SitePath?, _ problems: FormProblems = .none)
        async throws -> Answer
    {
        let now = parts.clock()
        guard let token = request.cookie(parts.cookie.name),
            let pending = try await parts.sessions.pending(token, at: now)
        else {
            let place = context.visitor == nil ? Address.path("masuk").within(context.language.prefix) : home(context)
            return .seeOther(place)
        }
        let status = problems.isEmpty ? 200 : 422
        switch pending.step {
        case .full: return .seeOther(home(context))
        case .code:
            return parts.strangers(request, context, status: status) { SignInView.code(target, problems, $0) }
        case .setup:
            let setup = try await parts.secondFactors.prepare(pending.account, issuer: "Simpul", at: now)
            return parts.strangers(request, context, status: status) {
                CodeSetupView.page(
                    CodeSetup(
                        secret: setup.secret, link: setup.uri, action: .path("masuk", "kode"), target: target,
                        required: true), problems, $0)
            }
        }
    }

    private func enter(_ request: Request, _ context: Context) async throws -> Answer {
        let form = try await request.form()
        try FormToken.check(form, request, context)
        let target = SitePath(try form.one("ke"))
        let code = try form.text("code", limit: 100) ?? ""
        let now = parts.clock()
        guard let token = request.cookie(parts.cookie.name),
            let pending = try await parts.sessions.pending(token, at: now)
        else { return try await step(request, context, target: target) }
        let origin = parts.origin(request, context)
        do {
            switch pending.step {
            case .full: return .seeOther(home(context))
            case .code:
                return parts.proceed(
                    try await parts.secondFactors.enter(code, token, from: origin, at: now), to: target)
            case .setup:
                let (opened, recovery) = try await parts.secondFactors.confirm(code, token, from: origin, at: now)
                let next = target.flatMap { Address($0.text) } ?? home(context)
                let page = CodeSetupView.recovery(
                    recovery, next: next, Frame(request, context, publicURL: parts.publicURL))
                return parts.cookies(opened, .personal(page))
            }
        } catch let refusal as SignInRefusal {
            return try await step(request, context, target: target, FormProblems(refusal))
        }
    }
}
