import Files
import Kernel
import Web

/// The letters of institutions, and one of them with what to do next.
enum LetterView {
    /// - Parameters:
    ///   - kinds: what the person may prepare.
    ///   - code: the one institution whose letters are listed.
    static func list(
        _ letters: [PreparedLetter], name: (String) -> String, kinds: [LetterKind], of code: String?, next: Address?,
        _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say("Surat", "Letters")
        let several = Set(letters.map(\.institution)).count > 1
        let columns =
            [say("Surat", "Letter"), say("Jenis", "Kind")] + (several ? [say("Instansi", "Institution")] : [])
            + [say("Disiapkan", "Prepared"), say("Keadaan", "State")]
        let rows = letters.map { letter in
            StackView.Row(
                "<a href=\"\(frame.to(.path("kerja", "surat", String(letter.id))))\">\(letter.subject)</a>",
                ["\(frame.language.say(letter.kind.name))"] + (several ? ["\(name(letter.institution))"] : []) + [
                    "\(letter.madeAt.day().long(frame.language))", state(letter, frame),
                ])
        }
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1 id="surat">\(title)</h1>
            \(html(code) { "<p class=\"meta\"><span>\(name($0))</span></p>" })
            <p class="lead">\(say("Surat disiapkan di sini, ditandatangani di luar, lalu diunggah kembali apa adanya.", "Letters are prepared here, signed outside, and uploaded again as they are."))</p>
            \(letters.isEmpty
                ? "<p class=\"missing\">\(say("Belum ada surat.", "There are no letters yet."))</p>"
                : StackView.table(labelled: "surat", columns: columns, rows))
            \(html(next) { "<p><a href=\"\(frame.to($0))\">\(say("Surat sebelumnya", "Earlier letters"))</a></p>" })
            \(kinds.isEmpty ? .empty : new(kinds, frame))
            """)
    }

    private static func new(_ kinds: [LetterKind], _ frame: Frame) -> HTML {
        """
        <h2>\(frame.say("Siapkan surat", "Prepare a letter"))</h2>
        <ul class="plain">\(kinds.html { kind in
            """
            <li><p class="name"><a href="\(frame.to(.path("kerja", "surat", "baru", kind.path)))">\
            \(frame.language.say(kind.name))</a></p><p class="from">\(frame.language.say(kind.purpose))</p></li>

            """
        })</ul>
        """
    }

    static func page(
        _ letter: PreparedLetter, institution: String, maySign: Bool, _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let id = String(letter.id)
        let kind = frame.language.say(letter.kind.name)
        return Layout.page(
            frame,
            PageHead(
                form.title(letter.subject), description: kind,
                crumbs: [Crumb(say("Surat", "Letters"), frame.to(.path("kerja", "surat")))], indexed: false),
            """
            \(form.summary())
            <h1\(frame.record)>\(letter.subject)</h1>
            <p class="meta"><span>\(kind)</span><span>\(institution)</span>\
            <span>\(say("disiapkan", "prepared")) \(letter.madeAt.day().long(frame.language))</span>\(state(letter, frame))</p>
            <h2>\(say("Unduh untuk ditandatangani", "Download it to be signed"))</h2>
            <p class="row"><a class="button second" href="\(frame.to(.path("kerja", "surat", id, "surat.docx")))">\(say("Word (DOCX)", "Word (DOCX)"))</a>
            <a class="button second" href="\(frame.to(.path("kerja", "surat", id, "surat.pdf")))">PDF</a></p>
            <p>\(say("Bagian bertanda “…” diisi sebelum ditandatangani. Naskah dapat diubah di Word.", "Places marked “…” are filled in before it is signed. The text can be changed in Word."))</p>
            <h2>\(say("Surat bertanda tangan", "The signed letter"))</h2>
            \(signed(letter, frame))
            \(maySign ? upload(letter, form) : .empty)
            """)
    }

    private static func signed(_ letter: PreparedLetter, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        guard case .signed(let at) = letter.state, let digest = letter.signed else {
            return "<p class=\"missing\">\(say("Belum diunggah.", "Not uploaded yet."))</p>"
        }
        let day = at.day().long(frame.language)
        return """
            <p><a class="button second" href="\(frame.to(.path("kerja", "surat", String(letter.id), "tertanda")))">\(say("Unduh yang bertanda tangan", "Download the signed one"))</a></p>
            <p>\(say("Diunggah \(day). Isinya disimpan apa adanya; tanda tangan elektronik di dalamnya tidak tersentuh.", "Uploaded on \(day). Its content is kept as it is; an electronic signature in it is not touched."))</p>
            <p class="soft">SHA-256 <code>\(digest)</code></p>
            """
    }

    private static func upload(_ letter: PreparedLetter, _ form: FormView) -> HTML {
        let frame = form.frame
        let words: (String, String) =
            letter.signed == nil ? ("Unggah surat", "Upload the letter") : ("Ganti surat", "Replace the letter")
        return form.form(
            to: .path("kerja", "surat", String(letter.id), "tertanda"), files: true,
            form.file(
                "berkas", label: frame.say("Berkas bertanda tangan", "The signed file"),
                hint: frame.language.say(FileKind.letter.hint), accept: [FileKind.letter.accept],
                most: FileKind.letter.mostBytes)
                + form.button(frame.say(words.0, words.1), letter.signed == nil ? .primary : .second))
    }

    private static func state(_ letter: PreparedLetter, _ frame: Frame) -> HTML {
        switch letter.state {
        case .prepared: StateView.state(.never, frame.say("disiapkan", "prepared"))
        case .signed: StateView.state(.valid, frame.say("sudah ditandatangani", "signed"))
        }
    }
}
