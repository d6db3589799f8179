import ArgumentParser
import Directory
import Foundation
import Institutions
import Kernel

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the records to a file.",
        discussion: """
            All records, or those that a search finds: filters have the names and values of the portal's addresses. A \
            filter given again means or, different filters mean and. An exported CSV file can be imported again.

            The file is there whole or not at all.
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case csv, jsonl, xlsx }

    @Option(help: "The form of the file.") var format: Form = .csv
    @Option(help: "The file to write; - is standard output.") var to: String
    @Option(help: "The portal's address, for links to the records. [SIMPUL_PUBLIC_URL]")
    var publicURL = Setting.publicURL.value
    @Option(name: .customShort("q"), help: "Words to look for.") var words = ""
    @Option(help: "A province's code, e.g. 33.") var province: [String] = []
    @Option(help: "A year.") var year: [String] = []
    @Option(help: "An institution's code, e.g. R33.72.") var institution: [String] = []
    @Option(help: "A kind of institution, e.g. city.") var kind: [String] = []
    @Option(help: "A category's code.") var category: [String] = []
    @Option(help: "A government affair.") var affair: [String] = []
    @Option(help: "A goal's number, 1 to 17.") var sdg: [String] = []
    @Option(help: "An award's programme, e.g. KIPP.") var award: [String] = []
    @Option(help: "developing, continuing or stopped.") var status: [String] = []
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await answering {
            let database = try await options.open()
            let exports = Exports(Innovations(database), publicURL: publicURL)
            let scope: Exports.Scope
            if words.isEmpty, chosen.isEmpty {
                scope = .everything(try await Register.load(database))
            } else {
                let catalogue = try await Catalogue(database, file: nil)
                let inquiry = try Inquiry(
                    { $0 == "q" ? [words] : Filter(rawValue: $0).flatMap { chosen[$0] } ?? [] },
                    known: { catalogue.known($0) })
                scope = .found(inquiry, catalogue)
            }
            let count = try await write(exports, scope)
            await database.close()
            note(terminal.say("\(terminal.number(count)) data ditulis.", "\(terminal.number(count)) records written."))
        }
    }

    private var chosen: [Filter: [String]] {
        let all: [Filter: [String]] = [
            .province: province, .year: year, .institution: institution, .kind: kind, .category: category,
            .affair: affair, .sdg: sdg, .award: award, .status: status,
        ]
        return all.filter { !$0.value.isEmpty }
    }

    private func write(_ exports: Exports, _ scope: Exports.Scope) async throws -> Int {
        let format = Exports.Format(rawValue: format.rawValue) ?? .csv
        guard to != "-" else {
            return try await exports.write(scope, as: format) {
                try FileHandle.standardOutput.write(contentsOf: $0)
            }
        }
        let partial = to + ".partial"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else { throw ExportRefusal.cannotWrite(to) }
        do {
            let count = try await exports.write(scope, as: format) { try file.write(contentsOf: $0) }
            try file.synchronize()
            try file.close()
            guard rename(partial, to) == 0 else { throw ExportRefusal.cannotWrite(to) }
            return count
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }
}

enum ExportRefusal: Refusal, Hashable {
    case cannotWrite(String)

    var kind: RefusalKind { .invalid }

    var message: Phrase {
        switch self {
        case .cannotWrite(let path):
            Phrase(
                "Berkas \(path) tidak dapat ditulis. Periksa folder dan hak aksesnya.",
                "The file \(path) cannot be written. Check the folder and its permissions.")
        }
    }
}
