import ArgumentParser
import Competition
import Database
import Foundation
import Files
import Institutions
import Intake
import Messages
import People
import Publishing
import Validation
import Directory

/// Every setting: command line over environment over default. The README documents each; a test fails when one is not.
enum Setting: String, CaseIterable {
    case database, data, keys, host, port
    case publicURL = "public-url"
    case trustedProxies = "trusted-proxies"
    case readers
    case slowStatements = "slow-statements"
    case logLevel = "log-level"
    case cache
    case maxConnections = "max-connections"
    case smtp
    case mailFrom = "mail-from"
    case mailLease = "mail-lease"
    case clamd
    case certificatePrinter = "certificate-printer"
    case oidcIssuer = "oidc-issuer"
    case oidcClient = "oidc-client"
    case oidcSecret = "oidc-secret"
    case oidcTrustEmail = "oidc-trust-email"

    /// The variable of the environment, e.g. `SIMPUL_PUBLIC_URL`.
    var variable: String { "SIMPUL_" + rawValue.uppercased().replacing("-", with: "_") }

    var fallback: String {
        switch self {
        case .database: "sqlite:simpul.sqlite"
        case .data: "simpul-data"
        case .keys: ""
        case .host: "127.0.0.1"
        case .port: "8080"
        case .publicURL: ""
        case .trustedProxies: ""
        case .readers: "4"
        case .slowStatements: "500"
        case .logLevel: "info"
        case .cache: "32"
        case .maxConnections: "2048"
        case .smtp: ""
        case .mailFrom: "simpul@localhost"
        case .mailLease: "180"
        case .clamd, .certificatePrinter, .oidcIssuer, .oidcClient, .oidcSecret: ""
        case .oidcTrustEmail: "no"
        }
    }

    var value: String { ProcessInfo.processInfo.environment[variable] ?? fallback }
    var number: Int { Int(value) ?? Int(fallback) ?? 0 }
}

/// Where the data are; shared by all commands.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "The database: sqlite:PATH or postgres://USER@HOST/NAME. [SIMPUL_DATABASE]")
    var database = Setting.database.value

    @Option(help: "The folder for files, the search index and logs. [SIMPUL_DATA]")
    var data = Setting.data.value

    @Option(help: "The folder of the private keys that sign awards; else keys/ in the data folder. [SIMPUL_KEYS]")
    var keys = Setting.keys.value

    @Option(help: "Connections for reading. [SIMPUL_READERS]")
    var readers = Setting.readers.number

    @Option(help: "Log statements that take longer, in milliseconds. [SIMPUL_SLOW_STATEMENTS]")
    var slowStatements = Setting.slowStatements.number

    func validate() throws {
        _ = try DatabaseAddress(database)
        guard (1...64).contains(readers) else { throw ValidationError("--readers: 1 to 64") }
    }

    /// Where the search index is saved.
    var indexFile: String { data + "/search.index" }
    /// Where files that people handed in are kept.
    var filesFolder: String { data + "/files" }
    /// Where the private halves of signing keys are kept; no backup holds them.
    var keysFolder: String { keys.isEmpty ? data + "/keys" : keys }

    /// Opens the database, migrates it, and loads the reference data.
    func open(reference: Bool = true) async throws -> Database {
        let database = try await Database(
            try DatabaseAddress(database), slices: slices, readers: readers, slow: slowStatements)
        if reference {
            try await ReferenceFiles.load(into: database)
            try await Editions(database).loadShipped(at: .now())
        }
        return database
    }
}

/// What the program stores, in dependency order.
let slices = [
    Files.schema, Messages.schema, Institutions.schema, People.schema, Directory.schema, Validation.schema,
    Intake.schema, Competition.schema, Publishing.schema,
]
