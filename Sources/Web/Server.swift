import Foundation
import Hummingbird
import Kernel
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization

/// Serves the site: everything about HTTP that no single page should think of. It knows nothing about innovations.
package struct Server: Sendable {
    /// Where and how to serve.
    package struct Settings: Sendable {
        package var host: String
        /// 0 takes any free port.
        package var port: Int
        package var proxies: TrustedProxies
        package var limits: Limits
        /// The name of the cookie of a signed-in person; requests that carry it are never answered from the page cache.
        package var sessionCookie: String?
        /// Whether visitors reach the site by https.
        package var secure: Bool

        package init(
            host: String = "127.0.0.1", port: Int = 8080, proxies: TrustedProxies = .none, limits: Limits = Limits(),
            sessionCookie: String? = nil, secure: Bool = false
        ) {
            self.host = host
            self.port = port
            self.proxies = proxies
            self.limits = limits
            self.sessionCookie = sessionCookie
            self.secure = secure
        }
    }

    /// Every method and address served, as `Routes.addresses` names them.
    package let addresses: [(method: String, path: String)]

    private let settings: Settings
    private let site: Site
    private let router: RouterResponder<Web.Context>
    private let logger: Logger

    /// - `isReady`: whether pages can be answered now; `/readyz` says so.
    /// - `dataVersion`: the number of the last change that pages show; read for every request, so it must be cheap.
    /// - `signedIn`: who the session of a cookie belongs to.
    /// - `errorPage`: draws a notice in the site's layout.
    package init(
        settings: Settings, routes: Routes, assets: Assets, metrics: Metrics, log: RequestLog,
        logger: Logger = Logger(label: "simpul.web"),
        isReady: @escaping @Sendable () async -> Bool, dataVersion: @escaping @Sendable () -> Int64,
        signedIn: @escaping @Sendable (_ session: String) async -> (any Visitor)? = { _ in nil },
        errorPage: @escaping @Sendable (ErrorNotice, Web.Context) -> HTML
    ) {
        self.settings = settings
        self.logger = logger
        site = Site(
            settings: settings, assets: assets, errors: ErrorPages(page: errorPage), metrics: metrics, log: log,
            dataVersion: dataVersion, bodyLimits: routes.bodyLimits, signedIn: signedIn)
        routes.get("/healthz") { _, _ in .text("ok\n", type: "text/plain; charset=utf-8", sharing: .personal) }
        routes.get("/readyz") { _, _ in
            let ready = await isReady()
            return .text(
                ready ? "ok\n" : "not ready\n", type: "text/plain; charset=utf-8", sharing: .personal,
                status: ready ? 200 : 503)
        }
        routes.get("/metrics") { _, _ in
            .text(metrics.text(), type: "text/plain; version=0.0.4; charset=utf-8", sharing: .personal)
        }
        addresses = routes.addresses
        router = routes.responder()
    }

    /// Serves until SIGTERM or SIGINT, then finishes what runs and returns. `services` run beside it and stop with it.
    /// Throws `ServerRefusal` when the address cannot be had.
    package func run(
        services: [any Service] = [], started: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) async throws {
        try await run(group(services: services, heedsSignals: true, started: started))
    }

    /// Serves in the background until `stop`, without listening to signals.
    package func start() async throws -> RunningServer {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let group = group(services: [], heedsSignals: false) { port.yield($0) }
        let task = Task {
            defer { port.finish() }
            try await run(group)
        }
        guard let number = await ports.first(where: { _ in true }) else {
            try await task.value
            throw ServerRefusal.notStarted
        }
        return RunningServer(port: number, group: group, task: task)
    }

    private func run(_ group: ServiceGroup) async throws {
        let log = site.log
        let flusher = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(200))
                log.flush()
            }
        }
        defer {
            flusher.cancel()
            log.flush()
        }
        do {
            try await group.run()
        } catch let error as IOError {
            throw ServerRefusal(error, host: settings.host, port: settings.port) ?? error
        } catch is CancellationError {
            // Some requests did not finish within the time for stopping; they were cut off.
            logger.warning("stopped before every request was finished")
        }
    }

    private func group(
        services: [any Service], heedsSignals: Bool, started: @escaping @Sendable (Int) async -> Void
    ) -> ServiceGroup {
        let limits = settings.limits
        let site = site
        // Hummingbird's and the lifecycle's own words about starting and stopping are of no use to an operator.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            responder: Front(router: router, site: site),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [Installer(site: site)],
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.parsedField,
                        maxHeaderListSize: max(limits.headers, limits.parsedField),
                        maxHeaderFieldCount: limits.headerCount))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), backlog: 1024,
                availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
            onServerRunning: { channel in await started(channel.localAddress?.port ?? 0) },
            logger: quiet)
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) } + [.init(service: application)],
            gracefulShutdownSignals: heedsSignals ? [.sigterm, .sigint] : [], logger: quiet)
        configuration.maximumGracefulShutdownDuration = Duration.milliseconds(limits.stopTime)
        return ServiceGroup(configuration: configuration)
    }
}

/// A server that runs in the background of a test or a benchmark.
package struct RunningServer: Sendable {
    package let port: Int
    let group: ServiceGroup
    let task: Task<Void, any Error>

    /// Finishes what runs, refuses the new, and returns when the last is done.
    package func stop() async throws {
        await group.triggerGracefulShutdown()
        try await task.value
    }
}

/// Why a server cannot start.
package enum ServerRefusal: Refusal, Equatable {
    case portInUse(host: String, port: Int)
    case portForbidden(host: String, port: Int)
    case noSuchAddress(host: String)
    case notStarted

    init?(_ error: IOError, host: String, port: Int) {
        switch error.errnoCode {
        case EADDRINUSE: self = .portInUse(host: host, port: port)
        case EACCES, EPERM: self = .portForbidden(host: host, port: port)
        case EADDRNOTAVAIL: self = .noSuchAddress(host: host)
        default: return nil
        }
    }

    package var kind: RefusalKind { .unavailable }

    package var message: Phrase {
        switch self {
        case .portInUse(let host, let port):
            Phrase(
                "Port \(port) di \(host) sudah dipakai program lain. Hentikan program itu atau pilih --port lain.",
                "Port \(port) on \(host) is in use by another program. Stop that program or choose another --port.")
        case .portForbidden(let host, let port):
            Phrase(
                "Tidak diizinkan memakai port \(port) di \(host). Pilih --port di atas 1023.",
                "Not allowed to use port \(port) on \(host). Choose a --port above 1023.")
        case .noSuchAddress(let host):
            Phrase(
                "Alamat \(host) tidak ada di mesin ini. Periksa --host.",
                "This machine has no address \(host). Check --host.")
        case .notStarted: Phrase("Peladen tidak dapat mulai.", "The server could not start.")
        }
    }
}

/// Puts the wire and the gateway into a new connection's pipeline.
private final class Installer: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let site: Site

    init(site: Site) { self.site = site }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        let wire = Wire()
        do {
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(wire, position: .first)
            try pipeline.addHandler(Gateway(site: site, wire: wire), position: .after(parser))
        } catch {
            // Without the gateway nothing is limited, so such a connection must not live.
            context.close(promise: nil)
        }
    }
}
