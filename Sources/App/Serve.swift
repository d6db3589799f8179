import ArgumentParser
import Database
import Directory
import Files
import Foundation
import Institutions
import Kernel
import Logging
import Messages
import People
import ServiceLifecycle
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the portal until SIGTERM or SIGINT; what runs then is finished first.",
        discussion: "TLS is a proxy's work: see docs/operations.md for a tested nginx configuration.")

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var mail: MailOptions

    @Option(help: "The address to listen on. [SIMPUL_HOST]")
    var host = Setting.host.value

    @Option(help: "The port to listen on. [SIMPUL_PORT]")
    var port = Setting.port.number

    @Option(help: "Scheme and host of the portal as visitors see it. [SIMPUL_PUBLIC_URL]")
    var publicURL = Setting.publicURL.value

    @Option(
        help: "Proxies whose X-Forwarded-For is believed: addresses or networks, by comma. [SIMPUL_TRUSTED_PROXIES]")
    var trustedProxies = Setting.trustedProxies.value

    @Option(help: "How much the log says: debug, info, warning or error. [SIMPUL_LOG_LEVEL]")
    var logLevel = Setting.logLevel.value

    @Option(help: "Memory for finished pages, in MB. [SIMPUL_CACHE]")
    var cache = Setting.cache.number

    @Option(help: "Connections served at once. [SIMPUL_MAX_CONNECTIONS]")
    var maxConnections = Setting.maxConnections.number

    @Option(help: "The virus scanner clamd: HOST:PORT or the path of its socket. [SIMPUL_CLAMD]")
    var clamd = Setting.clamd.value

    @Option(help: "The program that makes PDFs of certificates: HTML in, PDF out. [SIMPUL_CERTIFICATE_PRINTER]")
    var certificatePrinter = Setting.certificatePrinter.value

    @Option(help: "The OpenID Connect provider of the agencies' own sign-in. [SIMPUL_OIDC_ISSUER]")
    var oidcIssuer = Setting.oidcIssuer.value

    @Option(help: "The portal's name at that provider. [SIMPUL_OIDC_CLIENT]")
    var oidcClient = Setting.oidcClient.value

    @Option(help: "The portal's secret at that provider; better given in the environment. [SIMPUL_OIDC_SECRET]")
    var oidcSecret = Setting.oidcSecret.value

    @Option(
        help:
            "yes: its e-mails count as checked where it does not say; only if it gives out its own. [SIMPUL_OIDC_TRUST_EMAIL]"
    )
    var oidcTrustEmail = Setting.oidcTrustEmail.value

    func validate() throws {
        guard ["yes", "no"].contains(oidcTrustEmail) else { throw ValidationError("--oidc-trust-email: yes or no") }
        guard (0...65_535).contains(port) else { throw ValidationError("--port: 0 to 65535") }
        guard (0...4096).contains(cache) else { throw ValidationError("--cache: 0 to 4096 MB") }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level: debug, info, warning, error")
        }
    }

    func run() async throws {
        try await answering {
            let database = try await options.open()
            var told = Portal.Options(publicURL: publicURL.isEmpty ? "http://\(host):\(port)" : publicURL)
            told.index = options.indexFile
            told.files = options.filesFolder
            told.keys = options.keysFolder
            told.printer = certificatePrinter
            told.scanner = clamd.isEmpty ? nil : try VirusScanner(clamd)
            told.logLevel = logLevel
            told.sendsMail = try mail.settings() != nil
            if !oidcIssuer.isEmpty {
                told.openID = OpenIDSettings(
                    issuer: oidcIssuer, client: oidcClient, secret: oidcSecret, trustsEmail: oidcTrustEmail == "yes")
                guard told.openID != nil else {
                    throw ValidationError("--oidc-issuer: an https address, and --oidc-client with it")
                }
            }
            let portal = try await Portal(database, told)
            try await portal.prepare()
            var limits = Limits()
            limits.connections = maxConnections
            limits.cache = cache << 20
            guard
                let proxies = TrustedProxies(
                    trustedProxies.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
            else { throw ValidationError("--trusted-proxies: addresses or networks, e.g. 127.0.0.1,10.0.0.0/8") }
            let server = try portal.server(
                Server.Settings(host: host, port: port, proxies: proxies, limits: limits),
                log: RequestLog(descriptor: STDOUT_FILENO))
            let host = host
            var services: [any Service] = portal.services
            if let settings = try mail.settings() {
                services.append(Postman(database, settings, wantsDigest: DigestReaders.contains))
            }
            try await server.run(services: services) { port in
                note(terminal.say("Simpul melayani http://\(host):\(port)", "Simpul serves http://\(host):\(port)"))
            }
            try portal.catalogue.save()
            await database.close()
        }
    }
}
