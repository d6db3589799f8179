import Kernel
import Web

/// One's own account: what is held, what one can change.
package struct AccountPage: Sendable {
    package let own: Accounts.Own
    package let sessions: [Sessions.Listed]
    /// The number of the session that asks.
    package let here: Int
    package var profile: ProfileForm
    /// Whether a role forbids to go without one-time codes.
    package let codeNeeded: Bool
    package let hasCalendar: Bool
    /// The calendar's address, right after it was made.
    package var calendar: String?
    /// What was done.
    package var notice: Phrase?

    package init(
        own: Accounts.Own, sessions: [Sessions.Listed], here: Int, codeNeeded: Bool, hasCalendar: Bool,
        notice: Phrase? = nil
    ) {
        self.own = own
        self.sessions = sessions
        self.here = here
        self.codeNeeded = codeNeeded
        self.hasCalendar = hasCalendar
        self.notice = notice
        profile = ProfileForm(name: own.name, office: own.office, phone: own.phone ?? "", language: own.language)
    }
}

package enum AccountView {
    package static func page(_ model: AccountPage, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Akun Anda", "Your account")
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(html(model.notice) { NoticeView.notice(.good, frame.language.say($0)) })\(form.summary())
            <h1>\(title)</h1><p class="lead">\(model.own.email)</p>
            \(roles(model, frame))
            <section aria-labelledby="profil"><h2 id="profil">\(say("Profil", "Profile"))</h2>
            \(form.form(
                to: .path("akun", "profil"),
                InvitationView.fields(model.profile, form)
                    + form.check(
                        "digest", label: say("Gabungkan surel yang dapat menunggu menjadi satu per hari", "Gather mail that can wait into one a day"),
                        checked: model.own.digest)
                    + "<p>\(form.button(say("Simpan profil", "Save the profile")))</p>"))</section>
            \(password(model, form))
            \(codes(model, form))
            \(sessions(model, form))
            \(calendar(model, form))
            \(data(model, frame))
            """)
    }

    private static func roles(_ model: AccountPage, _ frame: Frame) -> HTML {
        guard !model.own.grants.isEmpty else {
            return """
                <p>\(frame.say("Anda tidak memegang peran sekarang.", "You hold no role now."))</p>
                """
        }
        return """
            <ul>\(model.own.grants.html { "<li>\(GrantWords.say($0, frame.language)). \(certified($0, frame))</li>" })</ul>
            """
    }

    private static func certified(_ held: HeldGrant, _ frame: Frame) -> HTML {
        switch held.certification {
        case .good: .empty
        case .due(let end):
            StateView.state(
                .due,
                frame.say(
                    "harus dikonfirmasi admin sebelum \(end.day().long(frame.language))",
                    "to be confirmed by an admin before \(end.day().long(frame.language))"))
        case .lapsed(let end):
            StateView.state(
                .late,
                frame.say(
                    "belum dikonfirmasi sejak \(end.day().long(frame.language)), jadi tidak berlaku",
                    "not confirmed since \(end.day().long(frame.language)), so it rests"))
        }
    }

    private static func password(_ model: AccountPage, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        guard model.own.hasPassword else {
            return """
                <section aria-labelledby="sandi"><h2 id="sandi">\(say("Kata sandi", "Password"))</h2>
                <p>\(say("Anda masuk dengan akun instansi.", "You sign in with the agency account."))</p></section>
                """
        }
        return """
            <section aria-labelledby="sandi"><h2 id="sandi">\(say("Kata sandi", "Password"))</h2>
            <p>\(say("Sesi di perangkat lain berakhir saat kata sandi diganti.", "Sessions on other devices end when the password changes."))</p>
            \(form.form(
                to: .path("akun", "sandi"),
                form.hidden("email", model.own.email)
                    + form.text("current", label: say("Kata sandi sekarang", "Current password"), kind: .password, required: true)
                    + InvitationView.newPassword(form)
                    + "<p>\(form.button(say("Ganti kata sandi", "Change the password"), .second))</p>"))</section>
            """
    }

    private static func codes(_ model: AccountPage, _ form: FormView) -> HTML {
        let frame = form.frame
        let say = frame.language.say(_:_:)
        let setUp = frame.to(.path("akun", "kode"))
        let body: HTML
        if model.own.hasCode {
            let left = frame.count(
                model.own.recoveryCodesLeft, "kode pemulihan tersisa", "recovery code left", "recovery codes left")
            body = """
                <p>\(StateView.state(.valid, say("Terpasang", "Set up"))) \(left).</p>
                <div class="row">\(form.form(
                    to: .path("akun", "kode", "pemulihan"),
                    form.button(say("Buat kode pemulihan baru", "Make new recovery codes"), .second)))
                <a class="button second" href="\(setUp)">\(say("Pindah ke ponsel lain", "Move to another phone"))</a>
                \(model.codeNeeded ? "" : form.form(
                    to: .path("akun", "kode", "lepas"), form.button(say("Lepas", "Remove"), .danger)))</div>
                \(model.codeNeeded ? "<p class=\"soft\">\(say("Peran Anda mewajibkannya, jadi tidak dapat dilepas.", "Your role needs it, so it cannot be removed."))</p>" : "")
                """
        } else {
            body = """
                <p>\(say(
                    "Kode dari ponsel melindungi akun bila kata sandi bocor.",
                    "A code from a phone protects the account if the password leaks."))</p>
                <p><a class="button second" href="\(setUp)">\(say("Pasang kode sekali pakai", "Set up one-time codes"))</a></p>
                """
        }
        return """
            <section aria-labelledby="kode"><h2 id="kode">\(say("Kode sekali pakai", "One-time codes"))</h2>\(body)</section>
            """
    }

    private static func sessions(_ model: AccountPage, _ form: FormView) -> HTML {
        let frame = form.frame
        let say = frame.language.say(_:_:)
        let rows = model.sessions.map { session in
            let here = session.id == model.here
            let end: HTML =
                here
                ? "<span class=\"tag\">\(say("sesi ini", "this session"))</span>"
                : form.form(
                    to: .path("akun", "sesi"),
                    form.hidden("sesi", String(session.id))
                        + form.button(say("Akhiri", "End"), .second, small: true, about: session.address))
            return StackView.Row(
                "\(Browser.name(session.agent, frame.language))",
                "\(session.address)", "\(moment(session.seen, frame))", "\(moment(session.made, frame))", end)
        }
        return """
            <section aria-labelledby="sesi"><h2 id="sesi">\(say("Perangkat yang sedang masuk", "Devices signed in"))</h2>
            \(StackView.table(
                labelled: "sesi",
                columns: [
                    say("Peramban", "Browser"), say("Alamat", "Address"), say("Terakhir dipakai", "Last used"),
                    say("Masuk sejak", "Signed in since"), say("Tindakan", "Action"),
                ], rows))
            \(model.sessions.count > 1 ? form.form(
                to: .path("akun", "sesi"),
                form.hidden("sesi", "lain") + form.button(say("Akhiri semua sesi lain", "End all other sessions"), .second)) : .empty)</section>
            """
    }

    private static func calendar(_ model: AccountPage, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        let shown: HTML = html(model.calendar) { address in
            NoticeView.notice(
                .good, say("Alamat kalender Anda:", "Your calendar's address:"),
                """
                <br><kbd>\(address)</kbd><br>\(say(
                    "Salin sekarang ke aplikasi kalender; alamat ini tidak ditampilkan lagi. Siapa pun yang memilikinya dapat membaca tenggat Anda.",
                    "Copy it into a calendar app now; it is not shown again. Whoever has it can read your deadlines."))
                """)
        }
        return """
            <section aria-labelledby="kalender"><h2 id="kalender">\(say("Kalender tenggat", "Calendar of deadlines"))</h2>\(shown)
            <p>\(model.hasCalendar
                ? say("Alamat sudah dibuat. Membuat yang baru mematikan yang lama.", "An address exists. Making a new one ends the old one.")
                : say("Tenggat dapat tampil di kalender Anda lewat alamat pribadi.", "Deadlines can show in your calendar through a private address."))</p>
            \(form.form(
                to: .path("akun", "kalender"),
                form.button(model.hasCalendar ? say("Buat alamat baru", "Make a new address") : say("Buat alamat", "Make an address"), .second)))</section>
            """
    }

    private static func data(_ model: AccountPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return """
            <section aria-labelledby="data"><h2 id="data">\(say("Data pribadi Anda", "Your personal data"))</h2>
            <p>\(say(
                "Kami menyimpan nama, jabatan, surel, telepon bila Anda isi, peran, dan dari mana Anda masuk. Surel dan telepon dipakai untuk menghubungi Anda tentang data instansi Anda dan hanya terlihat oleh admin instansi, Hub-nya, dan sekretariat.",
                "We keep your name, office, e-mail, phone if you gave it, roles, and where you sign in from. E-mail and phone are used to reach you about your agency's data and are seen only by the agency's admins, its Hub and the secretariat."))</p>
            <p><a class="button second" href="\(frame.to(.path("akun", "data.json")))">\(say("Unduh data saya (JSON)", "Download my data (JSON)"))</a></p>
            <p><a href="\(frame.to(.path("akun", "berhenti")))">\(say("Berhenti dan hapus data pribadi saya", "Leave and remove my personal data"))</a></p></section>
            """
    }

    /// Asks for the password before an account ends.
    package static func leave(_ email: String, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Berhenti dari Simpul", "Leave Simpul")
        return SignInView.narrow(
            form.title(title), frame,
            """
            \(form.summary())<h1>\(title)</h1><p>\(email)</p>
            <p>\(say(
                "Nama, surel, telepon, dan kata sandi Anda dihapus, dan semua sesi berakhir. Yang tetap ada: keputusan yang Anda buat, atas nama jabatan. Draf tetap pada unit Anda.",
                "Your name, e-mail, phone and password are removed, and all sessions end. What stays: the decisions you made, under the office's name. Drafts stay with your unit."))</p>
            \(form.form(
                to: .path("akun", "berhenti"),
                form.text("current", label: say("Kata sandi", "Password"), kind: .password, required: true)
                    + "<p>\(form.button(say("Hapus data pribadi saya", "Remove my personal data"), .danger))</p>"))
            <p><a href="\(frame.to(.path("akun")))">\(say("Kembali ke akun", "Back to the account"))</a></p>
            """)
    }

    static func moment(_ instant: Instant, _ frame: Frame) -> String {
        "\(instant.day().long(frame.language)), \(instant.clock()) WIB"
    }
}
