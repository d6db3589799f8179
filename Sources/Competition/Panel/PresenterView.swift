import Files
import Kernel
import Web

/// A finalist's own presentation: when and where, and the form that names who presents.
enum PresenterView {
    struct Model: Sendable {
        let own: Presenters.Own
        var typed: Presenters.Entry?
        var problems = FormProblems.none
    }

    /// The link on the page of a proposal that is to be presented.
    static func link(_ proposal: Int, _ frame: Frame) -> HTML {
        let to = Address.path("kerja", "usulan", String(proposal), "presentasi")
        return """
            <p><a href="\(frame.to(to))">\(frame.say("Finalis: jadwal presentasi dan siapa yang tampil", "Finalist: when you present, and who speaks"))</a></p>
            """
    }

    static func page(_ model: Model, _ frame: Frame) -> HTML {
        let (own, form) = (model.own, FormView(frame, model.problems))
        let slot = own.slot
        return Layout.page(
            frame,
            PageHead(
                form.title(slot.title), description: frame.say("Presentasi finalis", "Finalist's presentation"),
                crumbs: [
                    Crumb(frame.say("Usulan", "Proposals"), frame.to(.path("kerja", "usulan"))),
                    Crumb(slot.title, frame.to(.path("kerja", "usulan", String(slot.proposal)))),
                ], indexed: false),
            """
            \(form.summary())<h1>\(frame.say("Presentasi dan wawancara", "Presentation and interview"))</h1>
            <p class="name"\(frame.record)>\(slot.title)</p>
            <dl class="facts"><dt>\(frame.say("Waktu", "Time"))</dt><dd>\(frame.language.say(slot.time(in: own.edition.zone)))</dd>
            <dt>\(frame.say("Ruang", "Room"))</dt><dd>\(slot.room)</dd>
            <dt>\(frame.say("Susunan", "Parts"))</dt><dd>\(own.edition.presentation.map {
                "\(frame.language.say($0.name)) \(frame.count($0.minutes ?? 0, "menit", "minute", "minutes"))"
            }.joined(separator: ", "))</dd></dl>
            \(entry(model, form))
            """)
    }

    private static func entry(_ model: Model, _ form: FormView) -> HTML {
        let (frame, slot) = (form.frame, model.own.slot)
        let known = slot.presenter
        let isLeader = model.typed?.isLeader ?? known?.isLeader ?? true
        let letter: HTML = html(known?.delegation) { _ in
            """
            <p><a href="\(frame.to(.path("kerja", "presentasi", String(slot.id), "surat")))">\
            \(frame.say("Surat delegasi yang sudah diunggah", "The letter handed in"))</a></p>
            """
        }
        return """
            <section aria-labelledby="siapa"><h2 id="siapa">\(frame.say("Siapa yang presentasi", "Who presents"))</h2>
            \(form.form(
                to: .path("kerja", "usulan", String(slot.proposal), "presentasi"), files: true,
                """
                \(form.text("nama", label: frame.say("Nama", "Name"), value: model.typed?.name ?? known?.name ?? "", kind: .name))\
                \(form.text("jabatan", label: frame.say("Jabatan", "Office"), value: model.typed?.office ?? known?.office ?? ""))\
                \(form.radios(
                    "siapa", label: frame.say("Sebagai", "As"),
                    choices: [
                        Choice("pimpinan", frame.say("pimpinan instansi sendiri", "the institution's leader in person")),
                        Choice("delegasi", frame.say("yang diberi tugas pimpinan dengan surat", "delegated by letter")),
                    ], value: isLeader ? "pimpinan" : "delegasi"))\
                \(letter)\(form.file(
                    "surat", label: frame.say("Surat delegasi", "Letter of delegation"),
                    hint: frame.language.say(FileKind.letter.hint), accept: [FileKind.letter.accept],
                    most: FileKind.letter.mostBytes))\
                <p>\(form.button(frame.say("Simpan", "Save")))</p>
                """))</section>
            """
    }
}
