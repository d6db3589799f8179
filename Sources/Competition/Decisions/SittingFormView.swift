import Kernel
import Web

/// The forms of a sitting that is still open: its minutes, and its closing.
enum SittingFormView {
    /// A new sitting.
    struct New {
        let stored: Editions.Stored
        let draft: SittingDraft
        let day: String
        let time: String
        let seats: [Evaluator]
        let leavings: [Int: Set<Int>]
    }

    static func new(_ model: New, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let form = FormView(frame, problems)
        let title = frame.say("Berita acara baru", "New minutes")
        let code = model.stored.code
        let bodies = Sitting.Body.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) }
        let subjects = Sitting.Subject.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) }
        let list = EditionMenuView.Place.sittings.path(code)
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title,
                crumbs: EditionMenuView.crumbs(model.stored, frame) + [
                    Crumb(frame.say("Sidang", "Sittings"), frame.to(list))
                ], indexed: false, script: true),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(model.stored, at: .sittings, frame))
            <p class="lead">\(frame.say(
                "Pokok sidang menentukan apa yang diputuskan; sesudah disimpan, pokok dan badannya tetap. Perbaikan sidang yang sudah ditutup ditulis sebagai sidang baru dengan pokok yang sama, cukup untuk usulan yang berubah.",
                "The subject decides what is decided about; subject and body stay once saved. A correction of a closed sitting is a new one on the same subject, for the proposals that change."))</p>
            \(form.form(to: list, """
            \(form.pair(
                form.select("badan", label: frame.say("Badan", "Body"), choices: bodies, value: model.draft.body.rawValue),
                form.select("pokok", label: frame.say("Pokok", "Subject"), choices: subjects, value: model.draft.subject.rawValue)))\
            \(fields(model.draft, day: model.day, time: model.time, model.stored.edition, model.seats, model.leavings, level: 2, form))\
            \(form.actions(form.button(frame.say("Simpan dan lanjut ke putusan", "Save and go on to the decisions"))))
            """))
            """)
    }

    /// The minutes of an open sitting, to be written on.
    static func minutes(_ model: SittingView.Model, _ form: FormView) -> HTML {
        let (sheet, frame) = (model.sheet, form.frame)
        let (sitting, zone) = (sheet.sitting, sheet.stored.edition.zone)
        let draft =
            model.draft
            ?? SittingDraft(
                body: sitting.body, subject: sitting.subject, title: sitting.title, place: sitting.place,
                heldAt: sitting.heldAt, attendance: sitting.attendance, tabled: sheet.advice.words,
                decided: sitting.decided, why: sitting.why)
        return """
            <h2 id="berita-acara">\(frame.say("Berita acara", "Minutes"))</h2>
            \(form.form(to: SittingView.path(sheet.stored.code, sitting.id), """
            \(form.hidden("versi", String(sitting.version)))\
            \(fields(
                draft, day: (draft.heldAt ?? sitting.heldAt).day(in: zone).iso,
                time: (draft.heldAt ?? sitting.heldAt).clock(in: zone), sheet.stored.edition, sheet.seats,
                sheet.leavings, level: 3, form))\
            <p>\(form.button(frame.say("Simpan berita acara", "Save the minutes"), .second))</p>
            """))
            """
    }

    private static func fields(
        _ draft: SittingDraft, day: String, time: String, _ edition: Edition, _ seats: [Evaluator],
        _ leavings: [Int: Set<Int>], level: Int, _ form: FormView
    ) -> HTML {
        let frame = form.frame
        let others = draft.attendance.filter { $0.evaluator == nil }.map { "\($0.name); \($0.role)" }
        return """
            \(form.text("judul", label: frame.say("Judul", "Title"), value: draft.title, hint: frame.say("Misalnya: Pleno penetapan finalis.", "For instance: Plenary on the finalists."), required: true))\
            \(form.text("tempat", label: frame.say("Tempat", "Place"), value: draft.place, required: true))\
            \(form.pair(
                form.date("tanggal", label: frame.say("Tanggal", "Day"), value: day, required: true),
                form.text("jam", label: frame.say("Jam (\(edition.zone.rawValue))", "Time (\(edition.zone.rawValue))"), value: time, hint: frame.say("Misalnya 09.30", "For instance 09.30"), required: true, short: true)))\
            \(people(draft.attendance, seats, leavings, level: level, form))\
            \(form.area("lain", label: frame.say("Hadir dari luar daftar ini", "Others who attended"), value: others.joined(separator: "\n"), hint: frame.say("Satu orang satu baris: nama; peran.", "One person a line: name; role."), small: true))\
            \(form.area("diajukan", label: frame.say("Yang diajukan kepada sidang", "What was put before the sitting"), value: draft.tabled, small: true))\
            \(form.area("putusan", label: frame.say("Yang diputuskan, selain per usulan", "What it decided besides each proposal"), value: draft.decided, small: true))\
            \(form.area("alasan", label: frame.say("Alasan putusan", "Why it decided so"), value: draft.why, required: true))
            """
    }

    private static func people(
        _ attendance: [Sitting.Attendee], _ seats: [Evaluator], _ leavings: [Int: Set<Int>], level: Int,
        _ form: FormView
    ) -> HTML {
        let frame = form.frame
        guard !seats.isEmpty else { return .empty }
        let present = Dictionary(attendance.compactMap { one in one.evaluator.map { ($0, one) } }) { first, _ in first }
        let rows = seats.map { seat in
            let here = present[seat.id]
            let left = (here?.left ?? []).filter { !(leavings[seat.id] ?? []).contains($0) }.map(String.init)
            let must = (leavings[seat.id] ?? []).sorted().map(String.init).joined(separator: ", ")
            let isChair = here?.role == "Ketua"
            return StackView.Row(
                """
                <label class="check"><input type="checkbox" name="hadir" value="\(seat.id)"\(here == nil ? "" : " checked")> \
                <span>\(seat.name)</span></label>
                """,
                "\(frame.language.say(seat.seat.name))",
                """
                <label class="check"><input type="radio" name="ketua" value="\(seat.id)"\(isChair ? " checked" : "")> \
                <span>\(frame.say("ketua", "chair"))<span class="sr"> \(seat.name)</span></span></label>
                """,
                """
                \(must.isEmpty ? "" : "\(frame.say("benturan", "conflicts")): \(must) ")\
                <input type="text" class="short" name="keluar-\(seat.id)" value="\(left.joined(separator: ", "))" \
                aria-label="\(frame.say("Usulan lain yang ditinggalkan \(seat.name)", "Other proposals that \(seat.name) left for"))">
                """)
        }
        return """
            <h\(level) id="hadir">\(frame.say("Siapa yang hadir", "Who attended"))</h\(level)>
            <p class="hint">\(frame.say(
                "Yang berbenturan kepentingan dicatat meninggalkan ruang untuk usulan itu. Bila ada usulan lain yang ditinggalkan, tulis nomornya dipisah koma.",
                "Those with a conflict of interest are minuted as having left for that proposal. Write the numbers of others they left for, separated by commas."))</p>
            \(StackView.table(
                labelled: "hadir",
                columns: [
                    frame.say("Nama", "Name"), frame.say("Sebagai", "As"), frame.say("Ketua", "Chair"),
                    frame.say("Keluar untuk usulan", "Left for proposals"),
                ], compact: true, rows))
            """
    }

    /// What keeps it from being closed, and the closing itself.
    static func closing(_ model: SittingView.Model, _ form: FormView) -> HTML {
        let (sheet, frame) = (model.sheet, form.frame)
        let wrong = sheet.unready + sheet.broken
        let list: HTML =
            wrong.isEmpty
            ? NoticeView.notice(.good, frame.say("Semua ketentuan terpenuhi.", "Every condition is met."))
            : """
            <p>\(frame.say("Yang belum terpenuhi:", "What is not met:"))</p><ul>\(wrong.html { "<li>\(frame.language.say($0))</li>" })</ul>
            """
        let exception: HTML =
            sheet.broken.isEmpty
            ? .empty
            : form.area(
                "pengecualian", label: frame.say("Alasan pengecualian", "Reason for an exception"),
                value: model.exception,
                hint: frame.say(
                    "Hanya bila sidang memutuskan menyimpang dari susunan yang diumumkan. Dicatat dalam berita acara; sedikitnya 20 karakter.",
                    "Only if the sitting decided against the published balance. Recorded in the minutes; 20 characters at least."
                ), small: true)
        return """
            <h2 id="tutup">\(frame.say("Tutup sidang", "Close the sitting"))</h2>
            \(list)\(form.form(to: SittingView.path(sheet.stored.code, sheet.sitting.id, "tutup"), """
            \(form.hidden("versi", String(sheet.sitting.version)))\(exception)\
            <p>\(frame.say(
                "Sesudah ditutup, berita acara tidak berubah lagi dan ditandatangani yang hadir.",
                "Once closed, the minutes change no more and are signed by those who attended."))</p>\
            \(form.actions(form.button(frame.say("Tutup sidang ini", "Close this sitting"))))
            """))
            """
    }
}
