import ArgumentParser
import Database
import Institutions
import Kernel
import People

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Invite people and list their accounts.",
        subcommands: [Invite.self, List.self])

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Invite someone to a role; prints the one-time link, good for 7 days, and puts the mail in the outbox.",
            discussion: """
                The first member of the secretariat is made so. Someone who signs in already gets the role without a \
                link. Roles: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).
                """)

        @Argument(help: "The e-mail address.") var email: String
        @Option(help: "The role.") var role: String
        @Option(help: "The institution's code, e.g. R33.24.") var institution: String?
        @Option(
            help: """
                The unit's name, for the role unit; added when the institution has none of that name. Without it: \
                "Unit pelayanan publik".
                """)
        var unit: String?
        @Option(help: "The edition, for evaluators and panelists. Without it: this year's.") var edition: String?
        @Option(help: "The reader's language: id or en.") var language = "id"
        @Option(help: "Scheme and host of the portal as visitors see it. [SIMPUL_PUBLIC_URL]")
        var publicURL = Setting.publicURL.value
        @OptionGroup var options: DatabaseOptions

        func validate() throws {
            guard Role(rawValue: role) != nil else {
                throw ValidationError("--role: \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            guard Language(rawValue: language) != nil else { throw ValidationError("--language: id, en") }
        }

        func run() async throws {
            try await answering {
                guard let role = Role(rawValue: role), let language = Language(rawValue: language) else { return }
                let database = try await options.open()
                let site = publicURL.isEmpty ? "http://\(Setting.host.value):\(Setting.port.value)" : publicURL
                let accounts = Accounts(database, passwords: try Passwords(), publicURL: site)
                let actor = Actor(name: "operator")
                let unit = role.scope == .unit ? unit ?? "Unit pelayanan publik" : unit
                let edition = role.scope == .edition ? edition ?? String(Instant.now().day().year) : edition
                var number: Int?
                if let unit, let institution {
                    let units = OfficeUnits(database)
                    number = try await units.all(of: institution).first { $0.name == unit && $0.closed == nil }?.id
                    if number == nil { number = try await units.add(unit, to: institution, by: actor, at: .now()) }
                }
                let grant = Grant(role, institution: institution, unit: number, edition: edition)
                let invited = try await accounts.invite(
                    Invitee(email: email, grant: grant, language: language), by: actor, at: .now())
                await database.close()
                guard let token = invited.token else {
                    note(
                        terminal.say(
                            "\(email) sudah punya akun dan kini memegang peran itu.",
                            "\(email) has an account and holds the role now."))
                    return
                }
                say(accounts.link(token, language))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the accounts: number, e-mail, state and roles, with tabs between.")

        @Option(help: "Only those with this role.") var role: String?
        @OptionGroup var options: DatabaseOptions

        func validate() throws {
            if let role, Role(rawValue: role) == nil {
                throw ValidationError("--role: \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
            }
        }

        func run() async throws {
            try await answering {
                let database = try await options.open()
                let accounts = Accounts(database, passwords: try Passwords(), publicURL: "")
                var last = 0
                while true {
                    let page = try await accounts.people(role: role.flatMap(Role.init), after: last, at: .now())
                    guard let end = page.last else { break }
                    for colleague in page {
                        let roles = colleague.grants.map { held in
                            let scope = [held.grant.institution, held.unitName, held.grant.edition].compactMap(\.self)
                            return ([held.grant.role.rawValue] + scope).joined(separator: ":")
                                + (held.certification.isLapsed ? "!" : "")
                        }
                        say(
                            "\(colleague.account)\t\(colleague.email ?? "")\t\(colleague.state.rawValue)\t\(roles.joined(separator: ","))"
                        )
                    }
                    last = end.account
                }
                await database.close()
            }
        }
    }
}
