import Files
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/usulan/{proposal}/presentasi`: when an agency's finalist presents, and who speaks for it.
package struct PresenterPages: Sendable {
    private let presenters: Presenters
    private let files: FileStore

    package init(_ presenters: Presenters, files: FileStore) {
        self.presenters = presenters
        self.files = files
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/usulan/{proposal}/presentasi", .write) { _, context, person, frame in
            let own = try await presenters.own(try number(context), for: person, at: context.began)
            return .personal(PresenterView.page(.init(own: own), frame))
        }
        desk.upload(
            "/kerja/usulan/{proposal}/presentasi", .write, into: files.temporaryFolder,
            limits: UploadLimits(files: 1, file: FileKind.letter.mostBytes)
        ) { upload, _, context, person, frame in
            let id = try number(context)
            // Whoever may not write here gets no file checked.
            let own = try await presenters.own(id, for: person, at: context.began)
            let form = upload.fields
            let entry = Presenters.Entry(
                name: try form.text("nama", limit: 200) ?? "", office: try form.text("jabatan", limit: 200) ?? "",
                isLeader: try form.choice("siapa", among: ["pimpinan", "delegasi"]) == "pimpinan")
            do {
                var letter: AdmittedFile?
                if !entry.isLeader, let file = upload.files.first {
                    do { letter = try await files.admit(file.path, name: file.name, kind: .letter) } catch let refusal
                        as FileRefusal
                    { throw PanelRefusal.invalid([refusal.problem(at: "surat")]) }
                }
                try await presenters.name(
                    entry, letter: letter, of: id, by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "usulan", String(id), "presentasi")))
            } catch let refusal as PanelRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    PresenterView.page(.init(own: own, typed: entry, problems: FormProblems(refusal)), frame),
                    status: refusal.kind.status)
            }
        }
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("proposal") { ProposalRefusal.missing(Int($0) ?? 0) }
    }
}
