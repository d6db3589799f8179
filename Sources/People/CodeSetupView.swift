import Kernel
import Web

/// A secret for one-time codes, to be typed into an app.
package struct CodeSetup: Sendable {
    /// In base32.
    package let secret: String
    /// `otpauth://…`, which opens the app on the same phone.
    package let link: String
    /// Where the form with the first code goes, without the language's prefix.
    package let action: Address
    package let target: SitePath?
    /// True when the role cannot sign in without it.
    package let required: Bool

    package init(secret: String, link: String, action: Address, target: SitePath? = nil, required: Bool) {
        self.secret = secret
        self.link = link
        self.action = action
        self.target = target
        self.required = required
    }

    /// In groups of four, as one types it.
    var groups: String {
        let letters = Array(secret)
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: " ")
    }
}

package enum CodeSetupView {
    package static func page(_ model: CodeSetup, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        return SignInView.narrow(
            form.title(say("Pasang kode sekali pakai", "Set up one-time codes")), frame,
            """
            \(form.summary())<h1>\(say("Pasang kode sekali pakai", "Set up one-time codes"))</h1>
            <p>\(model.required
                ? say(
                    "Peran Anda mewajibkan kode dari ponsel selain kata sandi. Ini dipasang satu kali.",
                    "Your role needs a code from a phone besides the password. This is set up once.")
                : say(
                    "Sesudah ini, masuk memerlukan kata sandi dan kode dari ponsel Anda.",
                    "From then on, signing in takes the password and a code from your phone."))</p>
            <ol>
            <li>\(say("Pasang aplikasi autentikator di ponsel, misalnya Aegis, FreeOTP, atau Google Authenticator.", "Install an authenticator app on a phone, such as Aegis, FreeOTP or Google Authenticator."))</li>
            <li>\(say("Pilih “masukkan kunci”, lalu ketik kunci ini:", "Choose “enter a key”, then type this key:"))<br><kbd>\(model.groups)</kbd><br>\
            <a href="\(model.link)">\(say("Atau buka di aplikasi pada ponsel ini", "Or open the app on this phone"))</a></li>
            <li>\(say("Ketik enam angka yang tampil di aplikasi.", "Type the six digits that the app shows."))</li>
            </ol>
            \(form.form(
                to: model.action,
                form.text("code", label: say("Kode dari aplikasi", "Code from the app"), kind: .code, required: true)
                    + html(model.target) { form.hidden("ke", $0.text) }
                    + "<p>\(form.button(say("Pasang", "Set up")))</p>"))
            """)
    }

    /// Shown once, right after the codes were made.
    package static func recovery(_ codes: [String], next: Address, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        return SignInView.narrow(
            say("Simpan kode pemulihan", "Keep the recovery codes"), frame,
            """
            <h1>\(say("Simpan kode pemulihan", "Keep the recovery codes"))</h1>
            <p>\(say(
                "Bila ponsel hilang, satu kode ini menggantikan satu kode sekali pakai. Cetak atau catat sekarang: kode tidak ditampilkan lagi, dan kode yang lama tidak berlaku.",
                "If the phone is lost, one of these replaces one one-time code. Print or note them now: they are not shown again, and older ones no longer hold."))</p>
            <ul class="bare">\(codes.html { "<li><kbd>\($0)</kbd></li>\n" })</ul>
            <p><a class="button" href="\(next)">\(say("Sudah saya simpan, lanjut", "I kept them, continue"))</a></p>
            """)
    }
}
