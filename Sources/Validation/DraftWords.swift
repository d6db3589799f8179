import Directory
import Institutions
import Kernel

/// What the desk knows beside the drafts: names for the codes they hold.
struct DraftWords: Sendable {
    let goals: [Goal]
    let register: @Sendable () -> Register

    /// A field's stored text as people say it: names instead of codes.
    func shown(_ field: Innovation.Field, _ text: String?, _ language: Language) -> String? {
        guard let text else { return nil }
        switch field {
        case .stage: return Innovation.Stage(rawValue: text).map { language.say($0.name) } ?? text
        case .form: return Innovation.Form(rawValue: text).map { language.say($0.name) } ?? text
        case .continuity: return Innovation.Continuity(rawValue: text).map { language.say($0.name) } ?? text
        case .digital: return text == "true" ? language.say("Ya", "Yes") : language.say("Tidak", "No")
        case .category: return Category.named(text).map { language.say($0) } ?? text
        case .continuityOn: return Day(iso: text)?.long(language) ?? text
        case .institution: return register().institution(text)?.name ?? text
        case .region: return register().region(text)?.name ?? text
        case .sdgs:
            return text.split(separator: ",").compactMap { part in
                let number = part.filter(\.isNumber)
                return goals.first { String($0.number) == number }.map { "\($0.number) \(language.say($0.title))" }
                    ?? String(number)
            }.joined(separator: "; ")
        default: return text
        }
    }

    func name(of field: Innovation.Field, _ language: Language) -> String {
        language.say(FieldGuide.guide(to: field)?.label ?? Innovation.fieldName(field.key))
    }

    func institution(_ code: String) -> String { register().institution(code)?.name ?? code }

    /// What a comment stands beside, in words.
    func name(of subject: CommentSubject, _ claims: [Claim], _ language: Language) -> String {
        switch subject {
        case .field(let field): name(of: field, language)
        case .claim(let id): claims.first { $0.id == id }?.content.title(language) ?? language.say("Klaim", "Claim")
        case .whole: language.say("Seluruhnya", "All of it")
        }
    }
}
