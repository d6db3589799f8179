import Kernel
import Web

/// An evaluator's desk: one proposal with its form, its documents, and what else can be done with it.
enum ReadingView {
    static func page(_ model: ReadingFormView.Model, _ frame: Frame) -> HTML {
        let form = FormView(frame, model.problems)
        let (held, exhibit) = (model.sheet.held, model.sheet.held.exhibit)
        let number = held.proposal.id
        let title = exhibit.title ?? frame.say("Usulan \(number)", "Proposal \(number)")
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: frame.say("Penilaian", "Reading"),
                crumbs: [Crumb(frame.say("Penilaian Anda", "Your readings"), frame.to(.path("kerja", "penilaian")))],
                indexed: false),
            """
            \(form.summary(names: ReadingFormView.names(model, frame)))<h1\(frame.record)>\(title)</h1>
            <p>\(facts(model, frame))</p>
            <p class="row">\(neighbours(model, frame))</p>
            \(notice(model, form))\(documents(model, frame))
            \(ReadingFormView.form(model, frame))
            \(acts(model, form))
            """)
    }

    private static func facts(_ model: ReadingFormView.Model, _ frame: Frame) -> HTML {
        let (held, exhibit, edition) = (model.sheet.held, model.sheet.held.exhibit, model.edition)
        let choices = [
            edition.groups.first { $0.code == exhibit.group }?.name,
            edition.categories.first { $0.code == exhibit.category }?.name,
        ].compactMap { $0.map(frame.language.say) }
        let record: HTML = html(exhibit.innovation) {
            " <a href=\"\(frame.to(.path("inovasi", String($0))))\">\(frame.say("Data inovasinya", "Its record"))</a>."
        }
        let hidden = frame.say(" Nama penyusun disamarkan.", " Names are hidden.")
        return """
            \(frame.say("Usulan nomor", "Proposal")) \(held.proposal.id), \(frame.language.say(edition.name)). \
            \(choices.joined(separator: ", ")).\(edition.isBlind ? hidden : "")\(record) \
            <strong>\(frame.language.say(held.reading.state.name))</strong>. \(deadline(held.stored.edition, at: model.now, frame))
            """
    }

    /// The exact close of the evaluation and how far off it is.
    static func deadline(_ edition: Edition, at now: Instant, _ frame: Frame) -> HTML {
        guard let closes = edition.stage(.evaluation)?.closes else { return .empty }
        let deadline = ProposalDeadline(closes: closes, zone: edition.zone)
        let moment = frame.language.say(deadline.moment)
        guard let left = deadline.left(at: now) else {
            return StateView.state(.late, frame.say("Penilaian ditutup \(moment)", "Evaluation closed on \(moment)"))
        }
        let isNear = closes.milliseconds - now.milliseconds <= 3 * 86_400_000
        return """
            \(StateView.state(isNear ? .due : .valid, frame.say("Sampai \(moment)", "Until \(moment)"))) \
            <span class="soft">\(frame.language.say(left))</span>
            """
    }

    private static func neighbours(_ model: ReadingFormView.Model, _ frame: Frame) -> HTML {
        let (id, others) = (model.sheet.held.reading.id, model.sheet.others)
        func link(_ other: Int?, _ words: String) -> HTML {
            html(other) { "<a href=\"\(frame.to(.path("kerja", "penilaian", String($0))))\">\(words)</a>" }
        }
        return """
            \(link(others.last { $0 < id }, frame.say("Usulan terbuka sebelumnya", "Previous open proposal")))\
            \(link(others.first { $0 > id }, frame.say("Usulan terbuka berikutnya", "Next open proposal")))
            """
    }

    private static func notice(_ model: ReadingFormView.Model, _ form: FormView) -> HTML {
        let (reading, frame) = (model.sheet.held.reading, form.frame)
        guard reading.state == .done else { return .empty }
        let again: HTML =
            model.isEvaluating
            ? form.form(
                to: .path("kerja", "penilaian", String(reading.id), "buka-lagi"),
                "<p>\(form.button(frame.say("Buka lagi untuk diubah", "Open again to change it"), .second, small: true))</p>"
            )
            : .empty
        return NoticeView.notice(
            .good, frame.say("Penilaian ini selesai.", "This reading is done."),
            "\(frame.say("Nilai Anda sudah dihitung.", "Your scores count."))") + again
    }

    private static func documents(_ model: ReadingFormView.Model, _ frame: Frame) -> HTML {
        let (held, exhibit) = (model.sheet.held, model.sheet.held.exhibit)
        guard !exhibit.documents.isEmpty else { return .empty }
        let entries = exhibit.documents.map { document -> (knot: ThreadView.Knot, content: HTML) in
            let name = held.stored.edition.documents.first { $0.code == document.code }?.name
            let address = Address.path("kerja", "penilaian", String(held.reading.id), "dokumen", document.code)
            return (
                .tied, "<a href=\"\(frame.to(address))\">\(name.map(frame.language.say) ?? document.code)</a>"
            )
        }
        return """
            <section aria-labelledby="bukti"><h2 id="bukti">\(frame.say("Dokumen", "Documents"))</h2>
            \(ThreadView.list(entries, tight: true))</section>
            """
    }

    private static func acts(_ model: ReadingFormView.Model, _ form: FormView) -> HTML {
        let (reading, frame) = (model.sheet.held.reading, form.frame)
        let place = { (act: String) in Address.path("kerja", "penilaian", String(reading.id), act) }
        let abstain: HTML =
            model.isOpen
            ? """
            <section aria-labelledby="mundur"><h2 id="mundur">\(frame.say("Tidak menilai usulan ini", "Not reading this proposal"))</h2>
            <p>\(frame.say(
                "Bila Anda berkepentingan atau tidak menguasai bidangnya, tulis alasannya; sekretariat mencari penilai lain.",
                "If you have an interest in it or do not know its field, say why; the secretariat finds somebody else."))</p>
            \(form.form(
                to: place("tidak-menilai"),
                form.area("alasan", label: frame.say("Alasan tidak menilai", "Reason"), value: model.reason, small: true)
                    + "<p>\(form.button(frame.say("Kembalikan kepada sekretariat", "Return to the secretariat"), .danger, small: true))</p>"))</section>
            """
            : .empty
        return """
            <section aria-labelledby="tanya"><h2 id="tanya">\(frame.say("Tanya sekretariat", "Ask the secretariat"))</h2>
            \(thread(model.sheet.inquiries, model.edition.zone, frame))
            \(form.form(
                to: place("tanya"),
                form.area("pertanyaan", label: frame.say("Pertanyaan Anda", "Your question"), value: model.question, small: true)
                    + "<p>\(form.button(frame.say("Kirim pertanyaan", "Send the question"), .second, small: true))</p>"))</section>
            \(abstain)
            """
    }

    private static func thread(_ inquiries: [Inquiry], _ zone: Zone, _ frame: Frame) -> HTML {
        guard !inquiries.isEmpty else { return .empty }
        return ThreadView.list(
            inquiries.map { inquiry in
                (
                    inquiry.answer == nil ? .loose : .tied,
                    """
                    <p>\(inquiry.words)</p><p class="soft">\(frame.language.say(inquiry.at.moment(in: zone)))</p>\
                    \(html(inquiry.answer) { "<p><strong>\(frame.say("Jawaban:", "Answer:"))</strong> \($0)</p>" })
                    """
                )
            })
    }
}
