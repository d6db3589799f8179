import Files
import Foundation
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/lapangan`: one's own field visits and their form, which a script keeps on the phone where there is no line.
/// Without the script it is a plain form with files.
package struct FieldPages: Sendable {
    private let desks: PanelDesks
    private let visits: Visits
    private let files: FileStore

    package init(_ desks: PanelDesks, _ visits: Visits, files: FileStore) {
        self.desks = desks
        self.visits = visits
        self.files = files
    }

    /// Photos in one sending.
    private static let most = 10

    package func add(to desk: Desk) {
        desk.page("/kerja/lapangan", .visit) { _, context, person, frame in
            .personal(FieldView.list(try await desks.desk(for: person), account: person.account, frame))
        }
        desk.page("/kerja/lapangan/{visit}", .visit) { request, context, person, frame in
            try await PanelPages.declared(frame) {
                let sheet = try await sheet(context, person)
                let isSent = try request.query().one("terkirim") != nil
                return .personal(
                    FieldView.page(.init(sheet: sheet, account: person.account, isSent: isSent), frame)
                ).with("Permissions-Policy", Self.policy)
            }
        }
        desk.upload(
            "/kerja/lapangan/{visit}", .visit, into: files.temporaryFolder,
            limits: UploadLimits(files: Self.most, file: FileKind.image.mostBytes)
        ) { upload, _, context, person, frame in
            try await PanelPages.declared(frame) { try await take(upload, context, person, frame) }
        }
        desk.page("/kerja/lapangan/{visit}/foto/{key}", .enterDesk) { _, context, person, _ in
            let photo = try await visits.photo(
                try context.part("key"), of: try PanelPages.number(context, "visit"), for: person)
            return try await PanelPages.file(photo.file, photo.name, files, inline: true)
        }
    }

    /// The one page that asks where one is.
    private static let policy = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"

    private func sheet(_ context: Context, _ person: Person) async throws -> Visits.Sheet {
        try await visits.sheet(try PanelPages.number(context, "visit"), for: person, at: context.began)
    }

    // MARK: taking what was sent

    private func take(_ upload: Upload, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let (before, form) = (try await sheet(context, person), upload.fields)
        let (id, actor) = (before.visit.id, person.actor(from: context.clientAddress))
        let isScript = !form.all("otomatis").isEmpty
        let typed = Dictionary(form.parameters.map { ($0.name, $0.value) }) { first, _ in first }
        var model = FieldView.Model(sheet: before, account: person.account)
        var status = 200
        do {
            if form.all("hanya-foto").isEmpty {
                _ = try await visits.report(
                    id, typed, device: try device(form),
                    basedOn: try form.integer("versi", in: 0...Int.max) ?? 0, by: actor, at: context.began)
            }
            for file in upload.files {
                let photo: AdmittedFile
                do { photo = try await files.admit(file.path, name: file.name, kind: .image) } catch let refusal
                    as FileRefusal
                { throw PanelRefusal.invalid([refusal.problem(at: "foto")]) }
                try await visits.add(
                    photo, key: try key(form) ?? photo.digest, takenAt: try taken(form), to: id, by: actor,
                    at: context.began)
            }
        } catch let refusal as PanelRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
            (model.problems, status) = (FormProblems(refusal), refusal.kind.status)
            if case .overtaken = refusal { model.isOvertaken = true }
        }
        let after = try await sheet(context, person)
        if isScript { return Self.told(after.visit, model, status, frame) }
        guard status != 200 else {
            return .seeOther(
                frame.to(.path("kerja", "lapangan", String(id), query: [("terkirim", "1")])))
        }
        model.sheet = after
        model.typed = typed
        return .personal(FieldView.page(model, frame), status: status)
    }

    /// What the script is told: the version that is stored, the photos that have arrived, and what was not taken.
    private static func told(_ visit: Visit, _ model: FieldView.Model, _ status: Int, _ frame: Frame) -> Answer {
        let photos = visit.photos.map { jsonQuoted($0.key) }.joined(separator: ",")
        let problems = model.problems.all.map { jsonQuoted(frame.language.say($0.message)) }.joined(separator: ",")
        let text = """
            {"version":\(visit.version),"overtaken":\(model.isOvertaken),"photos":[\(photos)],"problems":[\(problems)],"saved":\(jsonQuoted(Instant.now().clock()))}
            """
        return .bytes(Array(text.utf8), type: "application/json", sharing: .personal, status: status)
    }

    private func device(_ form: Query) throws -> String? { try plain("alat", form) }

    private func key(_ form: Query) throws -> String? { try plain("kunci", form) }

    /// A name that a device made up: letters, digits and dashes, 8 to 64 of them; anything else is none.
    private func plain(_ name: String, _ form: Query) throws -> String? {
        guard let text = try form.text(name, limit: 64), text.count >= 8,
            text.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) || $0 == 45 })
        else { return nil }
        return text
    }

    /// When the photo was taken, in milliseconds since 1970, where the device says so.
    private func taken(_ form: Query) throws -> Instant? {
        try form.integer("diambil", in: 0...4_102_444_800_000).map { Instant(milliseconds: Int64($0)) }
    }
}
