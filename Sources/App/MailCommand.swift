import ArgumentParser
import Database
import Kernel
import Messages
import Outbound
import People

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "The outbox, from the command line.", subcommands: [Deliver.self])

    struct Deliver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send what is due now, once; `simpul serve` does the same all the time.")

        @OptionGroup var options: DatabaseOptions
        @OptionGroup var mail: MailOptions

        func run() async throws {
            try await answering {
                guard let settings = try mail.settings() else {
                    throw ValidationError("--smtp: name the mail server [SIMPUL_SMTP]")
                }
                let database = try await options.open(reference: false)
                let round = try await Postman(database, settings, wantsDigest: DigestReaders.contains)
                    .deliverDue(at: .now())
                await database.close()
                note(
                    terminal.say(
                        "\(round.sent) terkirim, \(round.postponed) ditunda, \(round.failed) gagal, \(round.unclear) belum pasti",
                        "\(round.sent) sent, \(round.postponed) postponed, \(round.failed) failed, \(round.unclear) unclear"
                    ))
            }
        }
    }
}

/// How mail leaves; shared by `serve` and `mail`.
struct MailOptions: ParsableArguments {
    @Option(
        help: "The mail server: smtp://USER:PASSWORD@HOST:PORT or smtps://…; nothing is sent without. [SIMPUL_SMTP]")
    var smtp = Setting.smtp.value

    @Option(help: "The address that mail comes from. [SIMPUL_MAIL_FROM]")
    var mailFrom = Setting.mailFrom.value

    @Option(help: "Seconds for which a sender keeps a message for itself. [SIMPUL_MAIL_LEASE]")
    var mailLease = Setting.mailLease.number

    func validate() throws {
        guard mailFrom.contains("@"), mailFrom.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 }) else {
            throw ValidationError("--mail-from: an address, e.g. simpul@menpan.go.id")
        }
        guard (1...3600).contains(mailLease) else { throw ValidationError("--mail-lease: 1 to 3600 seconds") }
    }

    /// Nil when no mail server is set: messages then wait.
    func settings() throws -> Postman.Settings? {
        guard !smtp.isEmpty else { return nil }
        var settings = Postman.Settings(smtp: try SMTPSettings(smtp), from: mailFrom)
        settings.lease = Double(mailLease)
        return settings
    }
}
