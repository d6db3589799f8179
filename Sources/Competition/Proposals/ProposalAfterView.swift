import Kernel
import Web

/// What an agency does after the submission: completes what the check asks for, and appeals.
enum ProposalAfterView {
    /// What was asked for, and what came of it.
    static func cure(_ model: ProposalFormView.Model, _ frame: Frame) -> HTML {
        let sheet = model.sheet
        guard let cure = sheet.proposal.cure, sheet.proposal.state == .submitted else { return .empty }
        let until = frame.language.say(cure.until.moment(in: sheet.edition.zone))
        guard cure.isOpen(at: model.now) else {
            return NoticeView.notice(
                .plain,
                cure.endedAt == nil
                    ? frame.say("Masa melengkapi berakhir \(until).", "The time to complete it ended on \(until).")
                    : frame.say("Kelengkapan sudah diserahkan kembali.", "What was asked for was handed back."),
                "\(frame.say("Sekretariat akan memutuskan.", "The secretariat will decide."))")
        }
        let left = ProposalDeadline(closes: cure.until, zone: sheet.edition.zone)
        let form = FormView(frame, model.problems)
        let handing =
            model.isAdmin
            ? form.form(
                to: .path("kerja", "usulan", String(sheet.proposal.id), "perbaikan"),
                form.area(
                    "jawaban", label: frame.say("Jawaban kepada Sekretariat", "Answer to the secretariat"),
                    value: model.typed["jawaban"] ?? "",
                    hint: frame.say(
                        "Unggah dulu dokumennya di bawah, lalu sebutkan apa yang dilengkapi.",
                        "Upload the documents below first, then say what was completed."),
                    limit: .characters(Proposals.longestWords), small: true)
                    + "<p>\(form.button(frame.say("Serahkan kembali", "Hand back")))</p>")
            : "<p>\(frame.say("Unggah dokumennya di bawah; admin instansi yang menyerahkannya kembali.", "Upload the documents below; the agency admin hands it back."))</p>"
        return """
            <section class="panel" aria-labelledby="lengkapi"><h2 id="lengkapi">\(frame.say("Lengkapi usulan ini", "Complete this proposal"))</h2>
            <p>\(StateView.state(.due, frame.say("Sampai \(until)", "Until \(until)")))<br>\
            \(html(left.left(at: model.now)) { ProposalView.countdown($0, to: cure.until, at: model.now, frame) })</p>
            <p\(frame.record)>\(cure.asked)</p>\(handing)</section>
            """
    }

    static func appeal(_ model: ProposalFormView.Model, _ frame: Frame) -> HTML {
        let (sheet, proposal) = (model.sheet, model.sheet.proposal)
        if let appeal = sheet.appeal { return said(appeal, frame) }
        guard proposal.state == .failed, model.isAdmin else { return .empty }
        let zone = sheet.edition.zone
        let until = sheet.edition.appealsClose.map { frame.language.say($0.moment(in: zone)) }
        if let closes = sheet.edition.appealsClose, closes <= model.now {
            return
                "<p class=\"soft\">\(frame.say("Banding dapat diajukan sampai \(until ?? "").", "Appeals were possible until \(until ?? "")."))</p>"
        }
        let form = FormView(frame, model.problems)
        return """
            <section aria-labelledby="banding"><h2 id="banding">\(frame.say("Banding", "Appeal"))</h2>
            <p>\(frame.say(
                "Bila hasil ini keliru, ajukan banding satu kali\(until.map { " sampai \($0)" } ?? "").",
                "If this result is wrong, appeal once\(until.map { " until \($0)" } ?? "")."))</p>
            \(form.form(
                to: .path("kerja", "usulan", String(proposal.id), "banding"),
                form.area(
                    "banding", label: frame.say("Alasan banding", "Why you appeal"), value: model.typed["banding"] ?? "",
                    limit: .characters(Proposals.longestWords), small: true)
                    + "<p>\(form.button(frame.say("Ajukan banding", "Appeal"), .second))</p>"))</section>
            """
    }

    /// An appeal and its answer, for both sides.
    static func said(_ appeal: ProposalAppeal, _ frame: Frame) -> HTML {
        let state =
            appeal.outcome.map { frame.language.say($0.name) }
            ?? frame.say("Menunggu jawaban Sekretariat", "Waits for the secretariat's answer")
        return """
            <section aria-labelledby="banding"><h2 id="banding">\(frame.say("Banding", "Appeal"))</h2>
            <p><strong>\(state)</strong></p>
            <dl class="facts"><dt>\(frame.say("Diajukan", "Made on"))</dt><dd>\(appeal.at.day().long(frame.language))</dd>
            <dt>\(frame.say("Atas alasan", "Against"))</dt><dd\(frame.record)>\(appeal.against)</dd>
            <dt>\(frame.say("Isi banding", "The appeal"))</dt><dd\(frame.record)>\(appeal.words)</dd>\
            \(html(appeal.answer) { "<dt>\(frame.say("Jawaban", "Answer"))</dt><dd\(frame.record)>\($0)</dd>" })</dl></section>
            """
    }
}
