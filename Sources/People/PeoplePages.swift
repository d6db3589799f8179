import Files
import Hummingbird
import Institutions
import Kernel
import Text
import Web

/// The people of institutions and of the network: `/kerja/orang`.
package struct PeoplePages: Sendable {
    let accounts: Accounts
    private let units: OfficeUnits
    let letters: OfficialLetters
    private let register: @Sendable () -> Register
    let clock: @Sendable () -> Instant

    package init(
        accounts: Accounts, units: OfficeUnits, letters: OfficialLetters, register: @escaping @Sendable () -> Register,
        clock: @escaping @Sendable () -> Instant = Instant.now
    ) {
        self.accounts = accounts
        self.units = units
        self.letters = letters
        self.register = register
        self.clock = clock
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/orang", .managePeople) { request, _, person, frame in
            let query = try request.query()
            var model = try await page(person, try scope(query, person), words: query.text("q", limit: 200) ?? "")
            model.notice = PeoplePages.notices[try query.one("selesai") ?? ""]
            return .personal(PeopleView.page(model, .none, frame))
        }
        desk.upload(
            "/kerja/orang", .managePeople, into: letters.files.temporaryFolder,
            limits: UploadLimits(file: FileKind.letter.mostBytes)
        ) { upload, _, context, person, frame in
            try await invite(upload, context, person, frame)
        }
        desk.submit("/kerja/orang/konfirmasi", .managePeople) { form, _, context, person, _ in
            let institution = try form.required("instansi", limit: 40)
            let confirmed = try form.integers("orang", in: 1...Int.max)
            try await accounts.certify(
                confirmed, at: institution, by: person.actor(from: context.clientAddress), at: clock())
            return done("konfirmasi", institution, context.language)
        }
        addColleague(to: desk)
    }

    private func invite(_ upload: Upload, _ context: Context, _ person: Person, _ frame: Frame) async throws -> Answer {
        let form = upload.fields
        let institution = try scope(form, person)
        var typed = InviteForm()
        typed.email = try form.text("email", limit: 300) ?? ""
        typed.role = try form.text("role", limit: 40) ?? ""
        typed.unit = try form.text("unit", limit: 20) ?? ""
        typed.name = try form.text("name", limit: 200) ?? ""
        typed.office = try form.text("office", limit: 300) ?? ""
        do {
            guard let role = Role(rawValue: typed.role) else { throw QueryRefusal.absent(name: "role") }
            let grant = Grant(
                role, institution: role.scope == .nation ? nil : institution,
                unit: role == .unit ? Int(typed.unit) : nil)
            // Before anything is kept: the refusal is worth more than the letter.
            guard grant.isManaged(by: person.grants) else { throw AccountRefusal.notYours(role) }
            guard EmailAddress(typed.email) != nil else { throw AccountRefusal.notAnEmail }
            guard role != .unit || grant.unit != nil else { throw AccountRefusal.unknownUnit }
            let letter = try await keep(upload)
            _ = try await accounts.invite(
                Invitee(
                    email: typed.email, grant: grant, name: typed.name.isEmpty ? nil : typed.name,
                    office: typed.office.isEmpty ? nil : typed.office, language: context.language, letter: letter),
                by: person.actor(from: context.clientAddress), at: clock())
            return done("undang", institution, context.language)
        } catch let refusal as any Refusal where PeoplePages.belongsToForm(refusal) {
            var model = try await page(person, institution)
            model.invite = typed
            return .personal(
                PeopleView.page(model, PeoplePages.problems(refusal), frame), status: refusal.kind.status)
        }
    }

    /// Keeps the letter that came with a form; nil when none did.
    func keep(_ upload: Upload) async throws -> String? {
        guard let file = upload.files.first(where: { $0.field == "letter" }) else { return nil }
        return try await letters.keep(file.path, name: file.name)
    }

    static func belongsToForm(_ refusal: any Refusal) -> Bool {
        refusal is AccountRefusal || refusal is QueryRefusal || refusal is FileRefusal
    }

    static func problems(_ refusal: any Refusal) -> FormProblems {
        if let file = refusal as? FileRefusal { return FormProblems([file.problem(at: "letter")]) }
        return FormProblems(refusal)
    }

    /// The institution that a form or an address names, if the person manages people there; an agency admin's own when
    /// it names none; nil for the network.
    func scope(_ query: Query, _ person: Person) throws -> String? {
        guard let code = try query.text("instansi", limit: 40) else {
            guard !person.may(.manageNetwork) else { return nil }
            return person.grants(for: .managePeople).compactMap(\.institution).first
        }
        guard person.may(.managePeople, at: code) else { throw DeskRefusal.notYours(.managePeople) }
        guard register().institution(code) != nil else { throw AccountRefusal.unknownInstitution(code) }
        return code
    }

    func named(_ code: String?) -> (code: String, name: String)? {
        code.map { ($0, register().institution($0)?.name ?? $0) }
    }

    private func page(_ person: Person, _ institution: String?, words: String = "") async throws -> PeoplePage {
        let now = clock()
        var people: [Colleague] = []
        if let institution {
            people = try await accounts.people(at: institution, at: now)
        } else {
            for role in [Role.secretariat, .auditor] {
                let known = Set(people.map(\.account))
                people += try await accounts.people(role: role, at: now).filter { !known.contains($0.account) }
            }
        }
        let roles = Role.allCases.filter { role in
            switch role.scope {
            case .nation: institution == nil && Grant(role).isManaged(by: person.grants)
            case .institution, .unit:
                institution != nil && Grant(role, institution: institution).isManaged(by: person.grants)
            case .edition: false
            }
        }
        var model = PeoplePage(
            institution: named(institution), people: people, me: person.account, roles: roles,
            units: try await institution.asyncMap { try await units.all(of: $0) } ?? [],
            accept: FileKind.letter.accept, now: now)
        model.searches = person.may(.manageNetwork)
        model.search = words
        if model.searches {
            let folded = fold(words)
            model.choices =
                folded.isEmpty
                ? []
                : register().institutions.filter { fold($0.name).contains(folded) }.sorted {
                    ($0.name.count, $0.name) < ($1.name.count, $1.name)
                }.prefix(20).map { ($0.code, $0.name) }
        } else {
            model.choices = Set(person.grants(for: .managePeople).compactMap(\.institution)).sorted()
                .compactMap(named)
        }
        return model
    }

    func done(_ what: String, _ institution: String?, _ language: Language) -> Answer {
        let query = (institution.map { [("instansi", $0)] } ?? []) + [("selesai", what)]
        return .seeOther(Address.path("kerja", "orang", query: query).within(language.prefix))
    }

    static let notices = [
        "undang": Phrase("Undangan dikirim.", "The invitation is on its way."),
        "konfirmasi": Phrase("Konfirmasi tersimpan untuk satu tahun.", "The confirmation is saved for a year."),
        "akhiri": Phrase("Peran diakhiri.", "The role has ended."),
        "ganti": Phrase(
            "Peran diserahkan; undangan dikirim kepada pengganti.",
            "The roles are handed over; the successor's invitation is on its way."),
        "tangguhkan": Phrase("Akun ditangguhkan.", "The account is suspended."),
        "pulihkan": Phrase("Akun dipulihkan.", "The account is restored."),
        "lepas-kode": Phrase(
            "Kode sekali pakai dilepas. Orang ini memasangnya lagi saat masuk.",
            "One-time codes are removed. They are set up again at the next sign-in."),
    ]
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<T>(_ body: (Wrapped) async throws -> T) async rethrows -> T? {
        if let self { try await body(self) } else { nil }
    }
}
