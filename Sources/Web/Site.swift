import Hummingbird
import Kernel

/// What all requests share.
final class Site: Sendable {
    let cache: PageCache
    let assets: Assets
    let errors: ErrorPages
    let metrics: Metrics
    let requests: RequestMetrics
    let log: RequestLog
    let limits: Limits
    let proxies: TrustedProxies
    let sessionCookie: String?
    let dataVersion: @Sendable () -> Int64
    /// Whether visitors reach the site by https, so that cookies may be limited to it.
    let secure: Bool
    private let bodyLimits: BodyLimits
    private let signedIn: @Sendable (_ session: String) async -> (any Visitor)?

    init(
        settings: Server.Settings, assets: Assets, errors: ErrorPages, metrics: Metrics, log: RequestLog,
        dataVersion: @escaping @Sendable () -> Int64, bodyLimits: BodyLimits,
        signedIn: @escaping @Sendable (_ session: String) async -> (any Visitor)?
    ) {
        let cache = PageCache(limit: settings.limits.cache)
        self.cache = cache
        self.assets = assets
        self.errors = errors
        self.metrics = metrics
        self.log = log
        limits = settings.limits
        proxies = settings.proxies
        sessionCookie = settings.sessionCookie.map { $0 + "=" }
        self.dataVersion = dataVersion
        secure = settings.secure
        self.bodyLimits = bodyLimits
        self.signedIn = signedIn
        requests = RequestMetrics(metrics)
        metrics.gauge("simpul_page_cache_bytes", "Bytes held by the page cache.") { Double(cache.figures.bytes) }
        metrics.gauge("simpul_page_cache_pages", "Pages held by the page cache.") { Double(cache.figures.pages) }
        metrics.counter("simpul_page_cache_hits_total", "Pages answered from the page cache.") {
            Double(cache.figures.hits)
        }
        metrics.counter("simpul_page_cache_misses_total", "Look-ups that the page cache could not answer.") {
            Double(cache.figures.misses)
        }
    }

    /// Bytes that the body of a request to a target may have.
    func bodyLimit(method: String, target: String) -> Int {
        method == "POST" ? bodyLimits.limit(at: target) ?? limits.body : limits.body
    }

    /// Who sent a request, when it carries a session that holds; nobody for the API, which answers everybody the same and
    /// promises its ETag to all.
    func visitor(_ request: Request) async -> (any Visitor)? {
        guard let sessionCookie, !request.uri.path.hasPrefix("/api/"),
            let session = request.cookie(String(sessionCookie.dropLast())), !session.isEmpty,
            session.utf8.count <= 200
        else { return nil }
        return await signedIn(session)
    }

    /// Whether a request may be answered with what others see: it carries no session and no credentials.
    func mayShare(cookie: String?, authorized: Bool) -> Bool {
        guard !authorized else { return false }
        guard let sessionCookie, let cookie else { return true }
        return !cookie.contains(sessionCookie)
    }

    /// The finished answer for a target, if an asset or a cached page has it.
    func stored(_ target: String, cookie: String?, authorized: Bool) -> StoredAnswer? {
        if let asset = assets.answers[target] { return asset }
        guard mayShare(cookie: cookie, authorized: authorized) else { return nil }
        return cache.find(PageCache.key(target), version: dataVersion())
    }
}
