import Database
import Directory
import Files
import Foundation
import Institutions
import Kernel
import Logging
import People
import ServiceLifecycle
import Validation
import Web

/// The composition root: the slices put together into one portal, shared by `serve` and by tests.
struct Portal: Sendable {
    let database: Database
    let catalogue: Catalogue
    let follower: Follower
    let reminders: Reminders
    private let innovations: Innovations
    private let site: DirectorySite
    private let logger: Logger
    private let signIn: SignInParts
    private let files: FileStore

    /// - Parameters:
    ///   - files: the folder of stored files; nil for a fresh one that is forgotten, in tests.
    ///   - openID: the agencies' own sign-in, where there is one.
    init(
        _ database: Database, index: String?, files: String? = nil, publicURL: String, openID: OpenIDSettings? = nil,
        passwords: Passwords.Cost = .production, logLevel: String = "info"
    ) async throws {
        self.database = database
        let folder =
            files ?? FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        self.files = try FileStore(folder: folder, database: database, scanner: nil)
        let passwords = try Passwords(cost: passwords)
        signIn = SignInParts(
            accounts: Accounts(database, passwords: passwords, publicURL: publicURL), sessions: Sessions(database),
            signIns: SignIns(database, passwords: passwords), secondFactors: SecondFactors(database),
            publicURL: publicURL, provider: openID.map { OpenIDProvider($0, publicURL: publicURL) })
        var logger = Logger(label: "simpul")
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        self.logger = logger
        innovations = Innovations(database)
        catalogue = try await Catalogue(database, file: index)
        site = try DirectorySite(publicURL: publicURL, version: simpulVersion)
        reminders = Reminders(database, publicURL: publicURL, logger: logger)
        follower = Follower(catalogue: catalogue, database: database, logger: logger)
    }

    func server(_ settings: Server.Settings, log: RequestLog) throws -> Server {
        let (catalogue, database, site) = (catalogue, database, site)
        let metrics = Metrics()
        metrics.gauge("simpul_innovations", "Innovations that can be found.") { Double(catalogue.count) }
        metrics.gauge("simpul_changes", "The number of the last change applied.") { Double(catalogue.change) }
        let routes = Routes()
        let evidence = EvidencePages(database, files: files)
        DirectoryPages(
            innovations, catalogue, site,
            panels: [{ try await evidence.panel($0, $1) }, { StandingSite.panel($0, $1) }]
        ).add(to: routes)
        let desk = Desk(routes, publicURL: site.publicURL, written: { try? await catalogue.catchUp() })
        let standing = StandingSite(
            database, innovations, register: { catalogue.register }, publicURL: site.publicURL)
        standing.add(to: routes)
        standing.add(to: desk)
        evidence.add(to: desk)
        let reviews = Reviews(database, publicURL: site.publicURL)
        WritingPages(database, reviews, files: files, goals: site.goals, register: { catalogue.register }).add(to: desk)
        ReviewPages(database, reviews, goals: site.goals, register: { catalogue.register }).add(to: desk)
        InnovationAPI(
            innovations: innovations, catalogue: catalogue, publicURL: site.publicURL, version: simpulVersion
        ).add(to: routes)
        ExportAPI(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
        AtomFeed(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
        SitemapFeed(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
        CatalogueFeed(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
        addPeople(to: routes)
        var settings = settings
        settings.sessionCookie = signIn.cookie.name
        settings.secure = site.publicURL.hasPrefix("https://")
        let sessions = signIn.sessions
        return Server(
            settings: settings, routes: routes, assets: try Assets(), metrics: metrics, log: log, logger: logger,
            isReady: { (try? await database.read { try Changes.latest($0) }) != nil },
            dataVersion: { Int64(catalogue.change) },
            signedIn: { token in try? await sessions.person(token, at: .now()) },
            errorPage: { notice, context in
                ErrorView.page(
                    ErrorPage(
                        status: notice.status, detail: notice.message, problems: notice.problems.map(\.message),
                        requestID: notice.requestID),
                    Frame(notice, context, publicURL: site.publicURL))
            })
    }
}

extension Portal {
    /// Signing in, accounts, and the desk.
    private func addPeople(to routes: Routes) {
        let catalogue = catalogue
        let desk = Desk(routes, publicURL: site.publicURL)
        let units = OfficeUnits(database)
        SignInPages(signIn).add(to: routes)
        InvitationPages(signIn).add(to: routes)
        if let provider = signIn.provider {
            OpenIDPages(
                signIn, provider: provider, flows: SignInFlows(database), identities: Identities(database)
            ).add(to: routes)
        }
        AccountPages(signIn, calendars: CalendarAddresses(database)).add(to: desk)
        DeskHomePages(accounts: signIn.accounts, counts: []).add(to: desk)
        PeoplePages(
            accounts: signIn.accounts, units: units, letters: OfficialLetters(database, files: files),
            register: { catalogue.register }
        ).add(to: desk)
        UnitPages(units: units, register: { catalogue.register }).add(to: desk)
        AuditPages(database, publicURL: site.publicURL).add(to: desk)
    }
}

/// Keeps the catalogue in step with what other processes write, and saved for the next start.
struct Follower: Service {
    let catalogue: Catalogue
    let database: Database
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var saved = -1
            var ticks = 0
            while !Task.isCancelled {
                do {
                    try await database.noticeChanges()
                    try await catalogue.catchUp()
                    // A saved index spares the next start the work; a minute's changes are quickly caught up.
                    if ticks % 120 == 0, catalogue.change != saved {
                        try catalogue.save()
                        saved = catalogue.change
                    }
                    ticks += 1
                } catch {
                    logger.warning("the catalogue could not follow", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }
}
