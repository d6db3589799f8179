import Hummingbird
import Kernel
import Logging
import Web

/// Signing in at the agencies' own provider: `/masuk/sso` goes there, `/masuk/sso/kembali` is where it sends back.
package struct OpenIDPages: Sendable {
    private let parts: SignInParts
    private let provider: OpenIDProvider
    private let flows: SignInFlows
    private let identities: Identities

    package init(_ parts: SignInParts, provider: OpenIDProvider, flows: SignInFlows, identities: Identities) {
        self.parts = parts
        self.provider = provider
        self.flows = flows
        self.identities = identities
    }

    package func add(to routes: Routes) {
        // A link, not a form: the policy for forms would stop a redirect to another site.
        routes.page("/masuk/sso") { request, context in
            let now = parts.clock()
            let target = SitePath(try request.query().one("ke"))?.text ?? "/kerja"
            let flow = try await flows.begin(target: target, at: now)
            do {
                let address = try await provider.authorization(flow, language: context.language, at: now)
                guard let there = Address(address) else { throw OpenIDRefusal.provider(.discovery) }
                return .seeOther(there).with("Set-Cookie", parts.cookie.flow(flow.state))
            } catch let refusal as OpenIDRefusal {
                return refused(refusal, request, context)
            }
        }
        routes.get("/masuk/sso/kembali") { request, context in
            do {
                return try await finish(request, context).with("Set-Cookie", parts.cookie.flowEnd)
            } catch let refusal as OpenIDRefusal {
                return refused(refusal, request, context)
            }
        }
    }

    private func finish(_ request: Request, _ context: Context) async throws -> Answer {
        let now = parts.clock()
        let query = try request.query()
        // The browser that comes back must be the one that began, else a stranger's sign-in could be slipped to it.
        guard let state = try query.one("state"), state.utf8.count <= 100,
            request.cookie(SessionCookie.flow) == state
        else { throw OpenIDRefusal.flow }
        let flow = try await flows.take(state, at: now)
        if let issuer = try query.one("iss"), issuer != provider.settings.issuer { throw OpenIDRefusal.token(.issuer) }
        if let error = try query.one("error") { throw OpenIDRefusal.denied(String(error.prefix(100))) }
        guard let code = try query.one("code") else { throw OpenIDRefusal.flow }
        let token = try await provider.identify(code, flow, at: now)
        let match = try await identities.account(
            for: token, trustingEmail: provider.settings.trustsEmail, from: context.clientAddress, at: now)
        if match.invited {
            let link = try await identities.renewInvitation(match.account, from: context.clientAddress, at: now)
            return .seeOther(.path("undangan", link))
        }
        let opened = try await parts.signIns.open(
            match.account, how: "openid", vouched: token.secondFactor, from: parts.origin(request, context), at: now)
        return parts.proceed(opened, to: SitePath(flow.target))
    }

    private func refused(_ refusal: OpenIDRefusal, _ request: Request, _ context: Context) -> Answer {
        context.logger.warning("a sign-in at the provider failed", metadata: ["why": "\(refusal)"])
        var model = SignInPage()
        model.provider = provider.settings.name
        model.problems = FormProblems(refusal)
        return parts.strangers(request, context, status: refusal.kind.status) { SignInView.page(model, $0) }
    }
}
