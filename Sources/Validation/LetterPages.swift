import Documents
import Files
import Hummingbird
import Institutions
import Kernel
import People
import Text
import Web

/// `/kerja/surat`: letters prepared, taken away to be signed, and uploaded again.
package struct LetterPages: Sendable {
    private let letters: Letters
    private let files: FileStore
    private let register: @Sendable () -> Register

    package init(_ letters: Letters, files: FileStore, register: @escaping @Sendable () -> Register) {
        self.letters = letters
        self.files = files
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/surat", .followInstitution) { request, _, person, frame in
            try await list(try request.query(), person, frame)
        }
        desk.page("/kerja/surat/baru/{jenis}", .followInstitution) { request, context, person, frame in
            let query = try request.query()
            let kind = try kind(context)
            let institution = try institution(try query.text("instansi", limit: 200), person)
            return .personal(try await form(kind, institution, nil, .none, person, frame))
        }
        desk.submit("/kerja/surat/baru/{jenis}", .followInstitution) { form, _, context, person, frame in
            try await prepare(form, context, person, frame)
        }
        desk.page("/kerja/surat/{id}", .followInstitution) { _, context, person, frame in
            .personal(page(try await letters.show(try number(context), for: person), .none, person, frame))
        }
        desk.page("/kerja/surat/{id}/surat.docx", .followInstitution) { _, context, person, _ in
            let letter = try await letters.show(try number(context), for: person)
            let bytes = try LetterText.letter(letter.kind, letter.content).docx()
            return download(bytes, letter, .docx)
        }
        desk.page("/kerja/surat/{id}/surat.pdf", .followInstitution) { _, context, person, _ in
            let letter = try await letters.show(try number(context), for: person)
            let bytes = try LetterText.letter(letter.kind, letter.content).pdf()
            return download(bytes, letter, .pdf)
        }
        desk.page("/kerja/surat/{id}/tertanda", .followInstitution) { _, context, person, _ in
            let letter = try await letters.show(try number(context), for: person)
            guard let digest = letter.signed else { throw FileRefusal.missing }
            let stored = try await files.open(digest)
            let name = FileName.disposition("surat-\(letter.id)-tertanda", type: stored.type)
            let files = files
            return Answer.stream(type: stored.type) { out in
                try await files.chunks(of: digest) { try await out.write($0) }
            }.with("Content-Disposition", name)
        }
        desk.upload(
            "/kerja/surat/{id}/tertanda", .followInstitution, into: files.temporaryFolder,
            limits: UploadLimits(files: 1, file: FileKind.letter.mostBytes)
        ) { upload, _, context, person, frame in
            let letter = try await letters.show(try number(context), for: person)
            guard Letters.may(person, at: letter.institution) else { throw LetterRefusal.notYours }
            do {
                guard let file = upload.files.first else { throw FileRefusal.empty }
                let admitted = try await files.admit(file.path, name: file.name, kind: .letter)
                try await letters.attach(
                    admitted, to: letter.id, by: person.actor(from: context.clientAddress), at: .now())
                return .seeOther(frame.to(.path("kerja", "surat", String(letter.id))))
            } catch let refusal as FileRefusal {
                let problems = FormProblems([refusal.problem(at: "berkas")])
                return .personal(page(letter, problems, person, frame), status: refusal.kind.status)
            }
        }
    }

    // MARK: preparing

    private func prepare(_ form: Query, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let kind = try kind(context)
        var fields: [LetterField: String] = [:]
        for field in kind.fields { fields[field] = try form.text(field.rawValue, limit: 2000) }
        let typed = try form.text("instansi", limit: 200)
        var code: String?
        do {
            code = try institution(typed, person)
            guard let code else { throw LetterRefusal.unknownInstitution }
            let id = try await letters.prepare(
                kind, at: code, fields, by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "surat", String(id))))
        } catch let refusal as LetterRefusal where refusal.kind == .invalid {
            return .personal(
                try await self.form(kind, code, fields, FormProblems(refusal), typed: typed, person, frame), status: 422
            )
        }
    }

    /// The institution that was asked for by code or name, else the person's only one; nil when it must be asked.
    private func institution(_ typed: String?, _ person: Person) throws -> String? {
        let own = institutions(person)
        let isNational = self.isNational(person)
        guard !own.isEmpty || isNational else { throw LetterRefusal.notYours }
        guard let typed else { return own.count == 1 && !isNational ? own[0] : nil }
        let register = register()
        let found =
            register.institution(typed)?.code ?? register.institutions.first { fold($0.name) == fold(typed) }?.code
        guard let found else { throw LetterRefusal.unknownInstitution }
        guard Letters.may(person, at: found) else { throw LetterRefusal.notYours }
        return found
    }

    private func isNational(_ person: Person) -> Bool {
        person.grants(for: .managePeople).contains { $0.role.scope == .nation }
    }

    /// The institutions whose letters the person prepares, each once.
    private func institutions(_ person: Person) -> [String] {
        let grants = person.grants(for: .managePeople) + person.grants(for: .validate)
        return Array(Set(grants.compactMap(\.institution))).sorted()
    }

    private func form(
        _ kind: LetterKind, _ institution: String?, _ typed: [LetterField: String]?, _ problems: FormProblems,
        typed name: String? = nil, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        var officials: [(name: String, office: String)] = []
        if let institution { officials = try await letters.officials(at: institution) }
        let place = institution.flatMap { register().institution($0) }.flatMap { register().region($0.region) }
        let own = institutions(person)
        return LetterFormView.page(
            LetterForm(
                kind: kind, institution: institution ?? name ?? "",
                choices: own.map { Choice($0, self.name($0)) }, isNational: isNational(person),
                officials: officials.map { Choice($0.name, $0.office.isEmpty ? $0.name : "\($0.name), \($0.office)") },
                values: typed ?? [.place: place.map { seat($0) } ?? ""], problems: problems), frame)
    }

    /// Where a region's government writes its letters from, as the first guess.
    private func seat(_ region: Region) -> String {
        region.level == .city ? String(region.name.trimmingPrefix("Kota ")) : ""
    }

    // MARK: showing

    private func list(_ query: Query, _ person: Person, _ frame: Frame) async throws -> Answer {
        let code = try query.text("instansi", limit: 60)
        let before = try query.integer("sebelum", in: 1...Int.max)
        let found = try await letters.list(for: person, at: code, before: before, limit: 51)
        let shown = Array(found.prefix(50))
        let may = person.may(.managePeople) || person.may(.validate)
        let kept = code.map { [("instansi", $0)] } ?? []
        return .personal(
            LetterView.list(
                shown, name: name, kinds: may ? LetterKind.allCases : [], of: code,
                next: found.count > 50
                    ? .path("kerja", "surat", query: kept + [("sebelum", String(shown[49].id))]) : nil, frame))
    }

    private func page(_ letter: PreparedLetter, _ problems: FormProblems, _ person: Person, _ frame: Frame) -> HTML {
        LetterView.page(
            letter, institution: name(letter.institution), maySign: Letters.may(person, at: letter.institution),
            problems, frame)
    }

    private func download(_ bytes: [UInt8], _ letter: PreparedLetter, _ type: FileType) -> Answer {
        .bytes(bytes, type: type.rawValue, sharing: .personal)
            .with(
                "Content-Disposition",
                FileName.disposition("surat-\(letter.kind.path)-\(letter.id)", type: type.rawValue))
    }

    private func name(_ code: String) -> String { register().institution(code)?.name ?? code }

    private func kind(_ context: Context) throws -> LetterKind {
        guard let kind = LetterKind(path: try context.part("jenis")) else { throw LetterRefusal.missing }
        return kind
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("id") { _ in LetterRefusal.missing }
    }
}
