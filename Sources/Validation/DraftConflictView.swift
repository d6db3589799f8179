import Directory
import Kernel
import Web

/// Two people wrote at once: both texts, field by field, so that nothing is lost and one person decides.
struct DraftConflictPage: Sendable {
    struct Clash: Sendable {
        let entry: InnovationDraftPage.Entry
        /// As it is stored now.
        let stored: String
        /// As this person sent it.
        let sent: String
    }

    let name: String
    let steps: [ThreadView.Step]
    let place: Address
    /// The version that is stored now; saving on top of it is what the person then confirms.
    let version: Int
    let by: String
    let at: Instant
    let clashes: [Clash]
    /// The fields on which both agree, sent along unseen.
    let agreed: [InnovationDraftPage.Entry]
}

enum DraftConflictView {
    static func page(_ model: DraftConflictPage, _ frame: Frame) -> HTML {
        let form = FormView(frame)
        let say = frame.language.say(_:_:)
        let time = model.at.clock()
        let what = say(
            "\(model.by) menyimpan langkah ini pada \(time) WIB. Pilih isi yang dipakai, atau ubah di kotaknya.",
            "\(model.by) saved this step at \(time) WIB. Choose what to keep, or edit it in the box.")
        let title = say("Orang lain menyimpan lebih dahulu", "Somebody else saved first")
        return DraftFrameView.page(
            title: title, name: model.name, model.steps, frame,
            """
            <h1>\(title)</h1>
            \(NoticeView.notice(.soon, say("Belum ada yang hilang.", "Nothing is lost yet."), "\(what)"))
            \(form.form(to: model.place, body(model, form)))
            """)
    }

    private static func body(_ model: DraftConflictPage, _ form: FormView) -> HTML {
        let frame = form.frame
        return form.hidden("versi", String(model.version))
            + model.agreed.html { entry in entry.values.html { form.hidden(entry.name, $0) } }
            + model.clashes.html { clash($0, form) }
            + form.actions(
                form.button(frame.say("Simpan pilihan ini", "Save this choice")),
                form.button(frame.say("Simpan dan keluar", "Save and leave"), .second, name: "keluar"))
    }

    private static func clash(_ clash: DraftConflictPage.Clash, _ form: FormView) -> HTML {
        let frame = form.frame
        let difference = WordDifference(from: clash.stored, to: clash.sent)
        let id = "beda-" + clash.entry.name
        return """
            <section class="compare" aria-labelledby="\(id)"><h2 id="\(id)">\(clash.entry.label)</h2><div class="sides">\
            <div><h3>\(frame.say("Tersimpan sekarang", "Stored now"))</h3>\(DifferenceView.side(difference, clash.stored, removed: true, frame))</div>\
            <div><h3>\(frame.say("Tulisan Anda", "What you wrote"))</h3>\(DifferenceView.side(difference, clash.sent, removed: false, frame))</div></div>\
            \(InnovationDraftView.entry(clash.entry, form))</section>

            """
    }

}
