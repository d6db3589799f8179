import Directory
import Kernel
import Web

/// The questions that a person sees, with what they may do about each.
package struct QuestionPage: Sendable {
    package var questions: [Questions.Listed]
    package var now: Instant
    /// Names of institutions by code.
    package var names: [String: String] = [:]
    package var mayAnswer: @Sendable (Question) -> Bool = { _ in false }
    package var maySteer: @Sendable (Question) -> Bool = { _ in false }
    /// The question whose form did not pass, what was typed and what is wrong.
    package var failed: (id: Int, text: String, problems: FormProblems)?

    package init(questions: [Questions.Listed], now: Instant) {
        self.questions = questions
        self.now = now
    }
}

package enum QuestionView {
    /// The name of a question's answer: several forms stand on one page, and no two fields may share an id.
    static func answerField(_ id: Int) -> String { "jawaban-\(id)" }

    package static func page(_ model: QuestionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let open = model.questions.filter { $0.question.closedAt == nil }
        let title =
            open.isEmpty
            ? say("Tidak ada pertanyaan terbuka", "No open questions")
            : say("\(open.count) pertanyaan terbuka", frame.count(open.count, "", "open question", "open questions"))
        let form = FormView(frame, model.failed?.problems ?? .none)
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(form.summary())
            <h1>\(title)</h1>
            <p class="lead">\(say("Pertanyaan tentang isi yang sudah divalidasi. Instansi didengar dahulu; sesudah dijawab, atau lewat 14 hari, halaman publik boleh menyebut sedang diklarifikasi.", "Questions about what was validated. The institution is heard first; after its answer, or after 14 days, the public page may say that it is being clarified."))</p>
            \(model.questions.html { item($0, model, frame) })
            """)
    }

    private static func item(_ listed: Questions.Listed, _ model: QuestionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let question = listed.question
        let asked = question.askedAt.day().long(frame.language)
        let owner = model.names[question.institution] ?? question.institution
        return """
            <section aria-labelledby="q\(question.id)"><h2 class="name" id="q\(question.id)">\
            <a href="\(frame.to(.path("inovasi", String(question.innovation))))">\(listed.name.name)</a></h2>
            <p class="meta"><span>\(owner)</span>\(state(question, at: model.now, frame))</p>
            <ol class="thread tight"><li class="tied"><p>\(say("Ditanyakan \(question.office), \(asked):", "Asked by \(question.office), \(asked):"))</p>\
            <blockquote\(frame.record)>\(lines(question.text))</blockquote></li>\(answer(question, frame))</ol>
            \(forms(question, model, frame))</section>

            """
    }

    private static func answer(_ question: Question, _ frame: Frame) -> HTML {
        guard let text = question.answer, let at = question.answeredAt else {
            return "<li class=\"loose\"><p>\(frame.say("Belum dijawab.", "Not answered yet."))</p></li>"
        }
        let day = at.day().long(frame.language)
        return """
            <li class="tied"><p>\(frame.say("Dijawab instansi, \(day):", "Answered by the institution, \(day):"))</p>\
            <blockquote\(frame.record)>\(lines(text))</blockquote></li>
            """
    }

    static func lines(_ text: String) -> HTML {
        text.split(whereSeparator: \.isNewline).html { "<p>\(String($0))</p>" }
    }

    private static func state(_ question: Question, at now: Instant, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        switch question.state(at: now) {
        case .waiting(let until):
            let day = until.day().long(frame.language)
            return StateView.state(.due, say("dijawab paling lambat \(day)", "to be answered until \(day)"))
        case .unanswered: return StateView.state(.late, say("lewat 14 hari tanpa jawaban", "14 days without an answer"))
        case .answered: return StateView.state(.valid, say("sudah dijawab", "answered"))
        case .shown:
            let day = question.shownAt?.day().long(frame.language) ?? ""
            return StateView.state(
                .due, say("diklarifikasi sejak \(day)", "clarified since \(day)"))
        case .closed:
            let day = question.closedAt?.day().long(frame.language) ?? ""
            return StateView.state(.never, say("ditutup \(day)", "closed on \(day)"))
        }
    }

    private static func forms(_ question: Question, _ model: QuestionPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        guard question.closedAt == nil else { return .empty }
        let failed = model.failed?.id == question.id ? model.failed : nil
        let form = FormView(frame, failed?.problems ?? .none)
        var out = HTML.empty
        let id = String(question.id)
        if question.answeredAt == nil, model.mayAnswer(question) {
            out += form.form(
                to: .path("kerja", "pertanyaan", id, "jawab"),
                """
                \(form.area(answerField(question.id), label: say("Jawaban instansi", "The institution's answer"), value: failed?.text ?? "", hint: say("Dibaca penanya, tidak tampil di halaman publik.", "Read by those who ask, not shown in public."), limit: .characters(2000)))\
                \(form.button(say("Kirim jawaban", "Send the answer")))
                """)
        }
        if model.maySteer(question) {
            let show = question.mayBeShown(at: model.now)
            let about = say("tentang pertanyaan ini", "about this question")
            out += """
                <div class="row">\
                \(show ? form.form(to: .path("kerja", "pertanyaan", id, "tampilkan"), form.button(say("Tampilkan sedang diklarifikasi", "Show as being clarified"), .second, about: about)) : .empty)\
                \(form.form(to: .path("kerja", "pertanyaan", id, "tutup"), form.button(say("Tutup pertanyaan", "Close the question"), .second, about: about)))</div>
                """
        }
        return out
    }

    /// The form to ask about one record.
    package static func ask(
        _ innovation: Int, _ name: ShownName, office: String, text: String = "", problems: FormProblems = .none,
        _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Bertanya tentang \(name.name)", "Ask about \(name.name)")
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(form.summary())
            <h1>\(title)</h1>
            <p>\(say("Divalidasi oleh \(office). Pertanyaan ini dikirim ke instansinya dan tidak tampil di halaman publik.", "Validated by \(office). The question goes to the institution and is not shown in public."))</p>
            \(form.form(to: .path("kerja", "pertanyaan", "baru", String(innovation)), """
            \(form.area("pertanyaan", label: say("Apa yang perlu dijelaskan?", "What needs explaining?"), value: text, hint: say("Sebut klaimnya, misalnya: \u{201C}Dari mana angka 1.120 keluarga pada 2026?\u{201D}", "Name the claim, for instance: \u{201C}Where does the figure of 1,120 families in 2026 come from?\u{201D}"), limit: .characters(2000)))\
            \(form.actions(form.button(say("Kirim ke instansi", "Send to the institution"))))
            """))
            """)
    }
}
