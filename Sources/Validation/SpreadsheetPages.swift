import Documents
import Files
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/inovasi/unggah`: an own table uploaded, looked at row by row, and made into drafts once it is confirmed.
package struct SpreadsheetPages: Sendable {
    private let sheets: SpreadsheetDrafts
    private let files: FileStore
    private let register: @Sendable () -> Register

    package init(_ sheets: SpreadsheetDrafts, files: FileStore, register: @escaping @Sendable () -> Register) {
        self.sheets = sheets
        self.files = files
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/inovasi/unggah", .write) { _, _, person, frame in
            .personal(SpreadsheetView.start(choices(person), chosen: "", .none, frame))
        }
        desk.page("/kerja/inovasi/unggah/templat.xlsx", .write) { _, _, _, _ in
            TableFile.answer(
                "templat-inovasi", .xlsx, header: SpreadsheetColumn.template.map(\.heading),
                [SpreadsheetColumn.template.map { .text($0.help) }])
        }
        desk.upload(
            "/kerja/inovasi/unggah", .write, into: files.temporaryFolder,
            limits: UploadLimits(files: 1, file: FileKind.spreadsheet.mostBytes)
        ) { upload, _, context, person, frame in
            let institution = try upload.fields.text("instansi", limit: 60) ?? ""
            guard person.may(.write, at: institution) else { throw SpreadsheetRefusal.notYours }
            func again(_ problem: Problem) -> Answer {
                .personal(
                    SpreadsheetView.start(choices(person), chosen: institution, FormProblems([problem]), frame),
                    status: 422)
            }
            do {
                guard let file = upload.files.first else { throw FileRefusal.empty }
                let id = try await sheets.keep(
                    file.path, name: file.name, at: institution, by: person.actor(from: context.clientAddress),
                    at: .now())
                return .seeOther(frame.to(.path("kerja", "inovasi", "unggah", String(id))))
            } catch let refusal as FileRefusal {
                return again(refusal.problem(at: "berkas"))
            } catch let refusal as SpreadsheetRefusal where refusal.kind == .invalid {
                return again(Problem("berkas", refusal.message))
            }
        }
        desk.page("/kerja/inovasi/unggah/{id}", .write) { _, context, person, frame in
            let (sheet, table, rows) = try await sheets.look(try number(context), for: person)
            return .personal(
                SpreadsheetView.page(sheet, table, rows, institution: name(sheet.institution), frame))
        }
        desk.submit("/kerja/inovasi/unggah/{id}", .write) { _, _, context, person, frame in
            let id = try number(context)
            try await sheets.make(id, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "inovasi", "unggah", String(id))))
        }
    }

    private func choices(_ person: Person) -> [Choice] {
        Set(person.grants(for: .write).compactMap(\.institution)).sorted().map { Choice($0, name($0)) }
    }

    private func name(_ code: String) -> String { register().institution(code)?.name ?? code }

    private func number(_ context: Context) throws -> Int {
        try context.number("id") { _ in SpreadsheetRefusal.missing }
    }
}
