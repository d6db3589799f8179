import Hummingbird
import Kernel

/// The addresses of the site. A slice adds its own; Web adds HEAD, OPTIONS, 405 and the errors to each.
package final class Routes {
    package typealias Handler = @Sendable (Request, Context) async throws -> Answer

    private let router = Router(context: Context.self)
    private var methods: [String: [HTTPRequest.Method]] = [:]
    /// Every method and address that was added, in their order; HEAD and OPTIONS, which come by themselves, aside.
    package private(set) var addresses: [(method: String, path: String)] = []
    /// The addresses whose bodies may be larger than all others.
    private(set) var bodyLimits = BodyLimits()

    package init() {}

    /// A page in both languages: `/inovasi/{id}` is served there and at `/en/inovasi/{id}`; the context says which.
    package func page(_ path: String, _ handler: @escaping Handler) {
        for path in Routes.both(path) { add(.get, path, handler) }
    }

    /// A form sent to a page's address, in both languages.
    package func submit(_ path: String, _ handler: @escaping Handler) {
        for path in Routes.both(path) { add(.post, path, handler) }
    }

    /// A form with files, in both languages; its body may have up to `limit` bytes, and comes to the handler as fast as
    /// that takes it.
    package func upload(_ path: String, limit: Int, _ handler: @escaping Handler) {
        for path in Routes.both(path) {
            bodyLimits.set(limit, at: path)
            add(.post, path, handler)
        }
    }

    /// One address, whatever the language.
    package func get(_ path: String, _ handler: @escaping Handler) { add(.get, path, handler) }
    package func post(_ path: String, _ handler: @escaping Handler) { add(.post, path, handler) }
    package func put(_ path: String, _ handler: @escaping Handler) { add(.put, path, handler) }
    package func delete(_ path: String, _ handler: @escaping Handler) { add(.delete, path, handler) }

    /// JSON for programs: refuses clients that do not take JSON with 406.
    package func json(_ path: String, _ handler: @escaping Handler) {
        add(.get, path) { request, context in
            guard Acceptance.weight(of: "application/json", in: request.headers[.accept]) > 0 else {
                throw HTTPFault.notAcceptable
            }
            return try await handler(request, context)
        }
    }

    private func add(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        methods[path, default: []].append(method)
        addresses.append((method.rawValue, path))
        on(path, method, handler)
        if method == .get { on(path, .head, handler) }
    }

    private func on(_ path: String, _ method: HTTPRequest.Method, _ handler: @escaping Handler) {
        router.on(RouterPath(path), method: method) { request, context -> Response in
            do {
                return try await handler(request, context).response(to: request, in: context)
            } catch {
                return context.site.errors.response(to: error, for: request, in: context)
            }
        }
    }

    /// The router, with an answer for every method of each address.
    func responder() -> RouterResponder<Context> {
        for (path, served) in methods {
            var names = served.map(\.rawValue) + ["OPTIONS"]
            if served.contains(.get) { names.append("HEAD") }
            let allowed = names.sorted().joined(separator: ", ")
            let isAPI = SecurityFields.isAPI(path)
            on(path, .options) { _, _ in
                var answer = Answer.nothing.with("Allow", allowed)
                if isAPI {
                    answer = answer.with("Access-Control-Allow-Methods", allowed)
                        .with("Access-Control-Allow-Headers", "Accept, Accept-Language, Content-Type, If-None-Match")
                        .with("Access-Control-Max-Age", "86400")
                }
                return answer
            }
            let others: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .trace, .connect]
            for other in others where !names.contains(other.rawValue) {
                on(path, other) { _, _ in throw HTTPFault.method(allowed: allowed) }
            }
        }
        methods = [:]
        return router.buildResponder()
    }

    private static func both(_ path: String) -> [String] {
        Language.allCases.map { $0.prefix.isEmpty ? path : path == "/" ? $0.prefix : $0.prefix + path }
    }
}
