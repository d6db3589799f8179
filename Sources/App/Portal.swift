import Competition
import Database
import Directory
import Files
import Foundation
import Institutions
import Intake
import Kernel
import Logging
import People
import Publishing
import ServiceLifecycle
import Validation
import Web

/// The composition root: the slices put together into one portal, shared by `serve` and by tests.
struct Portal: Sendable {
    /// What a portal is told besides its database.
    struct Options: Sendable {
        /// Where the search index is saved; nil keeps it in memory.
        var index: String?
        /// The folder of stored files; nil takes a fresh one for temporary use.
        var files: String?
        var scanner: VirusScanner?
        /// The folder of the private keys that sign awards; nil where nothing can be signed.
        var keys: String?
        /// The program that makes PDFs of certificates; empty where there is none.
        var printer = ""
        /// Scheme and host as visitors see them, without a final slash.
        var publicURL: String
        /// The agencies' own sign-in, where there is one.
        var openID: OpenIDSettings?
        var passwords = Passwords.Cost.production
        /// Whether a mail server is set, so that messages leave.
        var sendsMail = false
        var logLevel = "info"
    }

    let database: Database
    let catalogue: Catalogue
    let follower: Follower
    let files: FileStore
    let people: SignInParts
    private let innovations: Innovations
    private let awards: Awards
    private let certificates: AwardPages
    private let site: DirectorySite
    private let sendsMail: Bool
    private let logger: Logger

    init(_ database: Database, _ options: Options) async throws {
        self.database = database
        var logger = Logger(label: "simpul")
        logger.logLevel = Logger.Level(rawValue: options.logLevel) ?? .info
        self.logger = logger
        innovations = Innovations(database)
        catalogue = try await Catalogue(database, file: options.index)
        site = try DirectorySite(publicURL: options.publicURL, version: simpulVersion)
        follower = Follower(catalogue: catalogue, database: database, logger: logger)
        let folder = options.files ?? FileManager.default.temporaryDirectory.path + "/simpul-\(UUID().uuidString)"
        files = try FileStore(folder: folder, database: database, scanner: options.scanner)
        let passwords = try Passwords(cost: options.passwords)
        people = SignInParts(
            accounts: Accounts(database, passwords: passwords, publicURL: options.publicURL),
            sessions: Sessions(database), signIns: SignIns(database, passwords: passwords),
            secondFactors: SecondFactors(database), publicURL: options.publicURL,
            provider: options.openID.map { OpenIDProvider($0, publicURL: options.publicURL) })
        sendsMail = options.sendsMail
        awards = Awards(database, keys: SigningKeys(database, folder: options.keys))
        certificates = AwardPages(
            awards, printer: CertificatePrinter(options.printer), style: try Assets.text("piagam.css"),
            mark: try Assets.text("mark.svg"), publicURL: options.publicURL)
    }

    /// Makes what must be there before the first visitor comes.
    func prepare() async throws { try await awards.keys.begin(at: .now()) }

    /// What works beside the pages: following other nodes' changes, reminding, scanning what waits, taking deliveries.
    var services: [any Service] {
        [
            follower, Reminders(database, publicURL: site.publicURL, logger: logger),
            FileScanning(files: files, logger: logger),
            RunWorker(database, files: files, logger: logger),
            Publications(database, publicURL: site.publicURL, logger: logger),
            AwardRecords(database, publicURL: site.publicURL, logger: logger),
        ]
    }

    /// Every address behind the sign-in with the right it asks for.
    func doors() -> [Desk.Door] { mounted(Routes()).doors }

    func server(_ settings: Server.Settings, log: RequestLog) throws -> Server {
        let (catalogue, database, site) = (catalogue, database, site)
        let metrics = Metrics()
        metrics.gauge("simpul_innovations", "Innovations that can be found.") { Double(catalogue.count) }
        metrics.gauge("simpul_changes", "The number of the last change applied.") { Double(catalogue.change) }
        let routes = Routes()
        _ = mounted(routes)
        var settings = settings
        settings.sessionCookie = people.cookie.name
        settings.secure = site.publicURL.hasPrefix("https://")
        let (sessions, logger) = (people.sessions, logger)
        return Server(
            settings: settings, routes: routes, assets: try Assets(), metrics: metrics, log: log, logger: logger,
            isReady: { (try? await database.read { try Changes.latest($0) }) != nil },
            dataVersion: { Int64(catalogue.change) },
            signedIn: { token in
                do { return try await sessions.person(token, at: .now()) } catch {
                    logger.error("a session could not be read", metadata: ["error": "\(error)"])
                    return nil
                }
            },
            errorPage: { notice, context in
                ErrorView.page(
                    ErrorPage(
                        status: notice.status, detail: notice.message, problems: notice.problems.map(\.message),
                        requestID: notice.requestID),
                    Frame(notice, context, publicURL: site.publicURL))
            })
    }

    /// Adds every slice's addresses.
    private func mounted(_ routes: Routes) -> Desk {
        let (catalogue, logger) = (catalogue, logger)
        let desk = Desk(routes, publicURL: site.publicURL) {
            // Whoever wrote finds it at once; a failure here is the follower's to mend.
            do { try await catalogue.catchUp() } catch {
                logger.warning("the catalogue could not follow", metadata: ["error": "\(error)"])
            }
        }
        let evidence = EvidencePages(database, files: files)
        addDirectory(
            to: routes,
            panels: [evidence.panel, certificates.panel, { StandingSite.panel($0, $1) }, { MergePages.panel($0, $1) }])
        addPeople(to: routes, desk)
        addValidation(to: routes, desk, evidence)
        addReview(to: desk)
        addIntake(to: desk)
        let articles = ArticlePages(Articles(database), publicURL: site.publicURL)
        articles.add(to: routes)
        articles.add(to: desk)
        addCompetition(to: routes, desk)
        return desk
    }

    private func addCompetition(to routes: Routes, _ desk: Desk) {
        let catalogue = catalogue
        let (editions, proposals) = (Editions(database), Proposals(database, publicURL: site.publicURL))
        let outcomes = Outcomes(database)
        let announced = OutcomePages(outcomes, Ratings(database), publicURL: site.publicURL)
        let pages = EditionPages(
            editions, proposals, register: { catalogue.register }, publicURL: site.publicURL,
            panels: [{ try await announced.panel($0, $1, $2) }])
        pages.add(to: routes)
        pages.add(to: desk)
        ProposalPages(proposals, editions, files: files).add(to: desk)
        ProposalLetterPages(proposals, register: { catalogue.register }).add(to: desk)
        SubmissionPages(proposals, register: { catalogue.register }).add(to: desk)
        PipelinePages(Pipelines(database), register: { catalogue.register }).add(to: desk)
        EvaluatorPages(Evaluators(database, publicURL: site.publicURL)).add(to: desk)
        DeclarationPages(Declarations(database)).add(to: desk)
        AssignmentPages(Assignments(database, publicURL: site.publicURL)).add(to: desk)
        ProgressPages(ProgressReports(database, publicURL: site.publicURL)).add(to: desk)
        addEvaluation(to: desk)
        addPanel(to: desk)
        addDecisions(to: routes, desk, announced, outcomes)
        certificates.add(to: routes)
        FunnelPages(Funnels(database), register: { catalogue.register }, publicURL: site.publicURL).add(to: routes)
        ResultPages(Results(database, keys: awards.keys), awards, register: { catalogue.register }).add(to: desk)
    }

    /// What sittings decide, and how it becomes public.
    private func addDecisions(to routes: Routes, _ desk: Desk, _ announced: OutcomePages, _ outcomes: Outcomes) {
        SittingPages(Sittings(database)).add(to: desk)
        AnnouncementPages(Announcements(database)).add(to: desk)
        announced.add(to: routes)
        let objections = ObjectionPages(
            Objections(database, publicURL: site.publicURL), outcomes, files: files, publicURL: site.publicURL)
        objections.add(to: routes)
        objections.add(to: desk)
    }

    /// What evaluators read and score, and what comes of it.
    private func addEvaluation(to desk: Desk) {
        let catalogue = catalogue
        let inquiries = Inquiries(database, publicURL: site.publicURL)
        ReadingPages(Readings(database), inquiries, files: files).add(to: desk)
        InquiryPages(inquiries).add(to: desk)
        StandingPages(
            database, Assignments(database, publicURL: site.publicURL), register: { catalogue.register }
        ).add(to: desk)
        RedactionPages(Redactions(database), register: { catalogue.register }).add(to: desk)
        FeedbackPages(Feedbacks(database)).add(to: desk)
    }

    /// Presentations, panels and field visits.
    private func addPanel(to desk: Desk) {
        let (slots, presenters) = (Slots(database, publicURL: site.publicURL), Presenters(database))
        let desks = PanelDesks(database)
        PresentationPages(slots, presenters, files: files).add(to: desk)
        PresenterPages(presenters, files: files).add(to: desk)
        PanelPages(desks, slots, PanelScores(database), files: files, publicURL: site.publicURL).add(to: desk)
        VisitPlanPages(VisitPlans(database, publicURL: site.publicURL)).add(to: desk)
        FieldPages(desks, Visits(database), files: files).add(to: desk)
    }

    private func addDirectory(
        to routes: Routes, panels: [@Sendable (_ id: Int, _ frame: Frame) async throws -> HTML]
    ) {
        DirectoryPages(innovations, catalogue, site, panels: panels).add(to: routes)
        InnovationAPI(
            innovations: innovations, catalogue: catalogue, publicURL: site.publicURL, version: simpulVersion
        ).add(to: routes)
        ExportAPI(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
        AtomFeed(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
        SitemapFeed(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
        CatalogueFeed(innovations: innovations, catalogue: catalogue, publicURL: site.publicURL).add(to: routes)
    }

    private func addPeople(to routes: Routes, _ desk: Desk) {
        let catalogue = catalogue
        let units = OfficeUnits(database)
        SignInPages(people).add(to: routes)
        InvitationPages(people).add(to: routes)
        if let provider = people.provider {
            OpenIDPages(
                people, provider: provider, flows: SignInFlows(database), identities: Identities(database)
            ).add(to: routes)
        }
        AccountPages(people, calendars: CalendarAddresses(database)).add(to: desk)
        let (waiting, deliveries, reviewing) = (WaitingCounts(database), Runs(database), ReviewCounts(database))
        let (proposing, sittings, reading) = (
            ProposalCounts(database), Sittings(database), ReadingCounts(database)
        )
        DeskHomePages(
            accounts: people.accounts,
            counts: [
                { try await waiting.lines($0, $1, at: .now()) }, { try await deliveries.lines($0, $1) },
                { try await reviewing.lines($0, $1, at: .now()) }, { try await proposing.lines($0, $1, at: .now()) },
                { try await reading.lines($0, $1, at: .now()) }, { try await sittings.lines($0, $1) },
            ]
        ).add(to: desk)
        PeoplePages(
            accounts: people.accounts, units: units, letters: OfficialLetters(database, files: files),
            register: { catalogue.register }
        ).add(to: desk)
        UnitPages(units: units, register: { catalogue.register }).add(to: desk)
        AuditPages(database, publicURL: site.publicURL).add(to: desk)
        OutboxPages(database, sendsMail: sendsMail).add(to: desk)
    }

    /// What persons decide of other institutions' data.
    private func addReview(to desk: Desk) {
        let catalogue = catalogue
        let pairs = Pairs(database)
        PairPages(pairs, register: { catalogue.register }).add(to: desk)
        MergePages(Merges(database), pairs, register: { catalogue.register }).add(to: desk)
        DifferencePages(Differences(database), register: { catalogue.register }).add(to: desk)
    }

    private func addIntake(to desk: Desk) {
        let catalogue = catalogue
        let (sources, runs) = (Sources(database), Runs(database))
        let mappings = Mappings(database, files: files)
        SourcePages(sources, mappings, runs, files: files).add(to: desk)
        MappingPages(sources, mappings, runs, register: { catalogue.register }).add(to: desk)
        RunPages(runs, StagedRows(database), mappings).add(to: desk)
    }

    private func addValidation(to routes: Routes, _ desk: Desk, _ evidence: EvidencePages) {
        let catalogue = catalogue
        let reviews = Reviews(database, publicURL: site.publicURL)
        WritingPages(database, reviews, files: files, goals: site.goals, register: { catalogue.register })
            .add(to: desk)
        ReviewPages(database, reviews, goals: site.goals, register: { catalogue.register }).add(to: desk)
        evidence.add(to: desk)
        LetterPages(Letters(database), files: files, register: { catalogue.register }).add(to: desk)
        SpreadsheetPages(
            SpreadsheetDrafts(database, files: files), files: files, register: { catalogue.register }
        ).add(to: desk)
        let standing = StandingSite(
            database, innovations, register: { catalogue.register }, publicURL: site.publicURL)
        standing.add(to: routes)
        standing.add(to: desk)
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

/// Scans files that no scanner has seen yet, for as long as there is a scanner.
struct FileScanning: Service {
    let files: FileStore
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let round = try await files.scanWaiting()
                    if !round.infected.isEmpty {
                        logger.warning(
                            "infected files are no longer served",
                            metadata: ["files": "\(round.infected.joined(separator: " "))"])
                    }
                } catch {
                    logger.warning("waiting files could not be scanned", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(30))
            }
        }
    }
}
