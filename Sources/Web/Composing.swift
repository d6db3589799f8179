import Hummingbird
import Kernel
import Logging
import NIOCore

extension Answer {
    /// The answer as Hummingbird sends it: tagged, packed, kept for others where that is allowed.
    func response(to request: Request, in context: Context) -> Response {
        // A page that says otherwise for itself, e.g. that it may ask where one is, is believed.
        let shared = (SecurityFields.all + SecurityFields.crossOrigin(request.uri.path)).filter { field in
            !fields.contains { $0.name == field.name }
        }
        switch body {
        case .bytes(let bytes):
            // A page for everybody carries the name of whoever is signed in, so it is then for them alone.
            if status == 200, case .everyone(let until) = sharing, context.visitor == nil,
                request.method == .get || request.method == .head
            {
                let stored = StoredAnswer(
                    fields: fields, type: type ?? "application/octet-stream", body: bytes,
                    cacheControl: "public, max-age=0, must-revalidate", until: until,
                    route: context.endpointPath ?? "", shared: shared)
                if context.site.mayShare(
                    cookie: request.headers[.cookie], authorized: request.headers[.authorization] != nil)
                {
                    context.site.cache.store(stored, key: PageCache.key(request.target), version: context.dataVersion)
                }
                return stored.response(to: request)
            }
            return response(bytes, to: request, shared)
        case .source(let write):
            return response(write, to: request, context, shared)
        }
    }

    private func response(_ bytes: ByteBuffer, to request: Request, _ shared: [Field]) -> Response {
        var all = fields + [Field("Cache-Control", "no-store")] + shared
        if let type { all.append(Field("Content-Type", type)) }
        var bytes = bytes
        if let type, isCompressible(type), bytes.readableBytes >= 600 {
            all.append(Field("Vary", "Accept-Encoding"))
            if Acceptance.gzip(request.headers[.acceptEncoding]), let packed = gzipped(bytes, level: 4) {
                bytes = packed
                all.append(Field("Content-Encoding", "gzip"))
            }
        }
        let empty = bytes.readableBytes == 0
        var response = Response(
            status: .init(code: status), headers: HTTPFields(all),
            body: empty ? ResponseBody() : ResponseBody(byteBuffer: bytes))
        if status == 204 { response.headers[.contentLength] = nil }
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func response(
        _ write: @escaping @Sendable (Chunks) async throws -> Void, to request: Request, _ context: Context,
        _ shared: [Field]
    ) -> Response {
        var all = fields + [Field("Cache-Control", "no-store")] + shared
        if let type { all.append(Field("Content-Type", type)) }
        var packs = false
        if let type, isCompressible(type) {
            all.append(Field("Vary", "Accept-Encoding"))
            packs = Acceptance.gzip(request.headers[.acceptEncoding])
            if packs { all.append(Field("Content-Encoding", "gzip")) }
        }
        if request.method == .head {
            var response = Response(status: .init(code: status), headers: HTTPFields(all))
            response.headers[.contentLength] = nil
            return response
        }
        let packed = packs
        let logger = context.logger
        let level = type == Answer.eventType ? Logger.Level.debug : .warning
        return Response(
            status: .init(code: status), headers: HTTPFields(all),
            body: ResponseBody { writer in
                do {
                    let chunks = Chunks(writer, gzip: packed ? GzipStream(level: 4) : nil)
                    try await write(chunks)
                    try await chunks.finish()
                    try await writer.finish(nil)
                } catch {
                    logger.log(
                        level: level, "a download broke off", metadata: ["error": "\(String(reflecting: error))"])
                    throw error
                }
            })
    }
}

extension StoredAnswer {
    /// The same as the gateway gives, for a request that came the long way.
    func response(to request: Request) -> Response {
        let form = form(request.headers[.acceptEncoding])
        if form.matches(request.headers[.ifNoneMatch]) {
            var response = Response(status: .notModified, headers: HTTPFields(form.notModifiedFields))
            response.headers[.contentLength] = nil
            return response
        }
        let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: form.body)
        return Response(status: .ok, headers: HTTPFields(form.fields), body: body)
    }
}

extension HTTPFields {
    /// Fields whose names or values HTTP does not admit are left out; a line break in a value becomes a space.
    init(_ fields: [Field]) {
        self.init()
        for field in fields { add(field.name, field.value) }
    }

    mutating func add(_ name: String, _ value: String) {
        guard let name = HTTPFields.Element.Name(name) else { return }
        append(HTTPFields.Element(name: name, value: value))
    }

    func first(_ name: String) -> String? { HTTPFields.Element.Name(name).flatMap { self[$0] } }
}
