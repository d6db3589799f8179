import Kernel
import Web

/// The page that asks who you are.
package struct SignInPage: Sendable {
    package var email = ""
    /// Where to go afterwards.
    package var target: SitePath?
    package var problems = FormProblems.none
    /// What happened before, e.g. that one signed out.
    package var notice: Phrase?
    /// The name of the agencies' own sign-in, where there is one.
    package var provider: String?

    package init() {}
}

package enum SignInView {
    package static func page(_ model: SignInPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let lost: HTML = """
            <p class="hint"><a href="\(frame.to(.path("sandi")))">\(say("Lupa kata sandi", "Forgotten password"))</a></p>
            """
        return narrow(
            form.title(say("Masuk", "Sign in")), frame,
            """
            \(html(model.notice) { NoticeView.notice(.good, frame.language.say($0)) })\(form.summary())
            <h1>\(say("Masuk", "Sign in"))</h1>
            <p>\(say(
                "Untuk pegawai instansi, Hub, evaluator, dan sekretariat. Membaca dan mengunduh tidak perlu akun.",
                "For staff of agencies and Hubs, evaluators and the secretariat. Reading and downloading need no account."))</p>
            \(form.form(
                to: .path("masuk"),
                form.text("email", label: say("Surel dinas", "Work e-mail"), value: model.email, kind: .username, required: true)
                    + form.text("password", label: say("Kata sandi", "Password"), kind: .password, required: true, after: lost)
                    + html(model.target) { form.hidden("ke", $0.text) }
                    + "<p>\(form.button(say("Masuk", "Sign in")))</p>"))
            \(html(model.provider) { provider($0, model.target, frame) })
            <details><summary>\(say("Belum punya akun?", "No account yet?"))</summary><p>\(say(
                "Admin instansi Anda mengirim surat bertanda tangan ke sekretariat. Akun unit lalu dibuat oleh admin instansi; undangannya datang lewat surel.",
                "Your agency admin sends a signed letter to the secretariat. Accounts of units are then made by the agency admin; the invitation comes by e-mail."))</p></details>
            """)
    }

    private static func provider(_ name: String, _ target: SitePath?, _ frame: Frame) -> HTML {
        let address = Address.path("masuk", "sso", query: target.map { [("ke", $0.text)] } ?? [])
        return """
            <p><a class="button second" href="\(frame.to(address))">\
            \(frame.say("Masuk dengan akun instansi", "Sign in with the agency account")) (\(name))</a></p>
            """
    }

    /// Asks for the one-time code after the password.
    package static func code(_ target: SitePath?, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        return narrow(
            form.title(say("Kode sekali pakai", "One-time code")), frame,
            """
            \(form.summary())<h1>\(say("Kode sekali pakai", "One-time code"))</h1>
            \(form.form(
                to: .path("masuk", "kode"),
                form.text(
                    "code", label: say("Kode dari aplikasi", "Code from the app"), kind: .code,
                    hint: say(
                        "Enam angka dari aplikasi autentikator. Ponsel hilang? Isi salah satu kode pemulihan, misalnya abcde-fghij.",
                        "Six digits from the authenticator app. Lost the phone? Use one of the recovery codes, such as abcde-fghij."),
                    required: true)
                    + html(target) { form.hidden("ke", $0.text) }
                    + "<p>\(form.button(say("Lanjut", "Continue")))</p>"))
            <p><a href="\(frame.to(.path("masuk")))">\(say("Masuk sebagai orang lain", "Sign in as someone else"))</a></p>
            """)
    }

    /// Asks whether to sign out, for those who came by a link.
    package static func leave(_ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame)
        return narrow(
            say("Keluar", "Sign out"), frame,
            """
            <h1>\(say("Keluar dari Simpul?", "Sign out of Simpul?"))</h1>
            <p>\(say(
                "Isian yang sudah tersimpan tetap ada. Sesi di perangkat lain tidak ikut berakhir.",
                "What was saved stays. Sessions on other devices do not end."))</p>
            \(form.form(to: .path("keluar"), "<p>\(form.button(say("Keluar", "Sign out")))</p>"))
            <p><a href="\(frame.to(.path("kerja")))">\(say("Kembali ke meja kerja", "Back to the desk"))</a></p>
            """)
    }

    /// A page of one column, kept away from search engines.
    static func narrow(_ title: String, _ frame: Frame, _ content: HTML) -> HTML {
        Layout.page(
            frame, PageHead(title, description: title, indexed: false), "<div class=\"narrow\">\(content)</div>")
    }
}
