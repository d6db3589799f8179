import Database
import Kernel

extension Register {
    /// Reads the whole register.
    package static func load(_ database: Database) async throws -> Register {
        try await database.read { db in
            Register(
                institutions: try db.rows(
                    "SELECT code, name, kind, region, from_year, until_year, source FROM institution ORDER BY code"
                ) {
                    Institution(
                        code: try $0.text("code"), name: try $0.text("name"), kind: try $0.choice("kind"),
                        region: try $0.textOrNil("region"), from: try $0.intOrNil("from_year"),
                        until: try $0.intOrNil("until_year"), source: try $0.text("source"))
                },
                regions: try db.rows("SELECT code, name, level, autonomous FROM region ORDER BY code") {
                    Region(
                        code: try $0.text("code"), name: try $0.text("name"), level: try $0.choice("level"),
                        autonomous: try $0.bool("autonomous"))
                },
                names: try db.rows(
                    "SELECT institution, name, kind, from_year, until_year, source FROM institution_name ORDER BY institution, name"
                ) {
                    InstitutionName(
                        code: try $0.text("institution"), name: try $0.text("name"), kind: try $0.choice("kind"),
                        from: try $0.intOrNil("from_year"), until: try $0.intOrNil("until_year"),
                        source: try $0.text("source"))
                },
                successions: try db.rows(
                    "SELECT institution, successor, year, source FROM institution_succession ORDER BY institution, successor"
                ) {
                    Succession(
                        institution: try $0.text("institution"), successor: try $0.text("successor"),
                        year: try $0.intOrNil("year"), source: try $0.text("source"))
                },
                hubs: try db.rows("SELECT institution, year, decree, source FROM hub ORDER BY year, institution") {
                    HubDesignation(
                        institution: try $0.text("institution"), year: try $0.intOrNil("year"),
                        decree: try $0.text("decree"), source: try $0.text("source"))
                })
        }
    }
}

extension Successors {
    /// What took whose place up to the year of an instant.
    package static func read(at: Instant, _ db: Reader) throws -> Successors {
        Successors(
            try db.rows("SELECT institution, successor, year FROM institution_succession ORDER BY year, successor") {
                (try $0.text("institution"), try $0.text("successor"), try $0.intOrNil("year"))
            }, until: at.day().year)
    }
}
