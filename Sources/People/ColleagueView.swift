import Kernel
import Web

/// One person, for those who manage them.
package struct ColleaguePage: Sendable {
    package let person: Colleague
    /// Where the manager looks from.
    package let institution: (code: String, name: String)?
    /// Whether the person is the one who looks.
    package let isMe: Bool
    /// The roles that the one who looks may end.
    package let manages: Set<Int>
    package let canReplace: Bool
    package var successor = ""
    package var notice: Phrase?
    package let accept: String
}

package enum ColleagueView {
    package static func page(_ model: ColleaguePage, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let person = model.person
        let title = person.name ?? person.email ?? say("Akun \(person.account)", "Account \(person.account)")
        let back = Address.path("kerja", "orang", query: model.institution.map { [("instansi", $0.code)] } ?? [])
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title,
                crumbs: [
                    Crumb(say("Orang", "People") + (model.institution.map { ": \($0.name)" } ?? ""), frame.to(back))
                ],
                indexed: false),
            """
            \(html(model.notice) { NoticeView.notice(.good, frame.language.say($0)) })\(form.summary())
            <h1>\(title)</h1><p>\(PeopleView.state(person, frame))</p>
            <dl class="facts">\(html(person.office) { "<dt>\(say("Jabatan", "Office"))</dt><dd>\($0)</dd>" })\
            \(html(person.email) { "<dt>\(say("Surel", "E-mail"))</dt><dd>\($0)</dd>" })\
            \(html(person.phone) { "<dt>\(say("Telepon", "Phone"))</dt><dd>\($0)</dd>" })\
            <dt>\(say("Kode sekali pakai", "One-time codes"))</dt><dd>\(person.hasCode ? say("terpasang", "set up") : say("belum dipasang", "not set up"))</dd></dl>
            <p class="soft">\(say(
                "Surel dan telepon hanya untuk menghubungi orang ini tentang data instansinya.",
                "E-mail and phone are only for reaching this person about the institution's data."))</p>
            <section aria-labelledby="peran"><h2 id="peran">\(say("Peran", "Roles"))</h2>
            <ul class="bare">\(person.grants.html { held in role(held, model, form) })</ul></section>
            \(model.isMe ? "<p>\(say("Ini akun Anda sendiri. Perubahan dilakukan admin lain atau sekretariat.", "This is your own account. Changes are made by another admin or the secretariat."))</p>" : acts(model, form))
            """)
    }

    private static func role(_ held: HeldGrant, _ model: ColleaguePage, _ form: FormView) -> HTML {
        let frame = form.frame
        let say = frame.language.say(_:_:)
        let end: HTML =
            model.manages.contains(held.id)
            ? form.form(
                to: .path("kerja", "orang", String(held.account), "akhiri"),
                scope(model, form) + form.hidden("peran", String(held.id))
                    + form.button(
                        say("Akhiri peran", "End the role"), .second, small: true,
                        about: GrantWords.say(held, frame.language)))
            : .empty
        return """
            <li><p>\(GrantWords.say(held, frame.language)), \(say("sejak", "since")) \(held.from.day().long(frame.language))\
            \(held.letter == nil ? "" : " (\(say("ada suratnya", "with letter")))")</p>\(end)</li>

            """
    }

    private static func scope(_ model: ColleaguePage, _ form: FormView) -> HTML {
        html(model.institution?.code) { form.hidden("instansi", $0) }
    }

    private static func acts(_ model: ColleaguePage, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        let person = model.person
        let path = String(person.account)
        let manages = !model.manages.isEmpty
        func button(_ act: String, _ words: String, _ weight: FormView.Weight) -> HTML {
            form.form(to: .path("kerja", "orang", path, act), scope(model, form) + form.button(words, weight))
        }
        return """
            \(model.canReplace ? replace(model, form) : .empty)
            \(manages ? "<section aria-labelledby=\"akun\"><h2 id=\"akun\">\(say("Akun", "Account"))</h2>" : .empty)
            \(manages && person.state == .active ? "<p>\(say("Menangguhkan mengakhiri semua sesinya; draf dan keputusan tetap.", "Suspending ends all their sessions; drafts and decisions stay."))</p>" + button("tangguhkan", say("Tangguhkan akun", "Suspend the account"), .danger) : .empty)
            \(manages && person.state == .suspended ? button("pulihkan", say("Pulihkan akun", "Restore the account"), .second) : .empty)
            \(manages && person.state == .invited ? button("undang-ulang", say("Kirim undangan lagi", "Send the invitation again"), .second) : .empty)
            \(manages && person.hasCode ? "<p>\(say("Ponsel dan kode pemulihannya hilang? Pastikan dahulu bahwa yang meminta memang orang ini.", "Phone and recovery codes lost? First make sure that it is really this person who asks."))</p>" + button("lepas-kode", say("Lepas kode sekali pakai", "Remove one-time codes"), .danger) : .empty)
            \(manages ? "</section>" : .empty)
            """
    }

    private static func replace(_ model: ColleaguePage, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        return """
            <section aria-labelledby="ganti"><h2 id="ganti">\(say("Ganti pejabat", "Replace the official"))</h2>
            <p>\(say(
                "Pengganti menerima peran yang sama pada hari ini juga, berdasarkan surat tugas. Draf tetap pada unit.",
                "The successor takes over the same roles today, by letter of assignment. Drafts stay with the unit."))</p>
            \(form.form(
                to: .path("kerja", "orang", String(model.person.account), "ganti"), files: true,
                scope(model, form)
                    + form.text("email", label: say("Surel pengganti", "The successor's e-mail"), value: model.successor, kind: .email, required: true)
                    + form.text("name", label: say("Nama pengganti (boleh kosong)", "The successor's name (optional)"))
                    + form.file("letter", label: say("Surat tugas", "Letter of assignment"), accept: model.accept.split(separator: ",").map(String.init))
                    + "<p>\(form.button(say("Serahkan kepada pengganti", "Hand over to the successor")))</p>"))</section>
            """
    }
}
