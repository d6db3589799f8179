import Directory
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// Questions about validated claims: asked by the Hub and the secretariat, answered by the agency.
package struct QuestionPages: Sendable {
    private let questions: Questions
    private let innovations: Innovations
    private let register: @Sendable () -> Register

    package init(_ questions: Questions, innovations: Innovations, register: @escaping @Sendable () -> Register) {
        self.questions = questions
        self.innovations = innovations
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/pertanyaan", .followInstitution) { _, _, person, frame in
            .personal(QuestionView.page(try await page(person, nil), frame))
        }
        desk.page("/kerja/pertanyaan/baru/{inovasi}", .clarify) { _, context, person, frame in
            .personal(try await ask(try number(context, "inovasi"), person, frame))
        }
        desk.submit("/kerja/pertanyaan/baru/{inovasi}", .clarify) { form, _, context, person, frame in
            let id = try number(context, "inovasi")
            let text = try form.text("pertanyaan", limit: 20_000) ?? ""
            do {
                _ = try await questions.ask(
                    text, about: id, by: person.actor(from: context.clientAddress), at: .now())
            } catch let refusal as QuestionRefusal where !refusal.problems.isEmpty || refusal == .alreadyAsked {
                let page = try await ask(id, person, frame, text: text, problems: FormProblems(refusal))
                return .personal(page, status: refusal.kind.status)
            }
            return .seeOther(frame.to(.path("kerja", "pertanyaan")))
        }
        desk.submit("/kerja/pertanyaan/{id}/jawab", .validate) { form, _, context, person, frame in
            let id = try number(context, "id")
            let text = try form.text(QuestionView.answerField(id), limit: 20_000) ?? ""
            do {
                try await questions.answer(id, text, by: person.actor(from: context.clientAddress), at: .now())
            } catch let refusal as QuestionRefusal where !refusal.problems.isEmpty {
                var model = try await page(person, id)
                model.failed = (id, text, FormProblems([Problem(QuestionView.answerField(id), refusal.message)]))
                return .personal(QuestionView.page(model, frame), status: 422)
            }
            return .seeOther(frame.to(.path("kerja", "pertanyaan")))
        }
        desk.submit("/kerja/pertanyaan/{id}/tampilkan", .clarify) { _, _, context, person, frame in
            try await questions.show(
                try number(context, "id"), by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "pertanyaan")))
        }
        desk.submit("/kerja/pertanyaan/{id}/tutup", .clarify) { _, _, context, person, frame in
            try await questions.close(
                try number(context, "id"), by: person.actor(from: context.clientAddress), at: .now())
            return .seeOther(frame.to(.path("kerja", "pertanyaan")))
        }
    }

    private func number(_ context: Context, _ name: String) throws -> Int {
        try context.number(name) { _ in QuestionRefusal.unknown }
    }

    private func page(_ person: Person, _ one: Int?) async throws -> QuestionPage {
        let register = register()
        let listed = try await questions.list(for: person, one: one)
        var model = QuestionPage(questions: listed, now: .now())
        for code in Set(listed.map(\.question.institution)) { model.names[code] = register.institution(code)?.name }
        model.mayAnswer = { person.may(.validate, at: $0.institution) }
        model.maySteer = { person.may(.clarify, at: $0.institution) }
        return model
    }

    /// Only a record that somebody validated, within the person's reach, can be asked about.
    private func ask(
        _ id: Int, _ person: Person, _ frame: Frame, text: String = "", problems: FormProblems = .none
    ) async throws -> HTML {
        var shown = try await innovations.show(id)
        if case .merged(let root) = shown.absence { shown = try await innovations.show(root) }
        guard shown.withdrawn == nil, let validation = shown.validity.validation else {
            throw QuestionRefusal.notValidated
        }
        if let institution = shown.innovation.institution, !person.may(.clarify, at: institution) {
            throw DeskRefusal.notYours(.clarify)
        }
        return QuestionView.ask(
            shown.id, ShownName(shown.innovation), office: validation.by, text: text, problems: problems, frame)
    }
}
