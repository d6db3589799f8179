import Hummingbird
import Kernel
import Logging
import NIOCore

/// What a handler knows of a request besides the request itself.
package struct Context: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The name that the log, the answer's `X-Request-Id` and an error page show.
    package let requestID: String
    /// English below `/en`; below `/api` what `Accept-Language` prefers; else Indonesian.
    package let language: Language
    /// The client's address; behind a trusted proxy the one that the proxy saw.
    package let clientAddress: String
    /// When the request's head had come: a deadline asks when a request began, not when its body was read.
    package let began: Instant
    /// The data version read before the handler began.
    package let dataVersion: Int64
    /// Who is signed in, if anybody.
    package let visitor: (any Visitor)?
    let site: Site

    package struct Source: RequestContextSource {
        package let logger: Logger
        let requestID: String
        let language: Language
        let clientAddress: String
        let began: Instant
        let dataVersion: Int64
        let visitor: (any Visitor)?
        let site: Site
    }

    package init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = source.requestID
        language = source.language
        clientAddress = source.clientAddress
        began = source.began
        dataVersion = source.dataVersion
        visitor = source.visitor
        site = source.site
    }

    /// A part of the path that the route names, e.g. `id` of `/inovasi/{id}`, decoded. Throws `QueryRefusal`
    /// `notText` or `control`.
    package func part(_ name: String) throws -> String {
        let raw = parameters.get(name) ?? ""
        guard let text = percentDecoded(raw, plusIsSpace: false) else { throw QueryRefusal.notText(name: name) }
        guard !hasForbiddenControl(text) else { throw QueryRefusal.control(name: name) }
        return text
    }

    /// A part of the path that is a row's number: from 1, written in the one way there is. Throws what `unknown` makes
    /// of any other text, or `QueryRefusal` as `part` does.
    package func number(_ name: String, unknown: (String) -> any Error) throws -> Int {
        let text = try part(name)
        guard let number = Int(text), number > 0, String(number) == text else { throw unknown(text) }
        return number
    }

    /// The address of an asset by its file name.
    package func asset(_ name: String) -> Address { site.assets.address(name) }
}

/// A request as Hummingbird hands it over, before it is known which page it asks for.
struct Arrival: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }
}

extension Request {
    /// The query string's parameters. Throws `QueryRefusal`.
    package func query() throws -> Query {
        guard let text = uri.query else { return .empty }
        return try Query(text)
    }

    /// The path and query as sent.
    package var target: String { uri.string }

    /// The fields of a urlencoded form of at most `limit` bytes. Throws `QueryRefusal`, or a fault of status 415 or 413.
    package func form(limit: Int = 256 * 1024) async throws -> Query {
        let type = headers[.contentType] ?? ""
        guard type.prefix(while: { $0 != ";" }).lowercased() == "application/x-www-form-urlencoded" else {
            throw HTTPFault(.unsupportedMediaType, accepted: "application/x-www-form-urlencoded")
        }
        let bytes = try await body.collect(upTo: limit)
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw QueryRefusal.notText(name: "form")
        }
        return try Query(text, limit: 1000)
    }
}
