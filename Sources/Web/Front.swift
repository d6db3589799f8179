import Hummingbird
import Kernel
import NIOCore

/// The way of a request that the gateway could not answer itself: to its handler, through the router.
struct Front: HTTPResponder {
    typealias Context = Arrival

    let router: RouterResponder<Web.Context>
    let site: Site

    func respond(to request: Request, context arrival: Arrival) async throws -> Response {
        let (path, began) = (request.uri.path, Instant.now())
        let requestID = request.headers.first(Gateway.idField) ?? RequestNames.make()
        var logger = arrival.logger
        logger[metadataKey: "request"] = .string(requestID)
        let peer = arrival.peer?.ipAddress ?? ""
        let visitor = await site.visitor(request)
        let context = Web.Context(
            source: .init(
                logger: logger, requestID: requestID, language: Front.language(path, request),
                clientAddress: site.proxies.client(peer: peer, forwarded: request.headers.first("X-Forwarded-For")),
                began: began, dataVersion: site.dataVersion(), visitor: visitor, site: site))
        var response = await self.response(to: request, path, context)
        if let route = context.endpointPath, route != "NotFound" { response.headers.add(Gateway.routeField, route) }
        return response
    }

    private func response(to request: Request, _ path: String, _ context: Web.Context) async -> Response {
        func fault(_ fault: HTTPFault) -> Response { site.errors.response(to: fault, for: request, in: context) }
        guard request.target.utf8.count <= site.limits.target else { return fault(.targetTooLong) }
        if let asset = site.assets.answers[request.target] {
            let served: [HTTPRequest.Method] = [.get, .head]
            return served.contains(request.method) ? asset.response(to: request) : fault(.method(allowed: "GET, HEAD"))
        }
        do {
            let response = try await router.respond(to: request, context: context)
            guard context.endpointPath == nil || context.endpointPath == "NotFound" else { return response }
        } catch let error as HTTPError where error.status == .notFound {
            // Answered below, as when the router finds nothing.
        } catch {
            return site.errors.response(to: error, for: request, in: context)
        }
        return fault(await allowed(at: request, context).map { HTTPFault.method(allowed: $0) } ?? .notFound)
    }

    /// What an address serves, for a method that the routes do not know (`QUERY`, `PROPFIND`): the address's own answer
    /// to OPTIONS says it. Nil when there is nothing at the address.
    private func allowed(at request: Request, _ context: Web.Context) async -> String? {
        guard request.method != .get, request.method != .head else { return nil }
        var head = request.head
        head.method = .options
        let answer = try? await router.respond(to: Request(head: head, body: request.body), context: context)
        return answer?.headers[.allow]
    }

    private static func language(_ path: String, _ request: Request) -> Language {
        if SecurityFields.isAPI(path) {
            return Acceptance.language(request.headers[.acceptLanguage]) == "en" ? .english : .indonesian
        }
        return path == "/en" || path.hasPrefix("/en/") ? .english : .indonesian
    }
}
