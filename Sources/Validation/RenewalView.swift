import Directory
import Kernel
import Web

/// The screen on which an agency renews what is due, with what was chosen on it so far.
package struct RenewalPage: Sendable {
    /// What was chosen for one record, as typed.
    package struct Chosen: Sendable, Hashable {
        package var choice: Renewal.Choice?
        package var reason = ""
        package var note = ""

        package init(choice: Renewal.Choice? = nil, reason: String = "", note: String = "") {
            self.choice = choice
            self.reason = reason
            self.note = note
        }
    }

    package var lines: [Renewals.Line]
    package var counts: Renewals.Page?
    package var chosen: [Int: Chosen] = [:]
    package var problems = FormProblems.none
    /// All records in force too, not only what is due.
    package var all = false
    package var next: Address?
    package var now: Instant
    /// Until when what is renewed now holds.
    package var until: Instant
    /// Names of institutions by code, shown where the person renews for several.
    package var names: [String: String] = [:]
    /// What the last sending of the form did.
    package var done: Phrase?

    package init(lines: [Renewals.Line], now: Instant, until: Instant) {
        self.lines = lines
        self.now = now
        self.until = until
    }
}

package enum RenewalView {
    package static func page(_ model: RenewalPage, _ frame: Frame) -> HTML {
        let form = FormView(frame, model.problems)
        let title = headline(model, frame)
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(form.summary(names: names(model)))
            \(html(model.done) { NoticeView.notice(.good, frame.language.say($0)) })
            <h1 id="panjang">\(title)</h1>
            \(html(model.counts) { counts($0, frame) })
            \(model.lines.isEmpty ? nothing(frame) : body(model, form, frame))
            \(more(model, frame))
            """)
    }

    private static func headline(_ model: RenewalPage, _ frame: Frame) -> String {
        let due = model.counts.map { $0.due + $0.overdue } ?? model.lines.count
        guard due > 0 else { return frame.say("Tidak ada yang perlu diperpanjang", "Nothing needs renewing") }
        return frame.say(
            "\(frame.number(due)) data inovasi perlu diperpanjang",
            "\(frame.count(due, "", "record needs", "records need")) renewing")
    }

    private static func counts(_ page: Renewals.Page, _ frame: Frame) -> HTML {
        let text = frame.say(
            "\(frame.number(page.total)) data inovasi: \(frame.number(page.valid + page.due)) masih valid, \(frame.number(page.overdue)) terlambat, \(frame.number(page.never)) belum pernah divalidasi.",
            "\(frame.number(page.total)) records: \(frame.number(page.valid + page.due)) in force, \(frame.number(page.overdue)) late, \(frame.number(page.never)) never validated."
        )
        return "<p class=\"lead\">\(text)</p>"
    }

    private static func nothing(_ frame: Frame) -> HTML {
        """
        <p>\(frame.say(
            "Data yang jatuh tempo dalam 30 hari muncul di sini.",
            "Records that are due within 30 days appear here."))</p>
        """
    }

    private static func names(_ model: RenewalPage) -> [String: String] {
        var names: [String: String] = [:]
        for line in model.lines { for field in ["k", "a", "t"] { names["\(field)\(line.id)"] = line.name.name } }
        return names
    }

    private static func body(_ model: RenewalPage, _ form: FormView, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let day = Instant(milliseconds: model.until.milliseconds - 1).day().long(frame.language)
        let rows = model.lines.map { line in
            StackView.Row(
                name(line, model, frame), ValidityView.days(line.validity, at: model.now, frame),
                choices(line, model.chosen[line.id] ?? RenewalPage.Chosen(), form, frame))
        }
        let chosen = model.chosen.values.count { $0.choice != nil }
        let rest = model.lines.count - chosen
        return """
            <p>\(say(
                "\u{201C}Masih benar\u{201D} berlaku sampai \(day) atas nama kantor Anda. Yang tidak Anda pilih tidak berubah.",
                "\u{201C}Still true\u{201D} holds until \(day) in the name of your office. What you do not choose does not change."))</p>
            \(form.form(to: .path("kerja", "perpanjang", query: model.all ? [("semua", "1")] : []), """
            \(StackView.table(labelled: "panjang", columns: [
                say("Inovasi", "Innovation"), say("Masa berlaku", "Validity"), say("Keadaan sekarang", "How it is now"),
            ], rows))
            \(form.actions(
                form.button(say("Simpan pilihan", "Save the choices")),
                rest == 0 ? .empty : form.button(
                    say("Tandai \(rest) lainnya masih benar, lalu konfirmasi", "Mark the other \(rest) as still true, then confirm"),
                    .second, name: "semua")))
            """))
            """
    }

    private static func name(_ line: Renewals.Line, _ model: RenewalPage, _ frame: Frame) -> HTML {
        let owner = model.names.count > 1 ? model.names[line.institution] : nil
        let under = [owner, line.unit.map(titleCased)].compactMap(\.self).joined(separator: ", ")
        return """
            <span class="name"><a href="\(frame.to(.path("inovasi", String(line.id))))">\(line.name.name)</a></span>\
            \(html(line.name.stands) { " <span class=\"stands\">\($0)</span>" })\
            \(under.isEmpty ? "" : "<br><span class=\"soft\">\(under)</span>")\
            \(html(line.draft) { "<br><a href=\"\(frame.to(.path("kerja", "inovasi", String($0))))\">\(frame.say("sedang diubah", "being changed"))</a>" })
            """
    }

    private static func choices(
        _ line: Renewals.Line, _ chosen: RenewalPage.Chosen, _ form: FormView, _ frame: Frame
    ) -> HTML {
        let field = "k\(line.id)"
        let wrong = form.problems[field]
        let radios = Renewal.Choice.allCases.enumerated().html { place, choice in
            """
            <label class="check"><input type="radio" name="\(field)" value="\(choice.rawValue)"\
            \(place == 0 ? " id=\"\(FormView.id(field))\"" : "")\(chosen.choice == choice ? " checked" : "")> \
            <span>\(frame.language.say(choice.name))</span></label>
            """
        }
        let reasons = Renewal.Reason.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) }
        return """
            \(form.hidden("v\(line.id)", String(line.revision)))\
            <fieldset><legend class="sr">\(frame.say("Keadaan", "Condition of")) \(line.name.name)</legend>\
            \(html(wrong) { "<p class=\"problem\">\(frame.language.say($0))</p>" })<div class="choice">\(radios)</div></fieldset>\
            <div class="why">\(form.select("a\(line.id)", label: frame.say("Mengapa berhenti?", "Why did it stop?"), choices: reasons, value: chosen.reason, empty: frame.say("Pilih alasan", "Choose a reason")))\
            \(form.text("t\(line.id)", label: frame.say("Keterangan", "In your words"), value: chosen.note, hint: frame.say("Boleh kosong, kecuali untuk alasan lain.", "May stay empty, except for another reason.")))</div>
            """
    }

    private static func more(_ model: RenewalPage, _ frame: Frame) -> HTML {
        let other: HTML =
            model.all
            ? "<a href=\"\(frame.to(.path("kerja", "perpanjang")))\">\(frame.say("Hanya yang jatuh tempo", "Only what is due"))</a>"
            : "<a href=\"\(frame.to(.path("kerja", "perpanjang", query: [("semua", "1")])))\">\(frame.say("Tampilkan juga yang masih valid", "Show what is in force too"))</a>"
        let next = html(model.next) {
            "<a class=\"button second\" rel=\"next\" href=\"\($0)\">\(frame.say("Berikutnya", "Next"))</a>"
        }
        return "<p class=\"row\">\(other)\(next)</p>"
    }

    /// Asks before many are renewed at once: what will happen, in words, and one button.
    package static func confirm(_ model: RenewalPage, _ frame: Frame) -> HTML {
        let form = FormView(frame)
        let say = frame.language.say(_:_:)
        let kept = model.lines.filter { [.continuing, .developing].contains(model.chosen[$0.id]?.choice) }
        let others = model.lines.filter { [.change, .stopped].contains(model.chosen[$0.id]?.choice) }
        let day = Instant(milliseconds: model.until.milliseconds - 1).day().long(frame.language)
        let title = say(
            "Nyatakan \(kept.count) data inovasi masih benar?", "State that \(kept.count) records are still true?")
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>
            <p>\(say("Kantor Anda menyatakan data berikut masih benar sampai \(day).", "Your office states that these records hold until \(day)."))</p>
            <ul>\(kept.html { "<li>\($0.name.name)</li>" })</ul>
            \(others.isEmpty ? .empty : """
            <p>\(say("Selain itu:", "Besides:"))</p>
            <ul>\(others.html { "<li>\($0.name.name): \(frame.language.say(model.chosen[$0.id]?.choice?.name ?? Phrase("", "")))</li>" })</ul>
            """)
            \(form.form(to: .path("kerja", "perpanjang"), """
            \(model.lines.html { hidden($0, model.chosen[$0.id] ?? RenewalPage.Chosen(), form) })
            \(form.actions(
                form.button(say("Perpanjang sampai \(day)", "Renew until \(day)")),
                "<a href=\"\(frame.to(.path("kerja", "perpanjang")))\">\(say("Batal, tidak ada yang berubah", "Cancel, nothing changes"))</a>"))
            """))
            """)
    }

    private static func hidden(_ line: Renewals.Line, _ chosen: RenewalPage.Chosen, _ form: FormView) -> HTML {
        form.hidden("v\(line.id)", String(line.revision))
            + form.hidden("k\(line.id)", chosen.choice?.rawValue ?? "") + form.hidden("a\(line.id)", chosen.reason)
            + form.hidden("t\(line.id)", chosen.note)
    }
}
