import Kernel
import Web

/// What a person says of themselves, as typed.
package struct ProfileForm: Sendable, Hashable {
    package var name: String
    package var office: String
    package var phone: String
    package var language: Language

    package init(name: String, office: String, phone: String, language: Language) {
        self.name = name
        self.office = office
        self.phone = phone
        self.language = language
    }
}

package enum InvitationView {
    /// The first step of a first sign-in.
    package static func profile(
        _ profile: ProfileForm, email: String, roles: [String], action: Address, _ problems: FormProblems,
        _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        return SignInView.narrow(
            form.title(say("Selamat datang", "Welcome")), frame,
            """
            \(form.summary())<p class="soft">\(say("Langkah 1 dari 2", "Step 1 of 2"))</p>
            <h1>\(say("Lengkapi profil Anda", "Complete your profile"))</h1>
            <p>\(say("Undangan untuk", "Invitation for")) \(email)\(roles.isEmpty ? "" : ", \(roles.joined(separator: "; "))").</p>
            \(form.form(
                to: action,
                form.hidden("langkah", "profil") + fields(profile, form)
                    + "<p>\(form.button(say("Simpan dan lanjut", "Save and continue")))</p>"))
            """)
    }

    /// The fields of a profile, on the invitation and on one's own page.
    static func fields(_ profile: ProfileForm, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        return form.text(
            "name", label: say("Nama lengkap", "Full name"), value: profile.name, kind: .name, required: true)
            + form.text(
                "office", label: say("Jabatan dan unit kerja", "Office"), value: profile.office,
                hint: say(
                    "Ini yang tampil kepada publik, bukan nama Anda. Contoh: Kepala Bagian Organisasi, Kabupaten Kendal.",
                    "This is what the public sees, not your name. Example: Kepala Bagian Organisasi, Kabupaten Kendal."),
                required: true)
            + form.text(
                "phone", label: say("Telepon (boleh kosong)", "Phone (optional)"), value: profile.phone,
                kind: .telephone,
                hint: say(
                    "Hanya dipakai untuk menghubungi Anda tentang data instansi Anda. Terlihat oleh admin instansi Anda, Hub-nya, dan sekretariat.",
                    "Only used to reach you about your agency's data. Seen by your agency admins, its Hub and the secretariat."
                ))
            + form.select(
                "language", label: say("Bahasa surel dan halaman", "Language of mail and pages"),
                choices: [Choice("id", "Bahasa Indonesia"), Choice("en", "English")], value: profile.language.rawValue)
    }

    /// The second step of a first sign-in, and of a reset: a password of one's own.
    package static func password(
        first: Bool, email: String, action: Address, back: Address?, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Buat kata sandi", "Choose a password")
        return SignInView.narrow(
            form.title(title), frame,
            """
            \(form.summary())\(first ? "<p class=\"soft\">\(say("Langkah 2 dari 2", "Step 2 of 2"))</p>" : "")
            <h1>\(title)</h1><p>\(say("Untuk", "For")) \(email).</p>
            \(form.form(
                to: action,
                form.hidden("langkah", "sandi") + newPassword(form)
                    + "<p>\(form.button(first ? say("Simpan dan masuk", "Save and sign in") : say("Ganti kata sandi", "Change the password")))</p>"))
            \(html(back) { "<p><a href=\"\($0)\">\(say("Perbaiki profil", "Correct the profile"))</a></p>" })
            """)
    }

    static func newPassword(_ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        return form.text(
            "password", label: say("Kata sandi baru", "New password"), kind: .newPassword,
            hint: say(
                "Paling sedikit 12 karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.",
                "At least 12 characters. A few unrelated words are easy to remember and hard to guess."), required: true
        )
            + form.text(
                "again", label: say("Ketik sekali lagi", "Type it again"), kind: .newPassword, required: true)
    }

    /// Asks where to send the link for a new password.
    package static func reset(_ email: String, sent: Bool, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        if sent {
            return SignInView.narrow(
                say("Periksa surel Anda", "Check your mail"), frame,
                """
                <h1>\(say("Periksa surel Anda", "Check your mail"))</h1>
                <p>\(say(
                    "Bila \(email) terdaftar, tautan untuk membuat kata sandi baru sedang dikirim ke sana. Tautan berlaku satu jam dan hanya dapat dipakai satu kali.",
                    "If \(email) is registered, a link to choose a new password is on its way there. It holds for one hour and works once."))</p>
                <p>\(say(
                    "Tidak datang? Periksa folder spam, atau hubungi admin instansi Anda.",
                    "Nothing arrived? Look in the spam folder, or ask your agency admin."))</p>
                """)
        }
        return SignInView.narrow(
            form.title(say("Lupa kata sandi", "Forgotten password")), frame,
            """
            \(form.summary())<h1>\(say("Lupa kata sandi", "Forgotten password"))</h1>
            <p>\(say("Kami kirim tautan untuk membuat yang baru.", "We send a link to choose a new one."))</p>
            \(form.form(
                to: .path("sandi"),
                form.text("email", label: say("Surel dinas", "Work e-mail"), value: email, kind: .username, required: true)
                    + "<p>\(form.button(say("Kirim tautan", "Send the link")))</p>"))
            """)
    }
}
