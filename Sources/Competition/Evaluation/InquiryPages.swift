import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/pertanyaan`: what evaluators asked, and the organiser's answers.
package struct InquiryPages: Sendable {
    private let inquiries: Inquiries

    package init(_ inquiries: Inquiries) { self.inquiries = inquiries }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/pertanyaan", .manageEditions) { _, context, person, frame in
            .personal(try await page(.none, .empty, context, person, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/pertanyaan/{inquiry}", .manageEditions) {
            form, _, context, person, frame in
            let id = try context.number("inquiry") { _ in ReadingRefusal.missing }
            let code = try context.part("edition")
            do {
                try await inquiries.answer(
                    id, in: code, words: try form.one("jawaban-\(id)") ?? "",
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(.path("kerja", "kompetisi", code, "pertanyaan")))
            } catch let refusal as ReadingRefusal where refusal.kind == .invalid {
                return .personal(try await page(FormProblems(refusal), form, context, person, frame), status: 422)
            }
        }
    }

    private func page(
        _ problems: FormProblems, _ form: Query, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let (stored, all) = try await inquiries.all(
            in: try context.part("edition"), for: person, at: context.began)
        let typed = Dictionary(form.parameters.map { ($0.name, $0.value) }) { first, _ in first }
        return InquiryView.page(stored, all, typed: typed, problems, frame)
    }
}
