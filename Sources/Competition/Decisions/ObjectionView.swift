import Files
import Kernel
import Web

/// The form for objections and support, and the organiser's answers.
enum ObjectionView {
    struct Typed {
        var kind = ""
        var words = ""
        var name = ""
        var contact = ""
    }

    /// An answer that was not taken.
    struct Failed {
        let id: Int
        let outcome: Objection.Outcome?
        let words: String
        let published: String
        let problems: FormProblems
    }

    /// The field that people do not see and leave empty; programs that fill in everything fill it in.
    static let trap = "situs"

    static func form(
        _ finalist: Outcomes.Finalist, _ typed: Typed, _ problems: FormProblems, at now: Instant, _ frame: Frame
    ) -> HTML {
        let (form, say) = (FormView(frame, problems), frame.language.say(_:_:))
        let (line, stored) = (finalist.line, finalist.stored)
        let title = say("Sanggahan atau dukungan", "Objection or support")
        let address = Address.path("kompetisi", stored.code, "finalis", String(line.proposal))
        let isOpen = finalist.isOpen(.objection, at: now)
        let closed =
            stored.edition.stage(.objection)?.closedWindow(stored.edition.zone)
            ?? ObjectionRefusal.closed(opens: nil, closes: nil)
        let kinds = Objection.Kind.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) }
        // What was typed stays readable where the window closed meanwhile.
        let shows = isOpen || !typed.words.isEmpty
        let fields: HTML =
            shows
            ? form.form(
                to: Address.path("kompetisi", stored.code, "finalis", String(line.proposal), "sanggah"), files: true,
                """
                \(form.radios("jenis", label: say("Yang Anda sampaikan", "What you send"), choices: kinds, value: typed.kind))\
                \(form.area("isi", label: say("Apa yang Anda ketahui, dan dari mana?", "What do you know, and from where?"), value: typed.words, required: true, limit: .characters(5000)))\
                \(form.text("nama", label: say("Nama Anda", "Your name"), value: typed.name, kind: .name, hint: say("Hanya dibaca penyelenggara.", "Read by the organiser alone."), required: true))\
                \(form.text("kontak", label: say("Surel atau nomor telepon", "Mail address or telephone"), value: typed.contact, hint: say("Ke sinilah jawaban dikirim bila berupa surel. Tidak ditampilkan.", "The answer is sent here if it is a mail address. Never shown."), required: true))\
                \(form.file("bukti", label: say("Bukti (boleh kosong)", "Evidence (may stay empty)"), hint: frame.language.say(FileKind.letter.hint), accept: [FileKind.letter.accept], most: FileKind.letter.mostBytes))\
                <div class="sr" aria-hidden="true"><label for="f-situs">\(say("Biarkan kosong", "Leave empty"))</label>\
                <input type="text" id="f-situs" name="\(trap)" tabindex="-1" autocomplete="off"></div>\
                \(form.actions(form.button(say("Kirim", "Send"))))
                """) : .empty
        return Layout.page(
            frame,
            PageHead(
                form.title("\(title): \(line.title)"), description: title,
                crumbs: [Crumb(line.title, frame.to(address))], indexed: false),
            """
            \(form.summary())<h1>\(title): <span\(frame.record)>\(line.title)</span></h1>
            \(isOpen
                ? "<p class=\"lead\">\(say("Dibaca dan dijawab penyelenggara; sesudah dijawab, isinya tampil tanpa nama dan kontak Anda.", "Read and answered by the organiser; once answered, it is shown without your name and contact."))</p>"
                : NoticeView.notice(.soon, frame.language.say(closed.message)))
            \(fields)
            """)
    }

    static func thanks(_ finalist: Outcomes.Finalist, _ frame: Frame) -> HTML {
        let title = frame.say("Kiriman diterima", "Received")
        let address = Address.path("kompetisi", finalist.stored.code, "finalis", String(finalist.line.proposal))
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>
            <p class="lead">\(frame.say(
                "Penyelenggara memeriksanya. Jawabannya dikirim ke surel Anda dan tampil di halaman finalis.",
                "The organiser looks into it. The answer is sent to your mail address and shown on the finalist's page."))</p>
            <p><a href="\(frame.to(address))">\(frame.say("Kembali ke", "Back to")) \(finalist.line.title)</a></p>
            """)
    }

    static func desk(
        _ stored: Editions.Stored, _ all: [Objections.Listed], _ failed: Failed?, _ frame: Frame
    ) -> HTML {
        let open = all.count { $0.objection.answer == nil }
        let title =
            open == 0
            ? frame.say("Semua sanggahan sudah dijawab", "Every objection is answered")
            : frame.count(
                open, "sanggahan atau dukungan menunggu jawaban", "objection or support waits for an answer",
                "objections and support wait for an answer")
        let form = FormView(frame, failed?.problems ?? .none)
        return Layout.page(
            frame,
            PageHead(
                form.title("\(title) · \(frame.language.say(stored.edition.name))"), description: title,
                crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .objections, frame))
            \(all.html { item($0, stored, $0.objection.id == failed?.id ? failed : nil, form) })
            """)
    }

    private static func item(
        _ listed: Objections.Listed, _ stored: Editions.Stored, _ failed: Failed?, _ form: FormView
    ) -> HTML {
        let (objection, frame, zone) = (listed.objection, form.frame, stored.edition.zone)
        let finalist = Address.path("kompetisi", stored.code, "finalis", String(objection.proposal))
        let place = Address.path("kerja", "kompetisi", stored.code, "sanggahan", String(objection.id))
        let evidence: HTML =
            objection.evidence == nil
            ? .empty
            : "<p><a href=\"\(frame.to(.path("kerja", "kompetisi", stored.code, "sanggahan", String(objection.id), "bukti")))\">\(frame.say("Bukti yang dikirim", "The evidence sent"))</a></p>"
        let state: HTML =
            objection.answer.map { StateView.state(.valid, frame.language.say($0.outcome.name)) }
            ?? StateView.state(.due, frame.say("menunggu jawaban", "waits for an answer"))
        return """
            <section aria-labelledby="s\(objection.id)"><h2 id="s\(objection.id)">\(frame.language.say(objection.kind.name)): \
            <a href="\(frame.to(finalist))"\(frame.record)>\(listed.title)</a></h2>
            <p class="meta"><span>\(frame.language.say(objection.at.moment(in: zone)))</span>\
            <span>\(objection.name)</span><span>\(objection.contact)</span>\(state)</p>
            <blockquote\(frame.record)>\(FinalistView.lines(objection.words))</blockquote>\(evidence)\
            \(html(objection.answer) { "<p\(frame.record)>\($0.words)</p>" })\
            \(objection.answer == nil ? answer(objection, place, failed, form) : .empty)</section>

            """
    }

    private static func answer(
        _ objection: Objection, _ place: Address, _ failed: Failed?, _ form: FormView
    ) -> HTML {
        let (frame, id) = (form.frame, objection.id)
        let outcomes = Objection.Outcome.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) }
        return form.form(
            to: place,
            """
            \(form.select("hasil-\(id)", label: frame.say("Hasil", "Outcome"), choices: outcomes, value: failed?.outcome?.rawValue ?? "", empty: "–"))\
            \(form.area("jawaban-\(id)", label: frame.say("Jawaban", "Answer"), value: failed?.words ?? "", hint: frame.say("Dikirim ke kontaknya dan tampil untuk umum.", "Sent to the contact and shown to everybody."), required: true, small: true))\
            \(form.area("terbit-\(id)", label: frame.say("Isinya sebagaimana ditampilkan", "What was said, as it is shown"), value: failed?.published ?? objection.words, hint: frame.say("Hapus nama orang dan data pribadi; selebihnya biarkan.", "Take out names of persons and personal data; leave the rest."), required: true, small: true))\
            <p>\(form.button(frame.say("Kirim dan tampilkan jawaban", "Send and show the answer"), about: frame.say("sanggahan \(id)", "objection \(id)")))</p>
            """)
    }
}
