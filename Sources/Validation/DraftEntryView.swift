import Directory
import Kernel
import Web

/// How each field of an innovation or of a claim is asked for.
enum DraftEntryView {
    /// - Parameter typed: what was sent, if it is shown again; else the draft's own.
    static func entry(
        _ guide: FieldGuide, _ content: Innovation, typed: [String]? = nil, remark: String? = nil, _ goals: [Goal],
        _ language: Language
    ) -> InnovationDraftPage.Entry {
        let stored = content[guide.field]
        let values =
            guide.field == .sdgs
            ? content.sdgs.map(String.init) : stored.map { [$0] } ?? []
        return InnovationDraftPage.Entry(
            name: guide.field.rawValue, label: language.say(guide.label), hint: hint(guide, language),
            control: control(guide.field, goals, language), words: guide.wordsMax, values: typed ?? values,
            remark: remark, origin: origin(stored))
    }

    /// Names a field's stored text, so that what a person did not touch is told from what they changed back.
    static func origin(_ stored: String?) -> String {
        // FNV-1a, 64 bits: only to recognise the same text, never to protect it.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in (stored ?? "").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }

    private static func hint(_ guide: FieldGuide, _ language: Language) -> String {
        let example = language.say(guide.example)
        let help = language.say(guide.help)
        return example.isEmpty ? help : "\(help) \(language.say("Contoh", "Example")): “\(example)”"
    }

    private static func control(
        _ field: Innovation.Field, _ goals: [Goal], _ language: Language
    ) -> InnovationDraftPage.Entry.Control {
        switch field {
        case .yearOfIdea, .yearOfTrial, .yearOfStart: .number
        case .continuityOn: .date
        case .stage: .choice(Innovation.Stage.allCases.map { Choice($0.rawValue, language.say($0.name)) })
        case .form: .choice(Innovation.Form.allCases.map { Choice($0.rawValue, language.say($0.name)) })
        case .continuity: .choice(Innovation.Continuity.allCases.map { Choice($0.rawValue, language.say($0.name)) })
        case .digital:
            .choice([Choice("true", language.say("Ya", "Yes")), Choice("false", language.say("Tidak", "No"))])
        case .category: .choice(Category.shipped.map { Choice($0.code, language.say($0.indonesian, $0.english)) })
        case .sdgs: .choices(goals.map { Choice(String($0.number), "\($0.number) \(language.say($0.title))") })
        case .summary, .background, .purpose, .novelty, .impact, .adaptability, .resources, .sustainability,
            .continuityReason:
            .paragraph
        default: .line
        }
    }

    // MARK: claims

    static func entry(
        _ field: ClaimField, _ content: ClaimContent?, typed: String? = nil, _ language: Language
    ) -> InnovationDraftPage.Entry {
        let value = typed ?? content?.typed(field) ?? ""
        return InnovationDraftPage.Entry(
            name: field.name,
            label: language.say(field.label)
                + (field.needed || field.form == .yes ? "" : language.say(" (bila ada)", " (if any)")),
            hint: language.say(field.help), control: control(field.form, language), words: nil,
            values: value.isEmpty ? [] : [value], remark: nil, origin: nil)
    }

    private static func control(
        _ form: ClaimField.Form, _ language: Language
    ) -> InnovationDraftPage.Entry.Control {
        switch form {
        case .line: .line
        case .text: .paragraph
        case .day: .date
        case .number, .year, .rupiah: .number
        case .link: .link
        case .yes: .check
        case .choice(let choices): .choice(choices.map { Choice($0.code, language.say($0.name)) })
        }
    }
}
