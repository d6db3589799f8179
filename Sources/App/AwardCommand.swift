import ArgumentParser
import Competition
import Database
import Foundation
import Kernel

struct AwardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "award", abstract: "Verify an award's signed statement, and keep the keys that sign.",
        subcommands: [Verify.self, Key.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether a signed statement of an award is what was signed, by whom, and whether it stands.",
            discussion: """
                The file is the JSON that an award's page offers. Keys come from --keys (the JSON of the portal's list of \
                keys) or from a database; without both only the key in the file is at hand, and anybody could have made \
                that. Whether an award was revoked is known only to a database and to the award's page.

                Exit code 0: signed by a listed key and not revoked as far as can be told. 1: changed, signed by an \
                unknown key, or revoked. 2: nothing can be said: unreadable, or no list of keys.
                """)

        @Argument(help: "The file.") var file: String
        @Option(help: "A file with the portal's list of keys.") var keys: String?
        @Option(help: "The database to ask: sqlite:PATH or postgres://USER@HOST/NAME. [SIMPUL_DATABASE]")
        var database = ProcessInfo.processInfo.environment[Setting.database.variable]

        func run() async throws {
            guard let bytes = FileManager.default.contents(atPath: file), let award = AwardFile(bytes) else {
                note(
                    terminal.say(
                        "\(file) bukan pernyataan penghargaan yang terbaca. Unduh berkas JSON dari halaman piagam.",
                        "\(file) is no readable statement of an award. Download the JSON from the certificate's page."))
                throw ExitCode(2)
            }
            let asked = try await ask()
            let status: Int32
            do { status = try await judge(award, asked) } catch {
                await asked?.close()
                throw error
            }
            await asked?.close()
            if status != 0 { throw ExitCode(status) }
        }

        /// Says the verdict; returns the exit code.
        private func judge(_ award: AwardFile, _ asked: Database?) async throws -> Int32 {
            switch award.verdict(keys: try await listed(asked)) {
            case .signed(let statement): return try await stands(statement, asked)
            case .unconfirmed(let statement):
                tell(statement)
                result(
                    "?",
                    "Tanda tangan cocok dengan kunci di berkas ini, tetapi belum terbukti kunci itu milik penyelenggara. Ulangi dengan --keys dan daftar kunci dari portal.",
                    "The signature fits the key in the file, but whose key that is cannot be told. Repeat with --keys and the portal's list of keys."
                )
                return 2
            case .unknownKey(let id):
                result(
                    "✗", "Kunci \(id) tidak ada di daftar kunci penyelenggara.",
                    "The key \(id) is not on the organiser's list.")
            case .changed:
                result(
                    "✗", "Berkas ini bukan yang ditandatangani: isinya atau tanda tangannya berubah.",
                    "This is not what was signed: text or signature was changed.")
            case .noStatement:
                result(
                    "✗", "Yang ditandatangani bukan pernyataan penghargaan.",
                    "What is signed is no statement of an award.")
            }
            return 1
        }

        private func result(_ sign: String, _ indonesian: String, _ english: String) {
            say("\(sign) \(terminal.say(indonesian, english))")
        }

        private func ask() async throws -> Database? {
            guard let database else { return nil }
            return try await answering {
                try await Database(try DatabaseAddress(database), slices: slices, readers: 1)
            }
        }

        private func listed(_ database: Database?) async throws -> [SigningKey]? {
            if let keys {
                guard let bytes = FileManager.default.contents(atPath: keys), let list = AwardKeys(bytes) else {
                    note(
                        terminal.say(
                            "\(keys) bukan daftar kunci. Unduh dari /penghargaan/kunci.json di portal.",
                            "\(keys) is no list of keys. Download it from /penghargaan/kunci.json of the portal."))
                    throw ExitCode(2)
                }
                return list.signing
            }
            guard let database else { return nil }
            return try await SigningKeys(database, folder: nil).all().map(\.key)
        }

        private func stands(_ statement: AwardStatement, _ database: Database?) async throws -> Int32 {
            tell(statement)
            guard let database else {
                result(
                    "✓",
                    "Asli: ditandatangani dengan kunci \(statement.key). Apakah sudah dicabut hanya dapat dilihat di halaman piagam atau basis data.",
                    "Genuine: signed with the key \(statement.key). Whether it was revoked only its page or a database can tell."
                )
                return 0
            }
            let awards = Awards(database, keys: SigningKeys(database, folder: nil))
            guard let award = try await awards.standing(of: statement.serial) else {
                result(
                    "✗", "Tanda tangan cocok, tetapi basis data ini tidak mengenal nomor \(statement.serial).",
                    "The signature holds, but this database knows no number \(statement.serial).")
                return 1
            }
            if let at = award.revokedAt {
                result(
                    "✗", "Dicabut pada \(at.day().long(.indonesian)): \(award.revocation ?? "")",
                    "Revoked on \(at.day().long(.english)): \(award.revocation ?? "")")
                return 1
            }
            result(
                "✓", "Asli dan berlaku: ditandatangani dengan kunci \(statement.key).",
                "Genuine and standing: signed with the key \(statement.key).")
            return 0
        }

        private func tell(_ statement: AwardStatement) {
            say("\(statement.serial)  \(statement.tier.name), \(statement.edition.name)")
            say("\(statement.innovation.title), \(statement.institution.name)")
            say(
                terminal.say(
                    "Keputusan \(statement.decree.number), \(statement.decree.on)",
                    "Decree \(statement.decree.number), \(statement.decree.on)"))
        }
    }

    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the keys that sign results and awards, or change the one that signs now.",
            subcommands: [List.self, Rotate.self])

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Print the keys, the newest first: id, public key, from, until, with tabs between.")

            @OptionGroup var options: DatabaseOptions

            func run() async throws {
                try await answering {
                    let database = try await options.open(reference: false)
                    let keys = try await SigningKeys(database, folder: nil).all()
                    await database.close()
                    for listed in keys {
                        say(
                            "\(listed.key.id)\t\(listed.key.public)\t\(listed.madeAt.rfc3339)\t\(listed.retiredAt?.rfc3339 ?? "")"
                        )
                    }
                }
            }
        }

        struct Rotate: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Retire the key that signs and make a new one; prints its id.",
                discussion: "What the old key signed stays valid and it stays listed. Its private half can be deleted.")

            @OptionGroup var options: DatabaseOptions

            func run() async throws {
                try await answering {
                    let database = try await options.open(reference: false)
                    let key = try await SigningKeys(database, folder: options.keysFolder)
                        .rotate(by: Actor(name: "operator"), at: .now())
                    await database.close()
                    say(key.id)
                }
            }
        }
    }
}
