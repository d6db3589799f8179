import Kernel
import Web

/// The people of an institution, or of the network itself, for those who manage them.
package struct PeoplePage: Sendable {
    /// The institution's code and name; nil is the network: secretariat and auditors.
    package let institution: (code: String, name: String)?
    package let people: [Colleague]
    /// The number of the one who looks.
    package let me: Int
    /// What they may invite here.
    package let roles: [Role]
    package let units: [OfficeUnit]
    /// Institutions to choose from, where there is a choice.
    package var choices: [(code: String, name: String)] = []
    package var search = ""
    /// Whether every institution can be looked up.
    package var searches = false
    package var invite = InviteForm()
    package var notice: Phrase?
    package let accept: String
    package let now: Instant
}

/// An invitation as typed.
package struct InviteForm: Sendable, Hashable {
    package var email = ""
    package var role = ""
    package var unit = ""
    package var name = ""
    package var office = ""

    package init() {}
}

package enum PeopleView {
    package static func page(_ model: PeoplePage, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Orang", "People")
        let place = model.institution?.name ?? say("Sekretariat dan auditor", "Secretariat and auditors")
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(html(model.notice) { NoticeView.notice(.good, frame.language.say($0)) })\(form.summary())
            <h1>\(title): \(place)</h1>
            \(finding(model, frame))
            \(choose(model, frame))
            \(model.people.isEmpty ? .empty : list(model, form))
            \(model.roles.isEmpty ? .empty : invite(model, form))
            """)
    }

    private static func finding(_ model: PeoplePage, _ frame: Frame) -> HTML {
        guard let institution = model.institution else { return .empty }
        let admins = model.people.count { person in
            person.state == .active && person.grants.contains { $0.grant.role == .agencyAdmin && $0.isLive }
        }
        let advice =
            admins == 0
            ? frame.say("Belum ada admin yang aktif.", "There is no active admin yet.")
            : admins == 1
                ? frame.say(
                    "Satu admin aktif. Undang seorang lagi, agar pekerjaan tidak berhenti bila pejabat pindah.",
                    "One active admin. Invite another, so that work goes on when officials move.")
                : frame.say("\(admins) admin aktif.", "\(admins) active admins.")
        return
            "<p class=\"lead\">\(frame.count(model.people.count, "orang", "person", "people")). \(advice)</p>\(html(frame.visitor as? Person) { units($0, institution.code, frame) })"
    }

    private static func units(_ person: Person, _ code: String, _ frame: Frame) -> HTML {
        guard person.may(.manageUnits, at: code) else { return .empty }
        return """
            <p><a href="\(frame.to(.path("kerja", "unit", query: [("instansi", code)])))">\(frame.say("Unit instansi ini", "Units of this institution"))</a></p>
            """
    }

    private static func choose(_ model: PeoplePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let found: HTML =
            model.choices.isEmpty
            ? .empty
            : """
            <ul>\(model.choices.html { "<li><a href=\"\(frame.to(.path("kerja", "orang", query: [("instansi", $0.code)])))\">\($0.name)</a></li>\n" })</ul>
            """
        guard model.searches else { return model.choices.count > 1 ? found : .empty }
        return """
            <form class="search plain" method="get" action="\(frame.to(.path("kerja", "orang")))" role="search">
            <label for="cari-instansi">\(say("Cari instansi", "Find an institution"))</label><div>\
            <input type="search" id="cari-instansi" name="q" value="\(model.search)">\
            <button class="button second">\(say("Cari", "Search"))</button></div></form>\(found)
            \(model.institution == nil ? .empty : "<p><a href=\"\(frame.to(.path("kerja", "orang")))\">\(say("Sekretariat dan auditor", "Secretariat and auditors"))</a></p>")
            """
    }

    private static func list(_ model: PeoplePage, _ form: FormView) -> HTML {
        let frame = form.frame
        let say = frame.language.say(_:_:)
        let others = model.institution != nil && model.people.contains { $0.account != model.me }
        var columns = [say("Nama", "Name"), say("Peran", "Role"), say("Keadaan", "State")]
        if model.institution != nil { columns.append(say("Masih bertugas", "Still in office")) }
        let table = StackView.table(
            labelled: "daftar", columns: columns,
            model.people.map { person in
                var cells = [roles(person, frame), state(person, frame)]
                if model.institution != nil { cells.append(certification(person, model, frame)) }
                return StackView.Row(name(person, model, frame), cells)
            })
        let body: HTML =
            others
            ? form.form(
                to: .path("kerja", "orang", "konfirmasi"),
                form.hidden("instansi", model.institution?.code ?? "") + table
                    + "<p>\(say("Beri tanda pada yang masih bertugas. Yang tidak dikonfirmasi setahun sekali berhenti berlaku.", "Mark those still in office. Roles not confirmed once a year come to rest."))</p>"
                    + form.actions(form.button(say("Konfirmasi yang ditandai", "Confirm those marked"), .second)))
            : table
        return """
            <section aria-labelledby="daftar"><h2 id="daftar" class="sr">\(say("Daftar orang", "List of people"))</h2>\(body)</section>
            """
    }

    private static func name(_ person: Colleague, _ model: PeoplePage, _ frame: Frame) -> HTML {
        let query = model.institution.map { [("instansi", $0.code)] } ?? []
        let address = Address.path("kerja", "orang", String(person.account), query: query)
        return """
            <a href="\(frame.to(address))">\(person.name ?? person.email ?? "")</a>\
            \(html(person.office) { "<br><span class=\"soft\">\($0)</span>" })
            """
    }

    static func roles(_ person: Colleague, _ frame: Frame) -> HTML {
        person.grants.html { held in
            "\(frame.language.say(held.grant.role.name))\(html(held.unitName) { ", \($0)" })<br>"
        }
    }

    static func state(_ person: Colleague, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        switch person.state {
        case .invited: return StateView.state(.never, say("diundang, belum masuk", "invited, not yet in"))
        case .suspended: return StateView.state(.late, say("ditangguhkan", "suspended"))
        case .left: return StateView.state(.late, say("berhenti", "left"))
        case .active:
            let seen: HTML = html(person.seen) {
                "<br><span class=\"soft\">\(say("terakhir", "last seen")) \($0.day().long(frame.language))</span>"
            }
            return StateView.state(.valid, say("aktif", "active")) + seen
        }
    }

    private static func certification(_ person: Colleague, _ model: PeoplePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let worst: HTML = person.grants.html { held in
            switch held.certification {
            case .good: .empty
            case .due(let end): StateView.state(.due, say("sebelum \(end.day().iso)", "before \(end.day().iso)"))
            case .lapsed(let end):
                StateView.state(
                    .late, say("sejak \(end.day().long(frame.language))", "since \(end.day().long(frame.language))"))
            }
        }
        guard person.account != model.me else {
            return worst + "<span class=\"soft\">\(say("dikonfirmasi admin lain", "confirmed by another admin"))</span>"
        }
        return """
            \(worst)<label class="check"><input type="checkbox" name="orang" value="\(person.account)"> \
            <span>\(say("masih bertugas", "still in office"))<span class="sr">: \(person.name ?? person.email ?? "")</span></span></label>
            """
    }

    private static func invite(_ model: PeoplePage, _ form: FormView) -> HTML {
        let frame = form.frame
        let say = frame.language.say(_:_:)
        let typed = model.invite
        let units = model.units.filter { $0.closed == nil }
        return """
            <section aria-labelledby="undang"><h2 id="undang">\(say("Undang seseorang", "Invite someone"))</h2>
            <p>\(say("Tautan sekali pakai dikirim ke surelnya dan berlaku tujuh hari.", "A one-time link goes to their e-mail and holds for seven days."))</p>
            \(form.form(
                to: .path("kerja", "orang"), files: true,
                html(model.institution?.code) { form.hidden("instansi", $0) }
                    + form.text("email", label: say("Surel dinas", "Work e-mail"), value: typed.email, kind: .email, required: true)
                    + form.radios(
                        "role", label: say("Peran", "Role"),
                        choices: model.roles.map { Choice($0.rawValue, frame.language.say($0.name), note: frame.language.say($0.work)) },
                        value: typed.role, required: true)
                    + (model.roles.contains(.unit)
                        ? form.select(
                            "unit", label: say("Unit, untuk peran Unit", "Unit, for the role Unit"),
                            choices: units.map { Choice(String($0.id), $0.name) }, value: typed.unit,
                            empty: say("Pilih unit", "Choose a unit"),
                            hint: units.isEmpty ? say("Belum ada unit. Tambahkan dahulu pada halaman Unit.", "There is no unit yet. Add one on the page Units first.") : nil)
                        : .empty)
                    + form.text("name", label: say("Nama (boleh kosong)", "Name (optional)"), value: typed.name)
                    + form.text("office", label: say("Jabatan (boleh kosong)", "Office (optional)"), value: typed.office)
                    + form.file(
                        "letter", label: say("Surat resmi (boleh menyusul)", "Official letter (may follow)"),
                        hint: say("Surat permohonan akun atau surat tugas yang ditandatangani; disimpan sebagai bukti.", "The signed request or letter of assignment; kept as evidence."),
                        accept: model.accept.split(separator: ",").map(String.init))
                    + form.actions(form.button(say("Kirim undangan", "Send the invitation")))))</section>
            """
    }
}

extension Role {
    /// What the role does, in a line.
    var work: Phrase {
        switch self {
        case .secretariat: Phrase("mengelola jejaring nasional", "runs the national network")
        case .hubManager: Phrase("mendampingi instansi di Hub-nya", "helps the institutions of its Hub")
        case .agencyAdmin:
            Phrase("mengundang orang, mengatur unit, memvalidasi", "invites people, sets units, validates")
        case .validator: Phrase("memeriksa dan memvalidasi data inovasi", "checks and validates innovations")
        case .unit: Phrase("menulis data inovasi unitnya", "writes its unit's innovations")
        case .leader:
            Phrase(
                "membaca semuanya, memvalidasi bila kantor hanya seorang",
                "reads everything, validates where an office is one person")
        case .evaluator, .panelist:
            Phrase("menilai usulan satu edisi kompetisi", "scores proposals of one competition edition")
        case .auditor: Phrase("membaca semuanya, tidak mengubah apa pun", "reads everything, changes nothing")
        }
    }
}
