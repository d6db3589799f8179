import Kernel
import NIOCore
import NIOHTTP1

/// One connection's door, between the HTTP parser and Hummingbird. It names, counts, limits and logs every request, and
/// answers finished pages and assets by itself: that saves them the way through tasks, router and encoder, which costs
/// more than the page.
final class Gateway: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// A request that has begun and is not answered completely.
    struct Exchange {
        let id: String
        let method: HTTPMethod
        let target: String
        let version: HTTPVersion
        let began: NIODeadline
        var keepsAlive: Bool
        var status = 0
        var route = ""
        var bytes = 0
        /// The answer's head was written past the encoder, and its end must be too.
        var bare = false
    }

    /// Carries the request's name inwards.
    static let idField = "Simpul-Request"
    /// Carries the route's pattern outwards; never leaves the process.
    static let routeField = "Simpul-Route"

    private let site: Site
    private let wire: Wire
    private var running: [Exchange] = []
    private var direct: (answer: StoredAnswer, exchange: Exchange, head: HTTPRequestHead)?
    private var bodyBegan: NIODeadline?
    private var bodyBytes = 0
    private var bodyLimit = 0
    private var quietSince = NIODeadline.now()
    private var fullSince: NIODeadline?
    private var lingerUntil: NIODeadline?
    private var fault: EarlyFault?
    private var abandoned = false
    private var stopping = false
    private var unflushed = false
    private var date: (second: Int64, line: String) = (-1, "")
    private var timer: Scheduled<Void>?

    init(site: Site, wire: Wire) {
        self.site = site
        self.wire = wire
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !abandoned else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
            if bodyBytes > bodyLimit {
                giveUp(.bodyTooLarge, context)
            } else if direct == nil {
                context.fireChannelRead(data)
            }
        case .end:
            wire.headEnded()
            bodyBegan = nil
            quietSince = .now()
            if let (answer, exchange, head) = direct {
                direct = nil
                give(answer, exchange, head, context)
            } else {
                context.fireChannelRead(data)
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if unflushed {
            unflushed = false
            wire.flush()
        }
        context.fireChannelReadComplete()
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        wire.headEnded()
        let now = NIODeadline.now()
        bodyBegan = now
        bodyBytes = 0
        bodyLimit = site.bodyLimit(method: head.method.rawValue, target: head.uri)
        var exchange = Exchange(
            id: name(head, context), method: head.method, target: head.uri, version: head.version, began: now,
            keepsAlive: head.isKeepAlive && !stopping && head.method != .CONNECT
                && !head.headers.contains(name: "upgrade"))
        if head.version == .http1_1, head.headers[canonicalForm: "host"].count != 1 {
            return giveUp(.malformed, context, exchange)
        }
        if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > bodyLimit {
            return giveUp(.bodyTooLarge, context, exchange)
        }
        if head.headers.first(name: "expect")?.lowercased() == "100-continue", running.isEmpty {
            wire.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
            wire.flush()
        }
        if running.isEmpty, head.method == .GET || head.method == .HEAD, context.channel.isWritable,
            let answer = site.stored(
                head.uri, cookie: Gateway.cookies(head),
                authorized: head.headers.contains(name: "authorization")),
            answer.suits(head.headers.first(name: "accept"))
        {
            exchange.route = answer.route
            direct = (answer, exchange, head)
            return
        }
        var inward = head
        inward.headers.replaceOrAdd(name: Gateway.idField, value: exchange.id)
        if !exchange.keepsAlive { inward.headers.replaceOrAdd(name: "connection", value: "close") }
        running.append(exchange)
        site.requests.began()
        context.fireChannelRead(wrapInboundOut(.head(inward)))
        if stopping { context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    // HTTP/1.1 allows one line of cookies, but who sends two must not be taken for a stranger.
    private static func cookies(_ head: HTTPRequestHead) -> String? {
        let lines = head.headers["cookie"]
        return lines.count > 1 ? lines.joined(separator: "; ") : lines.first
    }

    private func name(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) -> String {
        guard let given = head.headers.first(name: "x-request-id"), RequestNames.accepted(given),
            site.proxies.contains(context.channel.remoteAddress?.ipAddress ?? "")
        else { return RequestNames.make() }
        return given
    }

    // MARK: Finished answers

    private func give(
        _ answer: StoredAnswer, _ begun: Exchange, _ head: HTTPRequestHead, _ context: ChannelHandlerContext
    ) {
        var exchange = begun
        let form = answer.form(head.headers.first(name: "accept-encoding"))
        let known = form.matches(head.headers.first(name: "if-none-match"))
        let body = known || head.method == .HEAD ? nil : form.body
        // A large body is sent from where it lies; a small one travels in the same buffer as its head.
        let joined = body.map { $0.readableBytes <= 64 * 1024 } ?? false
        let bytes = known ? form.notModifiedHead : form.head
        var buffer = context.channel.allocator.buffer(
            capacity: bytes.count + 160 + (joined ? form.body.readableBytes : 0))
        buffer.writeBytes(bytes)
        writeOwnFields(of: exchange, into: &buffer)
        if joined { buffer.writeImmutableBuffer(form.body) }
        wire.write(buffer)
        if let body, !joined { wire.write(body) }
        unflushed = true
        exchange.status = known ? 304 : 200
        exchange.bytes = body?.readableBytes ?? 0
        note(exchange, cached: true)
        if !exchange.keepsAlive { end() }
        if stopping { context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    /// The fields of the single answer, and the empty line.
    private func writeOwnFields(of exchange: Exchange, into buffer: inout ByteBuffer) {
        buffer.writeStaticString("X-Request-Id: ")
        buffer.writeString(exchange.id)
        let now = Instant.now()
        if date.second != now.milliseconds / 1000 {
            date = (now.milliseconds / 1000, "\r\nDate: \(now.httpDate)\r\n")
        }
        buffer.writeString(date.line)
        if !exchange.keepsAlive {
            buffer.writeStaticString("Connection: close\r\n")
        } else if exchange.version == .http1_0 {
            buffer.writeStaticString("Connection: keep-alive\r\n")
        }
        buffer.writeStaticString("\r\n")
    }

    // MARK: Answers of handlers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !abandoned, !running.isEmpty else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.status.code >= 200 { finishHead(&head) }
            guard running[0].bare else {
                context.write(wrapOutboundOut(.head(head)), promise: promise)
                return
            }
            let fields = head.headers.map { Field($0.name, $0.value) }
            let line = "HTTP/1.1 \(head.status.code) \(head.status.reasonPhrase)\r\n"
            wire.write(ByteBuffer(bytes: composed(line, fields) + "\r\n".utf8))
            promise?.succeed(())
        case .body(let body):
            running[0].bytes += body.readableBytes
            context.write(data, promise: promise)
        case .end:
            let exchange = running.removeFirst()
            site.requests.left()
            quietSince = .now()
            if exchange.bare { promise?.succeed(()) } else { context.write(data, promise: promise) }
            note(exchange, cached: false)
            if !exchange.keepsAlive { lingerUntil = .now() + .seconds(2) }
            if running.isEmpty, let fault { giveUp(fault, context) }
        }
    }

    private func finishHead(_ head: inout HTTPResponseHead) {
        running[0].status = Int(head.status.code)
        if let route = head.headers.first(name: Gateway.routeField) {
            running[0].route = route
            head.headers.remove(name: Gateway.routeField)
        }
        if stopping { running[0].keepsAlive = false }
        head.version = running[0].version
        head.headers.add(name: "X-Request-Id", value: running[0].id)
        if !running[0].keepsAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        // Without a length the encoder would announce chunks and end them, which a HEAD must not.
        running[0].bare = running[0].method == .HEAD && !head.headers.contains(name: "content-length")
    }

    private func note(_ exchange: Exchange, cached: Bool) {
        let nanoseconds = (NIODeadline.now() - exchange.began).nanoseconds
        let method = exchange.method.rawValue
        site.requests.record(
            method: method, route: exchange.route, status: exchange.status, seconds: Double(nanoseconds) / 1e9)
        site.log.note(
            id: exchange.id, method: method, target: exchange.target, status: exchange.status,
            milliseconds: Double(nanoseconds) / 1e6, bytes: exchange.bytes, cached: cached)
    }

    // MARK: Refusals before a handler

    /// Answers what no handler will see, then ends the connection: what follows on it cannot be trusted.
    private func giveUp(_ fault: EarlyFault, _ context: ChannelHandlerContext, _ begun: Exchange? = nil) {
        guard !abandoned else { return }
        var exchange = begun ?? direct?.exchange
        if exchange == nil, let first = running.first {
            guard running.count == 1, first.status == 0, bodyBegan != nil else {
                // Others are answered first.
                if bodyBegan != nil && running.count == 1 { wire.abort() } else { self.fault = fault }
                wire.draining = true
                return
            }
            exchange = running.removeFirst()
            site.requests.left()
            abandoned = true
            // The handler that waits for the body must not take what came for the whole.
            context.fireErrorCaught(HTTPParserError.invalidEOFState)
        } else if exchange != nil, !running.isEmpty {
            self.fault = fault
            wire.draining = true
            return
        }
        var refused =
            exchange
            ?? Exchange(
                id: RequestNames.make(), method: .RAW(value: "-"), target: "-", version: .http1_1, began: .now(),
                keepsAlive: false)
        refused.keepsAlive = false
        refused.status = fault.status
        refused.bytes = fault.text.utf8.count
        abandoned = true
        direct = nil
        var buffer = ByteBuffer(bytes: fault.head)
        writeOwnFields(of: refused, into: &buffer)
        if refused.method != .HEAD { buffer.writeString(fault.text) }
        wire.write(buffer)
        note(refused, cached: false)
        end()
    }

    // Closing at once would reset the connection under the answer, so the client gets a moment to read it.
    private func end() {
        unflushed = false
        wire.draining = true
        wire.finishOutput()
        lingerUntil = .now() + .seconds(2)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            giveUp(wire.firstLine > site.limits.parsedField ? .targetTooLong : .headerTooLarge, context)
        case HTTPParserError.invalidEOFState: context.fireErrorCaught(error)
        case is HTTPParserError: giveUp(.malformed, context)
        default: context.fireErrorCaught(error)
        }
    }

    // MARK: Time

    func channelActive(context: ChannelHandlerContext) {
        site.requests.connected()
        quietSince = .now()
        watch(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        site.requests.disconnected()
        for var exchange in running {
            // The client went away, or the answer broke off: 499 as nginx says it.
            if exchange.status == 0 { exchange.status = 499 }
            site.requests.left()
            note(exchange, cached: false)
        }
        running = []
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        fullSince = context.channel.isWritable ? nil : .now()
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        stopping = true
        if direct == nil, wire.began == nil { context.fireUserInboundEventTriggered(event) }
    }

    private func watch(_ context: ChannelHandlerContext) {
        let limits = site.limits
        let shortest = [limits.headerTime, limits.idleTime, limits.bodyTime, limits.writeTime].min() ?? 1000
        let pause = TimeAmount.milliseconds(Int64(max(10, min(2000, shortest / 4))))
        timer = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: pause) { [weak self] in
            guard let self, context.channel.isActive else { return }
            self.check(context)
            self.watch(context)
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        let limits = site.limits
        if let lingerUntil, now > lingerUntil, fullSince == nil { return wire.abort() }
        if let fullSince, now - fullSince > .milliseconds(Int64(limits.writeTime)) { return wire.abort() }
        if let began = wire.began, bodyBegan == nil, !wire.draining,
            now - began > .milliseconds(Int64(limits.headerTime))
        {
            return giveUp(.tooSlow, context)
        }
        if let bodyBegan {
            let allowed = TimeAmount.milliseconds(
                Int64(limits.bodyTime) + Int64(bodyBytes) * 1000 / Int64(limits.bodyRate))
            if now - bodyBegan > allowed { giveUp(.tooSlow, context) }
        } else if running.isEmpty, wire.began == nil, now - quietSince > .milliseconds(Int64(limits.idleTime)) {
            wire.abort()
        }
    }
}
