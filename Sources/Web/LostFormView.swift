import Kernel

/// A form whose session had ended when it was sent: what was typed stands in the answer and can be sent again.
package struct LostForm: Sendable {
    /// Where it was sent.
    package let target: Address
    /// All that was sent but the token and what is secret.
    package let parameters: [Query.Parameter]
    /// Whether somebody is signed in now, so that sending again will be taken.
    package let isSignedIn: Bool

    package init(target: Address, form: Query, isSignedIn: Bool) {
        self.target = target
        parameters = form.parameters.filter { $0.name != FormToken.field && !LostForm.secret($0.name) }
        self.isSignedIn = isSignedIn
    }

    private static func secret(_ name: String) -> Bool {
        ["sandi", "password", "kode", "code"].contains { name.lowercased().contains($0) }
    }
}

package enum LostFormView {
    package static func page(_ model: LostForm, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say(
            "Sesi Anda berakhir, tulisan Anda masih ada", "Your session ended; what you wrote is still here")
        let form = FormView(frame)
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>
            \(steps(model, frame))
            <form method="post" action="\(model.target)" novalidate>\(form.token)
            \(model.parameters.html { kept($0, form) })
            <p>\(form.button(model.isSignedIn ? say("Kirim tulisan ini", "Send this") : say("Saya sudah masuk, lanjutkan", "I have signed in, go on")))</p>
            </form>
            """)
    }

    private static func steps(_ model: LostForm, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        guard !model.isSignedIn else {
            return
                "<p>\(say("Anda sudah masuk. Periksa isinya, lalu kirim.", "You are signed in. Look it over and send it."))</p>"
        }
        let signIn = frame.to(.path("masuk"))
        return """
            <p>\(say("Belum ada yang tersimpan. Biarkan halaman ini terbuka, lalu:", "Nothing is stored yet. Keep this page open, then:"))</p>
            <ol><li><a href="\(signIn)" target="_blank" rel="noopener">\(say("masuk di tab baru", "sign in in a new tab"))</a>,</li>\
            <li>\(say("kembali ke halaman ini, tekan tombol di bawah.", "come back to this page and press the button below."))</li></ol>
            """
    }

    // Short values and codes travel unseen; what somebody wrote can be read, and copied if all else fails.
    private static func kept(_ parameter: Query.Parameter, _ form: FormView) -> HTML {
        guard parameter.value.count > 20 || parameter.value.contains(" ") else {
            return form.hidden(parameter.name, parameter.value)
        }
        return form.area(
            parameter.name, label: form.frame.say("Tulisan Anda", "What you wrote"), value: parameter.value)
    }
}
