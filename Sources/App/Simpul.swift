import ArgumentParser

/// The command line: one binary serves the portal, keeps its data, and answers an operator.
@main
struct Simpul: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simpul",
        abstract: "The open platform for a national network of public-service innovations.",
        discussion: """
            Every command opens the database given by --database (or SIMPUL_DATABASE), creates it when it does not exist, \
            and brings it up to date.

            A first look:
              simpul import innovations.csv --source contoh
              simpul serve
            """,
        version: simpulVersion,
        subcommands: [
            Serve.self, Migrate.self, Import.self, Export.self, Withdraw.self, Check.self, Backup.self, Restore.self,
            Copy.self, SaveIndex.self, Generate.self, SearchCommand.self, InstitutionsCommand.self, LinkCommand.self,
            IntakeCommand.self, CompetitionCommand.self, AwardCommand.self, AccountCommand.self, AuditCommand.self,
            MailCommand.self,
            PrintSchema.self, Bench.self,
        ])
}

/// The version that the program, its backups and its API name.
let simpulVersion = "0.1.0"
